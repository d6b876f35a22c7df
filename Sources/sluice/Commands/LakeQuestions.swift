import FoundationEssentials
import LakeConfiguration
import SluiceCore

/// What `init` knows so far: a lake file that is right at every moment.
struct LakeDraft {
  var root = "/lake"
  var name = "profile"
  var host = "collector"
  var port = "22"
  var user = "sluice"
  var key = ""
  var remote = "/data"
  var days = "30"
  var ingests = "n"

  /// The file.
  var text: String {
    """
    data_lake:
      root_dir: \(quoted(root))
      profiles:
        \(quoted(name)):
          source:
            type: ssh
            host: \(quoted(host))
            port: \(port)
            user: \(quoted(user))
            ssh_key: \(key.isEmpty ? "null" : quoted(key))
            remote_root: \(quoted(remote))
          local_subdir: \(quoted(name))
          retention_days: \(days)
          rsync_args: "-a --partial"
    \(ingests == "y" ? "      ingest: {format: binance-klines}\n" : "")
    """
  }

  /// A YAML string in single quotes, in which only the quote itself is special.
  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}

/// Asks for a lake, one question at a time; an answer that `validate` would refuse is asked for again.
struct LakeQuestions {
  /// Where the file will be; absolute.
  let path: String

  private typealias Field = WritableKeyPath<LakeDraft, String>

  private var questions: [(field: Field, text: String, offer: String?)] {
    [
      (\.root, "Directory of the lake (absolute)", (ProcessInfo.processInfo.environment["HOME"] ?? "/root") + "/lake"),
      (\.name, "Name of the first profile", "cex_ticks"),
      (\.host, "Host of the collector", nil),
      (\.port, "SSH port", "22"),
      (\.user, "User there", ProcessInfo.processInfo.userName),
      (\.key, "Private key file (empty: the agent or ssh_config)", ""),
      (\.remote, "Directory there", nil),
      (\.days, "Days to keep (0: for ever)", "30"),
      (\.ingests, "Does it hold Binance klines with markers to ingest? (y/n)", "n"),
    ]
  }

  /// Asks everything.
  ///
  /// - Throws: `CommandFailure` when the input ends before the last answer.
  func asked() throws -> LakeDraft {
    var draft = LakeDraft()
    for question in questions {
      while true {
        var changed = draft
        changed[keyPath: question.field] = try answer(question.text, offer: question.offer)
        if let reason = refusal(of: changed, question.field) {
          Console.shared.print("  " + reason)
          continue
        }
        draft = changed
        break
      }
    }
    return draft
  }

  /// Why an answer cannot be taken; nil when it can.
  ///
  /// All answers before it were right, so whatever is wrong is wrong with this one.
  private func refusal(of draft: LakeDraft, _ field: Field) -> String? {
    if field == \.ingests, !["y", "n"].contains(draft.ingests) { return "Answer y or n." }
    // A bare number: anything else could be more than a value.
    if [\.port, \.days].contains(field), !draft[keyPath: field].allSatisfy({ $0.isASCII && $0.isNumber }) {
      return "Write a whole number."
    }
    do throws(ConfigurationFailure) {
      _ = try ConfigurationLoader.check(draft.text, path: path, environment: ProcessVariables.all)
      return nil
    } catch {
      let problem = error.problems.first { !$0.isWarning }
      let words = problem.map { [$0.message, $0.advice].compactMap(\.self) } ?? []
      return TextFormat.escaped("This cannot be used: " + words.joined(separator: ". ") + ".")
    }
  }

  private func answer(_ question: String, offer: String?) throws -> String {
    while true {
      Console.shared.print(question + (offer.map { $0.isEmpty ? ":" : " [\($0)]:" } ?? ":"))
      guard let line = readLine() else { throw CommandFailure(.inputEnded) }
      let answer = line.trimmed
      if !answer.isEmpty { return answer }
      if let offer { return offer }
    }
  }
}
