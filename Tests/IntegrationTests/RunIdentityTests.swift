import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("Which run is which", .serialized)
struct RunIdentityTests {
  /// A live run that no process of ours does: this test holds its lock.
  private func rehearsal(in collector: Collector, _ task: RunTask) throws -> RunJournal {
    let start = Date()
    let process = ProcessIdentity.current
    return try RunJournal(
      record: RunRecord(
        id: RunID(start: start), profile: "ticks", task: task, command: ["sluice", "ingest", "ticks", "--dry-run"],
        origin: "terminal", user: "someone", host: "h", processID: process.processID, processStart: process.start,
        startedAt: start), stateDirectory: collector.stateDirectory)
  }

  private static var ingestRehearsal: RunTask {
    var task = IngestTask()
    task.isRehearsal = true
    return .ingest(task)
  }

  @Test(
    "a dry run beside a sync is not what stop, pause, limit and attach act on, unless it is named",
    arguments: [RunTask.sync(.rehearsal), ingestRehearsal])
  func beside(task: RunTask) async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/big", bytes: 20_000_000)
    let run = try collector.start("sync", "--bwlimit", "500")
    let sync = try await collector.transferring()
    let other = try rehearsal(in: collector, task)
    let named = other.directory.id.text

    let limit = try await collector.sluice("limit", "ticks", "700")
    #expect(limit.code == 0 && limit.text == "Limit of ticks now 700 KB/s.\n", "\(limit)")
    let pause = try await collector.sluice("pause", "ticks")
    #expect(pause.text == "Paused ticks; `sluice resume ticks` lets it go on.\n", "\(pause)")
    #expect(sync.control().bandwidthLimit == 700 && sync.control().isPaused)
    #expect(other.directory.control() == RunControl())
    let attached = try collector.start("attach", "ticks")
    try await waitUntil("attach to begin") { !attached.output.isEmpty }
    #expect(String(decoding: attached.output, as: UTF8.self).hasPrefix("Syncing profile: ticks\n"))

    let byName = try await collector.sluice("pause", "ticks", "--run", named)
    // A dry run of an ingest has no link that could be held; that of a sync is only a record here, and cannot answer.
    #expect(byName.code == (task.usesLink ? 1 : 2), "\(byName)")
    #expect(byName.errors.contains("The run \(named) has not answered the pause within") == task.usesLink, "\(byName)")
    #expect(other.directory.control().isPaused == task.usesLink && !other.directory.control().stop)

    let stop = try await collector.sluice("stop", "ticks")
    #expect(stop.code == 0 && stop.text == "Stopped ticks: interrupted.\n", "\(stop)")
    #expect(try await run.ending(within: .seconds(10)).code == 130)
    #expect(!other.directory.control().stop)

    // Nothing else lives now, so the name alone means it.
    let last = try await collector.sluice("limit", "ticks", "9")
    #expect(task.usesLink ? last.text == "Limit of the dry run of ticks now 9 KB/s.\n" : last.code == 2, "\(last)")
    #expect(other.directory.control().bandwidthLimit == (task.usesLink ? 9 : nil))
    let over = try await collector.sluice("stop", "ticks", "--run", sync.id.text)
    #expect(over.code == 2 && over.errors.contains("The run \(sync.id) of ticks is not going on."), "\(over)")
    withExtendedLifetime(other) {}
  }

  @Test("a live run whose record is of a newer program is told, not taken for none")
  func newerRun() async throws {
    let collector = try await Collector()
    try collector.configure()
    let other = try rehearsal(in: collector, .sync())
    let id = other.directory.id.text
    try Data(#"{"form":2}"#.utf8).write(to: URL(filePath: other.directory.recordPath))
    for arguments in [["stop", "ticks"], ["stop", "ticks", "--run", id], ["history", "--run", id]] {
      let ending = try await ProcessRunner.run(
        ProcessRunner.sluice, arguments + ["--config", collector.configurationPath],
        environment: collector.environment)
      #expect(ending.code == 1, "\(ending)")
      #expect(ending.errors.contains("it has form 2 and this sluice reads run.json up to form 1"), "\(ending)")
    }
    let list = try await collector.sluice("history")
    // It may be the only one there ever was: that there is none yet would be a guess.
    #expect(list.code == 1 && list.errors.contains("it has form 2"), "\(list)")
    withExtendedLifetime(other) {}
  }

  @Test("a notify command that calls sluice starts a run of its own, and the one that called it keeps its record")
  func notified() async throws {
    let collector = try await Collector()
    let script = try collector.files.write(
      "notify",
      """
      #!/bin/sh
      [ "$SLUICE_EVENT" = success ] && [ "$SLUICE_PROFILE" = ticks ] || exit 0
      exec \(ProcessRunner.sluice) sync swaps --config \(collector.configurationPath)

      """)
    chmod(script, 0o755)
    try collector.configure(
      [Collector.ProfileText(), Collector.ProfileText(name: "swaps")], lakeLines: ["notify: {command: [\(script)]}"])
    try collector.files.write("source/a", bytes: 1000)
    // Launched, for a launched run is told its name.
    let launched = try await collector.sluice("sync", "ticks", "--detach")
    let id = launched.text.trimmingCharacters(in: .newlines)
    try await waitUntil("both runs to end") { collector.history.pastRuns(profile: nil, limit: 9).count == 2 }
    let runs = collector.history.pastRuns(profile: nil, limit: 9)
    #expect(runs.map(\.record.profile) == ["swaps", "ticks"])
    #expect(runs.last?.record.id.text == id)
    #expect(runs.allSatisfy { $0.result.outcome == .success }, "\(runs)")
    #expect(try await collector.isSame("source", "lake/swaps") == "same")
  }

  @Test("a launched run's record and process say what would be typed, and its task is all that was asked")
  func launched() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/big", bytes: 20_000_000)
    let launched = try await collector.sluice(
      "sync", "ticks", "--bwlimit", "500", "--no-ingest", "--force-delete", "--detach")
    let directory = try await collector.transferring()
    #expect(launched.text == "\(directory.id)\n")
    let record = try directory.readRecord()
    var task = SyncTask()
    (task.bandwidthLimit, task.ingests, task.forcesDeletion) = (500, false, true)
    #expect(record.task == .sync(task))
    let words = ["sync", "ticks", "--no-ingest", "--force-delete", "--bwlimit", "500"]
    #expect(record.command == ["sluice", "--config", collector.configurationPath] + words)
    let line = try Data(contentsOf: URL(filePath: "/proc/\(record.processID)/cmdline"))
    let arguments = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    #expect(Array(arguments.suffix(words.count)) == words && arguments.contains(directory.id.text), "\(arguments)")
    let environment = try Data(contentsOf: URL(filePath: "/proc/\(record.processID)/environ"))
    #expect(!String(decoding: environment, as: UTF8.self).contains(directory.id.text))
    #expect(try await collector.sluice("stop", "ticks").code == 0)
    // The same directory is no other run's, however it is asked for.
    let again = try await collector.sluice("run", "--id", directory.id.text, "--origin", "terminal")
    #expect(again.code == 1 && directory.result()?.outcome == .interrupted, "\(again)")
  }

  @Test("a launched run that is refused says why, and leaves no directory")
  func refused() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/big", bytes: 20_000_000)
    let run = try collector.start("sync", "--bwlimit", "500")
    let directory = try await collector.transferring()
    let second = try await collector.sluice("sync", "ticks", "--detach")
    #expect(second.code == 11 && second.errors.contains("Another run of ticks is going on: sync"), "\(second)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: collector.files.path("lake/.sluice/runs")) == [
        directory.id.text
      ])
    run.signal(SIGTERM)
    #expect(try await run.ending().code == 130)
  }
}
