import Rsync
import SluiceCore
import Testing

@Suite("Reading rsync's standard output")
struct RsyncOutputParserTests {
  private func events(_ bytes: [UInt8], chunk: Int = .max) -> [RsyncEvent] {
    var parser = RsyncOutputParser()
    var events: [RsyncEvent] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      parser.consume(rest.prefix(chunk)) { events.append($0) }
      rest = rest.dropFirst(chunk)
    }
    parser.finish { events.append($0) }
    return events
  }

  private func events(_ text: String) -> [RsyncEvent] { events(Array(text.utf8)) }

  @Test(
    "gives the same events however a recording is cut",
    arguments: ["final-run-350", "final-dry-327", "odd-C-8-350", "p2-bigslow-350", "p2-basic-327", "p2-pty-350"])
  func chunking(name: String) throws {
    let bytes = try Recordings.output(name)
    let whole = events(bytes)
    #expect(!whole.isEmpty)
    for chunk in [1, 2, 3, 7, 64, 511, 4096] { #expect(events(bytes, chunk: chunk) == whole) }
  }

  @Test("adds up to rsync's own figures", arguments: ["final-run-350", "final-run-327"])
  func sums(name: String) throws {
    let events = events(try Recordings.output(name))
    let created = events.compactMap { if case .change(let change) = $0, change.kind == .create { change } else { nil } }
    #expect(created.count == 84)
    #expect(created.reduce(0) { $0 + $1.bytes } == 226_643_392)
    let deleted = events.filter { if case .change(let change) = $0 { change.kind == .delete } else { false } }
    #expect(deleted == [.change(FileChange(kind: .delete, path: "zombie"))])
    guard case .statistics(let figures) = try #require(events.last) else {
      Issue.record("the block of figures is not the last event")
      return
    }
    var expected = TransferStatistics()
    expected.entries = 107
    expected.regularFiles = 84
    expected.created = 106
    expected.deleted = 1
    expected.deletedFiles = 1
    expected.filesTransferred = 84
    expected.totalBytes = 226_643_392
    expected.transferredBytes = 226_643_392
    expected.literalBytes = 226_643_392
    expected.wireBytesSent = 1942
    expected.wireBytesReceived = figures.wireBytesReceived
    #expect(figures == expected)
    #expect(figures.wireBytesReceived > 226_643_392)
  }

  @Test("reads what another of rsync's processes printed right behind a record", arguments: [1, 7, .max])
  func glued(chunk: Int) {
    // As rsync 3.5.0 wrote it with --delete-after over ssh.
    let record = "\r              4   1%    3.91kB/s    0:00:00 (xfr#1, to-chk=0/113)"
    let text =
      record + "@F *deleting   0 0 x_0/part_9\n@F *deleting   0 0 x_0/part_6\n"
      + "\r  4   1%    3.91kB/s    0:00:00  @F *deleting   0 0 y\n"
    let changes = events(Array(text.utf8), chunk: chunk).compactMap {
      if case .change(let change) = $0 { change.path } else { nil }
    }
    #expect(changes == ["x_0/part_9", "x_0/part_6", "y"])
    let records = events(Array(text.utf8), chunk: chunk).compactMap {
      if case .progress(let progress) = $0 { progress.total ?? 0 } else { nil }
    }
    #expect(records == [113, 0])
  }

  @Test("reads a dry run as a plan", arguments: ["final-dry-350", "final-dry-327"])
  func dryRun(name: String) throws {
    let events = events(try Recordings.output(name))
    let files = events.compactMap { if case .change(let change) = $0, change.kind == .create { change } else { nil } }
    #expect(files.count == 84)
    #expect(files.reduce(0) { $0 + $1.bytes } == 226_643_392)
    #expect(files.allSatisfy { $0.wireBytes == 0 })
  }

  @Test("tells payload from what was already here in a resumed run")
  func resumed() throws {
    let events = events(try Recordings.output("resume-partialdir=rsyncpartial-350"))
    guard case .statistics(let figures) = try #require(events.last) else {
      Issue.record("no figures")
      return
    }
    #expect(figures.literalBytes == 69_332_688)
    #expect(figures.matchedBytes == 80_667_312)
    #expect(figures.wireBytesReceived == 69_385_682)
  }

  @Test(
    "counts the last record of every recording",
    arguments: [
      ("p2-noh-350", TransferProgress(bytes: 392_573_947, percent: 100, filesTransferred: 138, left: 0, total: 171)),
      ("p2-nir-327", TransferProgress(bytes: 392_573_947, percent: 100, filesTransferred: 138, left: 0, total: 171)),
      ("p2-noop-350", TransferProgress(bytes: 0, percent: 0, filesTransferred: 0, left: 0, total: 171)),
      ("p2-bigslow-327", TransferProgress(bytes: 150_000_000, percent: 100, filesTransferred: 1, left: 0, total: 2)),
    ])
  func lastRecord(name: String, expected: TransferProgress) throws {
    let records = events(try Recordings.output(name)).compactMap {
      if case .progress(let progress) = $0 { progress } else { nil }
    }
    #expect(records.last == expected)
  }

  @Test("says when the list still grows")
  func growingList() throws {
    let records = events(" 1,258,291  50%    1.20MB/s    0:00:00 (xfr#17, ir-chk=1015/1251)\r")
    #expect(
      records == [
        .progress(
          TransferProgress(
            bytes: 1_258_291, percent: 50, filesTransferred: 17, left: 1015, total: 1251, isListGrowing: true))
      ])
  }

  @Test("shows the record that rsync has not ended yet")
  func provisional() {
    var parser = RsyncOutputParser()
    #expect(parser.provisionalProgress == nil)
    parser.consume("\r       46505315  11%  160.69MB/s    0:00:0".utf8) { Issue.record("early event \($0)") }
    #expect(parser.provisionalProgress == TransferProgress(bytes: 46_505_315, percent: 11))
    parser.consume("0 (xfr#12, to-chk=36/1".utf8) { Issue.record("early event \($0)") }
    #expect(parser.provisionalProgress?.filesTransferred == nil)
    parser.consume("71)".utf8) { Issue.record("early event \($0)") }
    #expect(parser.provisionalProgress?.left == 36)
  }

  @Test(
    "takes no half-written record for a whole one",
    arguments: [
      "       465", "       46505315  1", "       46505315  11%", "       46505315  11%  160.69MB",
      "  12%  1MB/s 0:00:00",
    ])
  func unfinishedRecord(text: String) {
    var parser = RsyncOutputParser()
    parser.consume("\r\(text)".utf8) { _ in }
    #expect(parser.provisionalProgress == nil)
  }

  @Test("gives back the exact name of every odd file", arguments: ["odd-C-8-350", "odd-C-8-327"])
  func oddNames(name: String) throws {
    let paths = events(try Recordings.output(name)).compactMap {
      if case .change(let change) = $0, change.kind == .create { change.path } else { nil }
    }
    #expect(
      Set(paths) == [
        "-dash.bin", "100%.bin", "back\\slash.bin", "badutf8-\\#377\\#376.bin", "cr\rname.bin", "esc\u{1B}[31m.bin",
        "hash\\#012fake.bin", "nl\nname.bin", "sp ace.bin", "tab\tname.bin", "uni-日本.bin",
      ])
  }

  @Test(
    "knows what happened to an entry",
    arguments: [
      (">f+++++++++", FileChange.Kind.create), (">f.st......", .update), (">f..t......", .update),
      (">fcst......", .update), ("cd+++++++++", .directory), (".d..t......", .attributes), (".f...p.....", .attributes),
      ("cL+++++++++", .link), ("cLc.t......", .link), ("hf+++++++++", .link), ("*deleting  ", .delete),
      ("cD+++++++++", .create), (">fcsTpoguax", .update),
    ])
  func kinds(itemized: String, kind: FileChange.Kind) {
    #expect(
      events("@F \(itemized) 12 34 a b\n") == [.change(FileChange(kind: kind, path: "a b", bytes: 12, wireBytes: 34))])
  }

  @Test("reads what tells a plan's file from an earlier one of the same size, whatever its name")
  func versions() throws {
    func version(_ before: String, _ name: String = "@F a b") throws -> UInt64 {
      let found = events("@P \(before)@F >f+++++++++ 12 0 \(name)\n")
      guard case .change(let change) = try #require(found.first), found.count == 1 else { return 0 }
      #expect(change.path == name && change.bytes == 12 && change.kind == .create)
      return change.sourceVersion
    }
    let first = try version("2026/11/29-11:33:15 ")
    #expect(try version("2026/11/29-11:33:15 ", "@P 1 @F x") == first)
    #expect(try version("2026/11/29-11:33:16 ") != first)
    let checked = try version("2026/11/29-11:33:15 d41d8cd98f00b204 ")
    #expect(try checked != version("2026/11/29-11:33:15 d41d8cd98f00b205 ") && checked != first)
    // Of a link or directory rsync has no checksum and prints blanks.
    #expect(try version("2026/11/29-11:33:15                  ") != 0)
  }

  @Test("reads when a listed file was changed, and whether the source could read it")
  func sourceMark() throws {
    func mark(_ before: String) throws -> SourceMark? {
      guard case .change(let change) = try #require(events("@P \(before)@F >fc........ 12 0 a\n").first) else {
        return nil
      }
      return change.source
    }
    let time: Int64 = 1_795_951_995
    #expect(try mark("2026/11/29-11:33:15 ") == SourceMark(modified: time))
    #expect(try mark("2026/11/29-11:33:15 99aa06d3014798d86001c324468d497f ") == SourceMark(modified: time))
    let unread = SourceMark(modified: time, isUnread: true)
    #expect(try mark("2026/11/29-11:33:15 00000000000000000000000000000000 ") == unread)
    #expect(try mark("2026/11/29-99999999999999999:33:15 ") == nil)
    #expect(try mark("99999999999999999/11/29-11:33:15 ") == nil)
    #expect(try mark("2026/13/29-11:33:15 ") == nil)
  }

  @Test(
    "a path that rsync printed leads back to the bytes of the file",
    arguments: [
      ("a b", [Array("a b".utf8)]), ("bad\\#377", [Array("bad\\#377".utf8), Array("bad".utf8) + [255]]),
      ("tail\\", [Array("tail\\".utf8)]),
    ])
  func sourcePath(path: String, bytes: [[UInt8]]) {
    #expect(SourcePath.bytes(of: path) == bytes)
    for form in bytes { #expect(form.withUnsafeBytes { SourcePath.text(of: $0) } == path) }
  }

  @Test(
    "hands on what it does not know as text",
    arguments: [
      "created directory /data/lake/x", "skipping non-regular file \"ff\"", "@F", "@F >f+++++++++",
      "@F >f+++++++++ 1 2 ", "@P 2026/11/29-11:33:15", "@P @F", "@P",
      "@F ?f+++++++++ 1 2 x", "@F >f+++++++++ 99999999999999999999 2 x", "Number of nothing: 12",
      "Literal data: 12 bytes",
      "IO error encountered -- skipping file deletion", "12345", "total size is 5",
    ])
  func text(line: String) {
    #expect(events(line + "\n") == [.text(line)])
  }

  @Test("gives the figures even when the block breaks off")
  func brokenBlock() throws {
    let events = events("\nNumber of files: 1,171 (reg: 1,138, dir: 33)\nLiteral data: 5 bytes\nMatch")
    guard case .statistics(let figures) = try #require(events.last) else {
      Issue.record("no figures")
      return
    }
    #expect(figures.entries == 1171)
    #expect(figures.regularFiles == 1138)
    #expect(figures.literalBytes == 5)
  }

  @Test("says when all was listed, whatever the files are called, and nothing else of the receiver's work")
  func listed() {
    let text = """
      get_local_name count=6 /lake/ticks/
      @F *deleting   0 0 x
      recv_files(6) starting
      recv_files(recv_files phase=1)
      @F >f+++++++++ 2 0 recv_files phase=1
      skipping non-regular file "recv_files phase=1"
      recv_files phase=1
      recv_files phase=2
      recv_files finished
      client_run2 waiting on 18465

      """
    #expect(
      events(text) == [
        .change(FileChange(kind: .delete, path: "x")),
        .change(FileChange(kind: .create, path: "recv_files phase=1", bytes: 2)),
        .text("skipping non-regular file \"recv_files phase=1\""), .listed,
      ])
  }

  @Test("survives any bytes at all")
  func noise() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("\r\n @F>f+0123456789%/s:(xfr#,to-chk=)*deleting\\#\u{FF}".utf8) + [0, 0xFF, 0x80]
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...400, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      #expect(events(bytes, chunk: 7) == events(bytes))
    }
  }

  @Test("does not keep a stream without line ends in memory")
  func endlessLine() {
    var splitter = OutputSplitter()
    let chunk = [UInt8](repeating: 65, count: 10_000)
    var pieces = 0
    for _ in 0..<100 {
      chunk.withUnsafeBytes { splitter.consume($0) { _ in pieces += 1 } }
      #expect(splitter.tail.count < OutputSplitter.longestPiece)
    }
    #expect(pieces > 10)
  }
}
