import Foundation
import SluiceCore
import TerminalUI

@testable import Dashboard

/// A lake for tests: the same every time, at one fixed moment.
enum Sample {
  /// 2026-11-21 12:00:00 UTC.
  static let now = Date(timeIntervalSince1970: 1_795_262_400)

  static func ago(_ seconds: Double) -> Date { now.addingTimeInterval(-seconds) }

  static func profile(
    _ name: String, enabled: Bool = true, retention: Int? = 30, ingest: Bool = false, staleAfter: Duration? = nil
  ) -> Profile {
    Profile(
      name: name, isEnabled: enabled,
      source: Source(host: "10.0.0.11", user: "ubuntu", remoteRoot: "/var/data/\(name)"), localSubdirectory: name,
      localPath: "/data/lake/\(name)", retentionDays: retention, checkpointFile: "/data/lake/.checkpoints/\(name).json",
      staleAfter: staleAfter,
      ingest: ingest ? IngestSettings(stateDirectory: "/data/lake/\(name)/_ingested") : nil)
  }

  static func usage(_ bytes: Int64, _ files: Int) -> DirectoryUsage {
    var usage = DirectoryUsage(scannedAt: ago(300))
    usage.sizeBytes = bytes
    usage.allocatedBytes = bytes
    usage.files = files
    usage.earliestDay = CalendarDay(year: 2026, month: 10, day: 22)
    usage.latestDay = CalendarDay(year: 2026, month: 11, day: 21)
    // A month whose days are not alike.
    let last = CalendarDay(now).daysSinceEpoch
    usage.days = (0..<31).map { index in
      let share = Int64(80 + (index * 37) % 41)
      return DayUsage(
        day: CalendarDay(daysSinceEpoch: last - 30 + index), bytes: bytes / 3100 * share,
        files: files / 31 * Int(share) / 100)
    }
    return usage
  }

  static func checkpoint(
    _ name: String, _ outcome: RunOutcome = .success, ago seconds: Double, lastSuccess: Double? = nil,
    files: Int = 1421,
    bytes: Int64 = 5_583_457_485
  ) -> Checkpoint {
    let success = outcome == .success ? seconds : lastSuccess
    return Checkpoint(
      profileName: name, lastSyncTime: TextFormat.utc(ago(seconds)), lastSyncStatus: outcome, filesTransferred: files,
      bytesTransferred: bytes, durationSeconds: 222, lastSuccessTime: success.map { TextFormat.utc(ago($0)) })
  }

  static func id(_ seconds: Double, _ salt: UInt16 = 1) -> RunID { RunID(start: ago(seconds), salt: salt) }

  static func record(_ profile: String, _ kind: RunTask, ago seconds: Double, origin: String = "cron") -> RunRecord {
    RunRecord(
      id: id(seconds), profile: profile, task: kind, command: ["sluice", "sync", profile],
      origin: origin, user: "ubuntu", host: "lake1", processID: 4711, processStart: 99, startedAt: ago(seconds))
  }

  static func past(
    _ profile: String, _ kind: RunTask = .sync(), _ outcome: RunOutcome = .success, ago seconds: Double,
    lasting duration: Double = 222, files: Int = 1421, bytes: Int64 = 5_583_457_485, problem: RunProblem? = nil
  ) -> PastRun {
    var result = RunResult(outcome: outcome, startedAt: ago(seconds), endedAt: ago(seconds - duration))
    result.filesTransferred = files
    result.bytesTransferred = bytes
    if let problem { result.problems = [problem] }
    return PastRun(record: record(profile, kind, ago: seconds), result: result)
  }

  static let unreachable = RunProblem(
    code: "unreachable", message: "10.0.0.11 did not answer on port 6677 within 15 s.",
    advice: "Check that the host is up and the port is open: ssh -p 6677 ubuntu@10.0.0.11")

  static func live(
    _ profile: String, _ kind: RunTask = .sync(), fraction: Double = 0.62, rate: Double = 12_900_000
  ) -> LiveRun {
    var progress = LiveProgress(updatedAt: now, phase: .transferring)
    progress.bytesTotal = 5_583_457_485
    progress.bytesDone = Int64(Double(5_583_457_485) * fraction)
    progress.filesTotal = 1421
    progress.filesDone = Int(1421 * fraction)
    progress.bytesPerSecond = rate
    progress.etaSeconds = Double(5_583_457_485) * (1 - fraction) / rate
    progress.currentFile = "gate_io_VIRTUAL-USDT_20261121/part_00007.parquet"
    progress.wireBytes = 3_100_000_000
    return LiveRun(record: record(profile, kind, ago: 185, origin: "dashboard"), progress: progress)
  }

  /// The run that goes on in the sample.
  static let steered = SteeredRun(profile: "cex_ticks", id: id(185))

  static func expired(_ count: Int) -> [ExpiredDirectory] {
    (0..<count).map { index in
      let day = CalendarDay(daysSinceEpoch: 20_700 + index)
      return ExpiredDirectory(
        name: "gate_io_VIRTUAL-USDT_\(day.compact)", day: day, bytes: 220_000_000, files: 48)
    }
  }

  static func plan(expired count: Int, kept: Int = 30) -> RetentionPlan {
    RetentionPlan(cutoff: CalendarDay(year: 2026, month: 10, day: 22), expired: expired(count), keptCount: kept)
  }

  /// The klines profile when an ingest reads nothing of some names.
  static var passedOver: ProfileStatus {
    var table = CoverageTable(firstDay: CalendarDay(daysSinceEpoch: 0), series: [])
    var skipped = SkippedFiles()
    skipped.add("um/BTCUSDT-1h-2026-11-20 (1).zip", .name)
    skipped.add("um/ETHUSDT", .link)
    table.skipped = skipped
    var status = statuses[1]
    status.coverage = CoverageCounts(table, computedAt: now)
    return status
  }

  /// The sample with a schedule for four of its profiles: one failed, one missed its sync, one is to come, one is off.
  static func scheduled() -> [ProfileStatus] {
    setenv("TZ", "UTC", 1)
    var list = statuses
    for (index, times) in [(1, "30 2 * * *"), (2, "30 * * * *"), (3, "30 2 * * *"), (4, "0 8,20 * * *"), (7, "@daily")]
    {
      list[index].profile.schedule = (try? CronSchedule(times)).map { SyncSchedule(times: $0) }
    }
    list[1].checkpoint = checkpoint("klines", ago: 12 * 3600, files: 48, bytes: 12_400_000)
    return list
  }

  /// How the syncs of a profile ended, oldest first, a day apart, the newest 11 minutes ago.
  static func recent(_ outcomes: RunOutcome...) -> RecentSyncs {
    RecentSyncs(
      newestFirst: outcomes.reversed().enumerated().map { past("", .sync(), $1, ago: 640 + Double($0) * 86_400) })
  }

  /// Eight profiles, one in every state that matters.
  static var statuses: [ProfileStatus] {
    var ticks = ProfileStatus(profile: profile("cex_ticks"))
    ticks.checkpoint = checkpoint("cex_ticks", ago: 7200)
    ticks.usage = usage(182_000_000_000, 41_210)
    ticks.liveRun = live("cex_ticks")
    ticks.nextRetention = plan(expired: 5)
    ticks.recentSyncs = recent(
      .success, .success, .success, .success, .success, .success, .success, .success, .success, .success, .failed,
      .partial, .success, .success)
    var klines = ProfileStatus(profile: profile("klines", retention: nil, ingest: true))
    klines.checkpoint = checkpoint("klines", ago: 1260, files: 48, bytes: 12_400_000)
    klines.usage = usage(9_800_000_000, 335_012)
    klines.markers.pending = 2
    klines.markers.ingested = 412
    klines.markers.newestIngestedDay = CalendarDay(year: 2026, month: 11, day: 20)
    var dex = ProfileStatus(profile: profile("dex_swaps"))
    dex.checkpoint = checkpoint("dex_swaps", .failed, ago: 600, lastSuccess: 90_000)
    dex.lastRun = past("dex_swaps", .sync(), .failed, ago: 640, lasting: 40, files: 0, bytes: 0, problem: unreachable)
    dex.recentSyncs = recent(.success, .success, .success, .failed, .success, .success, .failed, .failed, .failed)
    dex.usage = usage(51_000_000_000, 8_204)
    var futures = ProfileStatus(profile: profile("futures_depth", staleAfter: .seconds(26 * 3600)))
    futures.checkpoint = checkpoint("futures_depth", ago: 3 * 86_400)
    futures.usage = usage(740_000_000_000, 120_400)
    var options = ProfileStatus(profile: profile("options", retention: 90))
    options.checkpoint = checkpoint("options", ago: 45, files: 0, bytes: 0)
    options.recentSyncs = recent(.success, .success)
    options.usage = usage(1_200_000_000, 960)
    var funding = ProfileStatus(profile: profile("funding_rates", retention: 365))
    funding.checkpoint = checkpoint("funding_rates", .partial, ago: 5400, lastSuccess: 92_000)
    funding.usage = usage(310_000_000, 730)
    funding.recentSyncs = recent(.interrupted, .refused, .success, .partial)
    let fresh = ProfileStatus(profile: profile("new_source"))
    let off = ProfileStatus(profile: profile("旧行情_okx", enabled: false))
    return [ticks, klines, dex, futures, options, funding, fresh, off]
  }

  static let summary = LakeSummary(
    rootDirectory: "/data/lake", configurationPath: "/data/lake/data_lake.yml", freeBytes: 442_000_000_000,
    totalBytes: 1_990_000_000_000)

  static let logLines: [LogLine] = [
    LogLine(time: ago(185), level: .info, text: "Syncing profile: cex_ticks"),
    LogLine(time: ago(184), level: .info, text: "Remote: ubuntu@10.0.0.11:/var/data/cex_ticks"),
    LogLine(time: ago(183), level: .debug, text: "rsync -rlptz --partial-dir=.rsync-partial --info=progress2"),
    LogLine(time: ago(180), level: .info, text: "1,421 files, 5.2 GB to transfer"),
    LogLine(time: ago(90), level: .warning, text: "The link broke after 1.1 GB; trying again in 2 s"),
    LogLine(time: ago(60), level: .error, text: "part_00003.parquet: permission denied on the source"),
    LogLine(time: ago(20), level: .info, text: "Going on where the transfer stopped"),
  ]

  static var history: [PastRun] {
    [
      past("cex_ticks", ago: 7500), past("cex_ticks", .cleanup(), ago: 11_000, lasting: 4, files: 0, bytes: 0),
      past("cex_ticks", .sync(), .partial, ago: 94_000, lasting: 310, files: 1302, bytes: 4_900_000_000),
      past("cex_ticks", .sync(), .failed, ago: 180_000, lasting: 15, files: 0, bytes: 0, problem: unreachable),
      past("cex_ticks", ago: 266_000, lasting: 190, files: 1200, bytes: 4_100_000_000),
      past("cex_ticks", ago: 352_000, lasting: 260, files: 1500, bytes: 6_000_000_000),
    ]
  }

  /// What the last sync brought, of thirty series.
  static var brought: BroughtFiles {
    let changes = (0..<30).flatMap { series in
      (1...(30 - series)).map { part in
        FileChange(kind: .create, path: "PAIR\(series)-USDT/part_\(part)", bytes: Int64(3 + series % 7) * 9_000_000)
      }
    }
    return BroughtFiles(run: id(7500), startedAt: ago(7500), changes) { path in
      "gate_io_" + String(path.prefix { $0 != "/" })
    }
  }

  /// How the newest sync of the history went: a stall, a try that failed, a limit that somebody set.
  static var story: RunStory {
    var limit = RunControl()
    limit.limit(20_000)
    let start = ago(7500)
    let kinds: [(Double, RunEvent.Kind)] = [
      (1, .phase(.planning)), (14, .phase(.transferring)), (15, .log(.info, "1,421 files, 5.2 GB to transfer")),
      (96, .log(.warning, "No bytes for 20 s")), (130, .retry(number: 1, afterSeconds: 6, because: unreachable)),
      (130, .phase(.waiting)), (136, .phase(.transferring)), (170, .steered(limit)), (206, .phase(.checkpoint)),
      (208, .phase(.cleaning)), (221, .phase(.finishing)),
    ]
    let events = kinds.enumerated().map {
      RunEvent(sequence: $0.offset + 1, time: start.addingTimeInterval($0.element.0), kind: $0.element.1)
    }
    var bytes: Int64 = 0
    let samples = (0...206).map { second in
      let isStill = second < 18 || (76..<120).contains(second) || (130..<138).contains(second)
      if !isStill { bytes += Int64(second < 170 ? 24_000_000 + second % 7 * 2_000_000 : 19_000_000) }
      var sample = RunSample(at: Double(second))
      (sample.bytes, sample.files) = (bytes, second * 7)
      sample.file = "gate_io_VIRTUAL-USDT_20261121/part_000\(second / 10).parquet"
      if isStill { sample.files = second < 18 ? 0 : second < 120 ? 525 : 903 }
      return sample
    }
    let curve = RunCurve(samples)
    return RunStory(
      timeline: RunTimeline(start: start, end: start.addingTimeInterval(222), events: events, curve: curve),
      curve: curve,
      log: [
        LogLine(time: start.addingTimeInterval(1), level: .debug, text: "Listing the source."),
        LogLine(time: start.addingTimeInterval(15), level: .info, text: "1,421 files, 5.2 GB to transfer"),
        LogLine(time: start.addingTimeInterval(96), level: .warning, text: "No bytes for 20 s"),
        LogLine(time: start.addingTimeInterval(130), level: .warning, text: "The link broke. Retry 1 in 6s."),
      ])
  }

  /// How a failed sync of a program that kept no samples went.
  static var oldStory: RunStory {
    let start = ago(180_000)
    let events = [
      RunEvent(sequence: 1, time: start.addingTimeInterval(1), kind: .phase(.planning)),
      RunEvent(sequence: 2, time: start.addingTimeInterval(14), kind: .problem(unreachable)),
    ]
    return RunStory(
      timeline: RunTimeline(start: start, end: start.addingTimeInterval(15), events: events, curve: RunCurve()),
      curve: RunCurve(), log: [LogLine(time: start.addingTimeInterval(14), level: .error, text: unreachable.message)])
  }

  static var changes: [FileChange] {
    var list: [FileChange] = []
    for day in 19...21 {
      let directory = "gate_io_VIRTUAL-USDT_202611\(day)"
      list.append(FileChange(kind: .directory, path: directory + "/"))
      for part in 1...3 {
        let kind: FileChange.Kind = day == 19 ? .update : .create
        list.append(FileChange(kind: kind, path: "\(directory)/part_0000\(part).parquet", bytes: 48_000_000))
      }
    }
    list.append(FileChange(kind: .delete, path: "gate_io_OLD-USDT_20261101/part_00001.parquet"))
    list.append(FileChange(kind: .create, path: "evil\u{1b}[2Jname/行情.parquet", bytes: 1000))
    return list
  }

  static var planSummary: PlanSummary {
    var plan = PlanSummary()
    plan.files = 10
    plan.bytes = 432_001_000
    plan.deletions = 1
    plan.freeBytes = 442_000_000_000
    plan.reservedBytes = 1 << 30
    plan.retention = Sample.plan(expired: 3)
    plan.fingerprint = "f00d"
    return plan
  }

  static var markers: [MarkerEntry] {
    [
      MarkerEntry(
        name: "_SUCCESS__2026-11-20__um__1h", state: .ingested, files: 48, rows: 1152, ingestedAt: ago(4000),
        accepted: [
          AcceptedFile(
            path: "data/futures/um/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2026-11-20.zip", sha256: "2f79af36e0ab",
            reason: "the exchange never mended its checksum", acceptedAt: "2026-11-21T06:00:00Z")
        ]),
      MarkerEntry(name: "_SUCCESS__2026-11-21__um__1h", state: .pending, files: 48),
      MarkerEntry(
        name: "_SUCCESS__2026-11-19__um__1m", state: .quarantined, files: 48, rows: 66_240,
        quarantined: [
          QuarantinedFile(
            path: "data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2026-11-19.zip",
            reason: "SHA-256 differs from the .CHECKSUM file")
        ]),
      MarkerEntry(name: "_SUCCESS__2026-11-18__cm__1d", state: .noFiles),
    ]
  }

  /// Series with holes that only their neighbours show.
  static func coverage(series: Int, days: Int) -> CoverageTable {
    let first = CalendarDay(Sample.now).adding(days: 1 - days)
    let rows = (0..<series).map { row in
      let cells: [CoverageCell] = (0..<days).map { day in
        if day < row % 7 { return .missing }
        if day < days - 60 { return .expired }
        switch (row * 31 + day * 7) % 97 {
        case 0: return .missing
        case 1: return .short
        case 2: return row % 3 == 0 ? .quarantined : .ingested
        default: return day > days - 3 ? .arrived : .ingested
        }
      }
      return CoverageSeries(name: "um/SYM\(row)USDT/1h", cells: cells)
    }
    var table = CoverageTable(firstDay: first, series: rows)
    table.bytes = rows.enumerated().map { row, series in
      series.cells.enumerated().map { day, cell in
        guard cell != .missing, cell != .expired else { return 0 }
        // Half a day now and then, and once more than one.
        let share = (row * 5 + day) % 53 == 0 ? 45 : (row + day * 3) % 89 == 0 ? 190 : 85 + day * 37 % 31
        return Int64(row % 5 + 1) * 120_000 * Int64(share)
      }
    }
    return table
  }

  /// The files of the sample coverage's third hole.
  static var dayFiles: DayFiles {
    let files = (0..<40).map { part in
      DayFiles.File(
        path: "data/futures/um/daily/klines/SYM1USDT/1h/part-\(part).parquet", bytes: Int64(41 - part) * 1_300_000)
    }
    return DayFiles(series: "um/SYM1USDT/1h", day: CalendarDay(now).adding(days: -22), files: files)
  }

  /// A dashboard that has heard of the sample lake.
  static func model(
    width: Int = 80, height: Int = 24, settings: DashboardSettings = DashboardSettings(),
    statuses: [ProfileStatus] = Sample.statuses
  ) -> DashboardModel {
    setenv("TZ", "UTC", 1)
    tzset()
    var settings = settings
    settings.hostName = "tokyo-1"
    var model = DashboardModel(settings: settings, width: width, height: height, now: ago(60))
    _ = update(&model, .lake(.summary(summary)))
    _ = update(&model, .lake(.profiles(statuses)))
    // Two paces, so that the small graphs have something to show.
    for step in 1...12 { _ = update(&model, .tick(ago(60 - Double(step) * 5))) }
    return model
  }

  /// What the Overview asks about a profile.
  static func overview(_ profile: String) -> [DashboardEffect] {
    OverviewPage().subjects.map { .ask(LakeQuestion($0, of: profile)) }
  }

  /// The model after keys, spelt as the configuration spells them.
  static func press(_ model: inout DashboardModel, _ keys: String...) -> [DashboardEffect] {
    keys.flatMap { spelling in
      // An operator who reads what is asked before answering it.
      if model.awaitsShowing { _ = update(&model, .shown(model.now.addingTimeInterval(-1))) }
      return Key(spelling: spelling).map { update(&model, .key($0)) } ?? []
    }
  }
}
