import SluiceCore
import TerminalUI

/// A past run that is open: its time with a cursor on it, and its files.
struct OpenRun: Sendable, Equatable {
  let run: PastRun
  /// nil until it has come.
  private(set) var story: RunStory?
  /// The largest first; nil until the list has come.
  private(set) var changes: [FileChange]?
  /// What the files are together.
  private var sums = Sums()
  /// The file under the cursor.
  var place = ScrollState()
  /// The moment under the cursor, in seconds since the run began.
  private(set) var second = 0.0
  /// Columns the run's time is drawn in.
  private(set) var columns = 1

  init(_ run: PastRun) { self.run = run }

  /// Takes what is told of the run; the cursor goes to what was gravest.
  mutating func take(_ story: RunStory) {
    self.story = story
    second = story.timeline.gravest?.from ?? 0
  }

  mutating func take(_ changes: [FileChange]) {
    self.changes = changes.enumerated().sorted { left, right in
      let (first, second) = (Self.weight(left.element), Self.weight(right.element))
      return (second, left.offset) < (first, right.offset)
    }.map(\.element)
    sums = Self.sums(changes)
    place.choose(0, of: changes.count)
  }

  /// Files that came, their bytes, and files that were deleted.
  private struct Sums: Sendable, Equatable {
    var came = 0
    var bytes: Int64 = 0
    var deleted = 0
  }

  private static func sums(_ changes: [FileChange]) -> Sums {
    let came = changes.filter { $0.kind == .create || $0.kind == .update }
    return Sums(
      came: came.count, bytes: came.reduce(0) { $0 + $1.bytes }, deleted: changes.count { $0.kind == .delete })
  }

  /// What the files are together, in words.
  func sums(_ labels: Labels) -> String {
    var text = "\(labels.files(sums.came))\(labels.comma)\(Figures.size(sums.bytes))"
    let deleted = TextFormat.grouped(sums.deleted)
    if sums.deleted > 0 { text += labels(", \(deleted) deleted", "，删除 \(deleted) 个") }
    return sums.came > 1 ? text + labels(", the largest first", "，最大的在前") : text
  }

  /// What counts for the order: files that came by their size, then what was deleted, then the rest.
  private static func weight(_ change: FileChange) -> Int64 {
    switch change.kind {
    case .create, .update: max(1, change.bytes)
    case .delete: 0
    case .directory, .link, .attributes: -1
    }
  }

  /// Seconds of the run, more than 0.
  var seconds: Double { max(0.1, story?.timeline.seconds ?? run.result.durationSeconds) }

  /// Seconds a column stands for.
  var step: Double { seconds / Double(max(1, columns)) }

  /// The column a moment lies in.
  func column(of second: Double) -> Int { max(0, min(columns - 1, Int(second / step))) }

  /// The column under the cursor.
  var column: Int { column(of: second) }

  /// Takes over how many columns its time has.
  mutating func fit(columns: Int) { self.columns = max(1, columns) }

  /// Moves the cursor by columns.
  mutating func move(by columns: Int) {
    let target = max(0, min(self.columns - 1, column + columns))
    if target != column { second = (Double(target) + 0.5) * step }
  }

  /// Puts the cursor on a column.
  mutating func select(column: Int) { second = (Double(max(0, min(columns - 1, column))) + 0.5) * step }

  /// Puts the cursor on the next or previous mark, round at the ends.
  ///
  /// - Returns: The mark's number from 1 and how many there are; nil when there is none.
  mutating func goToMark(forward: Bool) -> (number: Int, count: Int)? {
    guard let marks = story?.timeline.marks, !marks.isEmpty else { return nil }
    let index =
      forward
      ? marks.firstIndex { $0.from > second } ?? 0 : marks.lastIndex { $0.from < second } ?? marks.count - 1
    second = marks[index].from
    return (index + 1, marks.count)
  }

  /// The gravest mark of the columns between two moments; nil where there is none.
  func mark(from: Double, to: Double) -> RunTimeline.Mark? {
    // What ended the run lies at its very end.
    story?.timeline.marks.filter { ($0.from < to || to >= seconds) && ($0.to > from || $0.from >= from) }
      .max { $0.kind < $1.kind }
  }
}
