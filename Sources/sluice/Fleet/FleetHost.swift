import SluiceCore

/// A lake of another machine, as `--host` names it.
///
/// `user@host`, or with the configuration there: `user@host:/etc/lake.yml`.
struct FleetHost: Equatable {
  /// What ssh is told.
  let destination: String
  /// The configuration's file there; nil leaves it to the usual places.
  let configuration: String?

  /// Nil for a text that is no such name.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    // Nothing that ssh would take for an option, and no blank that would end the name.
    guard !name.isEmpty, !name.hasPrefix("-"), !name.contains(where: \.isWhitespace), parts.last?.isEmpty == false
    else { return nil }
    destination = name
    configuration = parts.count == 2 ? String(parts[1]) : nil
  }

  /// What the lake is called in the table.
  var name: String { configuration.map { "\(destination):\($0)" } ?? destination }

  /// Tells what goes on there, for as long as the login lasts; asks nobody for anything.
  ///
  /// - Parameter program: sluice, as it is called there.
  func statusWords(program: String) -> [String] {
    let options = ["BatchMode=yes", "ConnectTimeout=15", "StrictHostKeyChecking=yes"] + Self.liveness
    return ["ssh", "-T"] + options.flatMap { ["-o", $0] }
      + ["--", destination, remoteLine([program, "status", "--follow", "--json"])]
  }

  /// Its dashboard, over there, on this terminal.
  ///
  /// - Parameters:
  ///   - program: sluice, as it is called there.
  ///   - isReadOnly: Whether nothing may be started there.
  ///   - profile: The one the cursor is put on; nil leaves it on the first row.
  func dashboardWords(program: String, isReadOnly: Bool, profile: String?) -> [String] {
    let words =
      [program, "dashboard"] + (isReadOnly ? ["--read-only"] : []) + (profile.map { ["--profile", $0] } ?? [])
    return ["ssh", "-t"] + Self.liveness.flatMap { ["-o", $0] } + ["--", destination, remoteLine(words)]
  }

  /// So that a host which is gone without a word is noticed within a minute.
  private static let liveness = ["ServerAliveInterval=15", "ServerAliveCountMax=3"]

  /// The words for the shell there, which ssh hands one line: each quoted.
  private func remoteLine(_ words: [String]) -> String {
    ShellLine.text(words + (configuration.map { ["--config", $0] } ?? []))
  }
}
