import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import Klines

@Suite struct KlineFileReaderTests {
  /// Writes files into a fresh directory and reads the archive among them.
  private func read(
    _ name: String, _ data: Data, checksum: String? = nil
  ) throws -> (content: KlineFileContent, columns: KlineColumns) {
    let directory = FileManager.default.temporaryDirectory.appending(path: "klines-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appending(path: name).path
    try data.write(to: URL(filePath: path))
    try checksum.map { try Data($0.utf8).write(to: URL(filePath: path + ".CHECKSUM")) }
    let columns = KlineColumns()
    let archive = try #require(KlineArchiveName(fileName: name))
    let content = try KlineFileReader().readWhole(path, name, archive, columns)
    return (content, columns)
  }

  private static let day: Int64 = 1_704_067_200_000
  private static let stem = "BTCUSDT-1h-2024-01-01"
  private static let good = KlineFixtures.archive(
    stem, KlineFixtures.rows(start: day, step: 3_600_000, count: 24).joined(separator: "\n"))

  @Test(
    "reads the exchange's own files",
    arguments: [
      (0, 29, 1411), (1, 840, 600), (2, 1170, 270), (3, 1440, 0), (4, 1440, 0), (5, 1440, 0),
    ])
  func realDays(index: Int, rows: Int, missing: Int) throws {
    let relative = KlineFixtures.realDays[index]
    let path = KlineFixtures.directory + "/" + relative
    let name = String(relative.split(separator: "/").last ?? "")
    let archive = try #require(KlineArchiveName(fileName: name))
    let columns = KlineColumns()
    let content = try KlineFileReader().readWhole(path, name, archive, columns)
    #expect(content.report.rows == rows)
    #expect(content.report.missing == missing)
    #expect(content.report.refused == 0)
    #expect(content.figures.rows == rows)
    #expect(try String(contentsOfFile: path + ".CHECKSUM", encoding: .utf8).hasPrefix(content.sha256))
    let first = try #require(content.report.firstOpenTime)
    #expect(archive.period.contains(CalendarDay(Date(timeIntervalSince1970: Double(first) / 1000))))
  }

  @Test(
    "reads futures rows with and without header",
    arguments: [("um/BTCUSDT-1h-2020-09", 2), ("cm/BTCUSD_PERP-1h-2023-10-27", 3)])
  func futures(stem: String, rows: Int) throws {
    let name = String(stem.dropFirst(3))
    let csv = try String(contentsOfFile: KlineFixtures.directory + "/excerpt/\(name).csv", encoding: .utf8)
    #expect(try read(name + ".zip", KlineFixtures.archive(name, csv)).content.report.rows == rows)
  }

  @Test("verifies the .CHECKSUM beside the file when there is one")
  func checksums() throws {
    let actual = try read(Self.stem + ".zip", Self.good).content.sha256
    #expect(try read(Self.stem + ".zip", Self.good, checksum: "\(actual)  \(Self.stem).zip").content.sha256 == actual)
    #expect(
      try read(Self.stem + ".zip", Self.good, checksum: actual.uppercased() + "\n").content.sha256 == actual)
    let zeros = String(repeating: "0", count: 64)
    #expect(throws: KlineFault.wrongChecksum(declared: zeros, actual: actual)) {
      try read(Self.stem + ".zip", Self.good, checksum: zeros + "  x.zip")
    }
    for text in ["", "<html>", String(actual.dropLast())] {
      #expect(throws: KlineFault.unreadableChecksum) { try read(Self.stem + ".zip", Self.good, checksum: text) }
    }
  }

  @Test("a .CHECKSUM that is there and cannot be read keeps the file out until it can")
  func unreadableChecksum() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "klines-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appending(path: Self.stem + ".zip").path
    try Self.good.write(to: URL(filePath: path))
    // A link is not followed, as none of the lake's is.
    try FileManager.default.createSymbolicLink(atPath: path + ".CHECKSUM", withDestinationPath: "elsewhere")
    let archive = try #require(KlineArchiveName(fileName: Self.stem + ".zip"))
    #expect(throws: KlineFault.checksumUnread(errno: ELOOP)) {
      try KlineFileReader().readWhole(path, Self.stem + ".zip", archive, KlineColumns())
    }
  }

  @Test("a bad file leaves the columns as they were")
  func restores() throws {
    let columns = try read(Self.stem + ".zip", Self.good).columns
    let archive = try #require(KlineArchiveName(fileName: Self.stem + ".zip"))
    #expect(throws: KlineFault.self) {
      try KlineFileReader().read(path: "/nonexistent", fileName: Self.stem + ".zip", archive: archive, into: columns)
    }
    #expect(columns.count == 24)
    let lines = KlineFixtures.rows(start: Self.day, step: 3_600_000, count: 3) + ["header"]
    #expect(throws: KlineFault.wrongColumnCount(line: 4, found: 1)) {
      try read(Self.stem + ".zip", KlineFixtures.archive(Self.stem, lines.joined(separator: "\n")))
    }
  }

  @Test("a file without one valid row is bad as a whole")
  func noValidRow() {
    let lines = KlineFixtures.rows(start: Self.day + 86_400_000, step: 3_600_000, count: 2)
    let first = RefusedRow(
      line: 1, reason: .otherPeriod(openTime: Self.day + 86_400_000, period: .day(CalendarDay(daysSinceEpoch: 19_723))))
    #expect(throws: KlineFault.noValidRow(refused: 2, first: first)) {
      try read(Self.stem + ".zip", KlineFixtures.archive(Self.stem, lines.joined(separator: "\n")))
    }
  }

  @Test(
    "SHA-256 agrees with the vectors of FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
  func vectors(text: String, expected: String) {
    let digest = Array(text.utf8).withUnsafeBytes { SHA256Digest(of: $0) }
    #expect(digest.hex == expected)
  }

  @Test("figures see one changed last bit and one missing row")
  func figures() throws {
    let columns = try read(Self.stem + ".zip", Self.good).columns
    let before = KlineFigures(of: columns, rows: 0..<24)
    columns[.close][3] = columns[.close][3].nextUp
    #expect(KlineFigures(of: columns, rows: 0..<24) != before)
    #expect(KlineFigures(of: columns, rows: 0..<23).rows == 23)
  }
}

extension KlineFileReader {
  /// Reads a file that is expected to be of ordinary size.
  func readWhole(
    _ path: String, _ name: String, _ archive: KlineArchiveName, _ columns: KlineColumns
  ) throws -> KlineFileContent {
    switch try read(path: path, fileName: name, archive: archive, into: columns) {
    case .whole(let content): return content
    case .large: throw KlineFault.tooLarge(bytes: 0, limit: 0)
    }
  }
}
