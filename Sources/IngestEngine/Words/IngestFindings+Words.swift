import SluiceCore

extension IngestFindings {
  /// One sentence a kind of finding.
  var sentences: [String] {
    var found: [String] = []
    if missing.rows > 0 {
      let candles = TextFormat.counted(missing.rows, "candle")
      let flat = filled > 0 ? ", \(TextFormat.grouped(filled)) of them filled with flat ones" : ""
      found.append("\(candles) missing in \(TextFormat.counted(missing.files, "file"))\(flat): \(missing.list).")
    }
    if duplicates.rows > 0 {
      found.append(
        "\(rows(duplicates)) with an open time that was there before, and the first stays: \(duplicates.list).")
    }
    if disorder.rows > 0 {
      found.append("\(rows(disorder)) after a later one, put in order: \(disorder.list).")
    }
    return found
  }

  private func rows(_ count: Count) -> String {
    "\(TextFormat.counted(count.rows, "row")) in \(TextFormat.counted(count.files, "file"))"
  }
}

extension RowFinding {
  /// `720 on 2026-01-05 from 12:00`, the first days of many.
  var sentence: String {
    let days = holes.prefix(3).map { hole in
      "\(TextFormat.grouped(hole.candles)) on \(hole.day) from \(hole.clock)"
    }
    let more = holes.count - days.count
    return days.joined(separator: ", ") + (more > 0 ? " and on \(TextFormat.counted(more, "day")) more" : "")
  }
}
