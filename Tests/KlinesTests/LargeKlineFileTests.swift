import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import Klines

/// A file read part by part gives what the same file gives when it is read in one go.
@Suite struct LargeKlineFileTests {
  private static let month: Int64 = 1_704_067_200_000
  private static let stem = "BTCUSDT-1m-2024-01"
  private static let minute: Int64 = 60_000
  /// Larger than one piece of text, so that lines and numbers are cut by its end.
  private static let whole = KlineFixtures.rows(start: month, step: minute, count: 31 * 1440)

  /// What one way of reading found.
  private struct Found: Equatable {
    var report: RowReport
    var figures: KlineFigures
    var sha256: String
    /// Open time and the bits of every other column, sorted.
    var rows: [[UInt64]]
  }

  private static func bits(_ columns: KlineColumns) -> [[UInt64]] {
    (0..<columns.count).map { row in
      KlineColumns.Whole.allCases.map { UInt64(bitPattern: columns[$0][row]) }
        + KlineColumns.Value.allCases.map { columns[$0][row].bitPattern }
    }
  }

  /// Reads a file in one go, or in parts of at most `partRows` rows.
  private static func read(
    _ data: Data, partRows: Int?, fillGaps: Bool = false, stem: String = stem
  ) throws -> (found: Found, parts: [LargeKlineFile.Part]) {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip").path
    try data.write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let archive = try #require(KlineArchiveName(fileName: stem + ".zip"))
    let columns = KlineColumns()
    let reader = KlineFileReader(partRows: partRows ?? 0, wholeLimit: partRows == nil ? 1 << 30 : 100)
    var parts: [LargeKlineFile.Part] = []
    switch try reader.read(
      path: path, fileName: stem + ".zip", archive: archive, into: columns, fillGaps: fillGaps)
    {
    case .whole(let content):
      try #require(partRows == nil)
      return (
        Found(report: content.report, figures: content.figures, sha256: content.sha256, rows: bits(columns)), []
      )
    case .large(let large):
      let content = try large.check(using: columns)
      #expect(columns.count == 0)
      var rows: [[UInt64]] = []
      let isComplete = try large.give(columns) { columns, part in
        #expect(KlineFigures(of: columns, rows: 0..<columns.count) == part.figures)
        rows += bits(columns)
        parts.append(part)
        columns.truncate(to: 0)
        return columns
      }
      #expect(isComplete)
      return (Found(report: content.report, figures: content.figures, sha256: content.sha256, rows: rows), parts)
    }
  }

  /// Names of contents, and their lines.
  static let contents: [(name: String, lines: [String], end: String)] = [
    ("whole", whole, "\n"),
    ("with a header and CRLF", [KlineFixtures.header + "\r"] + whole.map { $0 + "\r" }, "\r\n\r\n"),
    ("without a line feed at the end", whole, ""),
    (
      "days with holes and days without rows", whole.enumerated().filter { $0.offset % 5000 < 3000 }.map(\.element),
      "\n"
    ),
    (
      "candles beside the grid",
      whole.enumerated().map { offset, line in
        let open = month + Int64(offset) * minute
        return offset % 900 == 5 ? line.replacing("\(open),", with: "\(open + 30_000),") : line
      }, "\n"
    ),
    ("newest first", whole.reversed(), "\n"),
    (
      "days mixed, rows twice with other values",
      Array(whole[20_000...]) + whole[..<20_500].map { $0.replacing(".125,", with: ".126,") }, "\n\n"
    ),
    (
      "impossible and foreign rows",
      whole.enumerated().map { offset, line in
        switch offset % 700 {
        case 1: line.replacing(".25,", with: ".25e-9,")
        case 2: line.replacing("17040", with: "16040")
        case 3: "1704067200000,nan,1,1,1,1,1704067259999,1,1,1,1,0"
        default: line
        }
      }, "\n"
    ),
  ]

  @Test("rows, counts and sums are those of one go", arguments: contents.indices, [false, true])
  func sameAsWhole(index: Int, fillGaps: Bool) throws {
    let (name, lines, end) = Self.contents[index]
    let data = KlineFixtures.archive(Self.stem, lines.joined(separator: "\n") + end)
    let expected = try Self.read(data, partRows: nil, fillGaps: fillGaps).found
    let (found, parts) = try Self.read(data, partRows: 4000, fillGaps: fillGaps)
    #expect(found.report == expected.report, "\(name)")
    #expect(found == expected, "\(name)")
    #expect(parts.count > 5)
    #expect(parts.map(\.index) == Array(parts.indices) && parts.map(\.isLast).lastIndex(of: true) == parts.count - 1)
    // The slices follow one another without a gap.
    #expect(parts.first?.slice.lowerBound == .min && parts.last?.slice.upperBound == .max)
    for (left, right) in zip(parts, parts.dropFirst()) {
      #expect(left.slice.upperBound + 1 == right.slice.lowerBound)
      #expect(left.openTimes.upperBound < right.openTimes.lowerBound && left.figures.rows <= 5440)
    }
  }

  @Test("a file of another interval is refused before any of it is given")
  func otherInterval() {
    let lines = Self.whole.map { $0.replacing("9999,", with: "8999,") }
    let fault = #expect(throws: KlineFault.self) {
      try Self.read(KlineFixtures.archive(Self.stem, lines.joined(separator: "\n")), partRows: 4000)
    }
    #expect(
      fault?.reason == "does not hold 1m candles: of 44,640 rows 44,640 have another length (59s)")
  }

  private static func member(_ change: (inout KlineFixtures.Member) -> Void) -> Data {
    var member = KlineFixtures.Member(stem + ".csv", whole.joined(separator: "\n") + "\n")
    change(&member)
    return KlineFixtures.zip([member])
  }

  @Test("a stored and a zip64 member are read as well")
  func containers() throws {
    let expected = try Self.read(Self.member { _ in }, partRows: nil).found.rows
    #expect(try Self.read(Self.member { $0.isDeflated = false }, partRows: 9000).found.rows == expected)
    #expect(try Self.read(Self.member { $0.usesZip64 = true }, partRows: 9000).found.rows == expected)
  }

  @Test("what is wrong at the very end makes the whole file bad before a row of it is given")
  func badAtTheEnd() throws {
    let size = Self.whole.joined(separator: "\n").utf8.count + 1
    let deflated = Self.member { _ in }
    var cut = deflated
    // The last bytes before the list of members.
    for offset in 0..<40 { cut[deflated.count - 140 - offset] ^= 0xff }
    let last = { (line: String) in
      KlineFixtures.archive(Self.stem, (Self.whole + [line]).joined(separator: "\n") + "\n")
    }
    let cases: [(Data, KlineFault?)] = [
      (Self.member { $0.crc = 7 }, nil), (cut, nil),
      (Self.member { $0.declaredSize = UInt32(size - 1) }, .wrongSize(declared: UInt64(size - 1))),
      (Self.member { $0.declaredSize = UInt32(size + 1) }, .wrongSize(declared: UInt64(size + 1))),
      (deflated.prefix(deflated.count - 1), .truncatedZip),
      (last("hello"), .wrongColumnCount(line: 44_641, found: 1)),
      (last(KlineFixtures.header), .headerInside(line: 44_641)),
      (last(Self.whole[3].replacing("170406", with: "a")), nil),
      (last("\n" + Self.whole[3]), .wrongColumnCount(line: 44_641, found: 1)),
    ]
    for (number, (data, fault)) in cases.enumerated() {
      let thrown = #expect(throws: KlineFault.self, "case \(number)") { try Self.read(data, partRows: 9000) }
      if let fault { #expect(thrown == fault) }
      if let thrown { #expect(throws: thrown) { try Self.read(data, partRows: nil) } }
    }
  }

  @Test("a line or a day without end is refused, and so is a large file of candles that make no large file")
  func limits() throws {
    let padded = Self.whole[0] + String(repeating: "0", count: 2 << 20)
    #expect(throws: KlineFault.lineTooLong(line: 2)) {
      try Self.read(KlineFixtures.archive(Self.stem, Self.whole[0] + "\n" + padded + "\n"), partRows: 9000)
    }
    let stem = "BTCUSDT-1w-2024-01"
    let fault = #expect(throws: KlineFault.self) {
      try Self.read(KlineFixtures.archive(stem, Self.whole.joined(separator: "\n")), partRows: 9000, stem: stem)
    }
    #expect(fault?.code == "zip-bomb")
  }

  @Test("a file that changes after it was checked gives no row of its new content")
  func changesInBetween() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.member { _ in }.write(to: URL(filePath: path))
    let archive = try #require(KlineArchiveName(fileName: Self.stem + ".zip"))
    let columns = KlineColumns()
    let reader = KlineFileReader(partRows: 9000, wholeLimit: 100)
    guard
      case .large(let large) = try reader.read(
        path: path, fileName: Self.stem + ".zip", archive: archive, into: columns)
    else { throw KlineFault.noRows }
    _ = try large.check(using: columns)
    // Written over in place: the open file is the same, and as long, but for the volumes of its second half.
    let changed = Self.whole.enumerated().map { $0 < 20_000 ? $1 : $1.replacing(".125,", with: ".126,") }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.write(contentsOf: KlineFixtures.archive(Self.stem, changed.joined(separator: "\n") + "\n"))
    try handle.close()
    var given = 0
    #expect(throws: KlineFault.changedWhileRead) {
      try large.give(columns) { columns, _ in
        given += columns.count
        columns.truncate(to: 0)
        return columns
      }
    }
    #expect(given > 0 && given <= 20_000)
  }
}
