import Foundation
import TestSupport
import Testing

@testable import LakeFiles
@testable import SluiceEngine

@Suite("Files the disk may have refused")
struct UnsyncedFilesTests {
  @Test("look changed afterwards; older ones, links and the lake's own do not")
  func distrusted() throws {
    let scratch = try ScratchDirectory()
    try scratch.file("day/old.bin")
    let old = try FileStatus(at: "\(scratch.path)/day/old.bin").changed
    // The file system's clock goes in steps of milliseconds.
    var sign = ""
    repeat { sign = try scratch.file(".sluice/transferring") } while try FileStatus(at: sign).modified <= old
    for name in ["day/new.bin", "day/sub/deep.bin", "top.bin", "_ingested/record"] { try scratch.file(name) }
    try scratch.link("day/link.bin", to: "old.bin")
    var status = stat()
    try #require(lstat(sign, &status) == 0)
    let names = ["day/old.bin", "day/new.bin", "day/sub/deep.bin", "top.bin", "_ingested/record", "day/link.bin"]
    let seconds = { try names.map { try FileStatus(at: "\(scratch.path)/\($0)").modified / 1_000_000_000 } }
    let before = try seconds()
    #expect(UnsyncedFiles.distrust(in: try DirectoryDescriptor.open(scratch.path), since: status.st_mtim) == 3)
    #expect(try zip(seconds(), before).map { $0 - $1 } == [0, -1, -1, -1, 0, 0])
  }
}
