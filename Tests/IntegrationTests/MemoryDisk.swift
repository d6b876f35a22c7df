import Foundation
import TestSupport

/// A small file system of its own for one test, as only root can have it; unmounted when the last reference goes.
final class MemoryDisk: Sendable {
  /// Whether a test may mount one.
  static var isPossible: Bool { getuid() == 0 }

  let path: String

  /// Mounts it.
  ///
  /// - Parameter megabytes: Its size.
  init(at path: String, megabytes: Int) async throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try await Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m,mode=755", "sluice-test", path)
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  func resize(megabytes: Int) async throws {
    try await Self.run("mount", "-o", "remount,size=\(megabytes)m", path)
  }

  func unmount() async throws { try await Self.run("umount", path) }

  private static func run(_ program: String, _ arguments: String...) async throws {
    let ending = try await ProcessRunner.run(program, arguments)
    guard ending.code == 0 else { throw TempLake.Failure(description: "\(program) \(arguments): \(ending)") }
  }
}
