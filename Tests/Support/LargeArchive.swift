import CZlib
import Glibc

/// Makes an archive of one-second candles of any length, deflated, without ever holding it.
package enum LargeArchive {
  /// What the rows add up to.
  package struct Sums: Sendable, Equatable {
    package var rows = 0
    package var trades = 0
  }

  /// A line whose numbers have a fixed width; zeros in front are no other number.
  private static let template =
    "0000000000000,100.10,105.25,95.75,101.5,0000000.125,0000000000000,300.00001,0000000,0.1,1.25,0\n"
  /// Where in it open time, volume, close time and trades end.
  private static let ends = (open: 13, volume: 47, close: 65, trades: 83)

  /// Writes the archive.
  ///
  /// - Parameters:
  ///   - stem: Its name without `.zip`.
  ///   - start: The first open time, in milliseconds.
  ///   - hasWrongCRC: Whether the CRC declared, which is read last, is another one.
  /// - Throws: When it cannot be written.
  package static func write(
    to path: String, stem: String, start: Int, rows: Int, hasWrongCRC: Bool = false
  ) throws -> Sums {
    guard let file = fopen(path, "w") else { throw TempLake.Failure(description: "\(path) cannot be written") }
    defer { fclose(file) }
    let name = Array((stem + ".csv").utf8)
    let begin = 30 + name.count
    put([UInt8](repeating: 0, count: begin), file)
    var stream = z_stream()
    guard sluice_deflate_begin(&stream) == Z_OK else { throw TempLake.Failure(description: "no zlib") }
    defer { deflateEnd(&stream) }
    var sums = Sums()
    var (checksum, plain, packed) = (crc32(0, nil, 0), 0, 0)
    var output = [UInt8](repeating: 0, count: 1 << 18)
    while sums.rows < rows {
      var text: [UInt8] = []
      for _ in 0..<min(5000, rows - sums.rows) {
        var line = Array(template.utf8)
        set(&line, ends.open, start + sums.rows * 1000)
        set(&line, ends.close, start + sums.rows * 1000 + 999)
        set(&line, ends.volume, sums.rows)
        set(&line, ends.trades, sums.rows * 7 % 1_000_003)
        sums.trades += sums.rows * 7 % 1_000_003
        sums.rows += 1
        text += line
      }
      checksum = crc32(checksum, text, UInt32(text.count))
      plain += text.count
      let flush = sums.rows == rows ? Z_FINISH : Z_NO_FLUSH
      text.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        repeat {
          stream.avail_out = UInt32(output.count)
          let count = output.withUnsafeMutableBufferPointer { buffer in
            stream.next_out = buffer.baseAddress
            deflate(&stream, flush)
            return buffer.count - Int(stream.avail_out)
          }
          put(Array(output[..<count]), file)
          packed += count
        } while stream.avail_out == 0
      }
    }
    let declared = hasWrongCRC ? Int(checksum) ^ 1 : Int(checksum)
    let common =
      bytes(20, 2) + bytes(0, 2) + bytes(8, 2) + bytes(0, 4) + bytes(declared, 4) + bytes(packed, 4)
      + bytes(plain, 4) + bytes(name.count, 2) + bytes(0, 2)
    let entry = bytes(0x0201_4b50, 4) + bytes(0x0314, 2) + common + bytes(0, 14) + name
    put(
      entry + bytes(0x0605_4b50, 4) + bytes(0, 4) + bytes(1, 2) + bytes(1, 2) + bytes(entry.count, 4)
        + bytes(begin + packed, 4) + bytes(0, 2), file)
    fseek(file, 0, SEEK_SET)
    put(bytes(0x0403_4b50, 4) + common + name, file)
    return sums
  }

  private static func put(_ bytes: [UInt8], _ file: UnsafeMutablePointer<FILE>) {
    fwrite(bytes, 1, bytes.count, file)
  }

  private static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  /// Writes a number's digits so that they end before an offset.
  private static func set(_ line: inout [UInt8], _ end: Int, _ value: Int) {
    var (rest, offset) = (value, end - 1)
    while rest > 0 {
      line[offset] = UInt8(48 + rest % 10)
      rest /= 10
      offset -= 1
    }
  }
}
