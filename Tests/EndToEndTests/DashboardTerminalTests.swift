import Foundation
import TestSupport
import Testing

/// How the dashboard treats the terminal it is given, and leaves it.
@Suite("The dashboard's terminal", .serialized)
struct DashboardTerminalTests {
  /// What brings xterm's first screen and the cursor back.
  private static let firstScreen = "\u{1B}[?1049l"
  private static let cursorOn = "\u{1B}[?25h"

  /// A sequence that chooses a colour.
  private static var color: Regex<Substring> { /\e\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m/ }

  private func expectRestored(_ session: TerminalSession) async {
    // The process may be gone before its last bytes have been read from the terminal.
    try? await waitUntil("the last bytes to be read", within: .seconds(3)) {
      session.transcript.suffix(400).contains(Self.cursorOn)
    }
    let end = session.transcript.suffix(400)
    #expect(end.contains(Self.firstScreen) && end.contains(Self.cursorOn), "\(end.debugDescription)")
    #expect(session.isRestored)
  }

  @Test(
    "is as before after a signal, and the exit code tells of it",
    arguments: [SIGTERM, SIGINT, SIGHUP, SIGSEGV, SIGABRT])
  func signals(_ signal: Int32) async throws {
    let session = try await OperatorsLake(hasServer: false).dashboard()
    session.signal(signal)
    #expect(try await session.ending() == 128 + signal)
    await expectRestored(session)
  }

  @Test("is as before after q and after ^C", arguments: [("q", Int32(0)), ("\u{3}", 130)])
  func keys(_ key: String, _ code: Int32) async throws {
    let session = try await OperatorsLake(hasServer: false).dashboard()
    session.type(key)
    #expect(try await session.ending() == code)
    await expectRestored(session)
  }

  @Test("is as before after a configuration that cannot be used, and the words are those of any command")
  func brokenConfiguration() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    // So many profiles that the screen is there before the mistake is found.
    try lake.configure(["nonsense: 1"], others: (1...400).map { "swaps\($0)" })
    let told = try await lake.sluice("status")
    let session = try lake.terminal(["dashboard"])
    #expect(try await session.ending() == 2)
    #expect(session.isRestored)
    let sentence = try #require(told.errors.split(separator: "\n").first { $0.contains("nonsense") })
    try await waitUntil("its words", within: .seconds(5)) { session.transcript.contains(sentence) }
    #expect(!session.transcript.suffix(300).contains("\u{1B}[?1049h"))
  }

  @Test("is the shell's while ^Z stops the dashboard, and drawn again by fg")
  func suspend() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try lake.shell(
      "set -m; \"$0\" dashboard --config \"$1\"; echo \"stopped by $?\"; read line; fg; echo \"ended with $?\"")
    try await session.wait(for: "ticks")
    session.type("\u{1A}")
    try await session.wait(for: "stopped by 148")
    await expectRestored(session)
    session.type("\r")
    try await session.wait(for: "Profiles")
    try await session.wait(for: "q quit")
    session.type("q")
    try await session.wait(for: "ended with 0")
    await expectRestored(session)
  }

  @Test("is the editor's until that ends, and drawn again; the dashboard goes on")
  func lent() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    // Each time it says which: what the first one said is still there when the second one begins.
    let count = lake.files.path("count")
    try lake.files.write(
      "editor.sh",
      """
      echo >>\(count)
      stty -a | grep -q ' icanon' && echo "edit $(($(wc -l <\(count)))) of $1"; read line; echo "read $line"

      """)
    let session = try await lake.dashboard(environment: ["EDITOR": "sh \(lake.files.path("editor.sh"))"])
    session.type("E")
    try await session.wait(for: "edit 1 of \(lake.files.path("data_lake.yml"))")
    // What is typed is the editor's, and so is ^C.
    session.type("qq\r")
    try await waitUntil("the editor's line") { session.transcript.contains("read qq") }
    try await session.wait(for: "q quit")
    session.type("E")
    try await session.wait(for: "edit 2 of \(lake.files.path("data_lake.yml"))")
    session.type("\u{3}")
    try await session.wait(for: "q quit")
    session.type("q")
    #expect(try await session.ending() == 0)
    #expect(session.transcript.contains("read qq"))
    await expectRestored(session)
  }

  @Test("stays the dashboard's where the editor cannot be started, and that is told")
  func notLent() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard(environment: ["EDITOR": "/no/such/editor"])
    session.type("E")
    try await session.wait(for: "/no/such/editor")
    try await session.wait(for: "q quit")
    session.type("q")
    #expect(try await session.ending() == 0)
    await expectRestored(session)
  }

  @Test(
    "is told what became of an editor that ended badly",
    arguments: [("exit 3", "ended with 3"), ("kill -9 $$", "ended by signal 9")])
  func editorFailed(_ line: String, _ told: String) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    try lake.files.write("editor.sh", line + "\n")
    let session = try await lake.dashboard(environment: ["EDITOR": "sh \(lake.files.path("editor.sh"))"])
    session.type("E")
    try await session.wait(for: told)
    try await session.wait(for: "q quit")
    session.type("q")
    #expect(try await session.ending() == 0)
    await expectRestored(session)
  }

  @Test("taken away ends the dashboard at once, with the hang-up signal ignored as well", arguments: [false, true])
  func hangUp(ignoresSignal: Bool) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try lake.shell("\(ignoresSignal ? "trap '' HUP; " : "")exec \"$0\" dashboard --config \"$1\"")
    try await session.wait(for: "ticks")
    session.hangUp()
    #expect(try await session.ending(within: .seconds(5)) == 129)
  }

  @Test("may report its keys by their codes, as a program before may have left it", arguments: [0, 130])
  func extendedKeys(_ code: Int32) async throws {
    let session = try await OperatorsLake(hasServer: false).dashboard()
    try await session.wait(for: "q quit")
    session.type("\u{1B}[63;2u")
    try await session.wait(for: "Search:")
    session.type("\u{1B}[27u")
    try await session.wait(for: "the help to go") { !$0.contains("Search:") }
    session.type(code == 0 ? "\u{1B}[113;1:1u\u{1B}[113;1:3u" : "\u{1B}[99;5u")
    #expect(try await session.ending() == code)
    await expectRestored(session)
    #expect(session.transcript.contains("\u{1B}[>0u") && session.transcript.suffix(400).contains("\u{1B}[<u"))
  }

  @Test("opens on the row that needs attention most, although a run is going on")
  func firstRow() async throws {
    let lake = try await OperatorsLake()
    try lake.configure(["bwlimit: 300"], others: (1...30).map { "swaps\($0)" })
    try lake.writeDay("source", age: 0, bytes: 4_000_000)
    let text = String(decoding: try #require(lake.files.read("data_lake.yml")), as: UTF8.self)
    try lake.files.write(
      "data_lake.yml", text.replacing("swaps27:\n      enabled: false", with: "swaps27:\n      enabled: true"))
    try lake.files.write(
      "lake/.checkpoints/swaps27.json",
      """
      {"profile_name": "swaps27", "last_sync_time": "2026-01-02T03:04:05Z", "last_sync_status": "failed",
       "files_transferred": 0, "bytes_transferred": 0, "duration_seconds": 1}
      """)
    #expect(try await lake.sluice("sync", "ticks", "--detach").code == 0)
    let session = try await lake.dashboard(width: 100, height: 24)
    try await session.wait(for: "syncing")
    try await session.wait(for: "the failed one under the cursor") { $0.contains(/▌ *swaps27 +✗ failed/) }
    session.type("q")
    try await session.answer("y")
    #expect(try await session.ending() == 0)
  }

  @Test("is asked for its background once, and on a light one nothing is drawn in its yellow")
  func lightGround() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard()
    try await session.wait(for: "q quit")
    session.type("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\")
    let start = session.bytes.count
    try await waitUntil("the tones for it") { session.bytes.count > start }
    #expect(session.transcript.components(separatedBy: "\u{1B}]11;?").count == 2)
    session.type("t")
    try await session.wait(for: "seen at once")
    session.type("\u{1B}q")
    #expect(try await session.ending() == 0)
    let after = String(decoding: session.bytes[start...], as: UTF8.self)
    #expect(after.contains("[38;5;24m") || after.contains(";38;5;24m"))
    #expect(!after.contains(/\e\[([0-9]+;)*(33|93)m/))
  }

  @Test("gets no colours with NO_COLOR, but words and glyphs that say the same")
  func noColor() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard(environment: ["NO_COLOR": "1"])
    try await session.wait(for: "◌ never")
    session.type("?")
    try await session.wait(for: "Search:")
    session.type("\u{1B}q")
    #expect(try await session.ending() == 0)
    #expect(!session.transcript.contains(Self.color))
    let plain = try await lake.dashboard()
    try await plain.wait(for: "◌ never")
    #expect(plain.transcript.contains(Self.color), "the pattern would find colours")
  }

  @Test(
    "gets ASCII only where the locale says so, or --ascii",
    arguments: [["LANG": "C"], ["LANG": "C.UTF-8", "LC_ALL": "POSIX"], ["LANG": "de_DE.ISO-8859-1"], [:]])
  func ascii(_ locale: [String: String]) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session =
      locale.isEmpty ? try await lake.dashboard("--ascii") : try await lake.dashboard(environment: locale)
    try await session.wait(for: "q quit")
    for key in ["2", "3", "4", "5", "6", "?"] { try await session.answer(key) }
    try await session.wait(for: "Search:")
    session.type("\u{1B}")
    try await session.wait(for: "q quit")
    session.type("q")
    #expect(try await session.ending() == 0)
    #expect(session.bytes.allSatisfy { $0 < 0x80 })
  }

  @Test("may be of a kind nobody has heard of", arguments: ["xterm-nosuch", "xterm-ghostty", "nosuch", nil])
  func unknownTerminal(_ term: String?) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard(environment: ["TERM": term])
    try await session.wait(for: "q quit")
    session.type("q")
    #expect(try await session.ending() == 0)
    #expect(session.isRestored)
  }

  @Test("gets the table as plain text when it cannot move its cursor")
  func dumb() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard(environment: ["TERM": "dumb"])
    #expect(try await session.ending() == 0)
    #expect(session.screen.contains("never") && !session.transcript.contains("\u{1B}"))
  }

  @Test("gets the profiles of a filter as plain text too, where its entry has no cursor")
  func filteredText() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard("--filter", "!swaps", environment: ["TERM": "glasstty"])
    #expect(try await session.ending() == 0)
    #expect(session.screen.contains("never") && !session.screen.contains("swaps"))
  }

  @Test(
    "is not needed: into a pipe goes the table as plain text", arguments: [["dashboard"], [], ["dashboard", "--once"]])
  func pipe(_ arguments: [String]) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let ending = try await ProcessRunner.run(
      ProcessRunner.sluice, arguments + ["--config", lake.files.path("data_lake.yml")],
      environment: lake.environment().mapValues { $0 })
    #expect(ending.code == 0, "\(ending)")
    #expect(ending.text.contains("ticks") && ending.text.contains("never"))
    #expect(!ending.text.contains("\u{1B}") && ending.errors.isEmpty)
  }

  @Test("gets not a byte while nothing happens")
  func idle() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard()
    // The scan of what is there has come when the size is known; what follows it is settled within a second.
    try await session.wait(for: "0 B")
    try await waitUntil("a second without news") {
      try await staysUnchanged(for: .seconds(1)) { session.bytes.count }
    }
    #expect(try await staysUnchanged(for: .seconds(3)) { session.bytes.count })
    session.type("q")
    #expect(try await session.ending() == 0)
  }

  @Test("may be too small for anything, and shows all again when it is not", arguments: [(20, 5), (1, 1), (7, 40)])
  func small(_ width: Int, _ height: Int) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try lake.terminal(["dashboard"], width: width, height: height)
    try await waitUntil("a picture") { !session.bytes.isEmpty }
    session.type("jk?\u{1B}2\t")
    session.resize(width: 120, height: 36)
    try await session.wait(for: "q quit")
    try await session.wait(for: "ticks")
    session.resize(width: width, height: height)
    session.type("q")
    #expect(try await session.ending() == 0)
    await expectRestored(session)
  }

  @Test("may change its size a hundred times in a row without flooding the line")
  func resizeStorm() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard()
    try await session.wait(for: "q quit")
    let before = session.bytes.count
    for step in 0..<100 { session.resize(width: 40 + step, height: 10 + step % 30) }
    session.resize(width: 100, height: 30)
    try await session.wait(for: "? help")
    #expect(session.bytes.count - before < 200_000)
    session.type("q")
    #expect(try await session.ending() == 0)
    await expectRestored(session)
  }
}
