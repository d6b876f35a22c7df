import Foundation
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("The engine's sentences")
struct SentencesTests {
  private static let profile = Profile(
    name: "ticks", source: Source(host: "collector", user: "ops", sshKey: "/k/id", remoteRoot: "/data/ticks"),
    localSubdirectory: "ticks", localPath: "/no/such/lake/ticks", checkpointFile: "/no/such/lake/ticks.json")
  private static let lake = Lake(configurationPath: "/c.yml", rootDirectory: "/no/such/lake")
  private static let record = SampleRun(stateDirectory: "/no/such/lake").record
  private static let full = FileFailure(.write, path: "/d/f", code: ENOSPC)
  private static let denied = FileFailure(.open, path: "/d/f", code: EACCES)
  private static let newer = FileFailure(.form, path: "/d/f", code: 0, detail: "its form 9 is newer")

  @Test("about runs and locks are as recorded")
  func runs() throws {
    var sentences = RecordedSentences()
    let id = Self.record.id
    let faults: [RunFault] = [
      .locked(profile: "ticks", holder: nil), .file(Self.full), .file(Self.denied), .file(Self.newer),
      .file(FileFailure(.create, path: "/d/f", code: ENOTDIR)), .file(FileFailure(.lock, path: "/d/f", code: EINVAL)),
      .noSuchRun("20260101"), .runExists(id), .noSuchProfile("tocks", known: ["ticks", "klines"]),
      .noSuchProfile("tocks", known: []), .disabledProfile("ticks"), .noLiveRun(profile: "ticks"),
      .notLive(id, profile: "ticks"), .unreachable(id, user: "ops", Self.denied), .unreadable(Self.newer),
      .illegalEvent("ended after ended"), .outsideLake(path: "/lake/ticks", leadsTo: "/etc"),
      .lakeMissing(rootDirectory: "/lake", knownPath: "/k/lake.id"),
      .lakeUnmarked(rootDirectory: "/lake", idPath: "/lake/.sluice/lake_id", knownPath: "/k/lake.id"),
      .lakeChanged(rootDirectory: "/lake", knownPath: "/k/lake.id"), .missingProgram("ssh"), .missingProgram("rsync"),
      .barredProgram(path: "/opt/a b/ssh"),
      .directoryLocked(
        profile: "ticks", directory: "/lake/ticks",
        .init(path: "/lake", processID: 42, command: "sluice sync --config /c.yml")),
      .directoryLocked(profile: "ticks", directory: "/lake/ticks", .init(path: "/lake", processID: nil, command: "")),
      .diskMissing(profile: "ticks", directory: "/lake/ticks", knownPath: "/lake/.sluice/disks/ticks"),
      .diskChanged(profile: "ticks", directory: "/lake/ticks", knownPath: "/lake/.sluice/disks/ticks"),
      .unreachable(id, user: "ops", Self.full), .file(FileFailure(.lock, path: "/d/f", code: ENOLCK)),
    ]
    for fault in faults { sentences.add(Self.name(fault), Sentences.problem(fault)) }
    #expect(sentences.text == (try sentences.recorded("SluiceEngine-runs")))
  }

  @Test("about a lock say who holds it")
  func holder() {
    let problem = Sentences.problem(.locked(profile: "ticks", holder: Self.record))
    #expect(
      problem.message == "Another run of ticks is going on: sync, process 1, started from cron by ops since "
        + "\(TextFormat.local(Self.record.startedAt)) (`sluice x`).")
    #expect(
      Sentences.line(problem).hasSuffix(" → Follow it with `sluice attach ticks`, end it with `sluice stop ticks`."))
  }

  @Test("about a failed transfer are as recorded")
  func transfers() throws {
    var sentences = RecordedSentences()
    let words = TransferSentences(profile: Self.profile, lake: Self.lake)
    for meaning in TransferFailure.Meaning.allCases {
      var failure = TransferFailure(meaning: meaning)
      sentences.add("\(meaning), nothing known", words.problem(failure))
      if meaning == .localDiskFull {
        let known = TransferSentences(profile: Self.profile, lake: Self.lake, free: ByteCount(5_000_000))
        sentences.add("\(meaning), free space known", known.problem(failure))
      }
      failure.detail = "rsync: some words"
      failure.paths = ["a/1", "a/2", "b/3", "c/4"]
      failure.pathCount = 1204
      failure.exitStatus = .signalled(9)
      sentences.add("\(meaning)", words.problem(failure, stalledFor: 90, missing: ByteCount(5_000_000)))
    }
    for (meaning, line) in Self.tellingLines {
      sentences.add("\(meaning): \(line)", words.problem(TransferFailure(meaning: meaning, detail: line)))
    }
    var jump = TransferFailure(meaning: .unresolvedHost, detail: "ssh: Could not resolve hostname jump: Name unknown")
    jump.isOnTheWay = true
    sentences.add("unresolvedHost, on the way", words.problem(jump))
    var full = TransferSentences(profile: Self.profile, lake: Self.lake, free: ByteCount(5_000_000))
    full.isOutOfFiles = true
    sentences.add("localDiskFull, no inodes", full.problem(TransferFailure(meaning: .localDiskFull)))
    let keys: [KeyFault] = [
      .missing, .unreadable(Self.denied), .tooOpen(mode: 0o644), .publicHalf, .windowsLines, .noLastNewline, .damaged,
      .needsPassphrase,
    ]
    for key in keys {
      let words = TransferSentences(profile: Self.profile, lake: Self.lake, key: key)
      sentences.add("authentication, key \(Self.name(key))", words.problem(TransferFailure(meaning: .authentication)))
    }
    #expect(sentences.text == (try sentences.recorded("SluiceEngine-transfers")))
  }

  private static let tellingLines: [(TransferFailure.Meaning, String)] = [
    (.someFilesFailed, #"rsync: [sender] send_files failed to open "/s/x": Permission denied (13)"#),
    (.someFilesFailed, #"rsync: [sender] read errors mapping "/s/x": Input/output error (5)"#),
    (.someFilesFailed, "ERROR: x failed verification -- update discarded."),
    (.localFilesFailed, "could not make way for new regular file: x"),
    (.localFilesFailed, #"rsync: [receiver] rename "/d/.x.aB12x9" -> "x": Input/output error (5)"#),
    (.attributesRefused, #"rsync: [receiver] chown "/d/.x.aB12x9" failed: Operation not permitted (1)"#),
    (.attributesRefused, #"rsync: [generator] failed to set permissions on "/d/x": Operation not permitted (1)"#),
    (.attributesRefused, #"rsync: [generator] failed to set times on "/d/x": Operation not permitted (1)"#),
    (.localDiskFull, #"rsync: [receiver] write failed on "/d/x": Disk quota exceeded (122)"#),
    (.localFilesFailed, #"rsync: [receiver] write failed on "/d/x": File too large (27)"#),
    (.remoteDirectoryMissing, #"rsync: [sender] change_dir "/data/ticks" failed: Not a directory (20)"#),
    (.restrictedKey, "/usr/bin/rrsync error: post-realpath open failed: /data/ticks/ No such file or directory"),
    (.loginTimeout, "Open https://login.example/abc to go on"),
  ]

  @Test("about a host's key name the file or the key that is configured")
  func knownHosts() throws {
    var sentences = RecordedSentences()
    let places: [(String, KnownHosts?)] = [
      ("the user's", nil), ("a file", .file("/k/hosts")), ("a key", .key("ssh-ed25519 AAAA")),
    ]
    for (name, place) in places {
      var profile = Self.profile
      (profile.source.knownHosts, profile.source.sshConfig) = (place, "/k/config")
      let words = TransferSentences(profile: profile, lake: Self.lake)
      for meaning in [TransferFailure.Meaning.hostKeyUnknown, .hostKeyChanged] {
        sentences.add("\(meaning), known_hosts: \(name)", words.problem(TransferFailure(meaning: meaning)))
      }
    }
    var alias = SSHDestination(host: "10.0.0.7", port: 2222)
    var (named, proxied) = (alias, alias)
    (named.keyName, named.knownHostsFile) = ("farm", "/home/ops/hosts")
    proxied.isBehindProxy = true
    alias.knownHostsFile = "/home/ops/.ssh/known_hosts"
    for (name, destination) in [("an alias", alias), ("another name", named), ("behind a proxy", proxied)] {
      for (place, known) in places {
        var profile = Self.profile
        profile.source.knownHosts = known
        let words = TransferSentences(profile: profile, lake: Self.lake, destination: destination)
        for meaning in [TransferFailure.Meaning.hostKeyUnknown, .hostKeyChanged] {
          let problem = words.problem(TransferFailure(meaning: meaning))
          sentences.add("\(meaning), \(name), known_hosts: \(place)", problem)
        }
      }
    }
    #expect(sentences.text == (try sentences.recorded("SluiceEngine-hostkeys")))
  }

  @Test("about what a guard refuses are as recorded")
  func refusals() throws {
    var sentences = RecordedSentences()
    let fit = DiskFit(needed: ByteCount(9_000_000), free: ByteCount(5_000_000), reserve: ByteCount(1_000_000))
    let refusals: [Refusal] = [
      .planChanged, .emptySource(deletions: 1), .tooManyDeletions(1500, present: 2000, maxPercent: 50),
      .tooMuchRetention(deletions: 40, present: 45, cutoff: CalendarDay(daysSinceEpoch: 20_000), maxPercent: 50),
      .tooLittleSpace(fit, missing: ByteCount(5_000_000)), .tooFewInodes(needed: 601, free: 400),
    ]
    for command in GuardSentences.Command.allCases {
      let words = GuardSentences(profile: Self.profile, command: command)
      // A cleanup has no transfer to refuse.
      for refusal in command == .sync ? refusals : [refusals[0], refusals[3]] {
        sentences.add("\(command): \(Self.name(refusal))", words.problem(refusal))
      }
    }
    #expect(sentences.text == (try sentences.recorded("SluiceEngine-guards")))
  }

  @Test("about what a job could not do are as recorded")
  func jobs() throws {
    var sentences = RecordedSentences()
    let refusal = try #require(UserArguments("--relative").refusals.first)
    let faults: [JobFault] = [
      .refusedOption(refusal), .unusableKey(FileFailure(.examine, path: "/k/id", code: ENOENT)),
      .unusableKey(FileFailure(.open, path: "/k/id", code: EACCES)), .unusableKey(.notRegular("/k/id")),
      .unusableFile(.notRegular("/k/hosts"), key: "known_hosts"),
      .emptySource(present: 1), .emptySource(present: 1204), .unpublishedMarker(Self.denied),
      .notOnDisk(FileFailure(.sync, path: "/d", code: EIO), then: .sync), .notOnDisk(Self.full, then: .syncAndIngest),
      .notOnDisk(FileFailure(.sync, path: "/d", code: EINVAL), then: .sync), .unsavedCheckpoint(Self.full),
      .notIngested,
    ]
    for fault in faults { sentences.add(Self.name(fault), JobSentences(profile: Self.profile).problem(fault)) }
    let kept: [RetentionFault] = [
      .notExpired(name: "btc_20260101", cutoff: CalendarDay(daysSinceEpoch: 20_000)),
      .notDirectory(name: "btc_20260101", path: "/d/btc_20260101"), .refilled(name: "btc_20260101"),
      .incomplete(name: "btc_20260101", first: Self.denied, paths: ["/d/f", "/d/g"]), .file(Self.denied),
    ]
    for fault in kept { sentences.add(Self.name(fault), RetentionSentences.problem(fault)) }
    for part in MetricsSentences.Part.allCases {
      sentences.add("metrics: \(part)", MetricsSentences.problem(part, Self.full))
    }
    let tools: [ToolSentences.Fault] = [
      .rsyncTooOld(major: 2, minor: 6), .curl(users: ["ping_url", "ClickHouse"], reason: "no such file"),
    ]
    for fault in tools { sentences.add(Self.name(fault), ToolSentences.problem(fault)) }
    #expect(sentences.text == (try sentences.recorded("SluiceEngine-jobs")))
  }

  @Test("that are no problems are as recorded")
  func notes() throws {
    var sentences = RecordedSentences()
    let checkpoint = Checkpoint(profileName: "ticks", lastSyncTime: "2026-01-01T00:00:00Z", lastSyncStatus: .failed)
    let last = try #require(SyncEnding(checkpoint: checkpoint, run: nil))
    let notes: [RunNote] = [
      .keptForMarker(name: "btc_20260101"), .leftoversRemoved(1), .leftoversRemoved(12), .stragglerEnded(processID: 42),
      .stragglerReplaced(processID: 42), .stragglerUnseen(processID: 42),
      .withoutCompression,
      .filesVanished,
      .hostSays(host: "collector", text: "Open https://login.example/abc"), .resuming(after: last),
      .logUnwritable(path: "/d/f", errorNumber: EACCES),
    ]
    for note in notes { sentences.add(Self.name(note), note.text) }
    let connection = ConnectionSentences(profile: Self.profile)
    sentences.add("connection", connection.heading)
    sentences.add("connection: hung", connection.hung(after: 90, isLoggedIn: false))
    sentences.add("connection: hung, logged in", connection.hung(after: 90, isLoggedIn: true))
    let findings: [ConnectionSentences.Finding] = [
      .reachable, .directory, .rsync, .used(ByteCount(5_000_000)), .free(ByteCount(5_000_000)),
      .problem(RunProblem(code: "x", message: "It broke.", advice: "Mend it.")),
    ]
    for finding in findings { sentences.add("connection: \(Self.name(finding))", connection.line(finding)) }
    sentences.add("configuration taken", WatcherSentences.configurationTaken)
    sentences.add("configuration without some", WatcherSentences.taken(without: ["a", "b"]) { _ in nil })
    let start = Date(timeIntervalSince1970: 1_795_262_400)
    let run = RunRecord(
      id: RunID(start: start, salt: 1), profile: "ticks", task: .sync(), command: [], origin: "cron", user: "u",
      host: "h", processID: 1, processStart: 1, startedAt: start)
    let taken = WatcherSentences.taken(without: ["a", "ticks"]) { $0 == "a" ? nil : run }
    sentences.add("configuration without one that runs", taken)
    sentences.add("another state", WatcherSentences.stateMoved(from: "/d/.sluice", [run]))
    sentences.add("configuration refused", WatcherSentences.configurationRefused)
    sentences.add("configuration broken, 1", WatcherSentences.broken(first: "c.yml:3: no host.", count: 1))
    sentences.add("configuration broken, 3", WatcherSentences.broken(first: "c.yml:3: no host.", count: 3))
    sentences.add("configuration unreadable", WatcherSentences.broken(first: nil, count: 0))
    sentences.add("retention unplanned", WatcherSentences.unplanned(Self.profile, Self.denied))
    sentences.add("other form, 1", RetentionSentences.otherForm(Self.profile, days: 30, names: ["2026-01-01"]))
    let many = (1...12).map { "2026-01-0\($0)" }
    sentences.add("other form, 12", RetentionSentences.otherForm(Self.profile, days: 1, names: many))
    sentences.add("too deep", FileDetails.tooDeep(limit: 100))
    sentences.add("other file system", FileDetails.otherFileSystem)
    sentences.add("outside the lake", FileDetails.outsideLake(leadsTo: "/etc"))
    sentences.add("outside the lake, unknown", FileDetails.outsideLake(leadsTo: nil))
    #expect(sentences.text == (try sentences.recorded("SluiceEngine-notes")))
  }

  /// The case's name.
  private static func name<Fact>(_ fact: Fact) -> String {
    Mirror(reflecting: fact).children.first?.label ?? "\(fact)"
  }
}
