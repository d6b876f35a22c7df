import Foundation
import TestSupport
import Testing

@testable import Klines

@Suite("A check of a file against itself") struct ArchiveCheckTests {
  private let scratch: TempLake
  private static let none: [UInt8]? = nil

  init() throws { scratch = try TempLake("archives") }

  private func fault(_ content: Data, isZip: Bool = true, checksum: [UInt8]? = nil) throws -> KlineFault? {
    let path = try scratch.write("file", content)
    return check(path, isZip: isZip, checksum: checksum)
  }

  private func check(_ path: String, isZip: Bool = true, checksum: [UInt8]? = nil) -> KlineFault? {
    do throws(KlineFault) {
      try ArchiveCheck().check(taking: open(path, O_RDONLY), isZip: isZip, checksum: checksum)
      return nil
    } catch {
      return error
    }
  }

  @Test("takes archives of no, one and many members, stored, deflated and zip64, whatever their names")
  func good() throws {
    var stored = KlineFixtures.Member("b", "other\n")
    stored.isDeflated = false
    var wide = KlineFixtures.Member("c/d", "wide\n")
    wide.usesZip64 = true
    #expect(try fault(KlineFixtures.zip([])) == nil)
    #expect(try fault(KlineFixtures.zip([KlineFixtures.Member("a", "text\n"), stored])) == nil)
    #expect(try fault(KlineFixtures.zip([wide])) == nil)
  }

  @Test("a flipped bit anywhere in a member's data is found, also of the second member")
  func flipped() throws {
    let text = (0..<400).map { "line \($0)\n" }.joined()
    let whole = KlineFixtures.zip([KlineFixtures.Member("a", text), KlineFixtures.Member("b", text)])
    let second = try #require(whole.dropFirst(100).firstRange(of: Data([0x50, 0x4b, 3, 4])))
    for offset in [60, second.lowerBound + 60] {
      var broken = whole
      broken[offset] ^= 1
      #expect(try fault(broken) != nil, "at \(offset)")
    }
  }

  @Test("what is cut off, or no archive, is told") func cut() throws {
    let whole = KlineFixtures.archive("x", "text\n")
    #expect(try fault(whole.dropLast(10)) == .truncatedZip)
    #expect(try fault(Data("hello, this is no archive at all".utf8)) == .notAZip)
    #expect(try fault(Data()) == .notAZip)
  }

  @Test("an encrypted member is nothing to check, and the others are checked all the same") func encrypted() throws {
    var secret = KlineFixtures.Member("a", "text\n")
    secret.flags = 1
    var wrong = KlineFixtures.Member("b", "text\n")
    wrong.crc = 7
    #expect(try fault(KlineFixtures.zip([secret])) == nil)
    #expect(try fault(KlineFixtures.zip([secret, wrong])) != nil)
  }

  @Test("a SHA-256 that is another, or none, is told, also of a file that is no archive") func checksum() throws {
    let content = Data("abc".utf8)
    let right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try fault(content, isZip: false, checksum: Array("\(right)  file".utf8)) == nil)
    #expect(try fault(content, isZip: false, checksum: Array("no sum".utf8)) == .unreadableChecksum)
    let wrong = String(repeating: "0", count: 64)
    #expect(
      try fault(content, isZip: false, checksum: Array(wrong.utf8)) == .wrongChecksum(declared: wrong, actual: right))
  }

  @Test("a member too large to be held is read to its end") func large() throws {
    let path = scratch.path("BTCUSDT-1s-2026-01.zip")
    _ = try LargeArchive.write(to: path, stem: "BTCUSDT-1s-2026-01", start: 1_767_225_600_000, rows: 200_000)
    #expect(check(path) == nil)
    _ = try LargeArchive.write(
      to: path, stem: "BTCUSDT-1s-2026-01", start: 1_767_225_600_000, rows: 200_000, hasWrongCRC: true)
    guard case .wrongCRC = check(path) else {
      Issue.record("the CRC was not looked at")
      return
    }
  }
}
