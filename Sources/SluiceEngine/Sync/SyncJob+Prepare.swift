import Foundation
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import Transport

extension SyncJob {
  /// What all stages of a sync share.
  struct Setup: Sendable {
    var rsync: String
    var arguments: UserArguments
    var command: TransferCommand
    /// What the stages share; nil where there is but one.
    var login: SharedLogin?
    /// Where markers wait until what they vouch for has arrived; on the same disk as the data.
    var stagingDirectory: String
  }

  /// Finds the programs, ends a straggler of a dead run, makes the directories.
  func prepare() async throws(SyncAborted) -> Setup {
    guard let rsync = context.machine.locate("rsync") else {
      throw SyncAborted(.failed, Sentences.problem(RunFault.missingProgram("rsync")))
    }
    guard context.machine.locate("ssh") != nil else {
      throw SyncAborted(.failed, Sentences.problem(RunFault.missingProgram("ssh")))
    }
    if let fault = NamedKey.fault(of: profile.source) { throw SyncAborted(.failed, words.problem(fault)) }
    let arguments = UserArguments(profile.rsyncArguments)
    if let refusal = arguments.refusals.first {
      throw SyncAborted(.failed, words.problem(.refusedOption(refusal)))
    }
    if !isDryRun {
      await endStragglers()
      do throws(RunFault) {
        try checkInsideLake()
        try makeDirectories(profile.localPath)
      } catch {
        throw SyncAborted(.failed, Sentences.problem(error))
      }
    }
    let ssh = try sshCommand()
    let command = TransferCommand(
      source: profile.source, userArguments: arguments, localPath: try localPathForRsync(),
      remoteShell: TransportProgram.vector(
        executable: RunLauncher.ownExecutable, runDirectory: journal.directory.path, owner: getpid(),
        limit: context.startLimit, command: ssh.vector),
      cutoff: profile.retentionDays.map { RetentionPlan.cutoff(retentionDays: $0, today: context.today) },
      excludesMarkers: profile.ingest != nil, protectedPaths: protectedPaths())
    return Setup(
      rsync: rsync, arguments: arguments, command: command,
      login: SharedLogin(ssh: ssh, run: journal.directory),
      stagingDirectory: isDryRun ? journal.directory.path + "/markers" : workDirectory.staging)
  }

  /// The profile's directory; for a dry run of one that is not there yet, an empty directory of the run instead.
  private func localPathForRsync() throws(SyncAborted) -> String {
    guard isDryRun, access(profile.localPath, F_OK) != 0 else { return profile.localPath }
    let empty = journal.directory.path + "/empty"
    do throws(RunFault) {
      try makeDirectories(empty)
    } catch {
      throw SyncAborted(.failed, Sentences.problem(error))
    }
    return empty
  }

  /// ssh as all stages start it; `sluice transport` stands in front of it as rsync's remote shell.
  private func sshCommand() throws(SyncAborted) -> SSHCommand {
    var ssh = SSHCommand(source: profile.source)
    if let line = ssh.pinnedKeyLine {
      let path = "\(journal.directory.path)/known_hosts"
      do throws(FileFailure) {
        try AtomicFile.write(Data((line + "\n").utf8), to: path, mode: 0o600, isDurable: false)
      } catch {
        throw SyncAborted(.failed, error.problem)
      }
      ssh.pinnedKeyFile = path
    }
    // A list alone needs no more than its own login.
    if context.machine.sharesLogin, !isDryRun || profile.ingest != nil {
      ssh.controlPath = SharedLogin.path(for: journal.directory)
    }
    return ssh
  }

  /// Directories of the lake's own that lie inside the profile's.
  private func protectedPaths() -> [String] {
    let lake = context.lake
    var own = [lake.stateDirectory, lake.checkpointDirectory, lake.logDirectory, profile.checkpointFile]
    if let ingest = profile.ingest { own.append(ingest.stateDirectory) }
    return own.compactMap { path in
      path.hasPrefix(profile.localPath + "/") ? String(path.dropFirst(profile.localPath.count)) : nil
    }
  }

  /// Refuses a profile's directory that links lead out of the lake; it was checked when the configuration was read,
  /// and may have changed since.
  private func checkInsideLake() throws(RunFault) {
    try makeDirectories(context.lake.rootDirectory)
    guard let root = realPath(context.lake.rootDirectory) else {
      throw .file(FileFailure(.examine, path: context.lake.rootDirectory))
    }
    var existing = profile.localPath
    while access(existing, F_OK) != 0, existing.count > 1 {
      existing = (existing as NSString).deletingLastPathComponent
    }
    guard let real = realPath(existing) else { throw .file(FileFailure(.examine, path: existing)) }
    guard real == root || real.hasPrefix(root == "/" ? "/" : root + "/") else {
      throw .outsideLake(path: profile.localPath, leadsTo: real)
    }
  }

  /// Ends an rsync that a dead run of this profile left behind, before anything is written beside it.
  private func endStragglers() async {
    let (history, name) = (RunHistory(stateDirectory: context.lake.stateDirectory), profile.name)
    let stragglers = await OwnThread.run("sluice files") { history.stragglers(profile: name) }
    for (directory, process) in stragglers where directory.id != journal.directory.id {
      let ended = await OwnThread.run("sluice files") { TransferStopper(process: process).endStraggler() }
      if ended { journal.log(.warning, RunNote.stragglerEnded(processID: process.processID).text) }
      unlink(directory.transferPath)
    }
  }
}

/// The path without links; nil when it does not exist.
func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
