import Foundation
import LakeFiles
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("Staged markers")
struct StagedMarkersTests {
  @Test("those in the staging directory are found, and one that cannot be listed is not one without markers")
  func staged() throws {
    let scratch = try ScratchDirectory()
    let names = ["_SUCCESS__2024-01-01__um__1h", "_SUCCESS__2024-01-02__um__1h"]
    for name in names + ["other"] { try Data().write(to: URL(filePath: scratch.path + "/" + name)) }
    #expect(try SyncJob.staged(in: scratch.path) == names)
    let missing = #expect(throws: FileFailure.self) { try SyncJob.staged(in: scratch.path + "/nowhere") }
    #expect(missing?.isMissing ?? false)
    // A link to itself is refused for everybody, root included.
    let loop = scratch.path + "/loop"
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
    #expect(#expect(throws: FileFailure.self) { try SyncJob.staged(in: loop) }?.code == ELOOP)
  }
}
