import Foundation
import TestSupport
import Testing

@testable import sluice

@Suite("Arguments that mean nothing are told, not ignored")
struct ArgumentTests {
  @Test(
    "in one style, with exit 2 and where more is said",
    arguments: [
      ("snyc", "sluice: There is no command snyc. → Did you mean sync? `sluice --help` lists the commands.\n"),
      ("--verbose histroy", "sluice: There is no command histroy. → Did you mean history? "),
      ("--config c.yml nonsense", "sluice: There is no command nonsense. → `sluice --help` lists the commands.\n"),
      ("sync --bogus", "sluice: Unknown option '--bogus'. → See `sluice sync --help`.\n"),
      ("pause", "sluice: Missing expected argument '<profile>'. → See `sluice pause --help`.\n"),
      ("limit ticks auto --for 1h", "sluice: A run's own limit has no end: leave --for and --until out."),
      ("limit ticks abc", "sluice: The rate is KB/s, 0 to 100,000,000, a rate like 2M, off or auto, not abc. → See `"),
      ("sync --all ticks", "sluice: --all means every profile: leave the names out, or --all. → See `sluice sync "),
      ("cleanup --all ticks", "sluice: --all means every profile"),
      ("history --files", "sluice: --files goes with --run: it lists the files of one run. → See `sluice history "),
      ("history --limit 0", "sluice: --limit must be 1 or more."),
      ("dashboard --host -oProxyCommand=x", "sluice: "),
      ("dashboard --host tokyo:", "sluice: --host tokyo: is no host: it is user@host, or user@host:/path/of/its"),
      ("dashboard --host tokyo --once", "sluice: Several lakes are shown on a terminal only."),
      (
        "dashboard --host tokyo --profile ticks", "sluice: --profile names a profile of one lake, and several are to be"
      ),
      ("dashboard --once --profile ticks", "sluice: --profile puts the cursor on a profile, and there is none without"),
      ("sync --detach --json", "sluice: --detach returns before there is a result: leave --json out."),
      ("coverage --learn --since 2026-01-01", "sluice: --learn looks at all days: leave --since and --until out."),
      ("dashboard --once --plain", "sluice: --once ends at once, and --plain goes on: use one of them."),
      ("check --max-holes -1", "sluice: --max-holes must be 0 or more. → See `sluice check --help`."),
      ("statu", "sluice: There is no command statu. → Did you mean status? `sluice --help` lists the commands.\n"),
      ("help nosuch", "sluice: There is no command nosuch. → `sluice --help` lists the commands.\n"),
      ("help --verbose statu", "sluice: There is no command statu. → Did you mean status? "),
      ("sync --lanes 9", "sluice: The value '9' is invalid for '--lanes <N>': It takes auto, or 1 to 8. → See `"),
      ("limit ticks 100 --for -1h", "sluice: --for takes a span of time like 30m, 2h or 1h30m, not -1h. → See `"),
      (
        "pause ticks --until 25:00",
        "sluice: --until takes a time of day of this machine's clock like 06:00, not 25:00. → See `"
      ),
      ("limit ticks 100 --for 1h --until 06:00", "sluice: --for and --until exclude each other. → See `"),
      ("pause ticks --for -1h", "sluice: --for takes a span of time like 30m, 2h or 1h30m, not -1h. → See `"),
      ("sync --max-duration -1h", "sluice: --max-duration takes a span of time like 30m, 2h or 1h30m, not -1h."),
      ("sync --bwlimit -5", "sluice: --bwlimit takes KB/s, 0 to 100,000,000, or a rate like 2M, not -5."),
      ("limit ticks -5 --for 1h", "sluice: The rate is KB/s, 0 to 100,000,000, a rate like 2M, off or auto, not -5."),
      ("history --limit -1", "sluice: --limit must be 1 or more."),
    ])
  func told(words: String, told: String) async throws {
    let ending = try await ProcessRunner.run(ProcessRunner.sluice, words.split(separator: " ").map(String.init))
    #expect(ending.code == 2 && ending.text.isEmpty && ending.errors.hasPrefix(told), "\(ending)")
    #expect(ending.errors.filter { $0 == "\n" }.count == 1, "\(ending)")
  }

  @Test("a mistyped profile is answered with the one that was probably meant")
  func profile() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let ending = try await lake.sluice("stats", "tick")
    #expect(
      ending.errors
        == "sluice: There is no profile tick in the configuration. → Did you mean ticks? Known profiles: ticks, swaps.\n"
    )
  }

  @Test("keys that clash and a file of the lake's own among data do not pass `validate`; open directories are named")
  func validate() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let plain = String(decoding: lake.files.read("data_lake.yml") ?? Data(), as: UTF8.self)
    try lake.files.write("data_lake.yml", plain + "  keymap: {sync: q}\n")
    let clash = try await lake.sluice("validate")
    #expect(clash.code == 2 && clash.errors.contains("keymap: the key q is wanted by sync and quit"), "\(clash)")
    try lake.files.write("data_lake.yml", plain + "  metrics_file: \(lake.files.path("lake/ticks/sluice.prom"))\n")
    let among = try await lake.sluice("validate")
    #expect(among.code == 2 && among.errors.contains("lies among the data of the profile ticks"), "\(among)")
    try lake.files.write("data_lake.yml", plain)
    chmod(lake.files.path("lake"), 0o777)
    let open = try await lake.sluice("validate")
    #expect(
      open.code == 0 && open.text.contains("! \(lake.files.path("lake")) may be written by every user"), "\(open)")
    chmod(lake.files.path("lake"), 0o755)
    #expect(!(try await lake.sluice("validate").text.contains("every user")))
  }

  @Test("without HOME a default nobody wrote is no fault, and without a working directory no other file is read")
  func surroundings() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    try lake.files.write(
      "own.yml",
      """
      data_lake:
        root_dir: \(lake.files.path("lake"))
        profiles:
          ticks:
            source: {type: ssh, host: 127.0.0.1, user: nobody, remote_root: /x}
            local_subdir: ticks

      """)
    var environment = lake.environment(["XDG_STATE_HOME": nil]).mapValues { Optional($0) }
    environment["HOME"] = .some(nil)
    let path = lake.files.path("own.yml")
    let homeless = try await ProcessRunner.run(
      "env", ["-u", "HOME", ProcessRunner.sluice, "status", "--config", path], environment: environment)
    #expect(homeless.code == 0 && homeless.text.contains("ticks"), "\(homeless)")
    for (file, code) in [(path, 0), ("own.yml", 2)] as [(String, Int32)] {
      let line = "mkdir gone && cd gone && rmdir ../gone && exec \(ProcessRunner.sluice) status --config \(file)"
      let ending = try await ProcessRunner.run("sh", ["-c", line], directory: lake.files.path)
      #expect(ending.code == code, "\(ending)")
      if code == 2 { #expect(ending.errors.contains("the directory this was started in does not exist any more")) }
    }
  }

  @Test("status and history are no wider than the terminal, and sentences break between words")
  func width() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    _ = try await lake.sluice("sync", "ticks")
    for words in [["status"], ["history"]] {
      let session = try lake.terminal(words, width: 60)
      #expect(try await session.ending(within: .seconds(20)) == 0)
      let lines = session.transcript.split(whereSeparator: \.isNewline).map(String.init)
      #expect(lines.count > 1 && lines.allSatisfy { $0.count <= 60 }, "\(lines)")
      if words == ["history"] { #expect(lines.contains { $0.hasPrefix("    2") && $0.contains("Z-") }, "\(lines)") }
      let piped = try await ProcessRunner.run(
        ProcessRunner.sluice, words + ["--config", lake.files.path("data_lake.yml")],
        environment: lake.environment().mapValues { $0 })
      #expect(piped.text.split(separator: "\n").contains { $0.count > 60 }, "\(piped)")
    }
  }
}
