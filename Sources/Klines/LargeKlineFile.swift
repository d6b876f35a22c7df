import SluiceCore

/// An archive whose content is too large to be held, gone through twice: checked to its end, then given in parts.
///
/// No row leaves it before the whole member was inflated, its CRC compared and every row checked; the parts given are
/// the ones checked, by a sum over all their bits, so a file that changes in between gives no row of its new content.
/// One thread at a time.
package final class LargeKlineFile {
  /// Some of the file's rows.
  package struct Part: Sendable, Equatable {
    /// How many parts come before it.
    package var index: Int
    /// Whether no part comes after it.
    package var isLast: Bool
    /// First and last open time of its rows, in milliseconds.
    package var openTimes: ClosedRange<Int64>
    /// Open times of the whole line of time that the part answers for: the parts' slices share none and leave none out.
    package var slice: ClosedRange<Int64>
    /// Sums over its rows, to know them again in a warehouse.
    package var figures: KlineFigures
    fileprivate var checksum: UInt32
  }

  private let file: OpenArchive
  private let sha256: String
  private let archive: KlineArchiveName
  private let namesakes: Int
  private let otherMembers: OtherMembers
  private let windows: MemberWindows
  private var order = MemberWindows.Order.ascending
  private var parts: [Part] = []

  /// - Parameter rows: How many rows a part should have at most.
  init(
    _ file: OpenArchive, _ member: ZipMember, sha256: String, archive: KlineArchiveName, parser: KlineParser, rows: Int,
    fillGaps: Bool, now: Int64
  ) {
    self.file = file
    self.sha256 = sha256
    self.archive = archive
    (namesakes, otherMembers) = (member.namesakes, member.others)
    windows = MemberWindows(archive: archive, fillGaps: fillGaps, rows: rows, now: now) { () throws(KlineFault) in
      try MemberRows(member, of: file, parser: parser)
    }
  }

  /// Goes through the whole member and checks all of it.
  ///
  /// - Parameter columns: Empty; are left empty.
  /// - Throws: `KlineFault` when the file as a whole is bad.
  package func check(using columns: KlineColumns) throws(KlineFault) -> KlineFileContent {
    defer { columns.truncate(to: 0) }
    var found = try survey(columns)
    if case .mixed = found.result {
      columns.truncate(to: 0)
      order = try windows.mixedOrder(columns)
      found = try survey(columns)
    }
    guard case .complete(let refused) = found.result else { throw .changedWhileRead }
    found.report.add(refused)
    (found.report.namesakes, found.report.otherMembers) = (namesakes, otherMembers)
    if let fault = found.report.fault(archive) { throw fault }
    guard file.isUnchanged else { throw .changedWhileRead }
    for index in parts.indices {
      parts[index].index = index
      parts[index].isLast = index == parts.count - 1
      let first = index == 0 ? Int64.min : parts[index].openTimes.lowerBound
      let next = index == parts.count - 1 ? Int64.max : parts[index + 1].openTimes.lowerBound - 1
      parts[index].slice = first...next
    }
    return KlineFileContent(
      stamp: file.stamp, sha256: sha256, report: found.report, figures: found.figures, changed: file.changed)
  }

  /// Gives the checked rows part by part, oldest first.
  ///
  /// - Parameters:
  ///   - columns: Empty; gets the first part.
  ///   - take: Gets a part's columns; gives empty ones for the next part, nil to stop.
  /// - Returns: Whether all parts were taken.
  /// - Throws: `KlineFault` when the file is no longer what was checked; parts given before are still right.
  package func give(
    _ columns: KlineColumns, _ take: (KlineColumns, Part) -> KlineColumns?
  ) throws(KlineFault) -> Bool {
    var index = 0
    let result = try windows.run(order, columns) { columns, _ throws(KlineFault) in
      guard columns.count > 0 else { return columns }
      guard index < parts.count, parts[index].figures.rows == columns.count,
        parts[index].checksum == columns.checksum
      else { throw .changedWhileRead }
      index += 1
      return take(columns, parts[index - 1])
    }
    switch result {
    case .stopped: return false
    case .mixed: throw .changedWhileRead
    case .complete:
      guard index == parts.count else { throw .changedWhileRead }
      return true
    }
  }

  private func survey(
    _ columns: KlineColumns
  ) throws(KlineFault) -> (result: MemberWindows.PassResult, report: RowReport, figures: KlineFigures) {
    parts = []
    var (total, sums) = (RowReport(), KlineFigures())
    let result = try windows.run(order, columns) { columns, report throws(KlineFault) in
      total += report
      if let first = report.firstOpenTime, let last = report.lastOpenTime {
        let figures = KlineFigures(of: columns, rows: 0..<columns.count)
        sums += figures
        parts.append(
          Part(
            index: 0, isLast: false, openTimes: first...last, slice: first...last, figures: figures,
            checksum: columns.checksum))
      }
      columns.truncate(to: 0)
      return columns
    }
    return (result, total, sums)
  }
}
