import Foundation
import TestSupport
import Testing

/// A hole is an alarm wherever one looks, up to the rule that wakes someone.
@Suite struct HoleAlarmTests {
  /// A lake that was just synced with success from a source that lacks the day three days ago.
  private static func holedLake() async throws -> OperatorsLake {
    let lake = try await OperatorsLake()
    for age in [5, 4, 2, 1] { try lake.writeDay("source", age: age) }
    let sync = try await lake.sluice("sync", "ticks")
    #expect(sync.code == 0, "\(sync)")
    return lake
  }

  @Test("one missing day is in the table, in status, check, coverage and metrics")
  func everywhere() async throws {
    let lake = try await Self.holedLake()
    let status = try await lake.sluice("status")
    #expect(status.text.contains("gaps"), "\(status)")
    let check = try await lake.sluice("check", "--max-holes", "0")
    #expect(check.code == 1)
    #expect(check.text.contains("FAIL ticks: 1 day missing, allowed 0: gate_io_X-USDT 1"), "\(check)")
    #expect(try await lake.sluice("coverage").code == 3)
    let metrics = try await lake.sluice("metrics")
    #expect(metrics.text.contains(#"data_lake_missing_days{profile="ticks",series="gate_io_X-USDT"} 1"# + "\n"))
    let session = try await lake.dashboard()
    try await session.wait(for: "gaps")
    try await session.wait(for: "1 day missing")
    // Filled, it is gone from all of them.
    try lake.writeDay("source", age: 3)
    #expect(try await lake.sluice("sync", "ticks").code == 0)
    try await session.wait(for: "✓ fine", within: .seconds(10))
    #expect(try await lake.sluice("check", "--max-holes", "0").code == 0)
    #expect(try await lake.sluice("coverage").code == 0)
    #expect(try await lake.sluice("metrics").text.contains(#"data_lake_missing_days{profile="ticks"} 0"#))
  }

  @Test("a file of an older day that was emptied in place is named by check, and by then by all the others")
  func emptied() async throws {
    let lake = try await OperatorsLake()
    for age in 1...9 { try lake.writeDay("source", age: age) }
    #expect(try await lake.sluice("sync", "ticks").code == 0)
    #expect(try await lake.sluice("stats", "ticks").code == 0)
    let name = "\(lake.day(7))/part_00001.parquet"
    truncate(lake.files.path("lake/ticks/\(name)"), 0)
    let check = try await lake.sluice("check")
    #expect(check.code == 1)
    #expect(check.text == "FAIL ticks: 1 data file empty or broken off: \(name)\n")
    #expect(try await lake.sluice("check").text == check.text)
    #expect(try await lake.sluice("stats", "ticks").text.contains("1 (\(name))"))
    #expect(try await lake.sluice("status").text.contains("gaps"))
    #expect(try await lake.sluice("metrics").text.contains(#"data_lake_empty_files{profile="ticks"} 1"#))
    let session = try await lake.dashboard()
    try await session.wait(for: "data files that hold nothing")
  }

  @Test("a directory that has lost all it held is told by every check, not by the first alone")
  func lost() async throws {
    let lake = try await OperatorsLake()
    for age in 1...3 { try lake.writeDay("source", age: age) }
    #expect(try await lake.sluice("sync", "ticks").code == 0)
    try FileManager.default.removeItem(atPath: lake.files.path("lake/ticks"))
    for arguments in [["check"], ["check"], ["check", "--max-lag", "9d"]] {
      let check = try await lake.sluice(arguments)
      #expect(check.code == 1)
      let told = "nothing is left in \(lake.files.path("lake/ticks")), which held 3 files"
      #expect(check.text.contains(told), "\(check)")
      _ = try await lake.sluice("stats", "ticks")
    }
  }

  @Test(
    "the metrics of a lake with a hole pass Prometheus' own check, and its rule raises the alarm for that series",
    .enabled(if: PrometheusTool.isExpected, Comment(rawValue: PrometheusTool.isMissing)))
  func alarm() async throws {
    let lake = try await Self.holedLake()
    let metrics = try await lake.sluice("metrics").text
    let verdict = try await PrometheusTool.run("check", "metrics", input: metrics)
    // Its advice on names is no fault, and the names are the document's.
    #expect(verdict.code == 0 || verdict.code == 3, "\(verdict)")
    #expect(!(verdict.text + verdict.errors).contains("error while linting"), "\(verdict)")
    let samples = metrics.split(separator: "\n").filter { $0.hasPrefix("data_lake_") }
    let series = samples.compactMap { line -> String? in
      guard let blank = line.lastIndex(of: " ") else { return nil }
      return "      - {series: '\(line[..<blank])', values: '\(line[line.index(after: blank)...])x30'}"
    }
    let test = try lake.files.write(
      "alarm.yml",
      """
      rule_files: ['\(PrometheusTool.rules)']
      evaluation_interval: 5m
      tests:
        - interval: 5m
          input_series:
      \(series.joined(separator: "\n"))
          alert_rule_test:
            - eval_time: 70m
              alertname: LakeDaysMissing
              exp_alerts:
                - exp_labels: {profile: ticks, series: gate_io_X-USDT, severity: warning}
                  exp_annotations:
                    summary: "days missing or short of gate_io_X-USDT in ticks: 1"
                    description: "Look with: sluice coverage ticks"
            - {eval_time: 70m, alertname: LakeSyncFailing}
            - {eval_time: 70m, alertname: LakeFilesEmpty}

      """)
    let alarm = try await PrometheusTool.run("test", "rules", test)
    #expect(alarm.code == 0, "\(alarm)")
  }
}

/// The rules that are shipped, judged by the program that reads them.
@Suite(.enabled(if: PrometheusTool.isExpected, Comment(rawValue: PrometheusTool.isMissing)))
struct AlertRuleTests {
  @Test("are rules to Prometheus")
  func form() async throws {
    let verdict = try await PrometheusTool.run("check", "rules", PrometheusTool.rules)
    #expect(verdict.code == 0, "\(verdict)")
  }

  @Test("raise each alarm in its time, in its words, and none of a lake that is well")
  func alarms() async throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let verdict = try await PrometheusTool.run(
      "test", "rules", tests.appending(path: "Fixtures/prometheus/alerts.yml").path)
    #expect(verdict.code == 0, "\(verdict)")
  }
}
