import FoundationEssentials
import SluiceCore

/// A sentence on the bottom line; goes away by itself.
struct Message: Sendable, Equatable {
  enum Tone: Sendable, Equatable { case news, good, bad }

  var text: String
  var tone: Tone
  var until: Date
  let saidAt: Date

  init(_ notice: Notice, _ language: Lake.Language, now: Date) {
    text = notice.words.text(language)
    tone = notice.tone
    saidAt = now
    // What went wrong may need to be read twice.
    self.until = now.addingTimeInterval(tone == .bad ? 20 : 8)
  }
}
