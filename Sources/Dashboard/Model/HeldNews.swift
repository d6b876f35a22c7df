import FoundationEssentials
import Glibc
import SluiceCore

/// News that wait while the screen stands still: of each kind the newest, so that they stay few.
struct HeldNews: Sendable, Equatable {
  /// When the screen was held.
  let since: Date
  /// What the operator has asked since then, whose answers do not wait.
  var asked: Set<LakeQuestion> = []
  private var summary: LakeSummary?
  private var profiles: [ProfileStatus]?
  private var statuses: [String: ProfileStatus] = [:]
  private var answers: [(question: LakeQuestion, answer: LakeAnswer)] = []

  init(since: Date) { self.since = since }

  static func == (one: HeldNews, other: HeldNews) -> Bool {
    one.since == other.since && one.asked == other.asked && one.events == other.events
  }

  /// Keeps news for later.
  ///
  /// - Returns: False for those that do not wait: an answer that was asked for, a start that failed, the end of an own
  ///   command, a notice.
  mutating func hold(_ event: LakeEvent) -> Bool {
    switch event {
    case .summary(let newer): summary = newer
    case .profile(let status): statuses[status.profile.name] = status
    case .profiles(let list):
      profiles = list
      statuses = [:]
    case .answer(let question, let answer):
      guard asked.remove(question) == nil else { return false }
      hold(answer, to: question)
    case .launchEnded, .configured, .ownEnded, .notice: return false
    }
    return true
  }

  private mutating func hold(_ answer: LakeAnswer, to question: LakeQuestion) {
    guard let index = answers.firstIndex(where: { $0.question == question }) else {
      answers.append((question, answer))
      return
    }
    guard case .log(let run, let lines, isWhole: false) = answer,
      case .log(run, let before, let isWhole) = answers[index].answer
    else {
      answers[index].answer = answer
      return
    }
    answers[index].answer = .log(run: run, (before + lines).suffix(LogPage.capacity), isWhole: isWhole)
  }

  /// All that waits, in an order in which it can be taken.
  var events: [LakeEvent] {
    var events: [LakeEvent] = []
    if let summary { events.append(.summary(summary)) }
    if let profiles { events.append(.profiles(profiles)) }
    events += statuses.sorted { $0.key < $1.key }.map { .profile($0.value) }
    return events + answers.map { .answer($0.question, $0.answer) }
  }
}
