import Foundation
import TestSupport
import Testing

/// The files of config/, as they are installed.
@Suite("As shipped", .serialized)
struct ShippedFilesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  /// A program alone in a container's process table: it is process 1 there.
  private static func contained(_ words: [String]) -> [String] {
    ["--pid", "--fork", "--mount-proc", "--kill-child"] + words
  }

  private static let canContain = geteuid() == 0

  @Test("each line of the cron file does its work, and needs no file that its user may not make")
  func cron() async throws {
    let lake = try await OperatorsLake()
    try lake.writeDay("source", age: 0)
    let lines = try Self.text("config/cron/sluice").split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(!lines.contains { $0.hasPrefix("MAILTO=\"\"") }, "what fails would be thrown away")
    let jobs = lines.filter { $0.first?.isNumber ?? false }
    #expect(jobs.count == 2)
    // The log has no room here; a line that needs a file of its own there would never start sluice.
    var environment = lake.environment().mapValues { Optional($0) }
    environment["PATH"] = "\(ProcessRunner.productsDirectory):/usr/local/bin:/usr/bin:/bin"
    environment["SLUICE_CONFIG"] = lake.files.path("data_lake.yml")
    for job in jobs {
      let fields = job.split(separator: " ", maxSplits: 6)
      #expect(fields[5] == "sluice", "the sixth field is the user")
      let ending = try await ProcessRunner.run(
        "/bin/sh", ["-c", String(fields[6])], environment: environment, directory: "/")
      #expect(ending.code == 0, "\(job): \(ending)")
      #expect(!fields[6].contains("/var/log"), "its user may not make a file there")
    }
    #expect(lake.checkpointStatus == "success")
  }

  @Test("a sync succeeds as process 1 of a container", .enabled(if: canContain))
  func processOne() async throws {
    let lake = try await OperatorsLake()
    try lake.writeDay("source", age: 0)
    let ending = try await ProcessRunner.run(
      "unshare", Self.contained([ProcessRunner.sluice, "sync", "ticks", "--config", lake.files.path("data_lake.yml")]),
      environment: lake.environment().mapValues { $0 })
    #expect(ending.code == 0, "\(ending)")
    #expect(lake.checkpointStatus == "success")
  }

  @Test("a program without its files says at the demo where it looked and how they are installed")
  func demoAlone() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let program = lake.files.path("alone/bin/sluice")
    try lake.files.makeDirectory("alone/bin")
    try FileManager.default.copyItem(atPath: ProcessRunner.sluice, toPath: program)
    let ending = try await ProcessRunner.run(
      program, ["demo"], environment: lake.environment(["TMPDIR": lake.files.path]).mapValues { $0 })
    #expect(ending.code == 1 && ending.errors.contains(lake.files.path("alone/share/sluice/klines")), "\(ending)")
    #expect(ending.errors.contains("`make install`") && !ending.errors.contains("Make the directory"), "\(ending)")
  }

  private func entrypoint(_ lake: OperatorsLake, _ words: [String]) -> [String] {
    let script = ["/bin/sh", "\(Self.root)/config/docker/entrypoint.sh"]
    return Self.contained(script + words + ["--config", lake.files.path("data_lake.yml")])
  }

  private func variables(_ lake: OperatorsLake) -> [String: String] {
    var variables = lake.environment()
    variables["SLUICE_PROGRAM"] = ProcessRunner.sluice
    variables["SLUICE_SSH_FILES"] = lake.files.path("their-ssh")
    return variables
  }

  @Test("the image gives ssh files of another user to its own, and syncs", .enabled(if: canContain))
  func sshFiles() async throws {
    let lake = try await OperatorsLake()
    try lake.writeDay("source", age: 0)
    try lake.files.write("their-ssh/config", "Host cryptodata\n  UseKeychain yes\n  Port 22\n")
    try lake.files.write("their-ssh/keys/id", "secret")
    for name in ["config", "keys/id"] { chown(lake.files.path("their-ssh/\(name)"), 12_345, 12_345) }
    let ending = try await ProcessRunner.run(
      "unshare", entrypoint(lake, ["sync", "ticks"]), environment: variables(lake).mapValues { $0 })
    #expect(ending.code == 0, "\(ending)")
    for name in ["config", "keys/id"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: lake.files.path("home/.ssh/\(name)"))
      #expect(attributes[.ownerAccountID] as? Int == 0 && attributes[.posixPermissions] as? Int == 0o600, "\(name)")
    }
    let checked = try await ProcessRunner.run(
      "ssh", ["-F", lake.files.path("home/.ssh/config"), "-G", "cryptodata"], environment: [:])
    #expect(checked.code == 0, "\(checked)")
  }

  /// The image's dashboard, left while a sync that it started goes on.
  private func left(_ lake: OperatorsLake, limit: Int, bytes: Int) async throws -> TerminalSession {
    try lake.configure(["bwlimit: \(limit)"])
    try lake.writeDay("source", age: 0, bytes: bytes)
    let session = try TerminalSession("/usr/bin/unshare", entrypoint(lake, ["dashboard"]), environment: variables(lake))
    try await session.wait(for: "ticks")
    session.type("s")
    try await session.wait(for: "▶ syncing")
    session.type("q")
    try await session.wait(for: "goes on without the dashboard")
    try await session.answer("y")
    try await waitUntil("its words") { session.transcript.contains("this container ends with them") }
    return session
  }

  @Test("a run goes on when the image's dashboard is left, and the container waits for it", .enabled(if: canContain))
  func leftDashboard() async throws {
    let lake = try await OperatorsLake()
    let session = try await left(lake, limit: 1000, bytes: 6_000_000)
    #expect(try await session.ending(within: .seconds(40)) == 0)
    #expect(lake.checkpointStatus == "success")
  }

  @Test("a stop of the container interrupts what its dashboard started", .enabled(if: canContain))
  func stoppedContainer() async throws {
    let lake = try await OperatorsLake()
    let session = try await left(lake, limit: 300, bytes: 20_000_000)
    session.type("\u{3}")
    #expect(try await session.ending(within: .seconds(30)) == 0)
    #expect(lake.checkpointStatus == "interrupted")
  }
}
