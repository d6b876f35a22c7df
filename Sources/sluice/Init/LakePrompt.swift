import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// Asks the person at the terminal, a line at a time.
struct LakePrompt {
  /// Whether somebody is there who can answer.
  let isInteractive: Bool

  init() { isInteractive = isatty(0) == 1 }

  func say(_ lines: String...) { Console.shared.print(sentences: lines, indent: 2) }

  /// An answer; the offer for an empty one.
  ///
  /// - Throws: `CommandFailure` when the input ends.
  func ask(_ question: String, offer: String?) async throws -> String {
    while true {
      let asked = ChineseWords.text(question, in: Console.shared.language)
      Console.shared.print(asItIs: [asked + (offer.map { $0.isEmpty ? ":" : " [\($0)]:" } ?? ":")])
      // The pool's few threads must not wait for people.
      guard let line = await OwnThread.run("sluice answer", { readLine() }) else {
        throw CommandFailure(.inputEnded)
      }
      let answer = line.trimmed
      if !answer.isEmpty { return answer }
      if let offer { return offer }
    }
  }

  /// A yes or a no.
  func confirms(_ question: String, offer: Bool) async throws -> Bool {
    while true {
      let asked = ChineseWords.text(question, in: Console.shared.language)
      switch try await ask(asked + " (y/n)", offer: offer ? "y" : "n").lowercased() {
      case "y", "yes": return true
      case "n", "no": return false
      default: say("  Answer y or n.")
      }
    }
  }
}
