package import FoundationEssentials
import Glibc
package import SluiceCore

/// Which profiles are shown: words that all have to fit, as they are typed after `/` or `--filter`.
///
/// A word fits by a few letters of the name, or by a part of the host's name or the state's; `!word` leaves out what has
/// it; `state:failed,stale`, `host:tokyo`, `age>2d`, `size>10G`, `pending>0` and `gaps>0` ask for one thing.
package struct ProfileFilter: Sendable, Equatable {
  private let terms: [FilterTerm]
  /// Sentences on the words that can fit nothing, in their order; empty when all are understood.
  package var problems: [String] { problemWords.map(\.english) }
  /// The same in both languages.
  let problemWords: [Bilingual]

  /// Reads a filter's text; one without words lets everything pass.
  package init(_ text: String) {
    var terms: [FilterTerm] = []
    var problems: [Bilingual] = []
    for word in text.split(separator: " ") {
      let read = FilterTerm.read(word)
      terms.append(read.term)
      if let problem = read.problem { problems.append(problem) }
    }
    self.terms = terms
    problemWords = problems
  }

  /// Whether a profile is one of those meant.
  ///
  /// - Parameter now: What ages are counted to.
  package func passes(_ status: ProfileStatus, now: Date) -> Bool {
    terms.isEmpty || passes(ProfileRow(status, now: now), now: now)
  }

  func passes(_ row: ProfileRow, now: Date) -> Bool { terms.allSatisfy { $0.fits(row, now: now) } }

  /// Whether time alone can change what passes.
  var dependsOnTime: Bool { terms.contains(where: \.dependsOnTime) }

  var isEmpty: Bool { terms.isEmpty }
}
