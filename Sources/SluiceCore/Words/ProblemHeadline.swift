/// What happened and what to do, in a few words for each code of a problem.
///
/// It stands where only a recorded sentence is there that the catalogue does not know, such as one of an older program.
package struct ProblemHeadline: Sendable {
  /// The codes it speaks for.
  package let codes: [String]
  /// In English: what happened, and what to do.
  package let english: (what: String, advice: String)
  /// The same in Chinese.
  package let chinese: (what: String, advice: String)

  /// The headline of a code; nil for one that no sentence of this program has.
  package static func of(_ code: String) -> ProblemHeadline? { byCode[code] }

  /// All of them, in the order of the page "Troubleshooting".
  package static let all: [ProblemHeadline] = [linkTable, lakeTable, ingestTable, commandTable].flatMap(parsed)

  /// The tables as they are written, for the test that every block of them is a headline.
  package static let tables = [linkTable, lakeTable, ingestTable, commandTable]

  private static let byCode: [String: ProblemHeadline] = {
    var found: [String: ProblemHeadline] = [:]
    for headline in all { for code in headline.codes { found[code] = headline } }
    return found
  }()

  /// The codes, the English line and the Chinese one below them, a blank line between two headlines.
  private static func parsed(_ table: String) -> [ProblemHeadline] {
    table.split(separator: "\n\n").compactMap { block in
      let lines = block.split(separator: "\n")
      guard lines.count == 3, let english = parts(lines[1]), let chinese = parts(lines[2]) else { return nil }
      return ProblemHeadline(
        codes: lines[0].split(separator: " ").map(String.init), english: english, chinese: chinese)
    }
  }

  private static func parts(_ line: Substring) -> (what: String, advice: String)? {
    line.firstRange(of: " → ").map { (String(line[..<$0.lowerBound]), String(line[$0.upperBound...])) }
  }
}

extension RunProblem {
  /// The problem in the language of the person who reads it.
  ///
  /// Known sentences are told whole, with their values. Of others the headline of the code stands in front, and the
  /// English sentence behind it, for it holds the facts.
  package func told(_ language: Lake.Language) -> RunProblem {
    guard language == .chinese else { return self }
    var told = self
    let headline = ProblemHeadline.of(code)?.chinese
    let sentence = ChineseWords.text(message)
    told.message = sentence ?? headline.map { "\($0.what.trimmingEnd("。"))：\(message)" } ?? message
    if let advice {
      let own = ChineseWords.text(advice)
      // What it says to type is in it.
      told.advice = own ?? headline.map { "\($0.advice)（\(advice)）" } ?? advice
    } else if sentence == nil {
      told.advice = headline?.advice
    }
    return told
  }
}

extension String {
  fileprivate func trimmingEnd(_ sign: Character) -> String { last == sign ? String(dropLast()) : self }
}

extension ProfileCheck.Reason {
  /// The reason in the language of the person who reads it.
  package func told(_ language: Lake.Language) -> ProfileCheck.Reason {
    ProfileCheck.Reason(code: code, text: ChineseWords.text(text, in: language))
  }
}
