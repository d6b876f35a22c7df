import SluiceCore
import TerminalUI

/// A cleanup on its way to being confirmed: first the plans, then the operator's word.
struct CleanupDialog: Sendable, Equatable {
  let profiles: [String]
  private(set) var plans: [String: RetentionPlan] = [:]
  var place = ScrollState()
  /// What the operator has typed where a plain yes will not do.
  var typed = TypedName.field

  init(profiles: [String]) { self.profiles = profiles }

  /// The same for some of its profiles only, with nothing typed yet.
  func keeping(_ names: [String]) -> CleanupDialog {
    var fewer = CleanupDialog(profiles: names)
    fewer.plans = plans.filter { names.contains($0.key) }
    return fewer
  }

  /// Takes a plan; one of another profile is not for this dialog.
  mutating func take(_ plan: RetentionPlan, of profile: String) {
    guard profiles.contains(profile) else { return }
    plans[profile] = plan
  }

  var isPlanned: Bool { plans.count == profiles.count }

  /// Profiles that lose something, within the guard or, when it is the only profile, whatever the guard says.
  func accepted(_ limits: GuardLimits) -> [String] {
    profiles.filter { name in
      guard let plan = plans[name], !plan.expired.isEmpty else { return false }
      return profiles.count == 1 || !limits.isExceeded(by: plan)
    }
  }

  /// Profiles left out because several are cleaned up at once and these would lose more than the guard allows.
  func leftOut(_ limits: GuardLimits) -> [String] {
    guard profiles.count > 1 else { return [] }
    return profiles.filter { plans[$0].map { limits.isExceeded(by: $0) } ?? false }
  }

  /// The name to be typed before anything goes; nil when a plain yes will do.
  func wordToType(_ limits: GuardLimits) -> String? {
    guard profiles.count == 1, let name = profiles.first, let plan = plans[name] else { return nil }
    return limits.isExceeded(by: plan) ? name : nil
  }

  /// What the confirmed cleanup asks of the world.
  func requests(_ limits: GuardLimits) -> [RunRequest] {
    accepted(limits).map { name in
      var task = CleanupTask()
      task.forcesDeletion = wordToType(limits) != nil
      // What was shown is what runs; when it has changed since, the run refuses.
      task.confirmedPlan = plans[name]?.fingerprint
      return RunRequest(profile: name, task: .cleanup(task))
    }
  }

  /// Everything that goes, profile by profile.
  func directories(_ limits: GuardLimits) -> [(profile: String, directory: ExpiredDirectory)] {
    accepted(limits).flatMap { name in (plans[name]?.expired ?? []).map { (name, $0) } }
  }
}
