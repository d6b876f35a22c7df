import Foundation
import TestSupport
import Testing

/// What an operator does with the dashboard, over a real sshd.
@Suite("Working with the dashboard", .serialized)
struct DashboardWorkTests {
  @Test("shows the lake and its profiles with the keys that work")
  func firstPaint() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard(width: 80, height: 24)
    for text in [
      "sluice", "Profiles", "◌ never", "○ disabled", "1 Overview", "6 Coverage", "s sync", "q quit", "? help",
    ] {
      try await session.wait(for: text)
    }
    session.type("q")
    #expect(try await session.ending() == 0)
    #expect(session.isRestored)
  }

  @Test("s starts a sync that is seen on its way and ends as a success")
  func sync() async throws {
    let lake = try await OperatorsLake()
    try lake.configure(["bwlimit: 2000"])
    for age in 0..<4 { try lake.writeDay("source", age: age, bytes: 1_000_000) }
    let session = try await lake.dashboard()
    session.type("s")
    try await session.wait(for: "▶ syncing")
    try await session.wait(for: "a percentage on its way") { $0.contains(/[ 1-9][0-9]%/) }
    try await session.wait(for: "✓ fine")
    try await session.wait(for: "4 files, 3.8 MB")
    #expect(lake.checkpointStatus == "success")
    #expect(try lake.files.listing("lake/ticks").filter { $0.hasSuffix(".parquet") }.count == 4)
    session.type("q")
    #expect(try await session.ending() == 0)
  }

  @Test("d a y applies the preview, retention included, and ends as a success")
  func applyPreview() async throws {
    let lake = try await OperatorsLake()
    try lake.configure(["retention_days: 5"])
    for age in 0..<2 { try lake.writeDay("source", age: age) }
    for age in [1, 9, 10] { try lake.writeDay("lake/ticks", age: age) }
    let session = try await lake.dashboard()
    session.type("d")
    try await session.wait(for: "fits")
    session.type("a")
    try await session.wait(for: "Apply")
    try await session.answer("y")
    try await session.wait(for: "✓ fine")
    #expect(lake.checkpointStatus == "success")
    let days = try lake.files.listing("lake/ticks").filter { !$0.contains("/") }
    #expect(days == [lake.day(1), lake.day(0)])
    #expect(try await lake.sluice("history").text.contains("refused") == false)
    session.type("q")
    #expect(try await session.ending() == 0)
  }

  @Test("a preview that the guard holds back says so, and is applied when the profile's name is typed")
  func applyBeyondGuard() async throws {
    let lake = try await OperatorsLake()
    try lake.configure(["retention_days: 5"])
    try lake.writeDay("source", age: 0)
    for age in 10..<30 { try lake.writeDay("lake/ticks", age: age) }
    let session = try await lake.dashboard()
    session.type("d")
    try await session.wait(for: "⊘ held back by the guard")
    #expect(!session.screen.contains("fits"))
    session.type("a")
    try await session.wait(for: "Retention would delete 20 of")
    try await session.answer("y\r")
    try await session.wait(for: "That is not the name")
    #expect(try lake.files.listing("lake/ticks").filter { !$0.contains("/") }.count == 20)
    try await session.answer("\u{15}ticks\r")
    try await session.wait(for: "✓ fine")
    #expect(try lake.files.listing("lake/ticks").filter { !$0.contains("/") } == [lake.day(0)])
    session.type("q")
    #expect(try await session.ending() == 0)
  }

  @Test("text pasted onto a running sync, raw or marked and cut, stops and starts nothing")
  func pastedText() async throws {
    let lake = try await OperatorsLake()
    try lake.configure(["bwlimit: 300"])
    try lake.writeDay("source", age: 0, bytes: 20_000_000)
    let session = try await lake.dashboard()
    session.type("s")
    try await session.wait(for: "▶ syncing")
    session.type("proxy")
    try await session.wait(for: "Taken for a paste")
    // Typed ahead of the question that the first key opens.
    try await session.answer("xy")
    try await session.wait(for: "Stop the run of ticks?")
    #expect(try await staysUnchanged(for: .milliseconds(500)) { session.screen.contains("Stop the run of ticks?") })
    session.type("\u{1B}")
    try await session.wait(for: "the question to go") { !$0.contains("Stop the run of ticks?") }
    for cut in 1...5 {
      let paste = Array("\u{1B}[200~pxy\u{1B}[201~")
      session.type(String(paste[..<cut]))
      try await Task.sleep(for: .milliseconds(150))
      session.type(String(paste[cut...]))
      try await session.wait(for: "Taken for a paste")
      session.type("k")
      try await session.wait(for: "the sentence to go") { !$0.contains("Taken for a paste") }
      #expect(session.screen.contains("▶ syncing"))
    }
    session.type("x")
    try await session.wait(for: "Stop the run of ticks?")
    try await session.answer("y")
    try await session.wait(for: "◼ interrupted")
  }

  @Test("shows a sync that another process started")
  func foreignSync() async throws {
    let lake = try await OperatorsLake()
    try lake.configure(["bwlimit: 1000"])
    try lake.writeDay("source", age: 0, bytes: 4_000_000)
    let session = try await lake.dashboard()
    let started = try await lake.sluice("sync", "ticks", "--detach")
    #expect(started.code == 0, "\(started)")
    try await session.wait(for: "▶ syncing", within: .seconds(10))
    try await session.wait(for: "✓ fine")
    #expect(lake.checkpointStatus == "success")
  }

  @Test("q leaves a sync running, and a dashboard opened later shows it")
  func quitDuringSync() async throws {
    let lake = try await OperatorsLake()
    try lake.configure(["bwlimit: 1000"])
    try lake.writeDay("source", age: 0, bytes: 8_000_000)
    let first = try await lake.dashboard()
    first.type("s")
    try await first.wait(for: "▶ syncing")
    first.type("q")
    try await first.wait(for: "goes on without the dashboard")
    try await first.answer("y")
    #expect(try await first.ending() == 0)
    #expect(first.isRestored)
    let second = try await lake.dashboard()
    try await second.wait(for: "▶ syncing")
    try await second.wait(for: "✓ fine")
    #expect(lake.checkpointStatus == "success")
  }

  @Test("d shows what a sync would bring and brings nothing")
  func dryRun() async throws {
    let lake = try await OperatorsLake()
    for age in 0..<3 { try lake.writeDay("source", age: age) }
    let session = try await lake.dashboard()
    session.type("d")
    try await session.wait(for: "+3 new")
    try await session.wait(for: lake.day(2))
    try await session.wait(for: "29.3 KB in 3 files to come")
    #expect(try lake.files.listing("lake/ticks").isEmpty)
    #expect(lake.checkpointStatus == nil)
  }

  @Test("c shows what retention would delete, deletes exactly that when confirmed, and nothing when not")
  func cleanup() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    try lake.configure(["retention_days: 5"])
    for age in 0..<8 { try lake.writeDay("lake/ticks", age: age) }
    let before = try lake.files.listing("lake/ticks")
    let session = try await lake.dashboard()
    try await session.wait(for: "2 directories")
    session.type("c")
    try await session.wait(for: "Delete 2 directories")
    try await session.wait(for: lake.day(6))
    try await session.wait(for: lake.day(7))
    session.type("\u{1B}")
    try await session.wait(for: "the dialog to close") { !$0.contains("keep everything") }
    #expect(try lake.files.listing("lake/ticks") == before)
    session.type("c")
    try await session.wait(for: "Delete 2 directories")
    try await session.answer("y")
    try await session.wait(for: "cleanup ✓ success")
    let expected = before.filter { !$0.hasPrefix(lake.day(6)) && !$0.hasPrefix(lake.day(7)) }
    #expect(try lake.files.listing("lake/ticks") == expected)
  }

  @Test("an answer typed before the command line's plan is shown deletes nothing")
  func cleanupTypedAhead() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    try lake.configure(["retention_days: 5"])
    for age in 0..<8 { try lake.writeDay("lake/ticks", age: age) }
    let before = try lake.files.listing("lake/ticks")
    let session = try lake.terminal(["cleanup", "ticks"])
    session.type("y\r")
    try await session.wait(for: "Delete 2 directories? [y/N]")
    #expect(try await staysUnchanged(for: .seconds(1)) { session.code })
    #expect(try session.code == nil && lake.files.listing("lake/ticks") == before)
    try await session.answer("y\r")
    #expect(try await session.ending() == 0)
    #expect(try lake.files.listing("lake/ticks").filter { !$0.contains("/") }.count == 6)
  }

  @Test("s says why a start was refused, and works again at once")
  func refusedStart() async throws {
    let lake = try await OperatorsLake()
    try lake.writeDay("source", age: 0)
    try lake.files.makeDirectory("lake/.sluice/locks")
    let lock = open(lake.files.path("lake/.sluice/locks/ticks.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
    let session = try await lake.dashboard()
    session.type("s")
    try await session.wait(for: "ticks: Another run of ticks is going on")
    close(lock)
    session.type("s")
    try await session.wait(for: "✓ fine", within: .seconds(10))
    #expect(lake.checkpointStatus == "success")
  }

  @Test("with --read-only no key starts anything")
  func readOnly() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard("--read-only")
    session.type("s")
    try await session.wait(for: "The dashboard is read-only")
    session.type("q")
    #expect(try await session.ending() == 0)
    #expect(try lake.files.listing("lake/.sluice").filter { $0.hasPrefix("runs/") }.isEmpty)
  }

  @Test("takes an edited configuration over, its keys and language with it, and keeps it when the next one is broken")
  func edited() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let good = String(decoding: try #require(lake.files.read("data_lake.yml")), as: UTF8.self)
    let session = try await lake.dashboard()
    try lake.files.write(
      "data_lake.yml", good.replacing("  profiles:\n", with: "  language: zh\n  keymap: {quit: Z}\n  profiles:\n"))
    try await session.wait(for: "概览")
    try lake.files.write("data_lake.yml", "data_lake: [")
    try await session.wait(for: "更改后的配置未采用：")
    session.type("q")
    session.type("Z")
    #expect(try await session.ending() == 0)
  }

  @Test("shows what the configuration says last, however quickly it is written again and again")
  func editedTwice() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let good = String(decoding: try #require(lake.files.read("data_lake.yml")), as: UTF8.self)
    let chinese = good.replacing("  profiles:\n", with: "  language: zh\n  profiles:\n")
    let session = try await lake.dashboard()
    for pause in [0, 5, 20, 60] {
      try lake.files.write("data_lake.yml", chinese)
      try await Task.sleep(for: .milliseconds(pause))
      try lake.files.write("data_lake.yml", good)
      try await Task.sleep(for: .milliseconds(300))
      try await waitUntil("the last words to count") { session.screen.contains("Overview") }
    }
    try lake.files.write("data_lake.yml", chinese + "  nonsense: 1\n")
    try await session.wait(for: "The changed configuration is not used: line")
    try lake.files.write("data_lake.yml", good)
    try await waitUntil("the warning to go") { !session.screen.contains("not used: line") }
    session.type("q")
    #expect(try await session.ending() == 0)
  }
}
