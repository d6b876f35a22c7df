import Foundation
import SluiceCore
import Testing

@testable import SluiceEngine

@Suite("Prometheus text")
struct PrometheusTextTests {
  static func profile(_ name: String) -> Profile {
    Profile(
      name: name, source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: name,
      localPath: "/lake/\(name)", checkpointFile: "/lake/c.json", staleAfter: .seconds(3600))
  }

  static func result(_ outcome: RunOutcome, at seconds: Double) -> RunResult {
    var result = RunResult(
      outcome: outcome, startedAt: Date(timeIntervalSince1970: seconds - 45.5),
      endedAt: Date(timeIntervalSince1970: seconds))
    result.filesTransferred = 142
    result.bytesTransferred = 1_234_567_890
    result.cleanup = CleanupResult(deletedDirs: 5)
    return result
  }

  @Test("has the documented metrics, with zeros before the first run")
  func documented() {
    var totals = MetricsTotals()
    totals.add(Self.result(.success, at: 1_700_000_000), task: .sync(), profile: "ticks")
    totals.add(Self.result(.partial, at: 1_700_000_100), task: .sync(), profile: "ticks")
    let text = PrometheusText.render(
      totals: totals,
      statuses: [ProfileStatus(profile: Self.profile("ticks")), ProfileStatus(profile: Self.profile("new"))])
    for line in [
      "# TYPE data_lake_sync_total counter", #"data_lake_sync_total{profile="ticks",status="success"} 1"#,
      #"data_lake_sync_total{profile="ticks",status="partial"} 1"#,
      #"data_lake_sync_total{profile="ticks",status="refused"} 0"#,
      #"data_lake_sync_total{profile="new",status="success"} 0"#,
      #"data_lake_sync_duration_seconds{profile="ticks"} 45.5"#,
      #"data_lake_bytes_transferred_total{profile="ticks"} 2469135780"#,
      #"data_lake_files_transferred_total{profile="ticks"} 284"#,
      #"data_lake_cleanup_deleted_dirs_total{profile="ticks"} 10"#,
      #"data_lake_last_sync_timestamp{profile="ticks"} 1700000100"#,
      #"data_lake_last_success_timestamp{profile="ticks"} 1700000000"#,
      #"data_lake_stale_after_seconds{profile="ticks"} 3600"#,
    ] {
      #expect(text.contains(line + "\n"))
    }
    #expect(!text.contains(#"data_lake_last_sync_timestamp{profile="new"}"#))
  }

  @Test("a schedule has the time a sync is due, in the past once it is missed, and none where no timer is meant")
  func schedule() throws {
    let schedule = SyncSchedule(
      times: try CronSchedule("* * * * *"), grace: .seconds(3600), writtenAt: Date(timeIntervalSince1970: 1_800_000_030)
    )
    let statuses = ["new", "late", "off"].map { name in
      var status = ProfileStatus(profile: Self.profile(name))
      status.profile.schedule = schedule
      if name == "off" { status.profile.isEnabled = false }
      if name == "new" { status.profile.schedule?.writtenAt = Date() }
      return status
    }
    let now = Date(timeIntervalSince1970: 1_800_010_000)
    let text = PrometheusText.render(totals: MetricsTotals(), statuses: statuses, now: now)
    for line in [
      #"data_lake_next_run_timestamp_seconds{profile="late"} 1800000060"#,
      #"data_lake_schedule_grace_seconds{profile="late"} 3600"#,
      #"data_lake_schedule_missed{profile="late"} 1"#, #"data_lake_schedule_missed{profile="new"} "#,
    ] {
      #expect(text.contains(line))
    }
    #expect(!text.contains(#"missed{profile="off"}"#) && !text.contains(#"timestamp_seconds{profile="off"}"#))
  }

  @Test("every line is a comment or a sample, every metric has its help and type once, before its samples")
  func form() throws {
    var status = ProfileStatus(profile: Self.profile("ticks"))
    status.profile.ingest = IngestSettings(stateDirectory: "/lake/ticks/_ingested")
    status.usage = DirectoryUsage(scannedAt: Date())
    let summary = LakeSummary(rootDirectory: "/lake", configurationPath: "/c", freeBytes: 1, totalBytes: 2)
    let text = PrometheusText.render(totals: MetricsTotals(), statuses: [status], summary: summary)
    #expect(text.hasSuffix("\n"))
    let sample = #/([a-z_]+)(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.]+/#
    var current = ""
    var seen: Set<String> = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.hasPrefix("# HELP") {
        current = String(words[2])
        #expect(seen.insert(current).inserted)
      } else if line.hasPrefix("# TYPE") {
        #expect(words[2] == current && (words[3] == "counter") == current.hasSuffix("_total"))
      } else {
        let match = try #require(try sample.wholeMatch(in: line))
        #expect(match.1 == current)
      }
    }
    #expect(seen.contains("data_lake_pending_markers") && seen.contains("data_lake_free_bytes"))
  }

  @Test(
    "label values are escaped, and nothing else is",
    arguments: [("a\"b", #"a\"b"#), ("a\\b", #"a\\b"#), ("a\nb", #"a\nb"#), ("标记", "标记"), ("a b", "a b")])
  func escaping(_ value: String, _ escaped: String) {
    var page = PrometheusPage()
    page.family("m", .gauge, value, [([("l", value)], 1)])
    #expect(page.text.contains("m{l=\"\(escaped)\"} 1\n"))
    #expect(page.text.split(separator: "\n").count == 3)
  }

  @Test(
    "numbers are written as the format wants them",
    arguments: [
      (0.0, "0"), (45.2, "45.2"), (-1, "-1"), (1_732_804_245, "1732804245"), (1e15, "1000000000000000"),
      (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e300, "1e+300"),
    ])
  func numbers(_ value: Double, _ text: String) {
    #expect(PrometheusPage.number(value) == text)
  }
}
