import Rsync
import SluiceCore

/// Reads one profile of a lake file.
struct ProfileReader {
  let environment: [String: String]
  /// Absolute; where `local_subdir` begins.
  let rootDirectory: String
  let checkpointDirectory: String
  /// The lake's own, for profiles that do not set theirs.
  let stallTimeout: Duration
  let retry: RetryPolicy
  let schedule: ScheduleReader
  /// Nearly all profiles of a lake have the same options.
  private let knownArguments = KnownArguments()

  /// The profile, or nil when it cannot be used; every mistake is reported either way.
  func profile(named name: String, _ section: ConfigurationSection) -> Profile? {
    let isNamed = hasUsableName(name, section)
    let reader = SourceReader(environment: environment)
    let source = section.section("source", isRequired: true).flatMap(reader.source)
    let subdirectory = section.relativePath("local_subdir", isRequired: true, below: "root_dir")
    let localPath = "\(rootDirectory)/\(subdirectory ?? "")"
    let arguments = rsyncArguments(section)
    let file = section.absolutePath("checkpoint_file", environment: environment)
    let result: Profile? =
      if let source, let subdirectory, isNamed {
        Profile(
          name: name, source: source, localSubdirectory: subdirectory, localPath: localPath,
          checkpointFile: file ?? "\(checkpointDirectory)/\(name).json")
      } else { nil }
    var profile = result ?? placeholder(name)
    profile.rsyncArguments = arguments
    profile.followsDeletions = knownArguments[arguments].deletes
    readOptions(section, into: &profile)
    section.finish()
    return result == nil ? nil : profile
  }

  /// Reads `retry`, each key over the given policy's.
  static func retry(_ section: ConfigurationSection?, over policy: RetryPolicy) -> RetryPolicy {
    guard let section else { return policy }
    var result = policy
    result.attempts = section.integer("attempts", in: 0...1000, "a number of retries") ?? policy.attempts
    result.delay = section.duration("delay") ?? policy.delay
    result.maxDelay = section.duration("max_delay") ?? max(policy.maxDelay, result.delay)
    if result.maxDelay < result.delay { section.fail("max_delay", "must not be less than delay") }
    section.finish()
    return result
  }

  /// Reads rsync options; what may not be used is reported word by word.
  private func rsyncArguments(_ section: ConfigurationSection) -> String {
    let fallback = "-az --partial --inplace"
    guard let text = section.text("rsync_args") else {
      if case .present = section.field("rsync_args") { return "" }
      if !section.has("rsync_args") { warn(knownArguments[fallback], section) }
      return section.isNull("rsync_args") ? "" : fallback
    }
    let arguments = knownArguments[text]
    for refusal in arguments.refusals {
      section.fail("rsync_args", "\(section.shown(refusal.word)) cannot be used: \(refusal.reason)")
    }
    warn(arguments, section)
    return text
  }

  private func warn(_ arguments: UserArguments, _ section: ConfigurationSection) {
    for note in arguments.notes where note.isWarning { section.warn("rsync_args", "\(note.word): \(note.text)") }
  }

  private func readOptions(_ section: ConfigurationSection, into profile: inout Profile) {
    profile.isEnabled = section.flag("enabled") ?? true
    let days = section.integer("retention_days", in: 0...36_500, "a number of days")
    profile.retentionDays = section.isNull("retention_days") || days == 0 ? nil : days ?? 30
    readLimit(section, into: &profile)
    profile.staleAfter = section.duration("stale_after")
    profile.dataStaleAfter = section.duration("data_stale_after")
    profile.schedule = schedule.schedule(section)
    profile.keepVerified = section.duration("keep_verified")
    profile.lanes = lanes(section) ?? profile.lanes
    profile.stallTimeout = section.duration("stall_timeout") ?? stallTimeout
    profile.retry = Self.retry(section.section("retry"), over: retry)
    profile.ingest = section.section("ingest").map { ingest($0, localPath: profile.localPath) }
    profile.expectations = ExpectationReader(hasKlines: section.has("ingest")).expectations(section)
  }

  private func readLimit(_ section: ConfigurationSection, into profile: inout Profile) {
    let what = "a number of KB/s, 0 to 100,000,000, a rate like 2M, or a timetable like \"08:00,2M 19:00,off\""
    guard let text = section.text("bwlimit", as: what) else { return }
    if text.contains(",") {
      profile.bandwidthTimetable = BandwidthTimetable(text)
      if profile.bandwidthTimetable == nil { section.fail("bwlimit", "must be \(what), not \(section.shown(text))") }
    } else if let limit = BandwidthLimit.limit(text) {
      profile.bandwidthLimit = limit == 0 ? nil : limit
    } else {
      section.fail("bwlimit", "must be \(what), not \(section.shown(text))")
    }
  }

  private func lanes(_ section: ConfigurationSection) -> LaneChoice? {
    let what = "auto or a number of lanes, 1 to \(LaneChoice.most)"
    guard let text = section.text("lanes", as: what) else { return nil }
    let choice = LaneChoice(text)
    if choice == nil { section.fail("lanes", "must be \(what), not \(section.shown(text))") }
    return choice
  }

  private enum IngestFormat: String, CaseIterable { case klines = "binance-klines" }

  private func ingest(_ section: ConfigurationSection, localPath: String) -> IngestSettings {
    let format: String
    if let text = section.text("format", isRequired: true), text != IngestFormat.klines.rawValue {
      section.fail("format", "must be \"binance-klines\", not \(section.shown(text))")
    }
    format = IngestFormat.klines.rawValue
    let state = section.relativePath("state_dir", below: "the profile's directory") ?? "_ingested"
    let settings = IngestSettings(
      format: format, stateDirectory: "\(localPath)/\(state)", fillGaps: section.flag("fill_gaps") ?? false)
    section.finish()
    return settings
  }

  /// The name becomes file names, metric labels and words on a command line.
  private func hasUsableName(_ name: String, _ section: ConfigurationSection) -> Bool {
    let isPlain = ASCIIText.isPlain(name, and: "._-")
    let isForeign =
      !isPlain
      && name.unicodeScalars.contains { scalar in
        let properties = scalar.properties
        let isMark = [.nonspacingMark, .spacingMark].contains(properties.generalCategory)
        return
          !(properties.isAlphabetic || properties.numericType != nil || isMark
          || "._-".unicodeScalars.contains(scalar))
      }
    var message: String?
    if name.isEmpty { message = "a profile's name must not be empty" }
    if name == "." || name == ".." { message = "a profile cannot be named \(section.shown(name))" }
    if isForeign { message = "a profile's name holds letters, digits, \".\", \"_\" and \"-\" only" }
    if name.hasPrefix("-") { message = "a profile's name must not begin with \"-\": it would read as an option" }
    if name.utf8.count > 200 { message = "a profile's name must not be longer than 200 bytes" }
    guard let message else { return true }
    section.report.error(section.path, line: section.line, message)
    return false
  }

  /// Stands in while the options of a profile that cannot be used are checked.
  private func placeholder(_ name: String) -> Profile {
    Profile(
      name: name, source: Source(host: "", user: nil, remoteRoot: ""), localSubdirectory: "", localPath: rootDirectory,
      checkpointFile: "")
  }
}

/// Option lines that were read already; owned by one reading.
private final class KnownArguments {
  private var known: [String: UserArguments] = [:]

  subscript(_ text: String) -> UserArguments {
    if let arguments = known[text] { return arguments }
    let arguments = UserArguments(text)
    known[text] = arguments
    return arguments
  }
}
