import Foundation
import LakeFiles
import Rsync
import SluiceCore
import TestSupport
import Testing

@testable import Transport

/// The built program, with a shell in the place of ssh.
@Suite("The transport as a program")
struct TransportProgramTests {
  private let lake: TempLake

  init() throws { lake = try TempLake("transport") }

  private func words(_ script: String, owner: Int32 = getpid(), limit: Int? = nil) -> [String] {
    TransportProgram.vector(
      executable: ProcessRunner.sluice, runDirectory: lake.path, owner: owner, limit: limit,
      command: ["/bin/sh", "-c", script])
  }

  private func start(_ script: String, owner: Int32 = getpid(), limit: Int? = nil) throws -> ChildProcess {
    let words = words(script, owner: owner, limit: limit)
    return try ChildProcess(words[0], Array(words.dropFirst()))
  }

  /// Replaces the control file by rename, as a run's directory does.
  private func control(_ change: (inout RunControl) -> Void) throws {
    var control = RunControl()
    change(&control)
    try AtomicFile.write(JSONFile.encode(control), to: lake.path("control.json"), isDurable: false)
  }

  private var counters: TransportCounters? { TransportCounters.read(from: lake.path) }

  /// The process a script wrote the id of.
  private func childID() async throws -> Int32 {
    try await waitUntil("the child to start") { lake.read("pid")?.last == 10 }
    let text = String(decoding: lake.read("pid") ?? Data(), as: UTF8.self)
    return try #require(Int32(text.dropLast()))
  }

  @Test("carries both ways, counts, and ends as its child does")
  func both() async throws {
    let child = try start("cat; echo oops >&2; exit 7")
    let text = String(repeating: "0123456789abcdef", count: 40_000)
    try child.write(text)
    try child.closeInput()
    let ended = try await child.ending()
    #expect(ended.code == 7)
    #expect(ended.text == text)
    #expect(ended.errors == "oops\n")
    let counters = try #require(counters)
    #expect(counters.bytesIn == 640_000)
    #expect(counters.bytesOut == 640_000)
    #expect(counters.lastIncomingAt > 0)
    #expect(counters.processID == child.processID)
  }

  @Test("delivers everything that was said before the end", arguments: [1, 65_536, 3_000_000])
  func large(bytes: Int) async throws {
    let child = try start("head -c \(bytes) /dev/zero")
    #expect(try await child.ending().output == Data(count: bytes))
  }

  @Test("copies where the kernel cannot splice")
  func copying() async throws {
    // A file opened for appending is what splice(2) refuses.
    let source = try lake.write("in", bytes: 700_000)
    let command = words("cat").map { "'\($0)'" }.joined(separator: " ")
    let ended = try await ProcessRunner.run(
      "/bin/sh", ["-c", "\(command) < '\(source)' >> '\(lake.path("out"))'"])
    #expect(ended.code == 0)
    #expect(lake.read("out") == lake.read("in"))
    #expect(counters?.bytesIn == 700_000)
    #expect(counters?.bytesOut == 700_000)
  }

  @Test("holds what it carries while its owner is suspended, as ^Z does it, and goes on with the owner")
  func suspendedOwner() async throws {
    let owner = try ChildProcess("sleep", ["600"])
    defer { owner.signal(SIGKILL) }
    let child = try start("while :; do echo line; sleep 0.01; done", owner: owner.processID)
    try await waitUntil("bytes to come") { counters?.bytesIn ?? 0 > 100 }
    owner.signal(SIGSTOP)
    try await waitUntil("the hold") { counters?.limit == -1 }
    #expect(try await staysUnchanged(for: .milliseconds(700)) { counters?.bytesIn })
    let held = counters?.bytesIn ?? 0
    owner.signal(SIGCONT)
    try await waitUntil("the rest") { counters?.bytesIn ?? 0 > held && counters?.limit == 0 }
    child.signal(SIGTERM)
    _ = try await child.ending()
  }

  @Test("holds back all but the protocol's version until its run lets it go on, and ends with the run")
  func held() async throws {
    let pipe = try #require(TransportHoldPipe(runDirectory: lake.path, lane: 63))
    let words = TransportProgram.vector(
      executable: ProcessRunner.sluice, runDirectory: lake.path, owner: getpid(), lane: 63, hold: pipe.path,
      command: ["/bin/sh", "-c", "cat"])
    let child = try ChildProcess(words[0], Array(words.dropFirst()))
    try child.write("1234and the rest")
    try await waitUntil("the version to come back") { child.outputCount == 4 }
    #expect(try await staysUnchanged(for: .milliseconds(600)) { child.outputCount })
    pipe.release()
    try await waitUntil("the rest") { child.outputCount == 16 }
    try child.closeInput()
    #expect(try await child.ending().text == "1234and the rest")
  }

  @Test("a transport that is held ends when rsync or its run does, and begins nothing without its pipe")
  func heldToTheEnd() async throws {
    for endsRsync in [true, false] {
      let owner = try ChildProcess("sleep", ["600"])
      let pipe = try #require(TransportHoldPipe(runDirectory: lake.path, lane: 63))
      let words = TransportProgram.vector(
        executable: ProcessRunner.sluice, runDirectory: lake.path, owner: owner.processID, lane: 63, hold: pipe.path,
        command: ["/bin/sh", "-c", "cat"])
      let child = try ChildProcess(words[0], Array(words.dropFirst()))
      try child.write("1234and the rest")
      try await waitUntil("the version to come back") { child.outputCount == 4 }
      if endsRsync { try child.closeInput() } else { owner.signal(SIGKILL) }
      #expect(try await child.ending(within: .seconds(10)).text == "1234")
      owner.signal(SIGKILL)
    }
    let ended = try await ProcessRunner.run(
      ProcessRunner.sluice, ["transport", "--hold", lake.path("none"), "--", "/bin/sh", "-c", "echo begun"])
    #expect(ended.code == 1 && ended.text == "" && ended.errors.contains("cannot open the pipe"), "\(ended)")
  }

  @Test("keeps the limit it started with")
  func startLimit() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let child = try self.start("head -c 300000 /dev/zero", limit: 200)
    let ended = try await child.ending()
    #expect(ended.output.count == 300_000)
    // 300,000 bytes at 204,800 a second are 1.46 s; less what the pipe may still hold at the end.
    #expect(clock.now - start > .milliseconds(1000))
  }

  @Test("follows a change of the limit while it runs")
  func liveLimit() async throws {
    let began = ContinuousClock.now
    let child = try start("head -c 60000000 /dev/zero", limit: 20)
    try await waitUntil("the first bytes") { (counters?.bytesIn ?? 0) > 0 }
    let (came, seconds) = (child.outputCount, began.duration(to: .now).components.seconds + 1)
    // 20,480 bytes a second, however long a busy machine took to look; and what pipes hold.
    #expect(came < Int(seconds) * 20_480 + 900_000)
    #expect(counters?.limit == 20)
    try control { $0.bandwidthLimit = 0 }
    let ended = try await child.ending(within: .seconds(20))
    #expect(ended.output.count == 60_000_000)
    #expect(counters?.limit == 0)
  }

  @Test("slows down a transfer that runs freely")
  func slowDown() async throws {
    let child = try start("cat /dev/zero")
    try await waitUntil("much to come") { child.outputCount > 10_000_000 }
    try control { $0.bandwidthLimit = 50 }
    try await waitUntil("the limit to hold") { counters?.limit == 50 }
    let before = child.outputCount
    _ = try await staysUnchanged(for: .milliseconds(1000)) { 0 }
    // What the reader had not taken yet may come on top.
    #expect(child.outputCount - before < 1_000_000)
    child.signal(SIGTERM)
    #expect(try await child.ending().code == 255)
  }

  @Test("holds everything in a pause and goes on after it")
  func pause() async throws {
    let child = try start("head -c 3000000 /dev/zero; cat", limit: 500)
    try await waitUntil("the first bytes") { (counters?.bytesIn ?? 0) > 0 }
    try control { $0.isPaused = true }
    try await waitUntil("the pause") { counters?.limit == -1 }
    try child.write("later")
    #expect(try await staysUnchanged(for: .milliseconds(700)) { child.output.count })
    #expect(counters?.bytesOut == 0)
    #expect(child.isRunning)
    try control { $0.bandwidthLimit = 0 }
    try child.closeInput()
    let ended = try await child.ending()
    #expect(ended.output.count == 3_000_005)
    #expect(ended.text.hasSuffix("later"))
  }

  @Test("begins paused when that is what was asked for before")
  func pausedFromTheStart() async throws {
    try control { $0.isPaused = true }
    let child = try start("echo x")
    #expect(try await staysUnchanged(for: .milliseconds(600)) { child.output.count + (counters.map { _ in 0 } ?? 0) })
    try control { $0.isPaused = false }
    #expect(try await child.ending().text == "x\n")
  }

  @Test("ignores a control file that cannot be read")
  func brokenWishes() async throws {
    try lake.write("control.json", "{\"bandwidthLimit\":")
    #expect(try await start("echo x").ending().text == "x\n")
  }

  @Test("ends its child when the owner dies, paused or not", arguments: [false, true])
  func ownerDies(isPaused: Bool) async throws {
    if isPaused { try control { $0.isPaused = true } }
    let owner = try ChildProcess("sleep", ["600"])
    let child = try start("echo $$ > '\(lake.path("pid"))'; exec sleep 600", owner: owner.processID)
    let inner = try await childID()
    #expect(child.isRunning)
    owner.signal(SIGKILL)
    #expect(try await child.ending(within: .seconds(10)).code == 255)
    #expect(kill(inner, 0) != 0)
  }

  @Test("does not even go on when the owner is gone already")
  func ownerGone() async throws {
    let owner = try ChildProcess("true")
    _ = try await owner.ending()
    let child = try start("exec sleep 600", owner: owner.processID)
    #expect(try await child.ending(within: .seconds(10)).code == 255)
  }

  @Test("passes a signal on and reports how the child took it", arguments: [SIGTERM, SIGINT, SIGHUP])
  func signals(number: Int32) async throws {
    let names = [SIGTERM: "TERM", SIGINT: "INT", SIGHUP: "HUP"]
    let child = try start(
      "trap 'exit 9' \(names[number] ?? ""); echo $$ > '\(lake.path("pid"))'; while :; do sleep 0.05; done")
    _ = try await childID()
    child.signal(number)
    #expect(try await child.ending(within: .seconds(10)).code == 9)
  }

  @Test("kills a child that will not end")
  func stubborn() async throws {
    let child = try start("trap '' TERM; echo $$ > '\(lake.path("pid"))'; while :; do sleep 0.05; done")
    let inner = try await childID()
    child.signal(SIGTERM)
    #expect(try await child.ending(within: .seconds(15)).code == 255)
    #expect(kill(inner, 0) != 0)
  }

  @Test("ends when nobody reads it any more, paused or not", arguments: [false, true])
  func readerGone(isPaused: Bool) async throws {
    let command = words("cat /dev/zero").map { "'\($0)'" }.joined(separator: " ")
    // Paused, the reader is gone before the first byte.
    if isPaused { try control { $0.isPaused = true } }
    let reader = isPaused ? "true" : "head -c 100000 > /dev/null"
    let ended = try await ProcessRunner.run("/bin/sh", ["-c", "\(command) | \(reader)"], deadline: .seconds(15))
    #expect(ended.code == 0)
  }

  @Test("says so when ssh cannot be started")
  func missingProgram() async throws {
    let words = TransportProgram.vector(
      executable: ProcessRunner.sluice, runDirectory: lake.path, owner: getpid(), command: ["/no/such/ssh", "-T"])
    let ended = try await ProcessRunner.run(words[0], Array(words.dropFirst()))
    #expect(ended.code == 127)
    #expect(ended.errors == "sluice transport: cannot start /no/such/ssh: No such file or directory\n")
    #expect(TransferFailure(.exited(ended.code), standardError: ended.errors)?.meaning == .sshMissing)
  }

  @Test("says why the system did not start it, which is not that it is missing")
  func barredProgram() async throws {
    let program = try lake.write("ssh", "#!/bin/sh\n")
    chmod(program, 0o644)
    let words = TransportProgram.vector(
      executable: ProcessRunner.sluice, runDirectory: lake.path, owner: getpid(), command: [program])
    let ended = try await ProcessRunner.run(words[0], Array(words.dropFirst()))
    #expect(ended.errors == "sluice transport: cannot start \(program): Permission denied\n")
    let failure = try #require(TransferFailure(.exited(ended.code), standardError: ended.errors))
    #expect(failure.meaning == .notStarted && !failure.isRetryable)
  }

  @Test("explains itself when it is called by hand")
  func usage() async throws {
    let ended = try await ProcessRunner.run(ProcessRunner.sluice, ["transport", "--limit"])
    #expect(ended.code == 2)
    #expect(ended.errors.hasPrefix("usage: ") || ended.errors.contains("usage: sluice transport"))
  }
}
