import Foundation
import LakeFiles
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import RunRecords

@Suite("The disk that a profile has for itself")
struct ProfileDiskTests {
  /// What the machine tells of the profile's disk.
  private final class Machine: Sendable {
    let uuid = Mutex<String?>(nil)
    func set(_ new: String?) { uuid.withLock { $0 = new } }
  }

  /// A lake on the disk of `/tmp` with a profile in `/dev/shm`.
  private static func disk(_ scratch: ScratchDirectory, _ machine: Machine) throws -> ProfileDisk {
    let lake = Lake(configurationPath: "\(scratch.path)/lake.yml", rootDirectory: try scratch.directory("lake"))
    let profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "ticks",
      localPath: "/dev/shm", checkpointFile: "\(scratch.path)/checkpoint.json")
    return ProfileDisk(lake: lake, profile: profile) { _ in machine.uuid.withLock { $0 } }
  }

  private static var areTwo: Bool {
    let devices = [NSTemporaryDirectory(), "/dev/shm"].compactMap {
      try? FileStatus(at: $0, followingLinks: true).device
    }
    return devices.count == 2 && devices[0] != devices[1]
  }

  @Test("is another one only where the machine says so, and stays known while it says nothing", .enabled(if: areTwo))
  func changed() throws {
    let (scratch, machine) = (try ScratchDirectory(), Machine())
    let disk = try Self.disk(scratch, machine)
    #expect(disk.fault == nil)
    disk.note()
    // What was noted before the machine told its name is completed.
    machine.set("1111-aaaa")
    #expect(disk.fault == nil)
    disk.note()
    for (uuid, isFault) in [("1111-aaaa", false), (nil, false), ("2222-bbbb", true), ("1111-aaaa", false)] {
      machine.set(uuid)
      #expect((disk.fault != nil) == isFault, "\(uuid ?? "-")")
      // A run notes it again at each start, unless it is refused.
      if !isFault { disk.note() }
    }
    machine.set("2222-bbbb")
    guard case .diskChanged(_, _, let known) = disk.fault else {
      Issue.record("not told: \(String(describing: disk.fault))")
      return
    }
    // As the advice says.
    #expect(unlink(known) == 0 && disk.fault == nil)
    disk.note()
    #expect(disk.fault == nil)
    machine.set("1111-aaaa")
    #expect(disk.fault != nil)
  }

  @Test("has the name that a link to its device has, and none without one")
  func uuid() throws {
    let scratch = try ScratchDirectory()
    let links = try scratch.directory("by-uuid")
    #expect(DiskIdentity.uuid(of: 7, in: links) == nil && DiskIdentity.uuid(of: 7, in: links + "/none") == nil)
    let devices = try FileManager.default.contentsOfDirectory(atPath: "/dev").sorted().filter { name in
      var status = stat()
      return lstat("/dev/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFBLK
    }
    for name in devices.prefix(3) { symlink("/dev/\(name)", "\(links)/id-\(name)") }
    for name in devices.prefix(3) {
      var status = stat()
      try #require(stat("/dev/\(name)", &status) == 0)
      #expect(DiskIdentity.uuid(of: UInt64(status.st_rdev), in: links) == "id-\(name)")
    }
    symlink("/dev/null", "\(links)/null")
    #expect(DiskIdentity.uuid(of: 0, in: links) == nil)
  }
}
