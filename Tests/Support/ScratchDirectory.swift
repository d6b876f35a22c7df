import Foundation

/// A directory of a test's own, gone with its last owner.
package final class ScratchDirectory: Sendable {
  /// Absolute, free of links.
  package let path: String

  /// Makes it below the system's temporary directory.
  ///
  /// - Throws: What Foundation throws when it cannot be made.
  package init() throws {
    // Resolved, because a temporary directory behind a link would not be "the same path" for what is tested.
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    let url = base.appending(path: "sluice-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Makes directories on the way and writes the file; returns its path.
  ///
  /// - Throws: What Foundation throws when one of them cannot be made.
  @discardableResult
  package func file(_ name: String, _ content: String = "x") throws -> String {
    let target = "\(path)/\(name)"
    let parent = (target as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: URL(filePath: target))
    return target
  }

  /// Makes a directory, those above it included; returns its path.
  ///
  /// - Throws: What Foundation throws when it cannot be made.
  @discardableResult
  package func directory(_ name: String) throws -> String {
    let target = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    return target
  }

  /// Makes a symbolic link; returns its path.
  ///
  /// - Throws: What Foundation throws when it cannot be made.
  @discardableResult
  package func link(_ name: String, to target: String) throws -> String {
    let place = "\(path)/\(name)"
    try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
    return place
  }

  /// Whether anything of that name is there; a dangling link is.
  package func has(_ name: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")) != nil
  }

  /// The names in it, or in a directory below it, sorted.
  ///
  /// - Throws: What Foundation throws when it cannot be listed.
  package func names(_ subdirectory: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: subdirectory.isEmpty ? path : "\(path)/\(subdirectory)")
      .sorted()
  }
}
