import Klines
import SluiceCore
import Testing

@Suite("The sentences about a kline file")
struct KlineSentencesTests {
  @Test(
    "are these, after the file's name",
    arguments: [
      (.unreadable(errno: 13), "unreadable", "cannot be read: Permission denied"),
      (.changedWhileRead, "changed-while-read", "changed while it was being read"),
      (.notAZip, "broken-zip", "is not a ZIP file"),
      (.truncatedZip, "broken-zip", "ZIP file is cut off or damaged"),
      (.multiDiskZip, "broken-zip", "ZIP file spans several disks"),
      (.encryptedMember, "encrypted", "ZIP member is encrypted"),
      (.noMember(expected: "A.csv"), "no-member", "ZIP file has no member named A.csv"),
      (
        .unsupportedMethod(12), "unsupported-method",
        "ZIP member uses compression method 12; only stored and deflate are read"
      ),
      (
        .tooLarge(bytes: 1_200_000_000, limit: 1_073_741_824), "zip-bomb",
        "ZIP member is too large: 1,200,000,000 bytes uncompressed, the limit is 1,073,741,824 bytes"
      ),
      (
        .zipBomb(compressed: 1, uncompressed: 20_000_000), "zip-bomb",
        "ZIP member claims 20,000,000 bytes out of 1 byte: more than any kline file reaches"
      ),
      (.brokenDeflate, "broken-zip", "ZIP member's compressed data is damaged"),
      (.wrongSize(declared: 1), "broken-zip", "ZIP member does not have the 1 byte it declares"),
      (
        .wrongCRC(declared: 0xdead_beef, actual: 0xcafe), "wrong-crc",
        "CRC of the ZIP member is cafe, declared deadbeef"
      ),
      (.unreadableChecksum, "wrong-checksum", "its .CHECKSUM file holds no SHA-256"),
      (
        .wrongChecksum(declared: String(repeating: "a", count: 64), actual: String(repeating: "b", count: 64)),
        "wrong-checksum", "SHA-256 is bbbbbbbbbbbbbbbb…, its .CHECKSUM file says aaaaaaaaaaaaaaaa…"
      ),
      (.noRows, "no-rows", "holds no rows"),
      (.noValidRow(refused: 1440, first: nil), "no-rows", "holds no valid row (1,440 refused)"),
      (
        .noValidRow(refused: 24, first: RefusedRow(line: 2, reason: .inSeconds(1_704_067_200))), "no-rows",
        "holds no valid row (24 refused, line 2: the open time 1704067200 is in seconds)"
      ),
      (.checksumUnread(errno: 13), "wrong-checksum", "its .CHECKSUM file cannot be read: Permission denied"),
      (.headerInside(line: 3), "not-klines", "has a header line in the middle, line 3"),
      (
        .headerOrder(column: 2, name: "high", expected: "open"), "not-klines",
        "has a header that names column 2 high, expected open"
      ),
      (.wrongColumnCount(line: 3, found: 1), "not-klines", "has 1 column in line 3, expected 12"),
      (.wrongColumnCount(line: 3, found: 11), "not-klines", "has 11 columns in line 3, expected 12"),
      (
        .notANumber(line: 3, column: 5, text: "x"), "not-klines",
        "has text where a number belongs, line 3 column 5: x"
      ),
      (.lineTooLong(line: 3), "not-klines", "has a line 3 that is longer than any row"),
      (
        .tooManyRows(day: CalendarDay(daysSinceEpoch: 0), limit: 86_400), "not-klines",
        "has more than 86,400 rows of 1970-01-01"
      ),
    ] as [(KlineFault, String, String)])
  func sentence(_ fault: KlineFault, _ code: String, _ reason: String) {
    #expect(fault.reason == reason)
    #expect(fault.code == code)
  }

  @Test(
    "name the line of a refused row and what is wrong with its numbers",
    arguments: [
      (.notFinite(column: 2, text: ""), "the open is empty"),
      (.notFinite(column: 11, text: "nan"), "the taker buy quote volume is nan"),
      (
        .tooLarge(column: 9, text: "99999999999999999999"),
        "the number of trades is beyond its type: 99999999999999999999"
      ),
      (.inSeconds(1_704_067_200), "the open time 1704067200 is in seconds"),
      (
        .inNanoseconds(microseconds: 1_704_067_200_000_000), "the open time is in nanoseconds (2024-01-01 00:00)"
      ),
      (
        .otherPeriod(openTime: 1_704_153_600_000, period: .day(CalendarDay(daysSinceEpoch: 19_723))),
        "it opens at 2024-01-02 00:00, which is not in 2024-01-01"
      ),
      (
        .closesEarly(openTime: 1_704_067_260_000, closeTime: 1_704_067_200_500),
        "it closes at 2024-01-01 00:00:00.500, before it opens at 2024-01-01 00:01"
      ),
      (
        .prices(open: 100, high: 99.5, low: 90, close: 95), "open 100, high 99.5, low 90, close 95 cannot be one candle"
      ),
      (.quantity(column: 6, value: -1), "the volume is -1"),
      (.part(column: 10, value: 2, whole: 1.5), "the taker buy volume 2 is more than the whole volume 1.5"),
    ] as [(RefusedRow.Reason, String)])
  func refusedRow(_ reason: RefusedRow.Reason, _ sentence: String) {
    #expect(RefusedRow(line: 7, reason: reason).sentence == "line 7: " + sentence)
  }
}
