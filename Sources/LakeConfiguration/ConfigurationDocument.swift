import FoundationEssentials
import Glibc
import LakeFiles

/// A configuration file's bytes turned into a tree, whatever the bytes are.
enum ConfigurationDocument {
  /// Larger is no configuration; keeps a log file named by mistake out of the YAML parser.
  static let sizeLimit = 1 << 20

  /// Reads the file and reports what keeps it from being a table of keys; nil when it is none.
  static func read(path: String, report: ConfigurationReport) -> ConfigurationNode? {
    let data: Data
    do {
      data = try JSONFile.contents(of: path, limit: sizeLimit)
    } catch {
      report.error(
        "", line: nil, "the configuration cannot be read: \(error.reason)",
        advice: error.code == EISDIR ? "Name the file inside it" : error.advice)
      return nil
    }
    return parse(data, report: report)
  }

  /// The same for bytes already read.
  static func parse(_ data: Data, report: ConfigurationReport) -> ConfigurationNode? {
    guard let text = text(data, report: report) else { return nil }
    let (read, findings) = YAMLReader.read(text)
    for finding in findings {
      report.error(finding.path, line: finding.line, finding.message, advice: finding.advice)
    }
    guard let node = read else { return nil }
    if node.isNull {
      report.error("", line: nil, "the file is empty", advice: "`sluice init` writes a configuration by asking")
      return nil
    }
    guard case .table = node.content else {
      report.error("", line: node.line, "the file holds \(node.kind), not keys", advice: "It begins with data_lake:")
      return nil
    }
    return node
  }

  private static func text(_ data: Data, report: ConfigurationReport) -> String? {
    if let text = String(validating: data, as: UTF8.self) { return text }
    var line = 1
    // The first line that is not UTF-8 by itself: a line feed never is part of a longer UTF-8 sequence.
    for part in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { break }
      line += 1
    }
    report.error("", line: line, "the file is not UTF-8 text", advice: "Save it as UTF-8")
    return nil
  }
}
