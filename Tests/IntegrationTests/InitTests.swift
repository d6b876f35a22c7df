import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

/// An operator without a lake yet, and a collector that answers.
private final class Newcomer: Sendable {
  let files: TempLake
  let server: TestSSHServer
  let fingerprint: String

  init() async throws {
    let server = try await TestSSHServer()
    let key = try #require(HostKey(server.hostKey))
    (files, self.server, fingerprint) = (try TempLake("init"), server, key.fingerprint)
    for name in ["home", "source", "tmp"] { try files.makeDirectory(name) }
  }

  var output: String { files.path("conf/lake.yml") }
  var written: String? { files.read("conf/lake.yml").map { String(decoding: $0, as: UTF8.self) } }
  var leftovers: [String] { (try? FileManager.default.contentsOfDirectory(atPath: files.path("tmp"))) ?? [] }

  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": files.path("home"),
      "XDG_STATE_HOME": files.path("home"), "XDG_CONFIG_HOME": files.path("home"), "TERM": "xterm", "LANG": "C.UTF-8",
      "TMPDIR": files.path("tmp"),
    ]
  }

  func terminal(_ words: [String] = []) throws -> TerminalSession {
    try TerminalSession(
      ProcessRunner.sluice, ["init", "--output", output] + words, environment: environment, width: 200, height: 200)
  }

  func run(_ words: [String]) async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run(ProcessRunner.sluice, words, environment: environment.mapValues { $0 })
  }

  /// The words of `init` that say all.
  var allSaid: [String] {
    [
      "init", "--output", output, "--root", files.path("lake"), "--host", "127.0.0.1", "--port", String(server.port),
      "--user", server.user, "--key", server.userKeyFile, "--host-key", fingerprint, "--remote-root",
      files.path("source"), "--days", "7",
    ]
  }

  func writeDays(_ ages: [Int]) throws {
    for age in ages {
      let day = CalendarDay(Date()).adding(days: -age).compact
      try files.write("source/ticks/gate_io_X-USDT_\(day)/part.parquet", bytes: 10)
    }
  }
}

extension TerminalSession {
  /// Answers questions in their order, each once it has been asked after the one before.
  fileprivate func converse(_ lines: [(question: String, answer: String)]) async throws {
    var seen = 0
    for (question, answer) in lines {
      try await wait(for: "\"\(question)\"") { [self] _ in transcript.dropFirst(seen).contains(question) }
      let text = transcript
      let rest = text.dropFirst(seen)
      if let found = rest.firstRange(of: question) { seen = text.distance(from: text.startIndex, to: found.upperBound) }
      type(answer)
    }
  }
}

@Suite("A lake file by asking", .serialized)
struct InitTests {
  @Test("checks each answer, shows the host's key, lists its directories and proposes what fits them")
  func dialogue() async throws {
    let newcomer = try await Newcomer()
    try newcomer.writeDays([1, 2, 40])
    try newcomer.files.makeDirectory("source/other things")
    let session = try newcomer.terminal()
    try await session.converse([
      ("Directory of the lake", "lake\r"), ("Directory of the lake", "\(newcomer.server.userKeyFile)\r"),
      ("is a file", "\(newcomer.files.path("lake"))\r"), ("Host of the collector", "-oProxyCommand=x\r"),
      ("This cannot be used", "127.0.0.1\r"), ("SSH port [22]", "ssh\r"), ("whole number", "70000\r"),
      ("This cannot be used", "\(newcomer.server.port)\r"), ("User there", "a b\r"),
      ("This cannot be used", "\(newcomer.server.user)\r"),
      ("Private key file", "\(newcomer.server.userKeyFile).pub\r"),
      ("public half", "/nowhere/key\r"), ("no such file", "\(newcomer.server.userKeyFile)\r"),
      (newcomer.fingerprint, ""), ("Is it the host's own?", "SHA256:other\r"),
      ("not the key it shows", "\(newcomer.fingerprint)\r"), ("The login works", ""),
      ("Directory there", "/nowhere/at/all\r"), ("does not exist", "\(newcomer.files.path("source"))\r"),
      ("1  other things", ""), ("2  ticks", ""), ("Directory there", "2\r"), ("3 dated directories", ""),
      ("empty: this one", "\r"), ("Name of the profile [ticks]", "../up\r"), ("This cannot be used", "\r"),
      ("with 60 days all that is there is kept", ""), ("Days to keep (0: for ever) [60]", "soon\r"),
      ("whole number", "\r"), ("Binance klines to ingest? (y/n) [n]", "maybe\r"), ("Answer y or n", "n\r"),
      ("When to sync it", "now and then\r"), ("This cannot be used", "30 2 * * *\r"),
    ])
    try await session.wait(for: "Write it?")
    #expect(newcomer.written == nil && !newcomer.files.exists("conf"))
    session.type("y\r")
    #expect(try await session.ending() == 0, "\(session.transcript)")
    let text = session.transcript
    #expect(text.contains("restrict,command=\"rrsync -ro \(newcomer.files.path("source/ticks"))\" ssh-ed25519 AAAA"))
    #expect(text.contains("OnCalendar=") && text.contains("30 2 * * * ") && text.contains(">/dev/null"))
    let file = try #require(newcomer.written)
    #expect(file.contains(newcomer.server.hostKey) && file.contains("retention_days: 60"), "\(file)")
    let checked = try await newcomer.run(["validate", "--connect", "--config", newcomer.output])
    #expect(checked.code == 0, "\(checked)")
    #expect(newcomer.leftovers == [])
  }

  @Test("knows klines by their markers, and by the exchange's own tree", arguments: [true, false])
  func klines(_ hasMarkers: Bool) async throws {
    let newcomer = try await Newcomer()
    try newcomer.files.write("source/data/futures/um/daily/klines/BTCUSDT/1h/a.zip", bytes: 10)
    if hasMarkers { try newcomer.files.write("source/_SUCCESS__2026-02-14__um__1h", bytes: 0) }
    let said = newcomer.allSaid.dropLast(2)
    let session = try newcomer.terminal(Array(said.dropFirst(3)))
    try await session.converse([
      (hasMarkers ? "1 day marker" : "Klines in data/futures/um/daily/klines", ""), ("Name of the profile", "\r"),
      ("Days to keep (0: for ever) [0]", "\r"), ("ingest? (y/n) [y]", "\r"), ("When to sync it", "\r"),
      ("Write it?", "\r"),
    ])
    #expect(try await session.ending() == 0, "\(session.transcript)")
    #expect(newcomer.written?.contains("\n      ingest: {format: binance-klines}\n") == true)
  }

  @Test("says why no login comes about, and asks for it again")
  func refusedLogin() async throws {
    let newcomer = try await Newcomer()
    let session = try newcomer.terminal()
    try await session.converse([
      ("Directory of the lake", "\(newcomer.files.path("lake"))\r"), ("Host of the collector", "127.0.0.1\r"),
      ("SSH port", "\(newcomer.server.port)\r"), ("User there", "\(newcomer.server.user)\r"),
      ("Private key file", "\(newcomer.server.otherKeyFile)\r"), ("Is it the host's own?", "yes\r"),
      ("refuses the key", ""), ("Change host, port, user or key?", "y\r"), ("Host of the collector [127.0.0.1]", "\r"),
      ("SSH port [\(newcomer.server.port)]", "\r"), ("User there", "\r"),
      ("Private key file", "\(newcomer.server.userKeyFile)\r"), ("Is it the host's own?", "no\r"),
    ])
    #expect(try await session.ending() == 12, "\(session.transcript)")
    #expect(session.transcript.contains("nothing was written") && newcomer.written == nil)
  }

  @Test("leaves nothing after ^C, nor when the terminal's input ends", arguments: ["\u{3}", "\u{4}"])
  func interrupted(_ key: String) async throws {
    let newcomer = try await Newcomer()
    try newcomer.writeDays([1])
    let session = try newcomer.terminal()
    try await session.converse([
      ("Directory of the lake", "\(newcomer.files.path("lake"))\r"), ("Host of the collector", "127.0.0.1\r"),
      ("SSH port", "\(newcomer.server.port)\r"), ("User there", "\(newcomer.server.user)\r"),
      ("Private key file", "\(newcomer.server.userKeyFile)\r"), ("Is it the host's own?", "yes\r"),
      ("Directory there", key),
    ])
    #expect(try await session.ending() == (key == "\u{3}" ? 130 : 2), "\(session.transcript)")
    #expect(!newcomer.files.exists("conf") && !newcomer.files.exists("lake") && newcomer.leftovers == [])
  }

  @Test("writes over no file that it was not told to")
  func existing() async throws {
    let newcomer = try await Newcomer()
    try newcomer.files.write("conf/lake.yml", "mine\n")
    let session = try newcomer.terminal()
    try await session.converse([("is there already", "n\r")])
    #expect(try await session.ending() == 2 && newcomer.written == "mine\n")
    let refused = try await newcomer.run(newcomer.allSaid)
    #expect(refused.code == 2 && newcomer.written == "mine\n", "\(refused)")
    let forced = try await newcomer.run(newcomer.allSaid + ["--force"])
    #expect(forced.code == 0 && newcomer.written?.contains("retention_days: 7") == true, "\(forced)")
  }

  @Test("works from options where nobody can be asked, and names those that are missing")
  func options() async throws {
    let newcomer = try await Newcomer()
    let none = try await newcomer.run(["init", "--output", newcomer.output])
    #expect(none.code == 2 && none.errors.contains("--root, --host, --user, --remote-root, --days, --host-key"))
    let other = newcomer.allSaid.map { $0 == newcomer.fingerprint ? "SHA256:abc" : $0 }
    let refused = try await newcomer.run(other)
    #expect(refused.code == 12 && refused.errors.contains("shows another key"), "\(refused)")
    let odd = try await newcomer.run(newcomer.allSaid + ["--schedule", "sometimes"])
    #expect(odd.code == 2 && odd.errors.contains("--schedule cannot be used"), "\(odd)")
    #expect(newcomer.written == nil && newcomer.leftovers == [])
    let done = try await newcomer.run(newcomer.allSaid)
    #expect(done.code == 0 && newcomer.written?.contains(newcomer.server.hostKey) == true, "\(done)")
    let checked = try await newcomer.run(["validate", "--connect", "--config", newcomer.output])
    #expect(checked.code == 0, "\(checked)")
  }

  @Test("asks nobody with --offline, and pins the key it is given whole")
  func offline() async throws {
    let newcomer = try await Newcomer()
    newcomer.server.stop()
    let short = try await newcomer.run(newcomer.allSaid + ["--offline"])
    #expect(short.code == 2 && short.errors.contains("it has to be whole"), "\(short)")
    let words = newcomer.allSaid.map { $0 == newcomer.fingerprint ? newcomer.server.hostKey : $0 }
    let done = try await newcomer.run(words + ["--offline"])
    #expect(done.code == 0 && newcomer.written?.contains(newcomer.server.hostKey) == true, "\(done)")
  }
}
