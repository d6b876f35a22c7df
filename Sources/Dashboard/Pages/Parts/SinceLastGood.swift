import FoundationEssentials
import SluiceCore
import TerminalUI

/// What a profile's syncs have not brought since the last one that ended well: all of it from their own records.
struct SinceLastGood: Sendable, Equatable {
  /// A file that a sync named as not brought.
  struct File: Sendable, Equatable {
    var path: String
    /// When the first of the syncs began that name it one after the other.
    var since: Date
    /// How many do, 1 or more.
    var runs: Int
  }

  /// When the last good sync began; nil where none is on record.
  let lastGood: Date?
  /// When the first sync after it began.
  let since: Date
  /// Syncs after it, none of which ended well, 1 or more.
  let runs: Int
  /// What they brought all the same.
  let filesBrought: Int
  /// What the newest of them names, those first that it has been longest of.
  let files: [File]

  /// Looks back from a run; nil where it is no sync that did not end well.
  ///
  /// - Parameter id: The run; nil is the newest sync.
  init?(_ runs: PastRuns?, from id: RunID? = nil) {
    guard let syncs = runs?.syncs else { return nil }
    let first = id == nil ? syncs.startIndex : syncs.firstIndex { $0.record.id == id }
    // Slices: two hundred runs are not copied for every screen.
    let bad = syncs[(first ?? syncs.endIndex)...].prefix { $0.result.outcome != .success }
    guard let oldest = bad.last else { return nil }
    lastGood = bad.endIndex < syncs.endIndex ? syncs[bad.endIndex].record.startedAt : nil
    since = oldest.record.startedAt
    self.runs = bad.count
    filesBrought = bad.reduce(0) { $0 + $1.result.filesTransferred }
    let named = bad.map { run in Set(run.result.problems.flatMap(\.paths)) }
    files = (named.first ?? []).map { path in
      let count = named.prefix { $0.contains(path) }.count
      return File(path: path, since: bad[bad.startIndex + count - 1].record.startedAt, runs: count)
    }.sorted { ($1.runs, $0.path) < ($0.runs, $1.path) }
  }

  /// `3 syncs since 11-19 03:00, last good 11-18 03:00`.
  func sentence(_ labels: Labels, now: Date) -> String {
    let (syncs, start) = (labels.count(runs, .sync), Figures.moment(since, now: now))
    let bad = labels("\(syncs) since \(start)", "自 \(start) 起 \(syncs)")
    guard let good = lastGood.map({ Figures.moment($0, now: now) }) else {
      return labels("\(bad), no good one on record", "\(bad)，没有成功的记录")
    }
    return labels("\(bad), last good \(good)", "\(bad)，上次成功 \(good)")
  }

  /// Rows that show all of it.
  var rows: Int { 1 + files.count }

  func draw(in area: Rect, now: Date, labels: Labels, into buffer: inout ScreenBuffer) {
    guard !area.isEmpty else { return }
    var heading = StyledLine(labels[.notWell], Style(.heading, .bold))
    heading.add("  \(sentence(labels, now: now))", .muted)
    let brought = labels.files(filesBrought)
    if filesBrought > 0 { heading.add(labels(", \(brought) came meanwhile", "，其间到达 \(brought)"), .muted) }
    buffer.put(heading, x: area.x, y: area.y, width: area.width)
    let isCut = files.count > area.height - 1
    let shown = files.prefix(max(0, isCut ? area.height - 2 : area.height - 1))
    for (index, file) in shown.enumerated() {
      let y = area.y + 1 + index
      let (syncs, start) = (labels.count(file.runs, .sync), Figures.moment(file.since, now: now))
      let told = labels("in \(syncs), since \(start)", "\(syncs)，自 \(start)")
      let width = max(8, area.width - CharacterWidth.of(told) - 4)
      buffer.put(buffer.glyphs.failure, x: area.x, y: y, width: 2, style: Style(.bad, .bold))
      let used = buffer.put(file.path, x: area.x + 2, y: y, width: width, ellipsis: .head)
      buffer.put(told, x: area.x + 4 + used, y: y, width: area.width - used - 4, style: Style(.muted))
    }
    guard isCut, area.height >= 2 else { return }
    let more = TextFormat.grouped(files.count - shown.count)
    buffer.put(
      labels("and \(more) more that did not come", "另有 \(more) 个未到达"), x: area.x, y: area.bottom - 1,
      width: area.width, style: Style(.muted))
  }
}
