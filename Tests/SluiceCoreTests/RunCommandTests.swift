import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("The commands of a run")
struct RunCommandTests {
  private func events(_ commands: [[String]]) -> [RunEvent] {
    commands.enumerated().map {
      RunEvent(sequence: $0.offset + 1, time: Date(timeIntervalSince1970: 0), kind: .command($0.element))
    }
  }

  private let list = [
    "/usr/bin/rsync", "-rlpt", "--dry-run", "--rsh=/opt/sluice transport --owner 7 -- ssh -T '-oA=b c'", "h:/data/",
    "/l",
  ]

  @Test("are listed each once, by what they were for, an rsync also as it can be started by hand")
  func listed() {
    let login = ["ssh", "-T", "-l", "ops", "--", "h"]
    let transfer = ["rsync", "-a", "h:/data/", "/lake/a b"]
    let commands = RunCommand.list(events([login, list, list, transfer]))
    #expect(commands.map(\.purpose) == ["ssh, login", "rsync, list", "rsync, list, by hand", "rsync, transfer"])
    #expect(commands[0].line == "ssh -T -l ops -- h")
    #expect(commands[2].line == #"/usr/bin/rsync -rlpt --dry-run '--rsh=ssh -T '\''-oA=b c'\''' h:/data/ /l"#)
    #expect(commands[3].line == "rsync -a h:/data/ '/lake/a b'")
    #expect(RunCommand.list([]).isEmpty)
  }

  @Test(
    "a line is taken apart by a shell into the same words",
    arguments: [
      ["plain", "-a", "--x=y", "h:/d", "a@b"],
      ["", " ", "a b", "$HOME", "`x`", "it's", "a\"b", "*", "~", "行情", "a\nb"],
    ])
  func shell(_ words: [String]) async throws {
    let outcome = try await ProcessRunner.run("/bin/sh", ["-c", "printf '%s\\0' " + ShellLine.text(words)])
    let parts = outcome.output.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(Array(parts.dropLast()) == words)
  }
}
