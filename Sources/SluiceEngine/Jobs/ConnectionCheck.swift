import FoundationEssentials
import Glibc
import LakeFiles
import Rsync
import RunRecords
package import SluiceCore
import Synchronization

/// Looks whether a sync of a profile could begin: host key known, login works, rsync there, directory there and readable.
///
/// It logs in as a sync does and asks by rsync itself: what a key restricted to rsync allows, what `~` or a blank in the
/// path means, and what ssh says where it cannot get in, is then the same.
package struct ConnectionCheck: Sendable {
  /// What it found.
  package struct Findings: Sendable {
    /// What was found in order, a sentence each.
    package var lines: [String]
    /// What was not.
    package var problems: [RunProblem]
  }

  /// How long a host may take for an answer, in seconds: servers that look names up may need a minute for the login.
  static let patience = 90.0

  /// How much of what an account says is told.
  private static let toldCharacters = 200

  private let lake: Lake
  private let profile: Profile
  private let patience: Double
  private var words: ConnectionSentences { ConnectionSentences(profile: profile) }

  /// The check of one profile's source.
  package init(lake: Lake, profile: Profile) { self.init(lake: lake, profile: profile, patience: Self.patience) }

  init(lake: Lake, profile: Profile, patience: Double) {
    self.lake = lake
    self.profile = profile
    self.patience = patience
  }

  /// Lists nothing and copies nothing; never asks, never writes at the source.
  package func run() async -> Findings {
    var findings = Findings(lines: [words.heading], problems: [])
    do throws(FileFailure) {
      let place = try TemporaryPlace()
      let login = try await SourceLogin(profile.source, directory: place.path)
      defer { login.shared?.end() }
      if let problem = try await problem(login, place) {
        fail(problem, &findings)
      } else {
        for line in [ConnectionSentences.Finding.reachable, .directory, .rsync] {
          findings.lines.append(words.line(line))
        }
        if let used = try await used(login.ssh) { findings.lines.append(words.line(.used(used))) }
        if let free = try? DiskSpace.free(at: lake.rootDirectory) { findings.lines.append(words.line(.free(free))) }
      }
    } catch {
      fail(error.problem, &findings)
    }
    return findings
  }

  /// Why a sync could not begin; nil when it could.
  private func problem(_ login: SourceLogin, _ place: TemporaryPlace) async throws(FileFailure) -> RunProblem? {
    guard let rsync = RsyncProcess.locate("rsync") else { return Sentences.problem(RsyncProcess.fault(of: "rsync")) }
    guard RsyncProcess.locate("ssh") != nil else { return Sentences.problem(RsyncProcess.fault(of: "ssh")) }
    if let fault = NamedFiles.fault(of: profile.source) { return JobSentences(profile: profile).problem(fault) }
    if let failure = await Self.open(login) { return await self.problem(failure, login) }
    let isLoggedIn = login.shared?.isUp ?? false
    let command = TransferCommand(
      source: profile.source, userArguments: UserArguments(profile.rsyncArguments), localPath: place.path + "/empty",
      remoteShell: login.ssh.vector)
    guard let answer = try await answer(of: [rsync] + command.arguments(for: .probe)) else {
      return words.hung(after: patience, isLoggedIn: isLoggedIn)
    }
    guard
      var failure = TransferFailure(
        .exited(answer.code), standardError: answer.errors, receivedBytes: answer.output.contains("Number of files"),
        isLinkUp: login.shared?.isUp ?? false)
    else { return nil }
    // The directory itself is all that was looked at.
    if failure.meaning == .someFilesFailed { failure.meaning = .remoteDirectoryUnreadable }
    if failure.meaning == .remoteShellChatty, let said = try await refusal(login.ssh) {
      failure.meaning = .accountRefused
      failure.detail = said
    }
    return await self.problem(failure, login)
  }

  /// Logs in as a run's stages do.
  private static func open(_ login: SourceLogin) async -> TransferFailure? {
    await login.shared?.open(says: { _ in }, isStopped: { false }).failure
  }

  private func problem(_ failure: TransferFailure, _ login: SourceLogin) async -> RunProblem {
    var words = TransferSentences(profile: profile, lake: lake, key: KeyFault.of(profile.source))
    if failure.isAboutTheWay { words.destination = await SSHProbe.destination(of: login.ssh) }
    return words.problem(failure)
  }

  /// What an account says that ends instead of running a command; nil for one that runs it, or cannot be asked.
  ///
  /// Logs in once more.
  func refusal() async -> String? {
    do throws(FileFailure) {
      let place = try TemporaryPlace()
      let login = try await SourceLogin(profile.source, directory: place.path)
      defer { login.shared?.end() }
      guard await Self.open(login) == nil else { return nil }
      return try await refusal(login.ssh)
    } catch {
      return nil
    }
  }

  /// What an account says instead of running a command; nil for one that runs it, whatever it prints besides.
  private func refusal(_ ssh: SSHCommand) async throws(FileFailure) -> String? {
    guard let answer = try await answer(of: ssh.running("echo sluice-check")), !answer.output.contains("sluice-check")
    else { return nil }
    let line = (answer.output + answer.errors).split(whereSeparator: \.isNewline).first
    // It is somebody's sentence, or anything at all.
    return line.map { String($0.prefix(Self.toldCharacters)) } ?? ""
  }

  /// Bytes used on the source's disk; nil where the account runs nothing but rsync.
  private func used(_ ssh: SSHCommand) async throws(FileFailure) -> ByteCount? {
    let root = profile.source.remoteRoot
    guard !root.hasPrefix("~") else { return nil }
    let command = ShellLine.text(["df", "-Pk", root]) + " | tail -n 1"
    let fields = try await answer(of: ssh.running(command))?.output.split(separator: " ") ?? []
    return fields.count >= 6 ? Int64(fields[2]).map { ByteCount($0 * 1024) } : nil
  }

  private struct Answer {
    var code: Int32
    var output: String
    var errors: String
  }

  /// Runs a program; nil when it had to be ended because it gave no answer.
  ///
  /// - Important: Kills what it started when the time is over.
  private func answer(of words: [String]) async throws(FileFailure) -> Answer? {
    let (process, isOver) = (ProcessBox(), ProcessBox())
    let limit = Task { [patience] in
      try? await Task.sleep(for: .seconds(patience))
      guard !Task.isCancelled, let found = process.value else { return }
      isOver.value = found
      TransferStopper(process: found, arguments: words).killSession()
    }
    let result = await OwnThread.run("sluice check") { () -> Result<Answer, FileFailure> in
      var (output, errors) = ([UInt8](), [UInt8]())
      do throws(FileFailure) {
        let ending = try Subprocess.run(
          words, environment: RsyncProcess.environment, started: { process.value = $0 },
          output: { output += $0.prefix(65_536 - output.count) }, errors: { errors += $0.prefix(65_536 - errors.count) }
        )
        return .success(
          Answer(
            code: ending.exitCode, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self)))
      } catch {
        return .failure(error)
      }
    }
    limit.cancel()
    let answer = try result.get()
    return isOver.value == nil ? answer : nil
  }

  private func fail(_ problem: RunProblem, _ findings: inout Findings) {
    findings.lines.append(words.line(.problem(problem)))
    findings.problems.append(problem)
  }
}

/// A process, told by one thread and asked for by another.
private final class ProcessBox: Sendable {
  private let held = Mutex<ProcessIdentity?>(nil)

  var value: ProcessIdentity? {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }
}
