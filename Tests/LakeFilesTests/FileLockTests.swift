import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LakeFiles

@Suite("A lock that lives with its process")
struct FileLockTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// Runs a body over and over on threads of their own until the other body is done.
  private func beside(_ count: Int, _ loop: @escaping @Sendable () -> Void, _ body: () throws -> Void) rethrows {
    let threads = DispatchGroup()
    let shared = SharedFlag()
    for _ in 0..<count {
      threads.enter()
      Thread.detachNewThread {
        while !shared.isSet { loop() }
        threads.leave()
      }
    }
    defer {
      shared.set()
      threads.wait()
    }
    try body()
  }

  @Test("can be taken at any moment while others ask whether it is held")
  func asking() throws {
    let path = scratch.path + "/lock"
    try beside(3) {
      _ = FileLock.isHeld(path)
    } _: {
      for number in 0..<3000 {
        let lock = try FileLock.take(path)
        guard let lock else {
          Issue.record("Try \(number) was refused although nobody holds the lock.")
          return
        }
        lock.release()
      }
    }
  }

  /// Copies of this process's descriptors of a path, as a child has them between its start and its program's.
  private func copies(of path: String) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int32.init).filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
    }.map { dup($0) }
  }

  @Test("is free once it is released, though a child that was started meanwhile has a copy of it")
  func copied() throws {
    let path = scratch.path + "/lock"
    let lock = try #require(try FileLock.take(path))
    let left = try copies(of: path)
    defer { for descriptor in left { close(descriptor) } }
    #expect(left.count == 1 && FileLock.isHeld(path))
    lock.release()
    #expect(!FileLock.isHeld(path))
    let directory = try scratch.directory("claimed")
    guard case .taken(let claim) = try DirectoryLock.take(directory) else {
      Issue.record("not taken")
      return
    }
    let copied = try copies(of: directory)
    defer { for descriptor in copied { close(descriptor) } }
    #expect(copied.count == 1)
    claim.release()
    guard case .taken(let again) = try DirectoryLock.take(directory) else {
      Issue.record("held by a copy")
      return
    }
    again.release()
  }

  @Test("is seen, and kept from others, until it is released")
  func held() throws {
    let path = scratch.path + "/lock"
    #expect(!FileLock.isHeld(path))
    let lock = try #require(try FileLock.take(path))
    #expect(FileLock.isHeld(path))
    #expect(try FileLock.take(path) == nil)
    lock.release()
    #expect(!FileLock.isHeld(path))
  }

  @Test("a run of an earlier program, which holds flock alone, is seen and kept out, and sees ours")
  func earlier() throws {
    let path = try scratch.file("lock", "")
    let file = open(path, O_RDWR | O_CLOEXEC)
    #expect(flock(file, LOCK_EX | LOCK_NB) == 0)
    #expect(FileLock.isHeld(path))
    #expect(try FileLock.take(path) == nil)
    close(file)
    let lock = try #require(try FileLock.take(path))
    let other = open(path, O_RDONLY | O_CLOEXEC)
    #expect(flock(other, LOCK_SH | LOCK_NB) != 0)
    close(other)
    lock.release()
  }
}

private final class SharedFlag: Sendable {
  private let value = Mutex(false)

  var isSet: Bool { value.withLock { $0 } }
  func set() { value.withLock { $0 = true } }
}
