import CCurl
import FoundationEssentials
import LakeFiles
import RunRecords
package import SluiceCore

/// Whether the programs sluice stands on are there and new enough.
package enum ToolCheck {
  /// What is missing or too old for a lake.
  package static func problems(for lake: Lake) async -> [RunProblem] {
    var found = libraries(lake)
    if RsyncProcess.locate("ssh") == nil { found.append(Sentences.problem(RsyncProcess.fault(of: "ssh"))) }
    guard let rsync = RsyncProcess.locate("rsync") else {
      return found + [Sentences.problem(RsyncProcess.fault(of: "rsync"))]
    }
    if let version = await version(of: rsync), version < (3, 1) {
      found.append(
        ToolSentences.problem(.rsyncTooOld(major: version.0, minor: version.1)))
    }
    return found
  }

  /// libcurl is wanted for HTTP alone, and looked for only then.
  private static func libraries(_ lake: Lake) -> [RunProblem] {
    var users = lake.notify?.pingURL == nil ? [] : ["ping_url"]
    if case .clickHouse = lake.warehouse { users.append("ClickHouse") }
    guard !users.isEmpty, let reason = sluice_curl_load() else { return [] }
    return [ToolSentences.problem(.curl(users: users, reason: String(cString: reason)))]
  }

  private static func version(of rsync: String) async -> (Int, Int)? {
    (try? await Subprocess.answer(of: [rsync, "--version"])).flatMap { parse($0.output) }
  }

  /// Reads `rsync  version 3.2.7  protocol version 31`.
  static func parse(_ text: String) -> (Int, Int)? {
    guard let range = text.firstRange(of: "version ") else { return nil }
    let numbers = text[range.upperBound...].prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap {
      Int($0)
    }
    return numbers.count >= 2 ? (numbers[0], numbers[1]) : nil
  }
}
