import SluiceCore

/// What is counted on the screen, each by its English noun.
enum Counted: String, Sendable, CaseIterable {
  case file, day, hole, profile, sync, run, marker, row, directory, retry, finding

  /// The figure with the measure word and the noun that stand behind it.
  fileprivate func chinese(_ number: String) -> String {
    switch self {
    case .file: "\(number) 个文件"
    case .day: "\(number) 天"
    case .hole: "\(number) 个缺口"
    case .profile: "\(number) 个配置项"
    case .sync: "\(number) 次同步"
    case .run: "\(number) 个运行"
    case .marker: "\(number) 个标记"
    case .row: "\(number) 行"
    case .directory: "\(number) 个目录"
    case .retry: "\(number) 次重试"
    case .finding: "\(number) 处不符"
    }
  }
}

extension Labels {
  /// What stands between two parts of a line.
  var comma: String { self(", ", "，") }

  /// `1 file`, `1,421 files`; `1,421 个文件`.
  func count(_ number: Int, _ noun: Counted) -> String {
    language == .chinese ? noun.chinese(TextFormat.grouped(number)) : TextFormat.counted(number, noun.rawValue)
  }

  /// `3 profiles`.
  func profiles(_ number: Int) -> String { count(number, .profile) }

  /// `3 files`.
  func files(_ number: Int) -> String { count(number, .file) }

  /// `and 3 more`, the noun left to what stands above.
  func more(_ number: Int) -> String {
    let figure = TextFormat.grouped(number)
    return self("and \(figure) more", "另有 \(figure) 项")
  }

  /// `3 of 1,421`.
  func place(_ number: Int, of count: Int) -> String {
    let (place, all) = (TextFormat.grouped(number), TextFormat.grouped(count))
    return self("\(place) of \(all)", "\(place)/\(all)")
  }

  /// The lines of a list that are in sight: `1-20 of 1,421`.
  func span(_ lines: Range<Int>, of count: Int) -> String {
    let (first, last, all) = (lines.lowerBound + 1, lines.upperBound, TextFormat.grouped(count))
    return self("\(first)-\(last) of \(all)", "\(first)-\(last)/\(all)")
  }
}
