import Foundation
import TestSupport
import Testing

@testable import Klines

@Suite struct KlineParserTests {
  private static let row1 =
    "1704067200000,42000.00,42100.00,41900.00,42050.00,1000.5,1704067259999,42050000.00,1500,500.25,21000000.00,0"
  private static let row2 =
    "1704067260000,42050.00,42200.00,42000.00,42150.00,1200.3,1704067319999,50430000.00,1800,600.15,25200000.00,0"

  private func parse(_ text: String) throws -> (columns: KlineColumns, refused: Int) {
    let buffer = ByteBuffer()
    buffer.assign(Array(text.utf8))
    let columns = KlineColumns()
    let refused = try KlineParser().parse(buffer.bytes, into: columns).refusedCount
    return (columns, refused)
  }

  @Test("reads all columns of a row")
  func columns() throws {
    let columns = try parse(Self.row1 + "\n" + Self.row2 + "\n").columns
    #expect(columns.count == 2)
    #expect(columns[.openTime][0] == 1_704_067_200_000)
    #expect(columns[.closeTime][0] == 1_704_067_259_999)
    #expect(columns[.trades][0] == 1500)
    let values = KlineColumns.Value.allCases.map { columns[$0][0] }
    #expect(values == [42000, 42100, 41900, 42050, 1000.5, 42_050_000, 500.25, 21_000_000])
    #expect(columns[.openTime][1] == 1_704_067_260_000)
  }

  @Test(
    "takes header, CRLF, a byte-order mark, a missing last line end and blank lines at the end",
    arguments: [
      "\(KlineFixtures.header)\n\(row1)\n\(row2)\n", "\(row1)\r\n\(row2)\r\n", "\(row1)\n\(row2)",
      "\(row1)\r\n\(row2)\r",
      "\u{FEFF}\(row1)\n\(row2)\n", "\u{FEFF}\(KlineFixtures.header)\r\n\(row1)\r\n\(row2)\r\n\r\n\n",
    ])
  func variants(text: String) throws {
    let columns = try parse(text).columns
    #expect(columns.count == 2)
    #expect(columns[.openTime][0] == 1_704_067_200_000)
    #expect(columns[.takerBuyQuoteVolume][1] == 25_200_000)
  }

  @Test("stores microseconds as milliseconds, rounding down")
  func microseconds() throws {
    let text = "1744329600000000,1,2,1,2,5,1744329659999999,10,3,1,2,0\n"
    let columns = try parse(text).columns
    #expect(columns[.openTime][0] == 1_744_329_600_000)
    #expect(columns[.closeTime][0] == 1_744_329_659_999)
  }

  private static func changed(_ field: String, to text: String) -> String { row1.replacing(field, with: text) }

  private static let badFiles: [(String, KlineFault)] = [
    ("", KlineFault.noRows), ("\n\n", .noRows), (KlineFixtures.header + "\n", .noRows),
    (row1 + "\n" + KlineFixtures.header + "\n" + row2, .headerInside(line: 2)),
    (
      KlineFixtures.header.replacing("open,high", with: "high,Open") + "\n" + row1,
      .headerOrder(column: 2, name: "high", expected: "open")
    ),
    (row1 + "\n1,2,3,4,5,6,7,8,9,10,11\n", .wrongColumnCount(line: 2, found: 11)),
    (row1 + ",0\n", .wrongColumnCount(line: 1, found: 13)),
    (row1 + "\n\n" + row2, .wrongColumnCount(line: 2, found: 1)),
    (row1 + "\n" + row2.prefix(40), .wrongColumnCount(line: 2, found: 4)),
    ("<html><body>", .wrongColumnCount(line: 1, found: 1)),
    (changed("1704067200000", to: "abc"), .notANumber(line: 1, column: 1, text: "abc")),
    (row2 + "\n" + changed("42050.00", to: "4205O.00"), .notANumber(line: 2, column: 5, text: "4205O.00")),
    (changed(",1500,", to: ",15.5,"), .notANumber(line: 1, column: 9, text: "15.5")),
    (changed("42100.00", to: "0x1p3"), .notANumber(line: 1, column: 3, text: "0x1p3")),
    (changed("42100.00", to: "\"42100\""), .notANumber(line: 1, column: 3, text: "\"42100\"")),
    (changed("42100.00", to: " 42100"), .notANumber(line: 1, column: 3, text: " 42100")),
    (changed("42100.00", to: "4\u{0}2"), .notANumber(line: 1, column: 3, text: "4?2")),
    (changed("42100.00", to: "."), .notANumber(line: 1, column: 3, text: ".")),
    (changed("42100.00", to: "1e"), .notANumber(line: 1, column: 3, text: "1e")),
  ]

  @Test("refuses a file that is not klines, and says where", arguments: badFiles)
  func refusesFile(text: String, fault: KlineFault) {
    #expect(throws: fault) { try parse(text) }
    #expect(!fault.reason.isEmpty)
  }

  @Test(
    "refuses a row whose number is missing, not finite or beyond its type, and keeps the others",
    arguments: [
      row1.replacing("42100.00", with: "NaN"), row1.replacing("42100.00", with: "inf"),
      row1.replacing("42100.00", with: "-Infinity"), row1.replacing("1000.5", with: ""),
      row1.replacing("42100.00", with: "1e400"), row1.replacing(",1500,", with: ",99999999999999999999,"),
      row1.replacing("1704067200000", with: "99999999999999999999"),
    ])
  func refusesRow(line: String) throws {
    let (columns, refused) = try parse(line + "\n" + Self.row2 + "\n")
    #expect(refused == 1)
    #expect(columns.count == 1)
    #expect(columns[.openTime][0] == 1_704_067_260_000)
  }

  @Test("reads signs and exponents, and no sign of zero")
  func unusualNumbers() throws {
    let line = Self.row1.replacing("42100.00", with: "4.21E+4").replacing("1000.5", with: "-0.0")
    let columns = try parse(line).columns
    #expect(columns[.high][0] == 42100)
    #expect(columns[.volume][0].bitPattern == 0)
  }

  @Test("reads decimals bit for bit as the C library does")
  func exactDecimals() throws {
    var generator = SystemRandomNumberGenerator()
    var texts = [
      "0", "0.1", "1", "9007199254740993", "9007199254740992.5", "123456789012345678901234567890",
      "0.00000000000000000000001", "1234567890.12345678", "0.000001", "18446744073709551616", "4503599627370497.5",
      "1.00000000000000011102230246251565404236316680908203125", "99999999999999999999.99999999",
    ]
    for _ in 0..<2000 {
      let whole = String(generator.next(upperBound: UInt64(1) << generator.next(upperBound: 64 as UInt64)))
      let decimals = String(generator.next(upperBound: 1_000_000_000_000 as UInt64)).suffix(Int.random(in: 0...12))
      texts.append(decimals.isEmpty ? whole : whole + "." + decimals)
    }
    for text in texts {
      let columns = try parse(Self.row1.replacing("42050000.00", with: text)).columns
      let expected = strtod(text, nil)
      #expect(columns[.quoteVolume][0].bitPattern == expected.bitPattern, "\(text)")
    }
  }

  @Test("any prefix of a file gives rows or a fault, never a crash")
  func prefixes() {
    let text = "\u{FEFF}\(KlineFixtures.header)\r\n\(Self.row1)\r\n\(Self.row2)\n"
    for length in 0..<text.utf8.count {
      let prefix = String(decoding: text.utf8.prefix(length), as: UTF8.self)
      if let result = try? parse(prefix) { #expect(result.columns.count <= 2) }
    }
  }
}
