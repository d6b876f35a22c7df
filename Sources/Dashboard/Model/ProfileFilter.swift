package import FoundationEssentials
import Glibc
package import SluiceCore

/// Which profiles are shown: words that all have to fit, as they are typed after `/` or `--filter`.
///
/// A word fits by a few letters of the name, or by a part of the host's name or the state's; `!word` leaves out what has
/// it; `state:failed,stale`, `host:tokyo`, `age>2d`, `size>10G`, `pending>0` and `gaps>0` ask for one thing. Of several
/// lakes a word fits by a part of the lake's name too, and `lake:tokyo` asks for that alone.
package struct ProfileFilter: Sendable, Equatable {
  private let terms: [FilterTerm]
  /// Sentences on the words that can fit nothing, in their order; empty when all are understood.
  package var problems: [String] { problemWords.map(\.english) }
  /// The same in both languages.
  let problemWords: [Bilingual]

  /// Reads a filter's text; one without words lets everything pass.
  package init(_ text: String) { self.init(text, ofSeveralLakes: false) }

  /// The same for one lake or several.
  init(_ text: String, ofSeveralLakes: Bool) {
    var terms: [FilterTerm] = []
    var problems: [Bilingual] = []
    for word in text.split(separator: " ") {
      let read = FilterTerm.read(word, ofSeveralLakes: ofSeveralLakes)
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

  func passes(_ row: some FilteredProfile, now: Date) -> Bool { terms.allSatisfy { $0.fits(row, now: now) } }

  /// Whether time alone can change what passes.
  var dependsOnTime: Bool { terms.contains(where: \.dependsOnTime) }

  /// Whether what passes depends on the host a profile's data comes from.
  var asksForHost: Bool { terms.contains(where: \.asksForHost) }

  var isEmpty: Bool { terms.isEmpty }
}
