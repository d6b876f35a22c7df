import FoundationEssentials
import SluiceCore
import SluiceEngine

/// How long a source's data is to be kept, by what is there.
struct RetentionProposal {
  /// 0 is for ever.
  var days: Int
  /// What was found, for the person who decides; nil when nothing speaks for any number.
  var words: String?

  /// - Parameters:
  ///   - listing: What the directory at the source holds; nil when nobody looked.
  ///   - isKlines: Whether it is a tree of klines, in which no directory has a day.
  init(_ listing: SourceListing?, isKlines: Bool, today: CalendarDay = CalendarDay(Date())) {
    days = isKlines ? 0 : 30
    guard let listing else { return }
    guard let first = listing.dated.first, let last = listing.dated.last else {
      days = 0
      words = "No directory there has a day at the end of its name, so there is nothing that retention would delete."
      return
    }
    let series = Set(listing.dated.map(\.series)).count
    let age = max(0, today.daysSinceEpoch - first.day.daysSinceEpoch)
    // Whole months, so that what is there now is kept and fetched.
    days = max(30, (age + 29) / 30 * 30)
    words =
      "\(TextFormat.counted(listing.dated.count, "dated directory")) of \(TextFormat.counted(series, "series", "series")), "
      + "\(first.day) to \(last.day): with \(TextFormat.counted(days, "day")) all that is there is kept. "
      + "What is older is neither fetched nor kept."
  }
}
