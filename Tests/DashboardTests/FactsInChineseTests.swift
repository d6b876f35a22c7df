import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

/// What the engine says in English, and the dashboard makes in Chinese of the same facts: the same figures, days and names.
@Suite("Facts in Chinese")
struct FactsInChineseTests {
  private static let english = Labels(language: .english)
  private static let chinese = Labels(language: .chinese)

  private static var markers: MarkerCounts {
    var counts = MarkerCounts()
    counts.lostWarehouse = MarkerCounts.LostWarehouse(path: "/data/w.sqlite", isEmpty: true, files: 1204)
    (counts.quarantinedFiles, counts.quarantinedNames) = (2, ["a_1.zip", "b_2.zip"])
    (counts.differingFiles, counts.differingNames) = (1, ["c_3.zip"])
    (counts.filesWithRefusedRows, counts.namesWithRefusedRows, counts.refusedRows) = (1, ["d_4.zip"], 7)
    counts.markersWithoutFiles = ["_SUCCESS__2026-11-18__cm__1d"]
    counts.changedSinceAccepted = [
      AcceptedFile(path: "e_5.zip", sha256: "2f", reason: "known", acceptedAt: "2026-11-21T06:00:00Z")
    ]
    return counts
  }

  private static var coverage: CoverageCounts {
    var table = Sample.coverage(series: 3, days: 200)
    table.series[0] = CoverageSeries(name: "um/A_1/1h", cells: [.ingested, .missing, .short, .missing, .warehouseOnly])
    table.series = Array(table.series.prefix(1))
    return CoverageCounts(table, computedAt: Sample.now)
  }

  private static var odd: OddCandles? {
    var series = OddCandles.Series(name: "um/A_1/3d")
    let (day, other) = (CalendarDay(daysSinceEpoch: 20_000), CalendarDay(daysSinceEpoch: 20_031))
    series.grids = OddCandles.OtherGrid(path: "x/A_1.zip", day: day, other: "x/B_2.zip", otherDay: other)
    return OddCandles([series])
  }

  private static var verified: VerificationStatus {
    var status = VerificationStatus()
    status.findings = 1
    status.named = [VerifyFinding(path: "a_1.parquet", kind: .differs, reason: "differs", isRepairable: true)]
    return status
  }

  private static var totals: VerifyTotals {
    var totals = VerifyTotals()
    (totals.filesCompared, totals.repaired, totals.findings) = (1300, 2, 4)
    return totals
  }

  private static var empty: EmptyFiles {
    var files = EmptyFiles()
    for name in ["a_1.zip", "b_2.zip"] { files.add(name) }
    return files
  }

  /// Each fact in both languages; nothing in either is a failure.
  private static func told(_ labels: Labels) -> [(fact: String, text: String)] {
    setenv("TZ", "UTC", 1)
    tzset()
    let late = Sample.scheduled().first { $0.outlook(now: Sample.now)?.missedSince != nil }
    let removed = ProfileStatus(removedWith: Sample.live("cex_ticks"))
    let span = FutureDays(first: CalendarDay(daysSinceEpoch: 21_000), last: CalendarDay(daysSinceEpoch: 21_009))
    var whole = VerificationStatus()
    whole.wholeSince = Sample.ago(3 * 86_400)
    let skipped = Sample.passedOver.coverage?.skipped
    let facts: [(String, String?)] = [
      ("coverage", labels.told(coverage)), ("skipped", skipped.flatMap { labels.told($0) }),
      ("empty", labels.told(empty)), ("future", labels.told(span)), ("found", labels.told(verified, now: Sample.now)),
      ("verified", labels.told(whole, now: Sample.now)), ("totals", labels.told(totals)),
      ("disk", labels.told(LostData(files: 12, isDiskMissing: true), of: "/data/lake_1")),
      ("gone", labels.told(LostData(files: nil), of: "/data/lake_1")),
      ("late", late.flatMap { labels.missed($0, now: Sample.now) }), ("removed", labels.removal(removed)),
      ("grids", odd.flatMap { labels.grids($0) }),
    ]
    return facts.map { ($0, $1 ?? "") } + labels.troubles(markers).map { ("trouble", $0) }
  }

  @Test("have the figures, days and names that the English sentence has")
  func same() {
    let (one, other) = (Self.told(Self.english), Self.told(Self.chinese))
    #expect(one.count == other.count && one.count == 18)
    for (english, chinese) in zip(one, other) {
      #expect(!english.text.isEmpty && chinese.text.contains(/\p{Han}/), "\(english.fact): \(chinese.text)")
      #expect(Self.values(english.text) == Self.values(chinese.text), "\(english.text)\n\(chinese.text)")
    }
  }

  @Test("say that there is more than is named")
  func more() {
    var counts = MarkerCounts()
    (counts.quarantinedFiles, counts.quarantinedNames) = (9, ["a_1.zip"])
    #expect(Self.chinese.troubles(counts) == ["9 个文件已隔离，仓库中没有数据湖现有的内容：a_1.zip 等"])
  }

  @Test(
    "name key, action and what to do of a choice of keys that cannot be followed",
    arguments: [
      (["snyc": "z"], "keymap：没有名为 snyc 的操作；是否指 sync？"), (["sync": "ctrl-lx"], "不是按键"), (["sync": ""], "sync"),
      (["sync": "z", "ingest": "z"], "同时使用"),
    ])
  func keys(_ overrides: [String: String], _ part: String) {
    let problems = Command.keymap(overrides: overrides, language: .chinese).problems
    #expect(problems.contains { $0.contains(part) && $0.contains(/\p{Han}/) }, "\(problems)")
  }

  /// What has a figure in it, without the punctuation around it.
  private static func values(_ text: String) -> Set<String> {
    let found = text.matches(of: /[A-Za-z0-9_.\/:,-]*[0-9_][A-Za-z0-9_.\/:,-]*/).map { String($0.0) }
    return Set(found.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ",:.;")) })
  }
}
