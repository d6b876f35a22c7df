import Testing

@testable import SluiceCore

@Suite("The colour of a lake")
struct AccentColorTests {
  @Test("has a name, or six digits with or without a hash")
  func spelled() throws {
    for name in AccentColor.names { #expect(AccentColor(name) != nil, "\(name)") }
    let red = try #require(AccentColor("#c62828"))
    #expect(red == AccentColor("c62828") && red == AccentColor("red"))
    #expect(red.red == 0xC6 && red.green == 0x28 && red.blue == 0x28)
  }

  @Test("is nothing else", arguments: ["", "crimson", "#c6282", "#c628281", "+62828", "c6282g"])
  func others(_ text: String) { #expect(AccentColor(text) == nil) }
}
