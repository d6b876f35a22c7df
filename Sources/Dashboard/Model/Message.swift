import FoundationEssentials

/// A sentence on the bottom line; goes away by itself.
struct Message: Sendable, Equatable {
  enum Tone: Sendable, Equatable { case news, good, bad }

  var text: String
  var tone: Tone
  var until: Date

  init(_ notice: Notice, now: Date) {
    text = notice.text
    tone = notice.tone
    // What went wrong may need to be read twice.
    self.until = now.addingTimeInterval(tone == .bad ? 20 : 8)
  }
}
