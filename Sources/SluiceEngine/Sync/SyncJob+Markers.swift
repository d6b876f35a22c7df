import FoundationEssentials
import Glibc
import LakeFiles
import Rsync
import RunRecords
import SluiceCore

extension SyncJob {
  /// Brings the source's markers into the staging directory, before anything of the data is listed: whatever a staged
  /// marker vouches for is at the source by then.
  ///
  /// - Returns: Names of staged markers, none for a profile without ingest; and what kept one from coming.
  func fetchMarkers(_ setup: Setup) async throws(SyncAborted) -> (names: [String], problem: RunProblem?) {
    guard profile.ingest != nil else { return ([], nil) }
    journal.enter(.markers)
    try? FileManager.default.removeItem(atPath: setup.stagingDirectory)
    do throws(RunFault) {
      try makeDirectories(setup.stagingDirectory)
    } catch {
      throw SyncAborted(.failed, Sentences.problem(error))
    }
    var command = setup.command
    command.localPath = setup.stagingDirectory
    let outcome = try await retrying(
      setup, command.arguments(for: .markers), phase: .markers,
      prepare: { run in
        if !isDryRun { run.begun = { setup.ahead.startPlan(context, setup, planCommand(setup)) } }
      })
    do throws(FileFailure) {
      return (try Self.staged(in: setup.stagingDirectory), listingProblem(outcome))
    } catch {
      throw SyncAborted(.failed, error.problem)
    }
  }

  /// The markers in a staging directory, sorted.
  ///
  /// - Throws: When it cannot be listed: markers that were not seen are not none, and a sync without them is no success.
  static func staged(in directory: String) throws(FileFailure) -> [String] {
    let entries = try DirectoryDescriptor.open(directory, followingLinks: true).entries()
    return entries.compactMap(\.name.text).filter { $0.hasPrefix(Marker.prefix) }.sorted()
  }

  /// Whether a staged file is a marker, and not one by the beginning of its name alone: those are brought, and the ingest
  /// names them.
  private static func isMarker(_ name: String, in directory: String) -> Bool {
    Marker(name: name) != nil && (try? FileStatus(at: "\(directory)/\(name)"))?.kind == .file
  }

  /// Moves the staged markers to where ingest looks for them, each by rename; called only after a transfer without a
  /// fault.
  ///
  /// - Throws: `SyncAborted` with the first marker that cannot be put in place, or when the disk refuses them.
  func publish(_ markers: [String], _ setup: Setup, in directory: DirectoryDescriptor) throws(SyncAborted) {
    guard !markers.isEmpty else { return }
    journal.enter(.publishing)
    var new: [String] = []
    // Those that came before one that could not are published all the same.
    defer { journal.append(.published(new)) }
    for name in markers {
      let target = profile.localPath + "/" + name
      let isNew = access(target, F_OK) != 0 && Self.isMarker(name, in: setup.stagingDirectory)
      guard rename(setup.stagingDirectory + "/" + name, target) == 0 else {
        let failure = FileFailure(.rename, path: target)
        throw SyncAborted(.failed, words.problem(.unpublishedMarker(failure)))
      }
      if isNew { new.append(name) }
    }
    do throws(FileFailure) {
      try AtomicFile.sync(directory)
    } catch {
      throw SyncAborted(.failed, error.problem)
    }
  }
}
