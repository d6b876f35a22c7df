import Glibc
package import LakeFiles
package import SluiceCore

/// The acknowledged failures of a lake, a small file a profile below `{state_dir}/acknowledged`.
///
/// Read and written by any process at any time; each file is replaced as a whole.
package struct AcknowledgementStore: Sendable {
  /// Where the files stand, absolute.
  package let directory: String

  /// The store of a lake.
  package init(stateDirectory: String) { directory = stateDirectory + "/acknowledged" }

  /// A profile's acknowledgement, in force or not; nil when there is none, or none that can be read: then the failure
  /// counts.
  package func load(_ profile: String) -> Acknowledgement? {
    try? JSONFile.read(Acknowledgement.self, at: path(profile))
  }

  /// Every profile's acknowledgement by its name, in force or not.
  package func all() -> [String: Acknowledgement] {
    let names = DirectoryDescriptor.names(in: directory).compactMap(Self.profile)
    return Dictionary(uniqueKeysWithValues: names.compactMap { name in load(name).map { (name, $0) } })
  }

  /// Sets a profile's acknowledgement in place of any other.
  ///
  /// - Throws: `FileFailure` when it cannot be written.
  package func save(_ acknowledgement: Acknowledgement, _ profile: String) throws(FileFailure) {
    try AtomicFile.createDirectory(directory)
    try JSONFile.write(acknowledgement, to: path(profile), isPretty: true)
  }

  /// Takes a profile's acknowledgement away.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: `FileFailure` when it cannot be removed.
  @discardableResult
  package func remove(_ profile: String) throws(FileFailure) -> Bool {
    guard unlink(path(profile)) != 0 else { return true }
    guard errno == ENOENT else { throw FileFailure(.remove, path: path(profile)) }
    return false
  }

  /// The profile a file of the directory speaks of; nil for a file of another kind.
  package static func profile(ofFile name: String) -> String? {
    name.hasSuffix(".json") ? String(name.dropLast(5)) : nil
  }

  private func path(_ profile: String) -> String { "\(directory)/\(profile).json" }
}
