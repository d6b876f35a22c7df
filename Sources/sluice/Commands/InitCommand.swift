import ArgumentParser
import Foundation
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice init`: writes a lake file by asking.
struct InitCommand: ParsableCommand, EntryThreadCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a lake file by asking a few questions.")

  @Option(name: .long, help: "Where to write it.")
  var output: String = "config/data_lake.yml"

  func runOnEntryThread() -> Int32 {
    do {
      guard !FileManager.default.fileExists(atPath: output) else {
        throw CommandFailure(.fileExists(output))
      }
      let text = try questions()
      let directory = (output as NSString).deletingLastPathComponent
      if !directory.isEmpty {
        try AtomicFile.createDirectory(directory)
      }
      let path = (output as NSString).isAbsolutePath ? output : FileManager.default.currentDirectoryPath + "/" + output
      try AtomicFile.write(Data(text.utf8), to: path)
      Console.shared.print(
        "", "Wrote \(output). Next:", "  sluice validate --connect --config \(output)",
        "  sluice sync --dry-run --config \(output)")
      return 0
    } catch {
      return CommandRunner.finish(error)
    }
  }

  private func questions() throws -> String {
    let root = try ask("Directory of the lake (absolute)", default: NSHomeDirectory() + "/lake")
    let name = try ask("Name of the first profile", default: "cex_ticks")
    let host = try ask("Host of the collector", default: nil)
    let port = try ask("SSH port", default: "22")
    let user = try ask("User there", default: NSUserName())
    let key = try ask("Private key file (empty: the agent or ssh_config)", default: "")
    let remote = try ask("Directory there", default: nil)
    let days = try ask("Days to keep (0: for ever)", default: "30")
    let isKlines = try ask("Does it hold Binance klines with markers to ingest? (y/n)", default: "n")
    return """
      data_lake:
        root_dir: \(quoted(root))
        profiles:
          \(quoted(name)):
            source:
              type: ssh
              host: \(quoted(host))
              port: \(port)
              user: \(quoted(user))
              ssh_key: \(key.isEmpty ? "null" : quoted(key))
              remote_root: \(quoted(remote))
            local_subdir: \(quoted(name))
            retention_days: \(days)
            rsync_args: "-a --partial"
      \(isKlines.lowercased().hasPrefix("y") ? "      ingest: {format: binance-klines}\n" : "")
      """
  }

  private func ask(_ question: String, default value: String?) throws -> String {
    while true {
      Console.shared.print(question + (value.map { $0.isEmpty ? ":" : " [\($0)]:" } ?? ":"))
      guard let line = readLine() else {
        throw CommandFailure(.inputEnded)
      }
      let answer = line.trimmingCharacters(in: .whitespaces)
      if !answer.isEmpty { return answer }
      if let value { return value }
    }
  }

  /// A YAML string in single quotes, in which only the quote itself is special.
  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
