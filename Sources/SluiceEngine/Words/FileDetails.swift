import SluiceCore

/// What is wrong with a directory where the system has no objection, as the last part of a `FileFailure`'s sentence.
enum FileDetails {
  static func tooDeep(limit: Int) -> String { "it lies more than \(TextFormat.counted(limit, "directory")) deep" }

  /// What `validate` says of a file or directory that anyone may change.
  static func openToAll(_ path: String) -> String {
    "\(path) may be written by every user of this machine: data and settings can be changed by others. → chmod o-w "
      + "'\(path)'"
  }

  /// What `validate` says of a directory of the lake that the user who asks may not enter or write to.
  static func closedToUser(_ path: String) -> String {
    "\(path) may not be entered and written to by this user: no run of this user can begin. → namei -l '\(path)'"
  }

  static let otherFileSystem = "another file system is mounted there"

  /// - Parameter place: Where the link leads; nil when that cannot be told.
  static func outsideLake(leadsTo place: String?) -> String {
    "it leads out of the lake by a symbolic link, to \(place ?? "an unknown place")"
  }
}
