import SluiceCore

extension IngestFindings {
  /// One sentence a kind of finding.
  var sentences: [String] {
    var found: [String] = []
    if missing.rows > 0 {
      let are = TextFormat.counted(missing.rows, "candle is", "candles are")
      let flat =
        filled > 0 ? ", \(TextFormat.grouped(filled)) of them filled with flat ones where no other file has them" : ""
      found.append("\(are) missing in \(TextFormat.counted(missing.files, "file"))\(flat): \(missing.list).")
    }
    if duplicates.rows > 0 {
      let files = TextFormat.counted(duplicates.files, "file")
      let rows = TextFormat.counted(duplicates.rows, "row in \(files) repeats", "rows in \(files) repeat")
      found.append("\(rows) an open time that was there before, and the first stays: \(duplicates.list).")
    }
    if contradictions.rows > 0 {
      let have = TextFormat.counted(contradictions.rows, "of these rows has", "of these rows have")
      found.append("\(have) other values than the first, and nothing tells which is right: \(contradictions.list).")
    }
    if disorder.rows > 0 {
      let came = "in \(TextFormat.counted(disorder.files, "file")) came after a later one and"
      let rows = TextFormat.counted(disorder.rows, "row \(came) was", "rows \(came) were")
      found.append("\(rows) put in order: \(disorder.list).")
    }
    if disagreements.rows > 0 {
      let are = TextFormat.counted(disagreements.rows, "candle has", "candles have")
      found.append("\(are) other values in another file; these count: \(disagreements.list).")
    }
    return found + gridSentences
  }

  private var gridSentences: [String] {
    var found: [String] = []
    if offGrid.rows > 0 {
      let files = TextFormat.counted(offGrid.files, "file")
      let open = TextFormat.counted(offGrid.rows, "candle in \(files) opens", "candles in \(files) open")
      found.append("\(open) beside the grid of the interval, which fills no hole: \(offGrid.list).")
    }
    if otherLength.rows > 0 {
      let files = TextFormat.counted(otherLength.files, "file")
      let have = TextFormat.counted(otherLength.rows, "candle in \(files) has", "candles in \(files) have")
      found.append("\(have) not the length of the interval, as before an outage: \(otherLength.list).")
    }
    if namesakes.rows > 0 {
      let hold = TextFormat.counted(namesakes.files, "ZIP file holds", "ZIP files hold")
      found.append("\(hold) the same member more than once, and the last was read: \(namesakes.list).")
    }
    if otherMembers.rows > 0 {
      let files = TextFormat.counted(otherMembers.files, "ZIP file")
      let were = TextFormat.counted(otherMembers.rows, "member of \(files) was", "members of \(files) were")
      found.append("\(were) not read, for only the one named like its archive counts: \(otherMembers.list).")
    }
    return found
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
