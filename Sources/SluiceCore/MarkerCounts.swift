/// How many markers of a profile are in which state.
package struct MarkerCounts: Sendable, Equatable, Codable {
  /// Markers whose files wait to be ingested.
  package var pending = 0
  /// Markers whose files are verified in the warehouse.
  package var ingested = 0
  /// Files put aside with a reason.
  package var quarantinedFiles = 0
  /// The first of them, sorted.
  package var quarantinedNames: [String] = []
  /// Files of which the warehouse did not hold what was sent, when that was last verified.
  package var differingFiles = 0
  /// The first of them, sorted.
  package var differingNames: [String] = []
  /// Files in the warehouse but for rows that were refused, those left out that somebody has accepted.
  package var filesWithRefusedRows = 0
  /// The first of them, sorted.
  package var namesWithRefusedRows: [String] = []
  /// Rows refused of these files.
  package var refusedRows = 0
  /// Pending markers of which the last ingest that looked found no file, oldest first.
  package var markersWithoutFiles: [String] = []
  /// Files taken though their `.CHECKSUM` says otherwise, as somebody decided; sorted by path.
  package var accepted: [AcceptedFile] = []
  /// A sentence when the ledger could not be read: then nothing is known of files put aside, and 0 says nothing.
  package var ledgerProblem: String?
  /// Files that were accepted and are not the same any more; the next ingest looks at them.
  ///
  /// Sorted by path.
  package var changedSinceAccepted: [AcceptedFile] = []
  /// The warehouse's file, which is gone with what was sent; nil where it is there, or nothing was sent.
  package var lostWarehouse: LostWarehouse?
  /// Newest day that is wholly in the warehouse.
  package var newestIngestedDay: CalendarDay?
  /// Why the profile's directory could not be looked at, as a sentence: then nothing here says anything.
  package var directoryProblem: String?

  /// A warehouse's file that is not there, or empty, though rows were sent to it.
  package struct LostWarehouse: Sendable, Equatable, Codable {
    /// Where it should be.
    package var path: String
    /// Whether it is there and holds nothing.
    package var isEmpty: Bool
    /// Files of the profile whose rows are in it, as far as the ledger knows; 1 or more.
    package var files: Int

    /// A file that is gone.
    package init(path: String, isEmpty: Bool, files: Int) {
      (self.path, self.isEmpty, self.files) = (path, isEmpty, files)
    }

    /// What is gone and what to do, without a full stop.
    var sentence: String {
      let what = isEmpty ? "is empty" : "is not there"
      return "the warehouse \(path) \(what), and with it the rows of "
        + "\(TextFormat.counted(files, "file")); if its disk is not mounted, mount it, else ingest again, which sends "
        + "them anew"
    }
  }

  /// A count of markers, unless they could not be seen.
  package func known(markers count: Int) -> Int? { directoryProblem == nil ? count : nil }

  /// A count of files, unless the ledger that tells of them, or the directory, could not be read.
  package func known(files count: Int) -> Int? { ledgerProblem == nil ? known(markers: count) : nil }

  /// How many names of files are kept of each kind.
  package static let namesKept = 5

  /// Counts of a profile without markers.
  package init() {}

  /// Whether something is not in the warehouse as it is in the lake, whatever ran since.
  package var isTroubled: Bool {
    ledgerProblem != nil || lostWarehouse != nil || quarantinedFiles > 0 || differingFiles > 0
      || filesWithRefusedRows > 0 || !markersWithoutFiles.isEmpty || !changedSinceAccepted.isEmpty
  }

  /// Each trouble in words, by the word that machines know it by; none when all is well.
  package var troubles: [(code: String, text: String)] {
    func files(_ count: Int, _ text: String, _ names: [String]) -> String {
      "\(TextFormat.counted(count, "file")) \(text): \(TextFormat.listed(names, of: count))"
    }
    var troubles: [(code: String, text: String)] = []
    // Without the ledger nobody knows of the others: their 0 is no good news.
    if let ledgerProblem { troubles.append(("ledger", ledgerProblem)) }
    if let lostWarehouse { troubles.append(("warehouse-gone", lostWarehouse.sentence)) }
    if quarantinedFiles > 0 {
      let text = "put aside and not in the warehouse as now in the lake"
      troubles.append(("quarantined", files(quarantinedFiles, text, quarantinedNames)))
    }
    if differingFiles > 0 {
      let text = "not in the warehouse as sent, when that was last verified"
      troubles.append(("differing", files(differingFiles, text, differingNames)))
    }
    if filesWithRefusedRows > 0 {
      let rows = TextFormat.counted(refusedRows, "row was", "rows were")
      let text = files(filesWithRefusedRows, "in the warehouse", namesWithRefusedRows)
      troubles.append(("refused-rows", "\(rows) refused of \(text)"))
    }
    if !markersWithoutFiles.isEmpty {
      let markers = TextFormat.counted(markersWithoutFiles.count, "marker")
      troubles.append(
        ("marker-no-files", "\(markers) pending, of which no file is there: \(TextFormat.listed(markersWithoutFiles))"))
    }
    if !changedSinceAccepted.isEmpty {
      let changed = changedSinceAccepted.map(\.path)
      let files = TextFormat.counted(changed.count, "file is", "files are")
      troubles.append(
        ("acceptance-changed", "\(files) not as accepted any more: \(TextFormat.listed(changed))"))
    }
    return troubles
  }
}
