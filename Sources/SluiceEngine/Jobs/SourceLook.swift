import FoundationEssentials
import LakeConfiguration
import LakeFiles
import Rsync
import RunRecords
package import SluiceCore

/// What there is at a source before anything of it is mirrored: the host's key, the directories, and what they hold.
///
/// It goes there as a sync does, by rsync: what a key restricted to rsync allows is then the same. Copies nothing and
/// writes nothing there.
package struct SourceLook: Sendable {
  /// What was found, or why nothing was.
  package enum Finding<Value: Sendable>: Sendable {
    case found(Value)
    case problem(RunProblem)
  }

  /// Bytes of a listing that are read; a directory of 100,000 entries fits.
  private static let listingBytes = 16 << 20

  private let lake: Lake
  private let profile: Profile
  private let place: TemporaryPlace
  private var source: Source { profile.source }

  /// A look at a profile's source.
  ///
  /// - Parameter place: Where a pinned key lies meanwhile.
  package init(lake: Lake, profile: Profile, place: TemporaryPlace) {
    self.lake = lake
    self.profile = profile
    self.place = place
  }

  /// Where this machine's ssh goes for a host; nil when it does not say.
  package static func destination(of source: Source) async -> (port: Int, isBehindProxy: Bool)? {
    await SSHProbe.destination(of: SSHCommand(source: source)).map { ($0.port, $0.isBehindProxy) }
  }

  /// The key that the host shows; nobody has said yet that it is its own.
  package func hostKey() async -> Finding<HostKey> {
    let path = place.path + "/host_key-\(UInt32.random(in: 0...UInt32.max))"
    do throws(FileFailure) {
      var ssh = SSHCommand(source: source)
      ssh.features = await SSHProbe.features()
      let answer = try await Subprocess.answer(
        of: ssh.askingHostKey(into: path), environment: RsyncProcess.environment)
      let text = (try? JSONFile.contents(of: path, limit: 65_536)).map { String(decoding: $0, as: UTF8.self) }
      if let key = text.flatMap(SSHCommand.key(inFile:)).flatMap(HostKey.init) { return .found(key) }
      return .problem(await problem(answer, ssh, isLogin: true))
    } catch {
      return .problem(error.problem)
    }
  }

  /// Whether the user's own known_hosts has a host's key; nil when it has none for it.
  package func isKnown(_ key: HostKey) async -> Bool? {
    guard let goal = await SSHProbe.destination(of: SSHCommand(source: source)) else { return nil }
    let name = goal.keyName ?? (goal.port == 22 ? goal.host : "[\(goal.host)]:\(goal.port)")
    let file = goal.knownHostsFile.map { ["-f", Self.expanded($0)] } ?? []
    let words = ["ssh-keygen", "-F", name] + file
    guard let answer = try? await Subprocess.answer(of: words, environment: RsyncProcess.environment) else {
      return nil
    }
    let keys = answer.output.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
      .compactMap { HostKey($0.split(separator: " ").dropFirst().joined(separator: " ")) }
      .filter { $0.kind == key.kind }
    return keys.isEmpty ? nil : keys.contains(key)
  }

  private static func expanded(_ path: String) -> String {
    ConfigurationPlaces.expandingHome(path, environment: ProcessInfo.processInfo.environment)
  }

  /// The public half of a private key, for `authorized_keys`; nil when it has a passphrase and no `.pub` beside it.
  package static func publicHalf(of path: String) async -> String? {
    let beside = (try? JSONFile.contents(of: path + ".pub", limit: 65_536)).map { String(decoding: $0, as: UTF8.self) }
    if let line = beside?.split(whereSeparator: \.isNewline).first { return String(line) }
    let words = ["ssh-keygen", "-y", "-P", "", "-f", path]
    guard let answer = try? await Subprocess.answer(of: words, environment: RsyncProcess.environment),
      answer.ending.exitCode == 0
    else { return nil }
    return answer.output.split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// The account's own directory; nil where it runs nothing but rsync.
  package func home() async -> String? {
    guard let login = try? await login(),
      let answer = try? await Subprocess.answer(of: login.running("pwd"), environment: RsyncProcess.environment)
    else { return nil }
    let lines = answer.output.split(whereSeparator: \.isNewline)
    guard answer.ending.exitCode == 0, lines.count == 1, lines[0].hasPrefix("/") else { return nil }
    return String(lines[0])
  }

  /// What is in the source's directory.
  package func listing() async -> Finding<SourceListing> {
    switch await listed(.listing) {
    case .found(let entries): .found(SourceListing(entries))
    case .problem(let problem): .problem(problem)
    }
  }

  /// The directories with klines of a market below the source's, as the exchange's own tree has them; none is no fault.
  package func klineDirectories() async -> [String] {
    guard case .found(let entries) = await listed(.layout) else { return [] }
    return entries.filter { $0.kind == .directory && $0.path.hasSuffix("ly/klines") }.map(\.path).sorted()
  }

  private func listed(_ stage: TransferCommand.Stage) async -> Finding<[ListedEntry]> {
    do throws(FileFailure) {
      guard let rsync = RsyncProcess.locate("rsync") else {
        return .problem(Sentences.problem(RunFault.missingProgram("rsync")))
      }
      let ssh = try await login()
      let command = TransferCommand(
        source: source, userArguments: UserArguments(""), localPath: place.path + "/empty", remoteShell: ssh.vector)
      let answer = try await Subprocess.answer(
        of: [rsync] + command.arguments(for: stage), environment: RsyncProcess.environment, limit: Self.listingBytes)
      // Entries that may not be read are named, and the others listed.
      if answer.ending.exitCode == 0 || answer.ending.exitCode == 23 && !answer.output.isEmpty {
        return .found(ListedEntry.all(in: answer.output))
      }
      return .problem(await problem(answer, ssh))
    } catch {
      return .problem(error.problem)
    }
  }

  private func login() async throws(FileFailure) -> SSHCommand {
    try await SourceLogin(source, directory: place.path, isShared: false).ssh
  }

  private func problem(_ answer: Subprocess.Answer, _ ssh: SSHCommand, isLogin: Bool = false) async -> RunProblem {
    var words = TransferSentences(profile: profile, lake: lake, key: KeyFault.of(source))
    guard
      var failure = TransferFailure(
        .exited(answer.ending.exitCode), standardError: answer.errors, receivedBytes: !answer.output.isEmpty,
        isLogin: isLogin)
    else { return Sentences.problem(RunFault.missingProgram("ssh")) }
    if failure.meaning == .someFilesFailed { failure.meaning = .remoteDirectoryUnreadable }
    if failure.isAboutTheWay { words.destination = await SSHProbe.destination(of: ssh) }
    return words.problem(failure)
  }
}
