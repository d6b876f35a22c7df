import SluiceCore

/// Why a command does nothing now.
enum Obstacle: Sendable, Equatable {
  case readOnly
  /// The key works on other pages only, at least one.
  case belongs(to: [PageID])
  case nothingToMark, nothingToCopy, noThemes
  case noProfiles, nothingShown
  case noProfile(String)
  /// A profile that was taken out of the configuration while a run of it goes on.
  case notConfigured(String)
  case disabled(String)
  case running(String, RunTask)
  case startingAlready(String)
  case keptForEver(String)
  case notIngested(String)
  case notRunning(String)
  case noRunToLimit(String)
  /// What fails is known when the run has ended.
  case runningStill(String, RunTask)
  case nothingWrong(String)
  /// No profile shown did not end well, or all of them are at it already.
  case nothingFailed
  /// Nothing is known of a run that could be looked at.
  case noRun
  /// The key leads from one open run to another.
  case noOpenRun
  case noFurtherRun(isEarlier: Bool)
  case noLog
  /// All profiles are shown.
  case noFilter
  case noPreview
  /// What is shown is what the last run did, no preview.
  case appliedAlready(RunTask)
  /// A run has ended since the preview was made.
  case oldPreview(RunTask)
  case nothingToApply
  case tooLittleSpace(DiskFit, missing: ByteCount)
  case noMarker
  case invalidMarker(String)

  /// Whether it is a run that goes on, or is about to.
  var isOfRun: Bool {
    switch self {
    case .running, .startingAlready: true
    default: false
    }
  }

  /// The reason as a sentence.
  var sentence: String {
    switch self {
    case .readOnly: "The dashboard is read-only: it was started with --read-only."
    case .belongs(let pages): Self.belongs(to: pages)
    case .nothingToMark: "There is no profile to mark."
    case .nothingToCopy: "There is nothing here to copy."
    case .noThemes: "No themes were found."
    case .noProfiles: "The configuration has no profiles."
    case .nothingShown: "No profile passes the filter; Esc clears it."
    case .noProfile(let name): "There is no profile \(name)."
    case .notConfigured(let name): "\(name) is not in the configuration any more; its run can be stopped or held."
    case .disabled(let name): "\(name) is disabled in the configuration (enabled: false)."
    case .running(let name, let task): "\(name): \(Self.one(task)) is going already; x stops it."
    case .startingAlready(let name): "\(name): a run is queued or starting already."
    case .keptForEver(let name): "\(name) keeps its data for ever (retention_days is 0 or null)."
    case .notIngested(let name): "\(name) has no ingest: in its configuration."
    case .notRunning(let name): "Nothing is running for \(name)."
    case .noRunToLimit(let name):
      "Nothing is running for \(name); its limit at the start is bwlimit: in the file."
    case .runningStill(let name, let task):
      "\(name): \(Self.one(task)) is going; what comes of it is seen when it has ended."
    case .nothingWrong(let name): "Nothing is wrong with \(name) that could be acknowledged."
    case .nothingFailed: "Nothing that is shown has failed and could be tried again."
    case .noRun: "No run of this profile is known yet."
    case .noFilter: "There is no filter to name; / begins one."
    case .noOpenRun: "Enter opens a run; from there this key leads to the one before or after it."
    case .noFurtherRun(let isEarlier): "This is the \(isEarlier ? "oldest" : "newest") run that is known."
    case .noLog: "There is no line of a log to show."
    case .noPreview: "There is no preview to apply; d makes one."
    case .appliedAlready(let task): "This is what the last \(task.name) did; d makes a new preview."
    case .oldPreview(let task):
      "The lake has changed since this preview (\(Self.one(task)) ended); d makes a new one."
    case .nothingToApply: "There is nothing to apply: source and lake agree."
    case .tooLittleSpace(let fit, let missing):
      "This does not fit: \(fit.needed) are needed and \(fit.free) are free, of which \(fit.reserve) stay "
        + "(min_free); \(missing) are missing."
    case .noMarker: "There is no marker to try again."
    case .invalidMarker(let name): "\(name) is no marker: its name has no real date, market or interval."
    }
  }

  private static func one(_ task: RunTask) -> String {
    ("aeiou".contains(task.name.prefix(1)) ? "an " : "a ") + task.name
  }

  private static func belongs(to pages: [PageID]) -> String {
    let names = pages.map { "\($0.title.english) (\($0.number))" }
    if names.count == 1 {
      return "This key belongs to the \(pages[0].title.english) page (\(pages[0].number))."
    }
    return "This key belongs to the \(names.joined(separator: " and ")) pages."
  }
}
