import Foundation
import LakeFiles
import RunRecords
package import SluiceCore

/// The records of a lake's verifications, one small file a profile.
///
/// Writing is for the holder of the profile's lock; reading is for everyone.
package struct VerificationStore: Sendable {
  private let stateDirectory: String

  /// The records of a lake.
  ///
  /// - Parameter stateDirectory: The lake's.
  package init(stateDirectory: String) { self.stateDirectory = stateDirectory }

  /// What verifications have found of a profile; nothing when there was none, or its record cannot be read.
  package func status(of profile: Profile) -> VerificationStatus {
    (try? load(profile))?.status ?? VerificationStatus()
  }

  /// The record of a profile, an empty one where there is none or it speaks of another directory.
  ///
  /// - Throws: When it is there and cannot be read; `form` when a newer program wrote it.
  func load(_ profile: Profile) throws(FileFailure) -> VerificationRecord {
    do throws(FileFailure) {
      let record = try JSONFile.read(VerificationRecord.self, at: path(profile))
      if record.localPath == profile.localPath { return record }
    } catch {
      guard error.isMissing else { throw error }
    }
    return VerificationRecord(localPath: profile.localPath)
  }

  /// Adds what a verification has found.
  ///
  /// - Throws: When the record cannot be written, or is of a newer program.
  func add(_ run: VerificationRecord.Run, of profile: Profile) throws(FileFailure) {
    var record = VerificationRecord(localPath: profile.localPath)
    do throws(FileFailure) {
      record = try load(profile)
    } catch {
      // A damaged record is replaced: it said nothing any more. One that may not be read is left.
      guard error.operation == .decode else { throw error }
    }
    record.take(run)
    try write(record, profile)
  }

  /// Forgets findings of files that a run has fetched again, or that retention has deleted.
  ///
  /// - Parameter changes: The run's list of files; asked for only when there is a finding.
  /// - Throws: When the record cannot be written.
  func settle(
    _ profile: Profile, after result: RunResult, changes: () -> [FileChange]
  ) throws(FileFailure) {
    let hasBrought = result.transferOutcome == .success && result.filesTransferred + result.filesDeleted > 0
    guard hasBrought || result.cleanup?.deletedDirs ?? 0 > 0,
      var record = try? load(profile), !record.findings.isEmpty
    else { return }
    let before = record
    let gone = Set((result.cleanup?.directories ?? []).map { $0 + "/" })
    // What a transfer that ended badly has brought is not known to be on the disk.
    let changed = Set(
      hasBrought ? changes().filter { [.create, .update, .delete].contains($0.kind) }.map(\.path) : [])
    record.settle { finding in
      let top = finding.path.firstIndex(of: "/").map { String(finding.path[...$0]) }
      return changed.contains(finding.path) || top.map(gone.contains) ?? false
    }
    if record != before { try write(record, profile) }
  }

  private func write(_ record: VerificationRecord, _ profile: Profile) throws(FileFailure) {
    let reserve = ReserveFile(stateDirectory: stateDirectory)
    try reserve.retryingWhenFull { () throws(FileFailure) in
      try AtomicFile.createDirectory(AtomicFile.split(path(profile)).directory)
      try JSONFile.write(record, to: path(profile))
    }
  }

  private func path(_ profile: Profile) -> String { "\(stateDirectory)/verified/\(profile.name).json" }
}
