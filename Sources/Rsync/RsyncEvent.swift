package import SluiceCore

/// Something rsync said on its standard output.
package enum RsyncEvent: Sendable, Equatable {
  case progress(TransferProgress)
  /// A finished file, a deletion or an entry whose attributes changed; in a dry run, one that would.
  case change(FileChange)
  /// The whole block of figures at the end; comes once.
  case statistics(TransferStatistics)
  /// Every file that comes was listed, and every deletion but those that come after the transfer (`--debug=recv1`).
  case listed
  /// Any other line: `created directory …`, `skipping non-regular file …`, `IO error encountered …`.
  case text(String)
}

/// One record of `--info=progress2`.
///
/// rsync's rate and time are left out: the time means two different things and the rate jumps, so sluice computes its
/// own (measured with 3.2.7 and 3.5.0).
package struct TransferProgress: Sendable, Equatable {
  /// Bytes looked at in this run, those already present in a resumed file included.
  package var bytes: Int64
  /// Share of the whole tree, 0 to 100; not the progress of this run.
  package var percent: Int
  /// Regular files transferred so far (`xfr#`); nil in records from inside a file.
  package var filesTransferred: Int?
  /// Entries not looked at yet.
  package var left: Int?
  /// Entries of the list.
  package var total: Int?
  /// Whether the list still grows (`ir-chk`), so that `total` is no total yet.
  package var isListGrowing: Bool

  /// A record with these figures; see the properties for units and ranges.
  package init(
    bytes: Int64, percent: Int, filesTransferred: Int? = nil, left: Int? = nil, total: Int? = nil,
    isListGrowing: Bool = false
  ) {
    self.bytes = bytes
    self.percent = percent
    self.filesTransferred = filesTransferred
    self.left = left
    self.total = total
    self.isListGrowing = isListGrowing
  }
}

/// The block of `--info=stats2`.
package struct TransferStatistics: Sendable, Equatable {
  /// Entries of the source's list: files, directories, links.
  package var entries = 0
  /// Regular files of the source's list, after the filters.
  package var regularFiles = 0
  /// Entries of any kind that are new here; in a dry run, would be.
  package var created = 0
  /// Everything deleted here; in a dry run, what would be.
  package var deleted = 0
  /// Regular files among the deleted.
  package var deletedFiles = 0
  /// Regular files that were touched, new or updated; in a dry run, would be.
  package var filesTransferred = 0
  /// Bytes of all files of the source's list.
  package var totalBytes: Int64 = 0
  /// Full size of the files that were touched; the plan's bytes in a dry run.
  package var transferredBytes: Int64 = 0
  /// New payload; 0 in a dry run.
  package var literalBytes: Int64 = 0
  /// Payload that was here already.
  package var matchedBytes: Int64 = 0
  /// Bytes sent to the source's rsync.
  package var wireBytesSent: Int64 = 0
  /// Bytes received from the source's rsync.
  package var wireBytesReceived: Int64 = 0

  /// A block of zeros.
  package init() {}
}
