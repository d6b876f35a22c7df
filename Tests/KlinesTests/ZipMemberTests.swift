import Foundation
import TestSupport
import Testing

@testable import Klines

@Suite struct ZipMemberTests {
  private static let stem = "BTCUSDT-1m-2024-01-01"
  private static let name = stem + ".csv"
  private static let text = "hello, candles\n"

  private func extract(_ archive: Data, named name: String = Self.name) throws -> String {
    let buffer = ByteBuffer()
    buffer.assign(archive)
    let extractor = ZipExtractor()
    return try extractor.withContent(named: name, of: buffer.bytes) { String(decoding: $0, as: UTF8.self) }
  }

  private func member(_ change: (inout KlineFixtures.Member) -> Void = { _ in }) -> KlineFixtures.Member {
    var member = KlineFixtures.Member(Self.name, Self.text)
    change(&member)
    return member
  }

  @Test("reads deflated, stored and zip64 members")
  func reads() throws {
    for archive in [
      KlineFixtures.zip([member()]), KlineFixtures.zip([member { $0.isDeflated = false }]),
      KlineFixtures.zip([member { $0.usesZip64 = true }]),
      KlineFixtures.zip([
        member {
          $0.usesZip64 = true; $0.isDeflated = false
        }
      ]),
    ] {
      #expect(try extract(archive) == Self.text)
    }
  }

  @Test("takes the member named like the archive, not the resource fork beside it")
  func ignoresForks() throws {
    let fork = KlineFixtures.Member("__MACOSX/._" + Self.name, "junk")
    #expect(try extract(KlineFixtures.zip([fork, member(), fork])) == Self.text)
    #expect(throws: KlineFault.noMember(expected: Self.name)) { try extract(KlineFixtures.zip([fork])) }
  }

  @Test("takes the last of several members of one name, as unzip and Python do, and counts the others")
  func namesakes() throws {
    let older = KlineFixtures.Member(Self.name, "the older content\n")
    let archive = KlineFixtures.zip([older, older, member()])
    #expect(try extract(archive) == Self.text)
    let buffer = ByteBuffer()
    buffer.assign(archive)
    #expect(try ZipMember(named: Self.name, in: buffer.bytes).namesakes == 2)
  }

  @Test("counts other members that hold something, of which nothing is read")
  func others() throws {
    let strangers = [
      "b.csv", "sub/" + Self.name, "__MACOSX/._" + Self.name, "empty.txt", "sub/",
    ].map { KlineFixtures.Member($0, $0.hasSuffix("/") || $0.hasPrefix("empty") ? "" : "1,2\n") }
    let buffer = ByteBuffer()
    buffer.assign(KlineFixtures.zip(strangers + [member()]))
    let others = try ZipMember(named: Self.name, in: buffer.bytes).others
    #expect(others.count == 2 && others.first == ["b.csv", "sub/" + Self.name])
  }

  @Test("says that an archive without members has none")
  func noMembers() {
    #expect(throws: KlineFault.noMember(expected: Self.name)) { try extract(KlineFixtures.zip([])) }
  }

  @Test("refuses encrypted members, other methods, wrong CRCs and wrong sizes")
  func refuses() {
    #expect(throws: KlineFault.encryptedMember) { try extract(KlineFixtures.zip([member { $0.flags = 1 }])) }
    #expect(throws: KlineFault.unsupportedMethod(93)) { try extract(KlineFixtures.zip([member { $0.method = 93 }])) }
    #expect(throws: KlineFault.self) { try extract(KlineFixtures.zip([member { $0.crc = 7 }])) }
    #expect(throws: KlineFault.wrongSize(declared: 9)) {
      try extract(KlineFixtures.zip([member { $0.declaredSize = 9 }]))
    }
    #expect(throws: KlineFault.wrongSize(declared: 900)) {
      try extract(KlineFixtures.zip([member { $0.declaredSize = 900 }]))
    }
  }

  @Test("refuses what claims more bytes than any kline file has")
  func bombs() {
    let limit = ZipMember.sizeLimit
    #expect(throws: KlineFault.tooLarge(bytes: 4_000_000_000, limit: limit)) {
      try extract(KlineFixtures.zip([member { $0.declaredSize = 4_000_000_000 }]))
    }
    #expect(throws: KlineFault.zipBomb(compressed: 20, uncompressed: 100_000_000)) {
      try extract(KlineFixtures.zip([member { $0.declaredSize = 100_000_000 }]))
    }
  }

  @Test("names what is no ZIP file at all", arguments: ["", "x", "<html>not found</html>", "{\"code\": 404}"])
  func noZip(text: String) {
    #expect(throws: KlineFault.notAZip) { try extract(Data(text.utf8)) }
  }

  @Test("cut anywhere, an archive is refused and never read beyond its end")
  func truncated() throws {
    for zip64 in [false, true] {
      let whole = KlineFixtures.zip([member { $0.usesZip64 = zip64 }])
      for length in 0..<whole.count {
        #expect(throws: KlineFault.self) { try extract(whole.prefix(length)) }
      }
    }
  }

  @Test("any flipped byte gives the right text or a fault, never a crash")
  func flipped() throws {
    for zip64 in [false, true] {
      let whole = KlineFixtures.zip([member { $0.usesZip64 = zip64 }])
      for index in 0..<whole.count {
        for pattern in [UInt8(0xff), 0x01, 0x80] {
          var broken = whole
          broken[index] ^= pattern
          if let text = try? extract(broken) { #expect(text == Self.text) }
        }
      }
    }
  }

  @Test("reads a real archive of the exchange")
  func real() throws {
    let path = KlineFixtures.directory + "/" + KlineFixtures.realDays[5]
    let text = try extract(Data(contentsOf: URL(filePath: path)), named: "BTCUSDT-1m-2025-04-11.csv")
    #expect(text.utf8.count { $0 == 10 } == 1440)
    #expect(text.hasPrefix("1744329600000000,"))
  }
}
