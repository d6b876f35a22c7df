/// Which of a profile's live runs is meant.
///
/// One run at most moves a profile's data, for it holds the lock; any number of rehearsals may go beside it.
package enum RunChoice {
  /// The run that the profile's name alone means: the one that moves data, else the newest rehearsal.
  ///
  /// - Parameter records: The runs that are alive, of any profile, in any order.
  /// - Returns: The run to steer, follow or show; nil when none of the profile is alive.
  package static func run(of profile: String, among records: some Sequence<RunRecord>) -> RunRecord? {
    records.lazy.filter { $0.profile == profile }.reduce(nil) { chosen, record in
      chosen.map { isAhead(record, of: $0) ? record : $0 } ?? record
    }
  }

  /// Whether a run takes the place of another where only one can be shown or meant.
  package static func isAhead(_ record: RunRecord, of other: RunRecord) -> Bool {
    record.task.movesData == other.task.movesData ? record.id > other.id : record.task.movesData
  }
}
