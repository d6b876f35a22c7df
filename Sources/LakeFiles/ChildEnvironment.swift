import FoundationEssentials

/// The environment that programs get which sluice starts: our own, without what only sluice needs to know.
package enum ChildEnvironment {
  /// Variables that hold secrets, and none of the programs' business: rsync, ssh, hooks and all that these start.
  static let secrets: Set = ["CLICKHOUSE_PASSWORD"]

  /// The variables by name.
  package static var variables: [String: String] {
    ProcessInfo.processInfo.environment.filter { !secrets.contains($0.key) }
  }
}
