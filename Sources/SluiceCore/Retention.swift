/// A top-level directory whose name ends in a date: `gate_io_VIRTUAL-USDT_20241028`, or the bare `20241028`.
package struct DatedDirectory: Sendable, Hashable, Codable {
  /// The directory's name, without a path.
  package let name: String
  /// The UTC day the name ends in.
  package let day: CalendarDay

  /// Reads a directory's name: a real calendar date after the last `_`, or as the whole name.
  package init?(name: String) {
    let tail = name.lastIndex(of: "_").map { name[name.index(after: $0)...] } ?? name[...]
    guard let day = CalendarDay(compact: tail) else { return nil }
    self.name = name
    self.day = day
  }

  /// The series the directory is one day of: `gate_io_VIRTUAL-USDT`, empty for a bare date.
  package var series: String { name.lastIndex(of: "_").map { String(name[..<$0]) } ?? "" }
}

extension DatedDirectory {
  /// The day of a name that ends in `2024-10-28` or `2024_10_28`: a date for people, but none retention goes by.
  package static func dayInOtherForm(_ name: String) -> CalendarDay? {
    let tail = name.suffix(10)
    let day = CalendarDay(iso: tail) ?? CalendarDay(iso: tail.replacing("_", with: "-"))
    let separators = Set(tail.filter { !$0.isNumber })
    guard separators.count == 1, let day else { return nil }
    let before = name.dropLast(tail.count).last
    return before?.isNumber == true ? nil : day
  }
}

/// A directory retention will delete, or has deleted, with what that frees.
package struct ExpiredDirectory: Sendable, Hashable, Codable {
  /// The directory's name, below the profile's directory.
  package var name: String
  /// The UTC day the name ends in.
  package var day: CalendarDay
  /// Apparent bytes of the files inside, links not counted.
  package var bytes: Int64
  /// Regular files inside, 0 or more.
  package var files: Int

  /// A directory with what its deletion frees.
  package init(name: String, day: CalendarDay, bytes: Int64 = 0, files: Int = 0) {
    self.name = name
    self.day = day
    self.bytes = bytes
    self.files = files
  }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    name = try keys.decode(String.self, forKey: .name)
    day = try keys.decode(CalendarDay.self, forKey: .day)
    bytes = try keys.decode(.bytes, default: 0)
    files = try keys.decode(.files, default: 0)
  }
}

/// What retention means for a profile's directory, computed once and shared by dry run, preview and the real run.
package struct RetentionPlan: Sendable, Equatable, Codable {
  /// Directories dated before this day go, the one dated exactly at it stays; nil keeps everything.
  package var cutoff: CalendarDay?
  /// Oldest first.
  package var expired: [ExpiredDirectory]
  /// Dated directories that stay.
  package var keptCount: Int
  /// Names that carry no date, kept for ever.
  package var undated: [String]
  /// Dated directories that would go but that a pending marker still vouches for.
  package var heldByMarkers: [String]

  /// A plan with these parts, as a record of an earlier computation gives them.
  package init(
    cutoff: CalendarDay? = nil, expired: [ExpiredDirectory] = [], keptCount: Int = 0, undated: [String] = [],
    heldByMarkers: [String] = []
  ) {
    self.cutoff = cutoff
    self.expired = expired
    self.keptCount = keptCount
    self.undated = undated
    self.heldByMarkers = heldByMarkers
  }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    cutoff = try keys.decodeIfPresent(CalendarDay.self, forKey: .cutoff)
    expired = try keys.decode(.expired, default: [])
    keptCount = try keys.decode(.keptCount, default: 0)
    undated = try keys.decode(.undated, default: [])
    heldByMarkers = try keys.decode(.heldByMarkers, default: [])
  }

  /// Sorts directory names into what goes and what stays.
  ///
  /// - Parameters:
  ///   - names: Names of the top-level entries that are real directories (never links).
  ///   - retentionDays: Days to keep, 1 or more; nil keeps for ever.
  ///   - today: The run's UTC day.
  ///   - pendingDays: Periods that pending markers vouch for; directories of these days stay.
  package init(names: [String], retentionDays: Int?, today: CalendarDay, pending: [Period] = []) {
    self.init(cutoff: retentionDays.map { Self.cutoff(retentionDays: $0, today: today) })
    for name in names.sorted() {
      guard let directory = DatedDirectory(name: name) else {
        undated.append(name)
        continue
      }
      guard let cutoff, directory.day < cutoff else {
        keptCount += 1
        continue
      }
      if pending.contains(where: { $0.contains(directory.day) }) {
        heldByMarkers.append(name)
        keptCount += 1
      } else {
        expired.append(ExpiredDirectory(name: name, day: directory.day))
      }
    }
    expired.sort { ($0.day, $0.name) < ($1.day, $1.name) }
  }

  /// The same plan without the directories that a marker pending by now vouches for.
  ///
  /// - Parameter pending: Periods of the markers that are pending when the plan is applied.
  package func holdingBack(_ pending: [Period]) -> RetentionPlan {
    let held = expired.filter { directory in pending.contains { $0.contains(directory.day) } }.map(\.name)
    guard !held.isEmpty else { return self }
    var plan = self
    plan.expired.removeAll { held.contains($0.name) }
    plan.keptCount += held.count
    plan.heldByMarkers = (plan.heldByMarkers + held).sorted()
    return plan
  }

  /// The first day that stays when `retentionDays` days are kept.
  package static func cutoff(retentionDays: Int, today: CalendarDay) -> CalendarDay {
    today.adding(days: -retentionDays)
  }

  /// Those of `undated` that carry a date all the same, in a form retention does not know.
  package var datedOtherwise: [String] { undated.filter { DatedDirectory.dayInOtherForm($0) != nil } }

  /// Apparent bytes the plan frees.
  package var expiredBytes: Int64 { expired.reduce(0) { $0 + $1.bytes } }
  /// Files the plan deletes.
  package var expiredFiles: Int { expired.reduce(0) { $0 + $1.files } }
}

/// What a cleanup did, with the keys the document promises.
package struct CleanupResult: Sendable, Equatable, Codable {
  /// Dated directories that were deleted.
  package var deletedDirs: Int
  /// Regular files that were inside them.
  package var deletedFiles: Int
  /// Apparent bytes of these files.
  package var freedBytes: Int64
  /// The first day that stayed; nil when everything is kept.
  package var cutoffDate: CalendarDay?
  /// Names of the deleted directories, oldest first.
  package var directories: [String]

  /// A result with these figures; without arguments, of a cleanup that deleted nothing.
  package init(
    deletedDirs: Int = 0, deletedFiles: Int = 0, freedBytes: Int64 = 0, cutoffDate: CalendarDay? = nil,
    directories: [String] = []
  ) {
    self.deletedDirs = deletedDirs
    self.deletedFiles = deletedFiles
    self.freedBytes = freedBytes
    self.cutoffDate = cutoffDate
    self.directories = directories
  }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    deletedDirs = try keys.decode(.deletedDirs, default: 0)
    deletedFiles = try keys.decode(.deletedFiles, default: 0)
    freedBytes = try keys.decode(.freedBytes, default: 0)
    cutoffDate = try keys.decodeIfPresent(CalendarDay.self, forKey: .cutoffDate)
    directories = try keys.decode(.directories, default: [])
  }

  enum CodingKeys: String, CodingKey {
    case deletedDirs = "deleted_dirs"
    case deletedFiles = "deleted_files"
    case freedBytes = "freed_bytes"
    case cutoffDate = "cutoff_date"
    case directories
  }
}
