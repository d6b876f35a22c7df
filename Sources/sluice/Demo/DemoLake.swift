import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// A throwaway lake with its own collector host, for trying everything.
final class DemoLake {
  let directory: String
  let configurationPath: String
  private let server: DemoServer

  /// Makes data, server and configuration under the temporary directory.
  ///
  /// - Parameter rate: KB/s of the larger profile, slow enough to be watched; nil does not limit it.
  /// - Throws: When something is missing or cannot be written.
  init(rate: Int?) throws {
    let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array((base + "/sluice-demo-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw RunFault.file(FileFailure(.create, path: base + "/sluice-demo", code: errno))
    }
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    configurationPath = directory + "/data_lake.yml"
    do {
      server = try DemoServer(directory: directory + "/ssh")
      try DemoData(
        sourceDirectory: directory + "/source", lakeDirectory: directory + "/lake", today: CalendarDay(Date())
      ).make()
      try Data(Self.configuration(directory, server, rate).utf8).write(to: URL(fileURLWithPath: configurationPath))
    } catch {
      try? FileManager.default.removeItem(atPath: directory)
      throw error
    }
  }

  /// Ends what still runs in the lake, the server, and removes everything.
  ///
  /// - Important: Deletes the demo's directory.
  func remove(_ lake: Lake) {
    let stateDirectory = lake.stateDirectory
    let history = RunHistory(stateDirectory: stateDirectory)
    for live in history.liveRuns() {
      try? live.directory.controlFile.update {
        $0.stop = true
        $0.stoppedBy = "the demo's end"
      }
    }
    let deadline = Date().addingTimeInterval(10)
    while !history.liveRuns().isEmpty, Date() < deadline { poll(nil, 0, 50) }
    server.stop()
    try? FileManager.default.removeItem(atPath: directory)
    // What this machine remembers of a lake is kept elsewhere.
    unlink(LakeIdentity(lake: lake, environment: ProcessInfo.processInfo.environment).knownPath)
  }

  private static func configuration(_ directory: String, _ server: DemoServer, _ rate: Int?) -> String {
    let source = """
              type: ssh
              host: 127.0.0.1
              port: \(server.port)
              user: \(ProcessInfo.processInfo.userName)
              ssh_key: \(server.userKey)
              known_hosts: "\(server.hostKey)"
      """
    return """
      # The lake of `sluice demo`: three profiles fed by a throwaway sshd on this machine.
      data_lake:
        root_dir: \(directory)/lake
        guard: {max_delete_percent: 50, min_free: 64M}
        profiles:
          cex_ticks:
            source:
      \(source)
              remote_root: \(directory)/source/cex_tickers
            local_subdir: cex_ticks
            retention_days: \(DemoData.retentionDays)
            rsync_args: "-a --partial"
            stale_after: 26h\(rate.map { "\n      bwlimit: \($0)" } ?? "")
          klines:
            source:
      \(source)
              remote_root: \(directory)/source/klines
            local_subdir: klines
            retention_days: 0
            rsync_args: "-a --partial"
            ingest: {format: binance-klines}
          dex_candles:
            enabled: false
            source:
      \(source)
              remote_root: \(directory)/source/dex_candles
            local_subdir: dex_candles
            retention_days: 60
            rsync_args: "-a --partial"

      """
  }
}
