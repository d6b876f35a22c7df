import FoundationEssentials
import Glibc
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

  /// What verifications have found of a profile; nothing when there was none, and why when the record cannot be read.
  package func status(of profile: Profile) -> VerificationStatus {
    do throws(FileFailure) {
      return try load(profile).status
    } catch {
      var status = VerificationStatus()
      status.problem = "What verifications have found is not known: \(error)."
      return status
    }
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

  /// Forgets findings of files that a run has fetched again and that are right in themselves now, or that are gone; after
  /// an ingest also those of files that are wrong in themselves alone, once they are accepted or other ones.
  ///
  /// That rsync has touched a file says nothing of what is in it: the source may have sent the same bad bytes. So each is
  /// read once more. Blocks for as long as that takes.
  ///
  /// - Parameters:
  ///   - accepted: The hashes of files that may differ from their `.CHECKSUM`, by path; nil when that is not known, which
  ///     leaves all findings. Asked for, like the changes, only when there is one.
  ///   - changes: The run's list of files.
  /// - Throws: When the record cannot be written.
  func settle(
    _ profile: Profile, after result: RunResult, accepted: () -> [String: String]?, changes: () -> [FileChange]
  ) throws(FileFailure) {
    let hasBrought = result.transferOutcome == .success && result.filesTransferred + result.filesDeleted > 0
    guard hasBrought || result.cleanup?.deletedDirs ?? 0 > 0 || result.ingest != nil,
      var record = try? load(profile), !record.findings.isEmpty, let accepted = accepted()
    else { return }
    let before = record
    let gone = Set((result.cleanup?.directories ?? []).map { $0 + "/" })
    // What a transfer that ended badly has brought is not known to be on the disk.
    let changed = Dictionary(
      hasBrought ? changes().map { ($0.path, $0.kind) } : [], uniquingKeysWith: { $1 == .attributes ? $0 : $1 })
    let words = VerifySentences(profile: profile)
    let directory = try? DirectoryDescriptor.open(profile.localPath, followingLinks: true)
    let check = directory.map { SelfCheck($0, accepted: accepted) }
    record.settle { finding in
      let top = finding.path.firstIndex(of: "/").map { String(finding.path[...$0]) }
      if top.map(gone.contains) ?? false || changed[finding.path] == .delete { return nil }
      let brought = [finding.path, finding.path + ChecksumFile.suffix].filter {
        [.create, .update].contains(changed[$0])
      }
      // Another sum beside it may make a damaged file right, but not one that differs from the source's.
      let isBrought = brought.contains(finding.path) || !brought.isEmpty && finding.kind == .damaged
      let mayBeMended =
        finding.kind == .damaged && result.ingest != nil
        && (accepted[finding.path] != nil || Self.hasChanged(finding.path, in: directory, since: before.lastEnded))
      guard isBrought || mayBeMended, let check else { return finding }
      guard case .bad(let fault) = check.check(FileName(finding.path)) else { return nil }
      guard isBrought else { return finding }
      return words.finding(finding.path, VerifyFindings.File(byItself: fault, source: .same))
    }
    if record != before { try write(record, profile) }
  }

  /// Whether a file's entry was changed after a verification: only then a look at it may say something else.
  private static func hasChanged(_ path: String, in directory: DirectoryDescriptor?, since end: Date?) -> Bool {
    guard let end, let status = try? directory?.status(of: FileName(path)) else { return false }
    return Double(status.changed) > end.timeIntervalSince1970 * 1e9
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
