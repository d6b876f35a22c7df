import Klines
import SluiceCore
import Testing

@testable import IngestEngine

@Suite("Counts in the sentences of an ingest")
struct IngestCountTests {
  private static func report(refused: Int, rows: Int) -> RowReport {
    var report = RowReport()
    report.refused = refused
    report.rows = rows
    return report
  }

  @Test("one is one, more are more")
  func counts() {
    let one = Self.report(refused: 1, rows: 1)
    #expect(
      IngestWords.refused("A.zip", one).message == "A.zip: 1 row was refused; the other 1 is in.")
    let more = Self.report(refused: 2, rows: 1438)
    #expect(
      IngestWords.refused("A.zip", more).message
        == "A.zip: 2 rows were refused; the other 1,438 are in.")
    var aside = FilesAside()
    aside.add("A.zip")
    #expect(
      IngestWords.stillQuarantined(aside).message
        == "1 file is still put aside since an earlier ingest and not replaced: A.zip.")
    #expect(IngestWords.unreadable([("a", 13)]).message == "1 directory could not be read (a: Permission denied).")
    #expect(
      IngestWords.differs(["A.zip"]).message == "The warehouse does not hold what was sent of 1 file, first A.zip.")
    #expect(
      IngestWords.differs(["A.zip", "B.zip"]).message
        == "The warehouse does not hold what was sent of 2 files, first A.zip.")
  }
}
