import TerminalUI
import Testing

@Suite("A text field that offers a text")
struct OfferedTextTests {
  @Test("typing replaces the offer, and goes on behind the first character")
  func replaces() {
    var field = TextField("400", isOffered: true)
    for character in "3000" { _ = field.handle(.character(character)) }
    #expect(field.text == "3000")
  }

  @Test("Enter takes the offer, a movement or a deletion begins to edit it")
  func edits() {
    var taken = TextField("400", isOffered: true)
    #expect(taken.handle(.enter) == .submitted && taken.text == "400")
    var edited = TextField("400", isOffered: true)
    _ = edited.handle(.backspace)
    _ = edited.handle(.character("5"))
    #expect(edited.text == "405")
  }
}
