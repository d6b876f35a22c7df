import SluiceCore

/// Cuts the rows of a large member into windows of whole days, each checked like a file of its own.
///
/// Whole days, because nothing a check looks at reaches beyond one: duplicates, order, holes and their filling. Only for
/// candles of at most a day.
struct MemberWindows {
  let archive: KlineArchiveName
  let fillGaps: Bool
  /// How many rows a window has at most, unless a single day has more.
  let rows: Int
  /// Milliseconds since 1970: candles that close later are refused.
  let now: Int64
  /// Opens the member once more, from its beginning.
  let open: () throws(KlineFault) -> MemberRows

  /// How the member's days lie in it.
  enum Order {
    /// One after the other: one pass is enough.
    case ascending
    /// Mixed: one pass a window, each taking its own days only.
    case mixed([ClosedRange<Int>], outOfOrder: Int)
  }

  /// How a pass ended.
  enum PassResult {
    case complete(refused: RefusedRows)
    /// The caller takes no more windows.
    case stopped
    /// A day came after a later one; windows given so far do not count.
    case mixed
  }

  /// More rows of one day are no klines: the shortest candles make 86,400.
  static let dayLimit = 400_000
  private static let day: Int64 = 86_400_000

  private var firstDay: Int { archive.period.firstDay.daysSinceEpoch }
  private var dayCount: Int { archive.period.lastDay.daysSinceEpoch - firstDay + 1 }

  /// Gives window after window, oldest first.
  ///
  /// - Parameters:
  ///   - columns: Empty; gets the first window.
  ///   - take: Gets a window's checked rows and what was found; gives empty columns for the next, nil to stop.
  /// - Returns: How it ended; what was refused is no longer in the windows, and counted once for all of them.
  func run(
    _ order: Order, _ columns: KlineColumns,
    _ take: (KlineColumns, RowReport) throws(KlineFault) -> KlineColumns?
  ) throws(KlineFault) -> PassResult {
    switch order {
    case .ascending: return try ascending(columns, take)
    case .mixed(let windows, let outOfOrder):
      var target = columns
      var refused = RefusedRows()
      for (number, window) in windows.enumerated() {
        let member = try open()
        var all = RefusedRows()
        while try read(member, into: target, from: target.count, only: window, refused: &all) {}
        if number == 0 { refused = all + member.refused }
        var report = check(target, window)
        // What a window alone cannot tell was counted over the whole member.
        report.outOfOrder = number == 0 ? outOfOrder : 0
        guard let next = try take(target, report) else { return .stopped }
        target = next
      }
      return .complete(refused: refused)
    }
  }

  private func ascending(
    _ columns: KlineColumns, _ take: (KlineColumns, RowReport) throws(KlineFault) -> KlineColumns?
  ) throws(KlineFault) -> PassResult {
    let member = try open()
    let spill = KlineColumns()
    var target = columns
    var refused = RefusedRows()
    var (begin, current, dayStart) = (0, 0, 0)
    var more = true
    while more {
      var row = target.count
      more = try read(member, into: target, from: row, only: 0...dayCount - 1, refused: &refused)
      while row < target.count {
        let day = dayIndex(target[.openTime][row])
        if day < current { return .mixed }
        if day > current {
          // As many rows as the day before may follow: the window must not become too large by them.
          if row > 0, 2 * row - dayStart > rows {
            spill.truncate(to: 0)
            spill.append(row..<target.count, of: target)
            target.truncate(to: row)
            guard let next = try take(target, check(target, begin...day - 1)) else { return .stopped }
            target = next
            target.append(0..<spill.count, of: spill)
            (begin, row) = (day, 0)
          }
          (current, dayStart) = (day, row)
        }
        row += 1
        guard row - dayStart <= Self.dayLimit else { throw tooMany(current) }
      }
    }
    let report = check(target, begin...dayCount - 1)
    return try take(target, report) == nil ? .stopped : .complete(refused: refused + member.refused)
  }

  /// Goes through the member once and finds windows that hold what any order of its rows needs.
  ///
  /// - Parameter scratch: Empty; is left empty.
  func mixedOrder(_ scratch: KlineColumns) throws(KlineFault) -> Order {
    let member = try open()
    var counts = [Int](repeating: 0, count: dayCount)
    var refused = RefusedRows()
    var (outOfOrder, latest) = (0, Int64.min)
    while try read(member, into: scratch, from: 0, only: 0...dayCount - 1, refused: &refused) {
      let row = RowWriter(scratch)
      for index in 0..<scratch.count {
        let time = row.openTime[index]
        counts[dayIndex(time)] += 1
        if time < latest { outOfOrder += 1 }
        latest = max(latest, time)
      }
      scratch.truncate(to: 0)
    }
    if let full = counts.firstIndex(where: { $0 > Self.dayLimit }) { throw tooMany(full) }
    var windows: [ClosedRange<Int>] = []
    var (first, sum) = (0, 0)
    for (day, count) in counts.enumerated() {
      if sum + count > rows, day > first {
        windows.append(first...day - 1)
        (first, sum) = (day, 0)
      }
      sum += count
    }
    return .mixed(windows + [first...dayCount - 1], outOfOrder: outOfOrder)
  }

  /// Adds the member's next rows, those of other days and those that cannot be left out.
  ///
  /// - Parameter refused: Counts up the rows that cannot be, on whatever day.
  private func read(
    _ member: MemberRows, into columns: KlineColumns, from start: Int, only days: ClosedRange<Int>,
    refused: inout RefusedRows
  ) throws(KlineFault) -> Bool {
    guard try member.next(into: columns) else { return false }
    _ = RowCheck.refuseImpossibleRows(columns, from: start, archive, member.lines, now: now, &refused)
    let times = columns[.openTime]
    var kept = start
    for row in start..<columns.count where days.contains(dayIndex(times[row])) {
      if kept != row { columns.copyRow(row, to: kept) }
      kept += 1
    }
    columns.truncate(to: kept)
    return true
  }

  private func check(_ columns: KlineColumns, _ days: ClosedRange<Int>) -> RowReport {
    let first = archive.period.firstDay
    return RowCheck.apply(
      to: columns, from: 0, archive: archive,
      days: first.adding(days: days.lowerBound)...first.adding(days: days.upperBound), fillGaps: fillGaps)
  }

  private func dayIndex(_ time: Int64) -> Int { Int(time / Self.day) - firstDay }

  private func tooMany(_ day: Int) -> KlineFault {
    .tooManyRows(day: archive.period.firstDay.adding(days: day), limit: Self.dayLimit)
  }
}
