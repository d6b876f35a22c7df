import Foundation
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("What a killed rsync was building")
struct LeftoverFilesTests {
  @Test(
    "is known by its name",
    arguments: [
      (".part.parquet.aB3dE6", "part.parquet"), ("..hidden.000000", ".hidden"), (".a.ZZZZZZ", "a"),
      (".数据.zip.aaaaaa", "数据.zip"), ("part.parquet.aB3dE6", nil), (".part.parquet", nil), (".a.aB3d-6", nil),
      (".aB3dE6", nil), ("..aB3dE6", nil), (".a.aB3dE67", nil), (".a.aB3dÉ6", nil),
    ] as [(String, String?)])
  func names(name: String, stem: String?) {
    #expect(LeftoverFiles.stem(of: name).map(String.init) == stem)
  }

  @Test("goes when the file it was to become is still to come; nothing else does")
  func found() throws {
    let scratch = try ScratchDirectory()
    try scratch.file("day/.old.bin.aaaaaa")
    // Changed before the transfer began that was killed.
    usleep(20_000)
    let sign = try scratch.file("sign")
    var status = stat()
    try #require(lstat(sign, &status) == 0)
    usleep(20_000)
    for name in ["day/.one.bin.aB3dE6", "day/.two.bin.aB3dE6", ".top.bin.Zz0000", "day/sub/.deep.bin.aaaaaa"] {
      try scratch.file(name)
    }
    try scratch.file("day/.mine.bin.abcdef")
    try scratch.directory("day/.dir.bin.aaaaaa")
    try scratch.link("day/.link.bin.aaaaaa", to: "/etc/passwd")
    var search = LeftoverFiles(root: scratch.path, since: status.st_mtim)
    // In rsync's order; `two.bin` is not to come, and `.mine.bin.abcdef` is a file of the source itself.
    for path in [
      "top.bin", "day/.mine.bin.abcdef", "day/dir.bin", "day/link.bin", "day/mine.bin", "day/old.bin", "day/one.bin",
      "day/sub/deep.bin",
    ] {
      search.note(coming: path)
    }
    #expect(search.found == [".top.bin.Zz0000", "day/.one.bin.aB3dE6", "day/sub/.deep.bin.aaaaaa"])
    #expect(search.remove() == 3)
    let left = try scratch.names("day")
    #expect(
      left == [
        ".dir.bin.aaaaaa", ".link.bin.aaaaaa", ".mine.bin.abcdef", ".old.bin.aaaaaa", ".two.bin.aB3dE6", "sub",
      ])
  }

  @Test("stays where a link leads to it")
  func links() throws {
    let scratch = try ScratchDirectory()
    try scratch.file("elsewhere/.one.bin.aB3dE6")
    try scratch.directory("lake")
    try scratch.link("lake/day", to: "\(scratch.path)/elsewhere")
    var search = LeftoverFiles(root: "\(scratch.path)/lake", since: timespec(tv_sec: 0, tv_nsec: 0))
    search.note(coming: "day/one.bin")
    _ = search.remove()
    #expect(scratch.has("elsewhere/.one.bin.aB3dE6"))
  }
}
