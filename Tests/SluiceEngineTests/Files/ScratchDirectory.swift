import Foundation

/// A directory of a test's own, gone with its last owner.
final class ScratchDirectory: Sendable {
  let path: String

  init() throws {
    // Resolved, because a temporary directory behind a link would not be "the same path" for what is tested.
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    let url = base.appending(path: "sluice-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Makes directories on the way and writes the file; returns its path.
  @discardableResult
  func file(_ name: String, _ content: String = "x") throws -> String {
    let target = "\(path)/\(name)"
    let parent = (target as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: URL(filePath: target))
    return target
  }

  @discardableResult
  func directory(_ name: String) throws -> String {
    let target = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    return target
  }

  @discardableResult
  func link(_ name: String, to target: String) throws -> String {
    let place = "\(path)/\(name)"
    try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
    return place
  }

  /// Whether anything of that name is there; a dangling link is.
  func has(_ name: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")) != nil
  }

  func names(_ subdirectory: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: subdirectory.isEmpty ? path : "\(path)/\(subdirectory)")
      .sorted()
  }
}
