import FoundationEssentials
import LakeFiles
import SluiceCore
import SluiceEngine

/// Why nothing is heard of a lake of another machine, in words.
enum FleetSentences {
  /// ssh has ended: what it, or the program there, said last.
  static func ended(_ ending: Subprocess.Ending, saying errors: [UInt8]) -> String {
    let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
    // A greeting stands before what went wrong.
    if let last = lines.last.map({ $0.trimmingPrefix("sluice: ") }) { return TextFormat.escaped(String(last)) }
    return "The login ended (\(ending.exitCode))."
  }

  /// ssh could not be started.
  static func notStarted(_ failure: FileFailure) -> String { Sentences.line(failure.problem) }

  /// A lake's dashboard did not end well; nil where its operator knows.
  static func left(_ host: FleetHost, code: Int32) -> String? {
    code == 0 || code == 130 ? nil : "The dashboard of \(host.name) ended with \(code)."
  }

  /// A lake's dashboard was not there to be opened, and nothing says why.
  static let notShown = "The dashboard of this lake cannot be shown."

  /// What is wrong with a name after `--host`.
  static func badHost(_ text: String) -> String {
    "--host \(text) is no host: it is user@host, or user@host:/path/of/its/configuration."
  }
}
