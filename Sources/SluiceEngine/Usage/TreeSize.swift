import Glibc
import LakeFiles
import SluiceCore

/// What a directory tree holds; links are not counted, a file of several names once.
struct TreeSize: Sendable, Hashable {
  /// Apparent bytes.
  var bytes: Int64 = 0
  /// Bytes of disk, directories included.
  var allocated: Int64 = 0
  var files = 0
  /// Whether a file has another name, maybe in another tree: such a sum cannot be kept for later.
  var hasHardLinks = false
  /// Whether a file inside can be data: not hidden, and not empty.
  var hasData = false
  /// Data files that hold nothing.
  var empty = EmptyFiles()
  /// The days that archive names inside speak of.
  var days = DaySpan()
  /// What archives of one day hold, by their day.
  var archives = DaySums()
  /// The directories inside, with what tells a change of them.
  var directories: [DirectoryMark] = []

  /// Notes what a visible file's name and size say of the data.
  ///
  /// - Parameters:
  ///   - directory: Where the file lies below the tree's own directory.
  ///   - today: Decides which days lie in the future.
  /// - Returns: The day whose archive it is; nil for every other file.
  @discardableResult
  mutating func note(
    _ name: UnsafePointer<CChar>, bytes: Int64, in directory: String = "", today: CalendarDay
  ) -> CalendarDay? {
    if bytes < DataFileKind.longestOfShortest {
      let text = String(cString: name)
      if DataFileKind.isEmpty(fileName: text, bytes: bytes) {
        empty.add(directory.isEmpty ? text : directory + "/" + text)
        return nil
      }
      guard bytes > 0 else { return nil }
    }
    hasData = true
    guard let period = days.add(archive: name, length: strlen(name), today: today), period.firstDay == period.lastDay
    else { return nil }
    archives.add(period.firstDay, bytes: bytes, files: 1)
    return period.firstDay
  }

  mutating func add(_ other: TreeSize) {
    bytes += other.bytes
    allocated += other.allocated
    files += other.files
    hasHardLinks = hasHardLinks || other.hasHardLinks
    hasData = hasData || other.hasData
    empty.add(other.empty)
    days.add(other.days)
    archives.add(other.archives)
    directories += other.directories
  }
}

/// A directory as it was when its entries were counted.
///
/// The change time moves with every entry that is added, removed, renamed or replaced, and nobody can set it back;
/// `rsync -a` does set the modification time. Neither moves when a file is written in place.
struct DirectoryMark: Sendable, Hashable {
  /// Below the tree's own directory; empty for that one itself.
  var path: String
  var device: UInt64
  var inode: UInt64
  /// Nanoseconds since 1970.
  var changed: Int64
  var size: Int64
  var links: UInt64

  init(path: String, status: FileStatus) {
    self.init(
      path: path, device: status.device, inode: status.inode, changed: status.changed, size: status.size,
      links: status.links)
  }

  init(path: String, device: UInt64, inode: UInt64, changed: Int64, size: Int64, links: UInt64) {
    self.path = path
    self.device = device
    self.inode = inode
    self.changed = changed
    self.size = size
    self.links = links
  }
}

/// The first and the last day that names speak of, days that cannot be yet apart from the others.
///
/// One name with a wrong year would be the newest data for years, whatever stopped coming.
struct DaySpan: Sendable, Hashable {
  private(set) var earliest: CalendarDay?
  /// The day after today's at most: a collector may be a time zone ahead.
  private(set) var latest: CalendarDay?
  /// Days after that.
  private(set) var future: FutureDays?

  mutating func add(_ period: Period, today: CalendarDay) {
    let limit = today.adding(days: 1)
    guard period.firstDay <= limit else { return add(FutureDays(first: period.firstDay, last: period.lastDay)) }
    earliest = min(earliest ?? period.firstDay, period.firstDay)
    let last = min(period.lastDay, limit)
    latest = max(latest ?? last, last)
  }

  mutating func add(_ other: DaySpan) {
    if let day = other.earliest { earliest = min(earliest ?? day, day) }
    if let day = other.latest { latest = max(latest ?? day, day) }
    if let days = other.future { add(days) }
  }

  private mutating func add(_ days: FutureDays) {
    future = FutureDays(
      first: min(future?.first ?? days.first, days.first), last: max(future?.last ?? days.last, days.last))
  }

  /// Takes the date of a kline archive's name, `SYMBOL-1h-2026-02-14.zip` or `…-2026-01.zip`; others are ignored.
  ///
  /// Works on the system's own bytes: a scan calls it for every file.
  ///
  /// - Returns: What the name speaks of; nil for others.
  @discardableResult
  mutating func add(archive name: UnsafePointer<CChar>, length: Int, today: CalendarDay) -> Period? {
    guard length > 12, name[length - 4] == 46, name[length - 3] == 122, name[length - 2] == 105, name[length - 1] == 112
    else { return nil }
    for width in [10, 7] where length > width + 5 && name[length - width - 5] == 45 {
      let text = String(
        decoding: UnsafeRawBufferPointer(start: name + (length - width - 4), count: width), as: UTF8.self)
      if let period = Period(text: text) {
        add(period, today: today)
        return period
      }
    }
    return nil
  }
}
