import SluiceCore

/// A run's progress on one line: bar, percent, rate, remaining time, files.
enum ProgressLine {
  /// The line, at most `width` columns wide.
  static func text(_ progress: LiveProgress, width: Int) -> String {
    let percent = progress.fraction.map { "\(Int($0 * 100))%" } ?? "--%"
    var parts = [percent]
    if let ingest = progress.ingest {
      parts.append("\(TextFormat.grouped(ingest.filesDone))/\(TextFormat.counted(ingest.filesTotal, "file"))")
      parts.append(TextFormat.counted(ingest.rows, "row"))
    } else {
      let total = progress.bytesTotal.map { " of \(ByteCount($0))" } ?? ""
      parts.append("\(ByteCount(progress.bytesDone))\(total)")
      parts.append(TextFormat.rate(progress.bytesPerSecond))
      if let eta = progress.etaSeconds { parts.append("ETA \(TextFormat.span(eta))") }
      if let files = progress.filesTotal {
        parts.append("\(TextFormat.grouped(progress.filesDone))/\(TextFormat.counted(files, "file"))")
      }
    }
    if progress.isPaused { parts.append("paused") }
    let tail = parts.joined(separator: "  ")
    let room = min(30, width - tail.count - 5)
    guard room >= 8 else { return String(tail.prefix(max(0, width - 1))) }
    let filled = Int(Double(room) * (progress.fraction ?? 0))
    return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: room - filled) + "] " + tail
  }
}
