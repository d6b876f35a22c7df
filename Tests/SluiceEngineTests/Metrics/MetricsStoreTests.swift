import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("The totals' file")
struct MetricsStoreTests {
  let scratch: ScratchDirectory
  let store: MetricsStore

  init() throws {
    scratch = try ScratchDirectory()
    store = MetricsStore(stateDirectory: "\(scratch.path)/state")
  }

  @Test("runs at the same time are all counted")
  func concurrent() async throws {
    let store = self.store
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          // Each run is a process of its own; a thread with its own descriptor meets the same lock.
          await withCheckedContinuation { continuation in
            Thread.detachNewThread {
              for _ in 0..<5 {
                try? store.add(PrometheusTextTests.result(.success, at: 1e9), task: .sync(), profile: "p\(number % 2)")
              }
              continuation.resume()
            }
          }
        }
      }
    }
    let totals = try store.load()
    #expect(totals.profiles["p0"]?.syncs == ["success": 20])
    #expect(totals.profiles["p1"]?[.filesTransferred] == 2840)
  }

  @Test(
    "only syncs count as syncs, dry runs not at all",
    arguments: [(RunTask.sync(), 1, 5), (.sync(.rehearsal), nil, nil), (.cleanup(), nil, 5), (.ingest(), nil, 5)]
      as [(RunTask, Int64?, Int64?)])
  func kinds(_ kind: RunTask, _ syncs: Int64?, _ deleted: Int64?) throws {
    try store.add(PrometheusTextTests.result(.success, at: 1e9), task: kind, profile: "p")
    let totals = try store.load().profiles["p"]
    #expect(totals?.syncs["success"] == syncs)
    #expect(totals?[.cleanupDeletedDirs] == deleted)
  }

  @Test("a verification counts no row again that an ingest has counted")
  func verification() throws {
    var result = PrometheusTextTests.result(.success, at: 1e9)
    result.ingest = IngestTotals()
    result.ingest?.rows = 1440
    result.ingest?.filesIngested = 1
    var verifying = IngestTask()
    verifying.selection = .verification
    for task in [RunTask.ingest(), .ingest(verifying), .ingest(verifying)] {
      try store.add(result, task: task, profile: "p")
    }
    let totals = try store.load().profiles["p"]
    #expect(totals?[.ingestedRows] == 1440 && totals?[.ingestedFiles] == 1)
  }

  @Test("a broken file is set aside and counting begins again; keys of a later version stay")
  func broken() throws {
    try scratch.file("state/metrics.json", "{broken")
    #expect(try store.load() == MetricsTotals())
    try store.add(PrometheusTextTests.result(.failed, at: 1_732_804_245), task: .sync(), profile: "p")
    #expect(try store.load().profiles["p"]?.syncs == ["failed": 1])
    #expect(try scratch.names("state").contains("metrics.json.corrupt-20241128T143045Z"))

    try scratch.file(
      "state/metrics.json", #"{"profiles":{"p":{"syncs":{"splendid":7},"counters":{"moons":3,"retries":1}}}}"#)
    try store.add(PrometheusTextTests.result(.success, at: 1e9), task: .sync(), profile: "p")
    let text = try String(contentsOfFile: store.path, encoding: .utf8)
    #expect(text.contains(#""moons":3"#) && text.contains(#""splendid":7"#) && text.contains(#""retries":1"#))
  }

  @Test("a counter never goes down, nor over the edge")
  func monotonous() {
    var totals = MetricsTotals.ProfileTotals()
    totals.add(.retries, 5)
    totals.add(.retries, -3)
    #expect(totals[.retries] == 5)
    totals.add(.retries, .max)
    #expect(totals[.retries] == .max)
  }

  @Test("a run is counted and the metrics file replaced; a directory that is missing is told")
  func recorder() throws {
    var lake = Lake(
      configurationPath: "/c", rootDirectory: "\(scratch.path)/lake", metricsFile: "\(scratch.path)/sluice.prom",
      profiles: [PrometheusTextTests.profile("p")])
    let start = Date(timeIntervalSince1970: 1e9)
    let record = RunRecord(
      id: RunID(start: start), profile: "p", task: .sync(), command: [], origin: "cron", user: "u",
      host: "h", processID: 1, processStart: 1, startedAt: start)
    let result = PrometheusTextTests.result(.success, at: 1e9)
    #expect(MetricsRecorder(lake: lake).note(record, result).isEmpty)
    let text = try String(contentsOfFile: "\(scratch.path)/sluice.prom", encoding: .utf8)
    #expect(text.contains(#"data_lake_sync_total{profile="p",status="success"} 1"#))
    #expect(try FileStatus(at: "\(scratch.path)/sluice.prom").mode == 0o644)

    lake.metricsFile = "\(scratch.path)/none/sluice.prom"
    let problems = MetricsRecorder(lake: lake).note(record, result)
    #expect(problems.map(\.code) == ["metrics-not-written"])
    #expect(try MetricsRecorder(lake: lake).text().contains(#"status="success"} 2"#))
  }
}
