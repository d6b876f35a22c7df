import Foundation
import TestSupport
import Testing

@testable import LakeFiles

@Suite("A directory that is claimed")
struct DirectoryLockTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// The claim, or the path that somebody else has.
  private func claim(_ path: String) throws -> (lock: DirectoryLock?, heldPath: String?) {
    switch try DirectoryLock.take(path) {
    case .taken(let lock): (lock, nil)
    case .held(let holder): (nil, holder.path)
    }
  }

  @Test("is nobody else's, by whatever name it is reached, until it is given up")
  func names() throws {
    let path = try scratch.directory("lake/ticks")
    let link = try scratch.link("other", to: scratch.path + "/lake")
    let first = try #require(try claim(path).lock)
    for name in [path, link + "/ticks", path + "/", scratch.path + "/lake/../lake/ticks"] {
      #expect(try claim(name).heldPath == path, "\(name)")
    }
    first.release()
    #expect(try claim(link + "/ticks").lock != nil)
  }

  @Test("keeps out a claim around it and a claim in it, and none beside it")
  func nested() throws {
    let (outer, inner) = (try scratch.directory("a/b"), try scratch.directory("a/b/c/d"))
    let beside = try scratch.directory("a/b/c/e")
    let claimed = try #require(try claim(inner).lock)
    #expect(try claim(outer).heldPath == outer)
    #expect(try claim(beside).lock != nil)
    claimed.release()
    let around = try #require(try claim(outer).lock)
    for path in [inner, beside] { #expect(try claim(path).heldPath == outer) }
    around.release()
  }

  @Test("keeps out a claim on a part of it that is mounted elsewhere", .enabled(if: getuid() == 0))
  func bound() async throws {
    let (outer, part) = (try scratch.directory("lake/ticks"), try scratch.directory("lake/ticks/x_20261120"))
    let elsewhere = try scratch.directory("other/bound")
    let mounted = try await ProcessRunner.run("mount", ["--bind", part, elsewhere])
    try #require(mounted.code == 0, "\(mounted)")
    defer { umount2(elsewhere, Int32(MNT_DETACH)) }
    let inside = try scratch.directory("other/bound/sub")
    for path in [elsewhere, inside] {
      let around = try #require(try claim(outer).lock)
      #expect(try claim(path).heldPath == outer, "\(path)")
      around.release()
      let claimed = try #require(try claim(path).lock)
      #expect(try claim(outer).heldPath == outer, "\(path)")
      claimed.release()
    }
  }

  @Test("names the process that has it")
  func holder() throws {
    let path = try scratch.directory("lake")
    let lock = try #require(try claim(path).lock)
    defer { lock.release() }
    guard case .held(let holder) = try DirectoryLock.take(path) else {
      Issue.record("It was taken twice.")
      return
    }
    #expect(holder.processID == getpid())
    #expect(!holder.command.isEmpty && holder.command.contains("xctest"))
  }

  @Test("is told from others in the kernel's list by device and inode")
  func table() throws {
    let table = """
      1: POSIX  ADVISORY  WRITE 11 fe:01:131 0 EOF
      2: FLOCK  ADVISORY  WRITE 12 fe:02:131 0 EOF
      2: -> FLOCK  ADVISORY  WRITE 13 fe:01:131 0 EOF
      3: FLOCK  ADVISORY  READ 14 fe:01:131 0 EOF
      """
    #expect(LockTable.process(in: table, device: 0xFE01, inode: 131) == 14)
    #expect(LockTable.process(in: table, device: 0xFE02, inode: 131) == 12)
    #expect(LockTable.process(in: table, device: 0xFE01, inode: 132) == nil)
    #expect(LockTable.process(in: "nonsense\n1: FLOCK", device: 0xFE01, inode: 131) == nil)
  }

  @Test("of a user who may only read there holds nobody up", .enabled(if: UnprivilegedUser.isPossible))
  func reader() async throws {
    let path = try scratch.directory("lake")
    for directory in [scratch.path, path] { chmod(directory, 0o755) }
    let child = try ChildProcess(
      "setpriv",
      ["--reuid=\(UnprivilegedUser.userID)", "--clear-groups", "flock", path, "sh", "-c", "echo held; exec sleep 600"])
    defer { kill(child.processID, SIGKILL) }
    try await waitUntil("the other's lock", within: .seconds(60)) { !child.output.isEmpty }
    #expect(try claim(path).lock != nil)
    // Who may write there may be a run.
    chmod(path, 0o777)
    #expect(try claim(path).heldPath == path)
    child.signal(SIGTERM)
  }
}
