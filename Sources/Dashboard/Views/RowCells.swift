import FoundationEssentials
import SluiceCore
import TerminalUI

/// The cells of one profile's line.
struct RowCells {
  let model: DashboardModel
  let row: ProfileRow
  let look: StateLook
  /// Whether the line is drawn in the selection's colours.
  let isHighlighted: Bool

  func draw(_ placed: TableColumns.Placed, y: Int, into buffer: inout ScreenBuffer) {
    switch placed.column {
    case .bar: drawBar(placed, y: y, into: &buffer)
    case .strip:
      let strip = RunStrip(row.status.recentSyncs, labels: model.labels, glyphs: buffer.glyphs)
      buffer.put(strip.line(width: placed.width), x: placed.x, y: y, width: placed.width)
    default:
      guard let (text, style) = content(placed.column) else { return }
      buffer.put(
        text, x: placed.x, y: y, width: placed.width, style: style, alignment: placed.column.alignment,
        ellipsis: ellipsis(placed))
    }
  }

  private func ellipsis(_ placed: TableColumns.Placed) -> Ellipsis {
    switch placed.column {
    case .name: .middle
    // A glyph without its word stands for itself.
    case .state where placed.width < 3: .none
    case .note where row.liveRun != nil: .head
    default: .tail
    }
  }

  private var amounts: ShownFigures? { row.isRunning ? row.amounts : nil }

  private func content(_ column: TableColumn) -> (String, Style)? {
    let muted = Style(.muted)
    switch column {
    case .name: return (row.name, Style(row.status.profile.isEnabled ? .standard : .muted, nameAttributes))
    case .state: return ("\(look.glyph) \(look.word)", Style(look.role, look.role == .good ? [] : .bold))
    case .bar, .strip: return nil
    case .percent: return (Figures.percent(amounts?.fraction), Style(.standard))
    case .rate: return (Figures.rate(row.figures.bytesPerSecond), Style(.standard))
    case .timeLeft: return (Figures.timeLeft(row.figures.etaSeconds), Style(.standard))
    case .synced:
      guard row.lastSuccess != nil else { return ("–", muted) }
      return (model.labels.age(of: row.lastSuccess, now: model.now), ageStyle)
    case .due: return due
    case .size: return row.status.usage.map { (Figures.size($0.sizeBytes), Style(.standard)) } ?? scanning
    case .files: return row.status.usage.map { (TextFormat.grouped($0.files), muted) } ?? scanning
    case .pending: return pending
    case .gaps: return gaps
    case .keep where !row.status.isConfigured: return ("–", muted)
    case .keep: return (row.status.profile.retentionDays.map { "\($0)d" } ?? model.labels("all", "全部"), muted)
    case .note:
      return (row.status.isConfigured ? currentFile ?? note : note, Style(look.role == .bad ? .bad : .muted))
    }
  }

  private var note: String { RowNote.text(row, in: model) }

  /// The file that goes on, and how many others at the same time.
  private var currentFile: String? {
    row.figures.currentFile.map { file in
      row.liveRun?.progress.lanes.map { "\(file)  \($0) \(model.labels[.lanes])" } ?? file
    }
  }

  private var nameAttributes: Style.Attributes { look.role == .bad || row.liveRun != nil ? .bold : [] }

  private var ageStyle: Style { Style(row.status.isStale(now: model.now) ? .warning : .standard) }

  /// When the next scheduled sync begins, or since when one is missed.
  private var due: (String, Style) {
    guard let outlook = row.outlook else { return ("–", Style(.muted)) }
    let isMissed = outlook.missedSince != nil
    return (model.labels.due(outlook, now: model.now), isMissed ? Style(.warning, .bold) : Style(.muted))
  }

  private var scanning: (String, Style) { (row.status.isScanning ? "…" : "–", Style(.muted)) }

  private var pending: (String, Style)? {
    guard row.status.profile.ingest != nil else { return ("–", Style(.muted)) }
    let counts = row.status.markers
    guard let pending = counts.known(markers: counts.pending) else { return ("–", Style(.muted)) }
    if counts.quarantinedFiles > 0 { return ("\(pending)!", Style(.bad, .bold)) }
    return (String(pending), Style(pending > 0 ? .warning : .muted))
  }

  /// Missing and short days as last counted.
  private var gaps: (String, Style) {
    guard let counts = row.status.coverage, let holes = counts.known(counts.holes) else { return ("–", Style(.muted)) }
    return (TextFormat.grouped(holes), holes > 0 ? Style(.warning, .bold) : Style(.muted))
  }

  private func drawBar(_ placed: TableColumns.Placed, y: Int, into buffer: inout ScreenBuffer) {
    guard let fraction = amounts?.fraction else { return }
    // Whole percents only: a bar finer than its figure would move without saying more.
    let shown = Double(Figures.wholePercent(fraction)) / 100
    let role: ColorRole = row.isHeld ? .warning : isHighlighted ? .running : .barFilled
    ProgressBar(fraction: shown, filled: role, isFine: model.isLively).draw(
      in: &buffer, x: placed.x, y: y, width: placed.width)
  }
}
