import Foundation
import TestSupport
import Testing

@testable import LakeFiles

@Suite("The ends of a Parquet file") struct ParquetEndsTests {
  private let scratch: TempLake

  init() throws { scratch = try TempLake("parquet") }

  private func fault(_ content: [UInt8]) throws -> ParquetEnds.Fault? {
    let file = open(try scratch.write("file", Data(content)), O_RDONLY)
    defer { close(file) }
    do throws(ParquetEnds.Fault) {
      try ParquetEnds.check(file)
      return nil
    } catch {
      return error
    }
  }

  private func file(
    start: String = "PAR1", data: Int = 100, footer: Int = 20, length: UInt32? = nil, end: String = "PAR1"
  ) -> [UInt8] {
    let size = length ?? UInt32(footer)
    return Array(start.utf8) + [UInt8](repeating: 1, count: data + footer)
      + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + Array(end.utf8)
  }

  @Test("agree in a file that is whole, encrypted footers included") func whole() throws {
    #expect(try fault(file()) == nil)
    #expect(try fault(file(data: 0, footer: 1)) == nil)
    #expect(try fault(file(start: "PARE", end: "PARE")) == nil)
  }

  @Test("tell one that is short, cut off, foreign, or whose footer does not fit") func broken() throws {
    #expect(try fault([]) == .tooShort(bytes: 0))
    #expect(try fault(Array("PAR1PAR1".utf8)) == .tooShort(bytes: 8))
    #expect(try fault(file(start: "PK..")) == .noMagicAtStart)
    #expect(try fault(file().dropLast(3)) == .noMagicAtEnd)
    #expect(try fault(file(length: 121)) == .footerBeyondStart(bytes: 121))
    #expect(try fault(file(length: .max)) == .footerBeyondStart(bytes: .max))
    #expect(try fault(file(length: 0)) == .footerBeyondStart(bytes: 0))
    #expect(try fault(file(length: 120)) == nil)
  }

  private func fault(_ content: ArraySlice<UInt8>) throws -> ParquetEnds.Fault? { try fault(Array(content)) }
}
