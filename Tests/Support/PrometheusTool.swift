import Foundation

/// `promtool`, Prometheus' own judge of rules and metrics.
package enum PrometheusTool {
  /// Whether a test is to ask it: not where it is missing, but in CI it has to, and fails when it cannot.
  package static let isExpected =
    ProcessInfo.processInfo.environment["CI"].map { !["", "0", "false"].contains($0) } ?? false
    || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      access("\($0)/promtool", X_OK) == 0
    }

  /// Why a test is left out, and what changes that.
  package static let isMissing = "promtool is not here; `make test-all` installs it, with Debian's package prometheus"

  /// `config/prometheus/alerts.yml`.
  package static var rules: String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return tests.deletingLastPathComponent().appending(path: "config/prometheus/alerts.yml").path
  }

  /// Asks it something.
  ///
  /// - Throws: When it cannot be started.
  package static func run(_ arguments: String..., input: String = "") async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run("promtool", arguments, input: input)
  }
}
