import Foundation
import LakeFiles
import Rsync
import RunRecords
package import SluiceCore

/// Logs in to a profile's host and looks: reachable, host key known, directory there and readable, rsync there.
package struct ConnectionCheck: Sendable {
  /// What it found.
  package struct Findings: Sendable {
    /// What was found in order, a sentence each.
    package var lines: [String]
    /// What was not.
    package var problems: [RunProblem]
  }

  private let lake: Lake
  private let profile: Profile
  private var words: ConnectionSentences { ConnectionSentences(profile: profile) }

  /// The check of one profile's source.
  package init(lake: Lake, profile: Profile) {
    self.lake = lake
    self.profile = profile
  }

  /// Runs one harmless command there; never asks, never writes at the source.
  package func run() async -> Findings {
    var findings = Findings(lines: [words.heading], problems: [])
    do {
      let (status, output, errors) = try await login()
      if let failure = TransferFailure(.exited(status), standardError: errors, receivedBytes: !output.isEmpty),
        !output.contains("sluice-check")
      {
        let words = TransferSentences(profile: profile, lake: lake, key: KeyFault.of(profile.source))
        fail(words.problem(failure), &findings)
        return findings
      }
      read(output, &findings)
    } catch {
      fail(Sentences.problem(RunFault.missingProgram("ssh")), &findings)
    }
    return findings
  }

  private func login() async throws -> (Int32, String, String) {
    var ssh = SSHCommand(source: profile.source)
    ssh.features = await SSHProbe.features()
    let keyFile = NSTemporaryDirectory() + "/sluice-known-hosts-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    defer { unlink(keyFile) }
    if let line = ssh.pinnedKeyLine {
      try AtomicFile.write(Data((line + "\n").utf8), to: keyFile, mode: 0o600)
      ssh.pinnedKeyFile = keyFile
    }
    var environment = ProcessInfo.processInfo.environment
    for (name, value) in ["LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never"] { environment[name] = value }
    let answer = try await Subprocess.answer(
      of: ssh.running(Self.question(profile.source.remoteRoot)), environment: environment)
    return (answer.ending.exitCode, answer.output, answer.errors)
  }

  /// One line for the remote shell; the path in single quotes, each of its own quotes doubled the shell's way.
  private static func question(_ root: String) -> String {
    let quoted = "'" + root.replacing("'", with: "'\\''") + "'"
    return "echo sluice-check; test -d \(quoted) && echo directory; test -r \(quoted) && echo readable; "
      + "command -v rsync >/dev/null && echo rsync; df -Pk \(quoted) 2>/dev/null | tail -n 1"
  }

  private func read(_ output: String, _ findings: inout Findings) {
    let lines = output.split(separator: "\n").map(String.init)
    findings.lines.append(words.line(.reachable))
    if lines.first != "sluice-check" {
      fail(problem(.remoteShellChatty), &findings)
    }
    if !lines.contains("directory") {
      fail(problem(.remoteDirectoryMissing), &findings)
    } else if !lines.contains("readable") {
      fail(problem(.remoteDirectoryUnreadable), &findings)
    } else {
      findings.lines.append(words.line(.directory))
    }
    if lines.contains("rsync") {
      findings.lines.append(words.line(.rsync))
    } else {
      fail(problem(.remoteRsyncMissing), &findings)
    }
    if let fields = lines.last?.split(separator: " "), fields.count >= 6, let used = Int64(fields[2]) {
      findings.lines.append(words.line(.used(ByteCount(used * 1024))))
    }
    if let free = try? DiskSpace.free(at: lake.rootDirectory) { findings.lines.append(words.line(.free(free))) }
  }

  private func problem(_ meaning: TransferFailure.Meaning) -> RunProblem {
    TransferSentences(profile: profile, lake: lake).problem(TransferFailure(meaning: meaning))
  }

  private func fail(_ problem: RunProblem, _ findings: inout Findings) {
    findings.lines.append(words.line(.problem(problem)))
    findings.problems.append(problem)
  }
}
