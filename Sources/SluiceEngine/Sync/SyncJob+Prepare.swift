import FoundationEssentials
import Glibc
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
    /// ssh without the transport in front of it.
    var ssh: SSHCommand
    /// What the stages share; nil where each logs in by itself.
    var login: SharedLogin?
    /// The transfer's rsync, while the plan is listed.
    let ahead = StartedAhead()
    /// Where markers wait until what they vouch for has arrived; on the same disk as the data.
    var stagingDirectory: String
  }

  /// Finds the programs, ends a straggler of a dead run, makes the directories.
  func prepare() async throws(SyncAborted) -> Setup {
    guard let rsync = context.machine.locate("rsync") else {
      throw SyncAborted(.failed, Sentences.problem(RsyncProcess.fault(of: "rsync")))
    }
    guard context.machine.locate("ssh") != nil else {
      throw SyncAborted(.failed, Sentences.problem(RsyncProcess.fault(of: "ssh")))
    }
    if let fault = NamedFiles.fault(of: profile.source) { throw SyncAborted(.failed, words.problem(fault)) }
    let arguments = UserArguments(profile.rsyncArguments)
    if let refusal = arguments.refusals.first {
      throw SyncAborted(.failed, words.problem(.refusedOption(refusal)))
    }
    if !isDryRun { await endStragglers() }
    do throws(RunFault) {
      let place = ProfilePlace(lake: context.lake, profile: profile)
      try place.look()
      if !isDryRun { try place.make() }
    } catch {
      throw SyncAborted(.failed, Sentences.problem(error))
    }
    let login: SourceLogin
    do throws(FileFailure) {
      login = try await SourceLogin(
        profile.source, directory: journal.directory.path, isShared: context.machine.sharesLogin)
    } catch {
      throw SyncAborted(.failed, error.problem)
    }
    let command = TransferCommand(
      source: profile.source, userArguments: arguments, localPath: try localPathForRsync(),
      remoteShell: Self.remoteShell(login.ssh, context),
      cutoff: profile.retentionDays.map { RetentionPlan.cutoff(retentionDays: $0, today: context.today) },
      excludesMarkers: profile.ingest != nil, protectedPaths: protectedPaths())
    return Setup(
      rsync: rsync, arguments: arguments, command: command, ssh: login.ssh, login: login.shared,
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

  /// Directories of the lake's own that lie inside the profile's.
  private func protectedPaths() -> [String] {
    let lake = context.lake
    var own = [lake.stateDirectory, lake.checkpointDirectory, lake.logDirectory, profile.checkpointFile]
    if let ingest = profile.ingest { own.append(ingest.stateDirectory) }
    return own.compactMap { path in
      path.hasPrefix(profile.localPath + "/") ? String(path.dropFirst(profile.localPath.count)) : nil
    }
  }

  /// Ends an rsync that a dead run of this profile left behind, before anything is written beside it.
  private func endStragglers() async {
    let (history, name) = (RunHistory(stateDirectory: context.lake.stateDirectory), profile.name)
    let stragglers = await OwnThread.run("sluice files") { history.stragglers(profile: name) }
    for (directory, processes) in stragglers where directory.id != journal.directory.id {
      let isFromHere = directory.record()?.host == journal.record.host
      for process in processes {
        let found = await OwnThread.run("sluice files") {
          TransferStopper(process: process, run: directory).endStraggler(isFromHere: isFromHere)
        }
        if let note = RunNote.straggler(found, processID: process.processID) {
          journal.log(found == .replaced ? .info : .warning, note.text)
        }
      }
      directory.forgetTransfers()
    }
  }
}
