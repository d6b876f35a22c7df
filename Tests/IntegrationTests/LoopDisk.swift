import Foundation
import TestSupport

/// A file system in an image, as only root can mount it; unmounted when the last reference goes.
final class LoopDisk: Sendable {
  /// Whether a test is to have one: not without root or loop devices, but in CI it has to, and fails when it cannot.
  static let isExpected =
    ProcessInfo.processInfo.environment["CI"].map { !["", "0", "false"].contains($0) } ?? false
    || getuid() == 0 && access("/dev/loop-control", F_OK) == 0

  let image: String
  let path: String

  /// Makes an image with a fresh ext4 on it and mounts that.
  ///
  /// - Parameter options: Words for `mkfs.ext4`.
  convenience init(image: String, at path: String, megabytes: Int, options: [String] = []) async throws {
    _ = FileManager.default.createFile(atPath: image, contents: nil)
    guard truncate(image, off_t(megabytes) << 20) == 0 else { throw TempLake.Failure(description: "no image \(image)") }
    try await Self.run("mkfs.ext4", options + ["-q", "-F", image])
    try await self.init(mounting: image, at: path)
  }

  /// Mounts an image that has a file system.
  init(mounting image: String, at path: String) async throws {
    (self.image, self.path) = (image, path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try await Self.run("mount", ["-o", "loop", image, path])
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  /// What the disk holds at this moment, mounted: what a power cut would leave now.
  func afterPowerCut(at path: String) async throws -> LoopDisk {
    let copy = path + ".img"
    try await Self.run("cp", ["--sparse=always", image, copy])
    return try await LoopDisk(mounting: copy, at: path)
  }

  private static func run(_ program: String, _ arguments: [String]) async throws {
    let ending = try await ProcessRunner.run(program, arguments)
    guard ending.code == 0 else { throw TempLake.Failure(description: "\(program) \(arguments): \(ending)") }
  }
}
