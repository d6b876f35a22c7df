import Dashboard
import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@testable import sluice

@Suite("Steering from the dashboard")
struct EffectRunnerTests {
  private let files: TempLake
  private let mailbox = EventMailbox()
  private let effects: EffectRunner

  init() throws {
    files = try TempLake("effects")
    let lake = Lake(
      configurationPath: files.path("data_lake.yml"), rootDirectory: files.path("lake"), profiles: [])
    let mailbox = self.mailbox
    effects = EffectRunner(lake: lake, watcher: LakeWatcher(lake: lake) { mailbox.post($0) }, mailbox: mailbox)
  }

  private func run(_ second: Double, _ task: RunTask) throws -> RunJournal {
    let start = Date(timeIntervalSince1970: 1_800_000_000 + second)
    return try RunJournal(
      record: RunRecord(
        id: RunID(start: start), profile: "ticks", task: task, command: [], origin: "cron", user: "u", host: "h",
        processID: getpid(), processStart: 1, startedAt: start), stateDirectory: effects.lake.stateDirectory)
  }

  @Test("orders reach the very run they name, also when a newer one lives") func named() async throws {
    let sync = try run(1, .sync())
    let dryRun = try run(2, .sync(.rehearsal))
    let steered = SteeredRun(profile: "ticks", id: sync.record.id)
    #expect(effects.perform(.setLimit(steered, LimitOrder(.rate(40)))))
    try await waitUntil("the limit to arrive") { sync.directory.control().bandwidthLimit == 40 }
    #expect(effects.perform(.pause(SteeredRun(profile: "ticks", id: dryRun.record.id))))
    try await waitUntil("the pause to arrive") { dryRun.directory.control().isPaused }
    #expect(!sync.directory.control().isPaused && dryRun.directory.control().bandwidthLimit == nil)
    #expect(effects.perform(.stop(steered)))
    try await waitUntil("the stop to arrive") { sync.directory.control().stop }
    #expect(!dryRun.directory.control().stop)
    #expect(mailbox.take().isEmpty)
    withExtendedLifetime((sync, dryRun)) {}
  }

  @Test("a run that is over, or cannot be reached, becomes a notice") func failures() async throws {
    let gone = RunID(start: Date(), salt: 1)
    #expect(effects.perform(.stop(SteeredRun(profile: "ticks", id: gone))))
    try await notice("The run \(gone) of ticks is not going on.")
    let sync = try run(1, .sync())
    try FileManager.default.createDirectory(
      atPath: sync.directory.controlPath + "/x", withIntermediateDirectories: true)
    #expect(effects.perform(.pause(SteeredRun(profile: "ticks", id: sync.record.id))))
    try await notice("The run \(sync.record.id) cannot be reached: ")
    withExtendedLifetime(sync) {}
  }

  private func notice(_ beginning: String) async throws {
    var notices: [LakeEvent] = []
    try await waitUntil("a notice") {
      notices += mailbox.take()
      return !notices.isEmpty
    }
    guard case .notice(let text, isError: true)? = notices.first else {
      Issue.record("\(notices)")
      return
    }
    #expect(text.hasPrefix(beginning), "\(text)")
  }
}
