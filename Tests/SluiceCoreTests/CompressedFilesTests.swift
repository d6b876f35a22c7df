import SluiceCore
import Testing

@Suite("What is compressed already")
struct CompressedFilesTests {
  private func areNearlyAll(_ files: (path: String, bytes: Int64)...) -> Bool {
    var found = CompressedFiles()
    for file in files { found.add(FileChange(kind: .create, path: file.path, bytes: file.bytes)) }
    return found.areNearlyAll
  }

  @Test(
    "is told by the suffix, in letters of any size",
    arguments: [
      ("x/BTCUSDT-1m-2026-01-01.zip", true), ("a.ZIP", true), ("a.csv.gz", true), ("a.tar.zst", true), ("a.tgz", true),
      ("a.jsonl.xz", true), ("a.bz2", true), ("a.7z", true), ("a.csv", false), ("a.json", false), ("zip", false),
      ("a.zip/part", false), ("a.zip.CHECKSUM", false), ("x.zip.d/a", false), ("a.", false), ("", false),
      // Its pages come smaller by a tenth to two fifths.
      ("part.parquet", false), ("a.lz4", false),
    ])
  func suffixes(path: String, isCompressed: Bool) {
    #expect(areNearlyAll((path, 1000)) == isCompressed)
  }

  @Test("is nearly all when a fiftieth of the bytes at most is something else")
  func share() {
    #expect(areNearlyAll(("a.zip", 98), ("b.csv", 2)))
    #expect(!areNearlyAll(("a.zip", 97), ("b.csv", 3)))
    #expect(!areNearlyAll(), "of nothing nothing is known")
    #expect(!areNearlyAll(("empty.zip", 0)))
  }

  @Test("counts what is to come, and neither what goes nor what changes its time alone")
  func kinds() {
    var found = CompressedFiles()
    found.add(FileChange(kind: .update, path: "a.zip", bytes: 10))
    for kind in [FileChange.Kind.delete, .attributes, .directory, .link] {
      found.add(FileChange(kind: kind, path: "b.csv", bytes: 1000))
    }
    #expect(found.areNearlyAll)
  }
}
