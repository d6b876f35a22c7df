import Foundation
import TestSupport
import Testing

/// Own commands as their operator has them: in a dashboard on a terminal, written into the configuration.
@Suite("Own commands in the dashboard", .serialized)
struct OwnCommandsTests {
  /// Puts commands into the lake's configuration, a line each.
  private func configure(_ lake: OperatorsLake, _ commands: String...) throws {
    try lake.configure()
    let plain = String(decoding: try #require(lake.files.read("data_lake.yml")), as: UTF8.self)
    try lake.files.write(
      "data_lake.yml", plain + "  commands:\n" + commands.map { "    - \($0)\n" }.joined())
  }

  @Test("in the background has its words whole, no terminal, no secret, and leaves no zombie; its end is told")
  func detached() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let told = lake.files.path("told")
    try lake.files.write(
      "tell.sh",
      """
      for word; do echo "[$word]"; done > "\(told).new"
      outputs=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2)
      echo "$outputs" >> "\(told).new"
      cut -d' ' -f6 /proc/$$/stat | sed "s/^$$\\$/its own session/" >> "\(told).new"
      (exec 2>/dev/null; : > /dev/tty) || echo "no terminal" >> "\(told).new"
      ls -l /proc/$$/fd | grep -c 'pts\\|eventfd\\|inotify\\|signalfd\\|memfd' >> "\(told).new"
      echo "${CLICKHOUSE_PASSWORD-no password}" >> "\(told).new"
      mv "\(told).new" "\(told)"
      exit 3
      """)
    try configure(
      lake,
      "{key: ctrl+o, name: Tell the desk, argv: [sh, \"\(lake.files.path("tell.sh"))\", \"a b;{profile}\", \"$(x)\"]}"
    )
    let session = try await lake.dashboard(environment: ["CLICKHOUSE_PASSWORD": "hunter2"])
    try await session.wait(for: "ctrl-o Tell the desk")
    session.type("\u{F}")
    try await session.wait(for: "Tell the desk (ticks): ended with exit code 3.")
    let lines = String(decoding: try #require(lake.files.read("told")), as: UTF8.self).split(separator: "\n")
    #expect(
      lines.prefix(7) == [
        "[a b;ticks]", "[$(x)]", "/dev/null", "/dev/null", "/dev/null", "its own session", "no terminal",
      ])
    // Of what the dashboard has open there is nothing.
    #expect(lines.suffix(2) == ["0", "no password"])
    try await waitUntil("no child to be left") { ProcessTree.descendants(of: session.processID).isEmpty }
    session.type("M")
    try await session.wait(for: "$ sh \(lake.files.path("tell.sh")) 'a b;ticks' '$(x)'")
    session.type("\u{1B}q")
    #expect(try await session.ending() == 0)
    #expect(!session.transcript.contains("hunter2"))
  }

  @Test(
    "in the background is told when it cannot be started, or a signal ends it",
    arguments: [
      ("/no/such/program", "Tell the desk (ticks): /no/such/program could not be started: "),
      ("kill", "Tell the desk (ticks): ended by signal 9."),
    ])
  func failed(_ program: String, _ told: String) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let words = program == "kill" ? "sh, -c, \"kill -9 $$\"" : program
    try configure(lake, "{key: U, name: Tell the desk, argv: [\(words)]}")
    let session = try await lake.dashboard()
    try await session.wait(for: "U Tell the desk")
    session.type("U")
    try await session.wait(for: told)
    session.type("q")
    #expect(try await session.ending() == 0)
  }

  @Test("on the terminal has it until Enter is pressed where it waits, and a failure is told")
  func onTerminal() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    try configure(
      lake,
      "{key: U, name: Where, argv: [sh, -c, \"stty -a | grep -q ' icanon' && echo at \\\"$1\\\"\", sh, \"{directory}\"], "
        + "mode: terminal, wait: true}",
      "{key: f5, name: Fail, argv: [sh, -c, \"echo for {profile}; exit 4\"], mode: terminal}")
    let session = try await lake.dashboard()
    try await session.wait(for: "U Where")
    session.type("U")
    try await session.wait(for: "at \(lake.files.path("lake/ticks"))")
    try await session.wait(for: "[Where has ended; Enter goes back to sluice]")
    session.type("q\r")
    try await session.wait(for: "q quit")
    session.type("\u{1B}[15~")
    try await session.wait(for: "Fail (ticks): ended with exit code 4.")
    #expect(session.transcript.contains("for ticks"))
    session.type("q")
    #expect(try await session.ending() == 0)
    #expect(session.isRestored)
  }

  @Test("waiting for Enter goes back at ^C, and ends with the dashboard when that is told to end")
  func waiting() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    try configure(lake, "{key: U, name: Where, argv: [echo, \"{directory}\"], mode: terminal, wait: true}")
    let session = try await lake.dashboard()
    try await session.wait(for: "U Where")
    session.type("U")
    try await session.wait(for: "[Where has ended")
    session.resize(width: 100, height: 30)
    session.type("\u{3}")
    try await session.wait(for: "q quit")
    session.type("U")
    try await session.wait(for: "[Where has ended")
    session.signal(SIGTERM)
    #expect(try await session.ending() == 143)
    #expect(session.isRestored)
  }

  @Test("come with an edited configuration, and a read-only dashboard runs none")
  func reloadAndReadOnly() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let session = try await lake.dashboard()
    let touch = "argv: [touch, \"\(lake.files.path("told"))\"]}"
    try configure(lake, "{key: U, name: Touch, \(touch)")
    try await session.wait(for: "U Touch")
    session.type("U")
    try await session.wait(for: "Touch (ticks): ended with exit code 0.")
    #expect(lake.files.read("told") != nil)
    try configure(lake, "{key: s, name: Touch, \(touch)")
    try await session.wait(for: "data_lake.commands[0].key: the key s is taken by sync already")
    session.type("q")
    #expect(try await session.ending() == 0)
    try FileManager.default.removeItem(atPath: lake.files.path("told"))
    try configure(lake, "{key: U, name: Touch, \(touch)")
    let other = try await lake.dashboard("--read-only")
    try await other.wait(for: "q quit")
    // The configuration may be read after the first picture.
    try await waitUntil("the key to be known") {
      other.type("U")
      return other.screen.contains("The dashboard is read-only")
    }
    other.type("q")
    #expect(try await other.ending() == 0)
    #expect(lake.files.read("told") == nil)
  }

  @Test("that cannot be followed do not pass `validate`, which names line and key")
  func validate() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    try configure(lake, "{key: U, name: A, argv: [true]}", "{key: ctrl-p, name: B, argv: [true]}")
    let line =
      1
      + String(decoding: try #require(lake.files.read("data_lake.yml")), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.contains("ctrl-p") }.count
    let clash = try await lake.sluice("validate")
    #expect(clash.code == 2)
    #expect(
      clash.errors.contains(
        "\(lake.files.path("data_lake.yml")):\(line): data_lake.commands[1].key: the key ctrl-p is taken by palette "
          + "already. Choose another key; `?` in the dashboard shows those that are taken."), "\(clash)")
    try configure(lake, "{key: U, name: A, argv: [\"{nothing}\"]}")
    let unknown = try await lake.sluice("validate")
    #expect(unknown.code == 2 && unknown.errors.contains("argv[0]: {nothing} is no field of a profile"), "\(unknown)")
    try configure(lake, "{key: U, name: A, argv: [true]}")
    #expect(try await lake.sluice("validate").code == 0)
  }
}
