/// One thing that is wrong, or doubtful, in a configuration file.
package struct ConfigurationProblem: Error, Sendable, Hashable {
  /// The file as it was named; empty when there is none.
  package var file: String
  /// 1 for the first line; nil when the problem has no place in the file.
  package var line: Int?
  /// `data_lake.profiles.cex_ticks.source.type`; empty when the problem concerns the whole file.
  package var path: String
  /// What is wrong, without the place; holds no password.
  package var message: String
  /// What would be right.
  package var advice: String?
  /// Whether the file can be used all the same.
  package var isWarning: Bool

  /// A problem of a file.
  ///
  /// - Parameters:
  ///   - file: The file's path, absolute; empty when it is about no file in particular.
  ///   - line: 1 for the first; nil when it has no place.
  ///   - path: The key's path, such as `data_lake.root_dir`.
  ///   - message: A clause without a full stop.
  ///   - advice: What would be right.
  ///   - isWarning: Whether the file can be used all the same.
  package init(
    file: String, line: Int? = nil, path: String = "", message: String, advice: String? = nil, isWarning: Bool = false
  ) {
    self.file = file
    self.line = line
    self.path = path
    self.message = message
    self.advice = advice
    self.isWarning = isWarning
  }
}

extension ConfigurationProblem: CustomStringConvertible {
  /// File, line, path, what is wrong and what would be right, on one line.
  package var description: String {
    var place = file
    if let line { place += ":\(line)" }
    return sentence(place)
  }

  /// The same without the file, for where there is only one and little room.
  package var place: String { sentence(line.map { "line \($0)" } ?? "") }

  private func sentence(_ place: String) -> String {
    let told = [place, path, message].filter { !$0.isEmpty }.joined(separator: ": ")
    let text = Self.closed(told) + (advice.map { " " + Self.closed($0) } ?? "")
    // Names come from the file: none may move the cursor or look like a line of its own.
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "?" : $0 }))
  }

  private static func closed(_ sentence: String) -> String {
    sentence.hasSuffix("?") || sentence.hasSuffix("…") ? sentence : sentence + "."
  }
}

/// A configuration that cannot be used, with every reason found.
package struct ConfigurationFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// In the order of the file; never empty, warnings included.
  package var problems: [ConfigurationProblem]

  /// A failure with these problems, in the order to show them.
  package init(_ problems: [ConfigurationProblem]) { self.problems = problems }

  /// One line a problem.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Collects problems while one file is read, so that all of them are told at once.
///
/// Owned by one reading, never shared between threads.
final class ConfigurationReport {
  let file: String
  private(set) var problems: [ConfigurationProblem] = []

  init(file: String) { self.file = file }

  func error(_ path: String, line: Int?, _ message: String, advice: String? = nil) {
    problems.append(ConfigurationProblem(file: file, line: line, path: path, message: message, advice: advice))
  }

  func warning(_ path: String, line: Int?, _ message: String, advice: String? = nil) {
    problems.append(
      ConfigurationProblem(file: file, line: line, path: path, message: message, advice: advice, isWarning: true))
  }

  /// Whether the file cannot be used.
  var hasErrors: Bool { problems.contains { !$0.isWarning } }

  /// By line, those without a line last, otherwise as found.
  var sorted: [ConfigurationProblem] {
    problems.enumerated().sorted { left, right in
      (left.element.line ?? .max, left.offset) < (right.element.line ?? .max, right.offset)
    }.map(\.element)
  }
}
