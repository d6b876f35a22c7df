import SluiceCore
import TerminalUI

/// A run's progress on one line: bar, percent, rate, remaining time, files.
enum ProgressLine {
  /// The line, at most `width` columns wide.
  static func text(_ progress: LiveProgress, width: Int, _ language: Lake.Language = .english) -> String {
    func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
    func files(_ done: Int, _ total: Int) -> String {
      let grouped = TextFormat.grouped(done)
      return words(
        "\(grouped)/\(TextFormat.counted(total, "file"))", "\(grouped)/\(TextFormat.grouped(total)) 个文件")
    }
    let percent = progress.fraction.map { "\(Int($0 * 100))%" } ?? "--%"
    var parts = [percent]
    if let ingest = progress.ingest {
      parts.append(files(ingest.filesDone, ingest.filesTotal))
      parts.append(words(TextFormat.counted(ingest.rows, "row"), "\(TextFormat.grouped(ingest.rows)) 行"))
    } else {
      let total = progress.bytesTotal.map { words(" of \(ByteCount($0))", "，共 \(ByteCount($0))") } ?? ""
      parts.append("\(ByteCount(progress.bytesDone))\(total)")
      parts.append(TextFormat.rate(progress.bytesPerSecond))
      if let eta = progress.etaSeconds { parts.append(words("ETA", "剩余") + " \(TextFormat.span(eta))") }
      if let total = progress.filesTotal { parts.append(files(progress.filesDone, total)) }
    }
    if progress.isPaused { parts.append(words("paused", "已暂停")) }
    let tail = parts.joined(separator: "  ")
    let room = min(30, width - CharacterWidth.of(tail) - 5)
    guard room >= 8 else { return TextFitting.fit(tail, width: max(0, width - 1)).text }
    let filled = Int(Double(room) * (progress.fraction ?? 0))
    return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: room - filled) + "] " + tail
  }
}
