import Dispatch
import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords

@Suite("The lake's identity")
struct LakeIdentityTests {
  private static func identity(_ scratch: ScratchDirectory, state: String? = nil) throws -> LakeIdentity {
    let root = try scratch.directory("lake")
    let lake = Lake(
      configurationPath: "\(scratch.path)/lake.yml", rootDirectory: root,
      stateDirectory: state.map { "\(scratch.path)/\($0)" })
    try FileManager.default.createDirectory(atPath: lake.stateDirectory, withIntermediateDirectories: true)
    return LakeIdentity(lake: lake, environment: ["XDG_STATE_HOME": "\(scratch.path)/known"])
  }

  @Test("runs that begin in the same moment agree on one id")
  func simultaneous() throws {
    for _ in 1...60 {
      let scratch = try ScratchDirectory()
      let identity = try Self.identity(scratch)
      // Threads of their own: the pool would run them two at a time.
      let group = DispatchGroup()
      for _ in 1...8 {
        group.enter()
        Thread.detachNewThread {
          try? identity.establish()
          group.leave()
        }
      }
      group.wait()
      #expect(identity.find() == .same)
      let names = try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/lake/.sluice")
      #expect(names == ["lake_id"])
    }
  }

  @Test("a root without its id is missing, wherever the state is kept", arguments: [nil, "state"])
  func missing(state: String?) throws {
    let scratch = try ScratchDirectory()
    let identity = try Self.identity(scratch, state: state)
    #expect(identity.find() == .same)
    try identity.establish()
    #expect(identity.find() == .same)
    try FileManager.default.removeItem(atPath: "\(scratch.path)/lake")
    try FileManager.default.createDirectory(atPath: "\(scratch.path)/lake", withIntermediateDirectories: false)
    #expect(
      identity.find().fault == .lakeMissing(rootDirectory: "\(scratch.path)/lake", knownPath: identity.knownPath))
  }

  @Test("of a root that lost its id alone the fault says so, and that of a changed state directory too")
  func unmarked() throws {
    let scratch = try ScratchDirectory()
    let root = try scratch.directory("lake")
    func identity(state: String) throws -> (LakeIdentity, String) {
      let lake = Lake(
        configurationPath: "\(scratch.path)/lake.yml", rootDirectory: root, stateDirectory: "\(root)/\(state)",
        profiles: [
          Profile(
            name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/x"), localSubdirectory: "ticks",
            localPath: "\(root)/ticks", checkpointFile: "\(root)/c.json")
        ])
      try FileManager.default.createDirectory(atPath: lake.stateDirectory, withIntermediateDirectories: true)
      return (
        LakeIdentity(lake: lake, environment: ["XDG_STATE_HOME": "\(scratch.path)/known"]), lake.stateDirectory
      )
    }
    let (first, _) = try identity(state: ".sluice")
    try first.establish()
    let (moved, state) = try identity(state: ".state")
    try FileManager.default.createDirectory(atPath: "\(root)/ticks", withIntermediateDirectories: true)
    #expect(moved.find().fault == .lakeMissing(rootDirectory: root, knownPath: moved.knownPath))
    try scratch.file("lake/ticks/a", "1")
    #expect(
      moved.find().fault
        == .lakeUnmarked(rootDirectory: root, idPath: "\(state)/lake_id", knownPath: moved.knownPath))
    try FileManager.default.removeItem(atPath: moved.knownPath)
    try moved.establish()
    #expect(moved.find() == .same)
  }

  @Test("another lake at the same place is noticed")
  func different() throws {
    let scratch = try ScratchDirectory()
    let identity = try Self.identity(scratch)
    try identity.establish()
    try scratch.file("lake/.sluice/lake_id", "another\n")
    #expect(
      identity.find().fault == .lakeChanged(rootDirectory: "\(scratch.path)/lake", knownPath: identity.knownPath))
  }
}
