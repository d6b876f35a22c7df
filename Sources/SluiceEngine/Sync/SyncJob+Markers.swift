import Foundation
import LakeFiles
import Rsync
import SluiceCore

extension SyncJob {
  /// Brings the source's markers into the staging directory, before anything of the data is listed: whatever a staged
  /// marker vouches for is at the source by then.
  ///
  /// - Returns: Names of staged markers, none for a profile without ingest; and what kept one from coming.
  func fetchMarkers(_ setup: Setup) async throws(SyncEnd) -> (names: [String], problem: RunProblem?) {
    guard profile.ingest != nil else { return ([], nil) }
    journal.enter(.markers)
    try? FileManager.default.removeItem(atPath: setup.stagingDirectory)
    do throws(RunFault) {
      try makeDirectories(setup.stagingDirectory)
    } catch {
      throw SyncEnd(.failed, Sentences.problem(error))
    }
    var command = setup.command
    command.localPath = setup.stagingDirectory
    let outcome = try await retrying(setup, command.arguments(for: .markers), phase: .markers)
    return (stagedMarkers(setup), listingProblem(outcome))
  }

  private func stagedMarkers(_ setup: Setup) -> [String] {
    DirectoryDescriptor.names(in: setup.stagingDirectory).filter { $0.hasPrefix(Marker.prefix) }.sorted()
  }

  /// Moves the staged markers to where ingest looks for them, each by rename; called only after a transfer without a
  /// fault.
  ///
  /// - Returns: Those that were not there before.
  func publish(_ markers: [String], _ setup: Setup) throws(RunFault) -> [String] {
    guard !markers.isEmpty else { return [] }
    journal.enter(.publishing)
    var new: [String] = []
    for name in markers {
      let target = profile.localPath + "/" + name
      if access(target, F_OK) != 0 { new.append(name) }
      guard rename(setup.stagingDirectory + "/" + name, target) == 0 else {
        throw .file(operation: "publish the marker", path: target, errorNumber: errno)
      }
    }
    if let directory = try? DirectoryDescriptor.open(profile.localPath) { try? AtomicFile.sync(directory) }
    journal.append(.published(new))
    return new
  }
}
