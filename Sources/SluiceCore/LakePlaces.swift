/// Where a lake's own files are, each absolute; empty where that is not known.
package struct LakePlaces: Sendable, Equatable {
  /// The configuration file.
  package var configuration = ""
  /// The lake's root.
  package var root = ""
  /// Runs, locks, ledger and usage cache.
  package var state = ""
  /// The log files people read.
  package var logs = ""

  /// Places of which nothing is known.
  package init() {}

  /// A lake's places.
  package init(_ lake: Lake) {
    configuration = lake.configurationPath
    root = lake.rootDirectory
    state = lake.stateDirectory
    logs = lake.logDirectory
  }
}
