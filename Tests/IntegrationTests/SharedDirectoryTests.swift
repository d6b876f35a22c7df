import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("Two configurations over one directory", .serialized)
struct SharedDirectoryTests {
  /// Another lake file over the same disk; its state lies where its root is.
  private func write(_ name: String, root: String, subdirectory: String, _ collector: Collector) throws -> String {
    try collector.files.write(
      name,
      """
      data_lake:
        root_dir: \(collector.files.path(root))
        state_dir: \(collector.files.path(name + ".state"))
        checkpoint_dir: \(collector.files.path(name + ".checkpoints"))
        guard: {min_free: 1M}
        profiles:
          other:
            source:
              type: ssh
              host: 127.0.0.1
              port: \(collector.server.port)
              user: \(collector.server.user)
              ssh_key: \(collector.server.userKeyFile)
              known_hosts: "\(collector.server.hostKey)"
              remote_root: \(collector.files.path("source"))
            local_subdir: \(subdirectory)
            retention_days: 0

      """)
  }

  /// A kline-sync file over the profile's directory.
  private func writeKlineSync(_ collector: Collector) throws -> String {
    try collector.files.write(
      "sync.yaml",
      """
      remote: {host: collector, data_dir: \(collector.files.path("source")), ssh_config: \(collector.server.sshConfigFile)}
      local:
        data_dir: \(collector.files.path("lake/ticks"))
        state_dir: \(collector.files.path("lake/ticks/_ingested"))
        log_dir: \(collector.files.path("logs"))
      clickhouse: {host: localhost, port: 8123, database: nothing}

      """)
  }

  enum Other: String, CaseIterable {
    case klineSync = "a kline-sync file"
    case sameDirectory = "a lake file with the same directory under another name"
    case outer = "a lake file whose directory holds the lake"
    case inner = "a lake file whose root lies in the directory"
  }

  @Test(
    "the second does not begin, says what has the directory, and does not disturb the first", arguments: Other.allCases)
  func second(_ other: Other) async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/big", bytes: 9_000_000)
    try collector.files.makeDirectory("lake/ticks/sub")
    symlink(collector.files.path("lake"), collector.files.path("alias"))
    let path =
      switch other {
      case .klineSync: try writeKlineSync(collector)
      case .sameDirectory: try write("same.yml", root: "alias", subdirectory: "ticks", collector)
      case .outer: try write("outer.yml", root: "", subdirectory: "lake", collector)
      case .inner: try write("inner.yml", root: "lake/ticks", subdirectory: "sub", collector)
      }
    let first = try collector.start("sync", "--bwlimit", "500")
    _ = try await collector.transferring(bytes: 50_000)
    let second = try await ProcessRunner.run(
      ProcessRunner.sluice, ["sync", "--all", "--config", path], environment: collector.environment)
    #expect(second.code == 11, "\(second)")
    #expect(second.errors.contains(" is in use: process \(first.processID) (`"), "\(second)")
    #expect(second.errors.contains("sync --bwlimit 500 --config \(collector.configurationPath)`) has locked "))
    #expect(try await collector.sluice("limit", "ticks", "0").code == 0)
    let ending = try await first.ending()
    #expect(ending.code == 0, "\(ending)")
    #expect(try await collector.isSame("source", "lake/ticks", excluding: ["sub", ".sluice"]) == "same")
  }

  @Test("two profiles beside one another still run at once")
  func beside() async throws {
    let collector = try await Collector()
    try collector.configure([.init(name: "one"), .init(name: "two")])
    try collector.files.write("source/big", bytes: 3_000_000)
    let run = try collector.start("sync", "one", "--bwlimit", "300")
    _ = try await collector.transferring("one", bytes: 20_000)
    #expect(try await collector.sluice("sync", "two").code == 0)
    #expect(run.isRunning)
    #expect(try await collector.sluice("limit", "one", "0").code == 0)
    #expect(try await run.ending().code == 0)
  }
}
