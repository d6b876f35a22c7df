import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Asks no more about profiles that the configuration has no longer: of several they are left out, a question about them
  /// alone is closed.
  ///
  /// Lists of deeds stay and say why each does nothing; a run that goes on can be stopped and limited all the same.
  mutating func leaveVanished() {
    switch overlay {
    case .cleanup(let dialog):
      if let kept = kept(of: dialog.profiles) { show(dialog.keeping(kept)) }
    case .acknowledge(let dialog):
      if let kept = kept(of: dialog.failures.keys.sorted()) { overlay = .acknowledge(dialog.keeping(kept)) }
    case .question(.retry(let requests)):
      if let kept = kept(of: requests.map(\.profile)) {
        overlay = .question(.retry(requests.filter { kept.contains($0.profile) }))
      }
    case .question(.withdraw(let names)):
      if let kept = kept(of: names) { overlay = .question(.withdraw(kept)) }
    case .forcedSync(let dialog): _ = kept(of: [dialog.request.profile])
    case .question(.apply(let request)): _ = kept(of: [request.profile])
    case .question(.stop), .question(.quit), .bandwidth, .help, .palette, .said, .commands, .themes, .columns, .asked,
      .text, nil:
      break
    }
  }

  /// Closes what was asked of profiles when one of them is gone, and says so.
  ///
  /// - Returns: Those that are still there and are to be asked about; nil when all are, and when none is.
  private mutating func kept(of names: [String]) -> [String]? {
    let kept = names.filter(isConfigured)
    guard kept.count < names.count else { return nil }
    overlay = nil
    say(.vanished(names.filter { !kept.contains($0) }))
    return kept.isEmpty ? nil : kept
  }
}
