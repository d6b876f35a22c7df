/// How far a run was at a moment: a line of `samples.jsonl`.
///
/// Its counts go on, so that leaving samples out costs resolution and no sum is wrong.
package struct RunSample: Sendable, Hashable, Codable {
  /// Seconds since the run began, to the tenth.
  package var at: Double
  /// Bytes of the run, against its plan, 0 or more.
  package var bytes: Int64 = 0
  /// Bytes that crossed the network, both ways; 0 where nobody counts them.
  package var wire: Int64 = 0
  /// Files finished, or read by an ingest.
  package var files = 0
  /// Rows sent to the warehouse.
  package var rows = 0
  /// The file in hand, only its end where it is long; nil where none is known.
  package var file: String?

  /// Bytes of a file's name that are kept.
  package static let nameLimit = 160
  /// Bytes that two ends exchange only to know that the other one is there.
  private static let chatter: Int64 = 4096

  /// A run that has done nothing by then.
  package init(at: Double) { self.at = (at * 10).rounded() / 10 }

  /// A run as its progress says.
  ///
  /// - Parameters:
  ///   - progress: The progress at that moment.
  ///   - at: Seconds since the run began.
  package init(_ progress: LiveProgress, at: Double) {
    self.init(at: at)
    bytes = progress.bytesDone
    wire = progress.wireBytes
    files = progress.ingest?.filesDone ?? progress.filesDone
    rows = progress.ingest?.rows ?? 0
    file = (progress.ingest?.marker ?? progress.currentFile).map(Self.shortened)
  }

  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > nameLimit else { return name }
    // No more characters than bytes: the end is what tells files apart.
    var kept = ""
    for character in name.reversed() {
      guard kept.utf8.count + character.utf8.count <= nameLimit - 3 else { break }
      kept.append(character)
    }
    return "…" + String(kept.reversed())
  }

  private enum CodingKeys: String, CodingKey { case at, bytes, wire, files, rows, file }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    at = try keys.decode(Double.self, forKey: .at)
    bytes = try keys.decode(.bytes, default: 0)
    wire = try keys.decode(.wire, default: 0)
    files = try keys.decode(.files, default: 0)
    rows = try keys.decode(.rows, default: 0)
    file = try keys.decodeIfPresent(String.self, forKey: .file)
  }

  package func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(at, forKey: .at)
    // What is not there is 0: the file is small, and there is one a run.
    if bytes != 0 { try keys.encode(bytes, forKey: .bytes) }
    if wire != 0 { try keys.encode(wire, forKey: .wire) }
    if files != 0 { try keys.encode(files, forKey: .files) }
    if rows != 0 { try keys.encode(rows, forKey: .rows) }
    try keys.encodeIfPresent(file, forKey: .file)
  }

  /// Whether nothing has come since an earlier one.
  package func isStill(since earlier: RunSample) -> Bool {
    bytes == earlier.bytes && files == earlier.files && rows == earlier.rows
      && abs(wire - earlier.wire) < Self.chatter
  }

  /// Samples so many seconds apart or more; the ends of times as long in which nothing came stay.
  ///
  /// - Parameter step: Seconds, more than 0.
  package static func thinned(_ samples: [RunSample], step: Double) -> [RunSample] {
    var kept: [RunSample] = []
    for (index, sample) in samples.enumerated() {
      let isLast = index == samples.count - 1
      let isBeforeNews = !isLast && kept.last.map { sample.isStill(since: $0) && sample.at - $0.at >= step } ?? false
      let next = isLast ? nil : samples[index + 1]
      // Where a long silence begins.
      let isBeforeSilence = next.map { $0.isStill(since: sample) && $0.at - sample.at >= step } ?? false
      if isLast || isBeforeNews || isBeforeSilence || kept.last.map({ sample.at - $0.at >= step }) ?? true {
        kept.append(sample)
      }
    }
    return kept
  }
}
