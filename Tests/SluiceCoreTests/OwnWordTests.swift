import Testing

@testable import SluiceCore

@Suite("A word of an own command")
struct OwnWordTests {
  private static let facts: [OwnWord.Field: String] = [
    .profile: "ticks", .directory: "/lake/my ticks; rm -rf {host} $HOME", .host: "10.0.0.11", .run: "",
  ]

  @Test(
    "has a fact where a field stands, and stays one word",
    arguments: [
      ("plain", "plain"), ("", ""), ("{profile}", "ticks"), ("--name={profile}.log", "--name=ticks.log"),
      ("{profile}{profile}", "ticksticks"), ("{profile}@{host}:x", "ticks@10.0.0.11:x"),
      // What a fact holds is neither split nor looked through for fields.
      ("{directory}", "/lake/my ticks; rm -rf {host} $HOME"),
      ("{{profile}}", "{profile}"), ("{{nothing}}", "{nothing}"), ("{{profile}", "{ticks"), ("{profile}}", "ticks}"),
      ("{}", "{}"), ("{print $1}", "{print $1}"), ("{{.Names}}", "{{.Names}}"), ("a{2,3}", "a{2,3}"), ("{", "{"),
      ("{{", "{{"), ("{ profile }", "{ profile }"), ("行{profile}情", "行ticks情"),
    ])
  func filled(_ text: String, _ expected: String) throws {
    let word = try OwnWord(text)
    #expect(word.text == text)
    #expect(try word.filled { Self.facts[$0] } == expected)
  }

  @Test(
    "names the first field that there is not",
    arguments: [("{profil}", "profil"), ("x{profile}{Host}y", "Host"), ("{a-b}", "a-b"), ("{_}", "_")])
  func unknown(_ text: String, _ name: String) {
    #expect(throws: OwnWord.UnknownField(name: name)) { try OwnWord(text) }
  }

  @Test(
    "cannot be filled where nothing is known of a field", arguments: [("{run}", OwnWord.Field.run), ("a{port}", .port)])
  func empty(_ text: String, _ field: OwnWord.Field) throws {
    let word = try OwnWord(text)
    #expect(throws: OwnWord.EmptyField(field: field)) { try word.filled { Self.facts[$0] } }
  }

  @Test("is shown as written, quoted only where a blank or a quote would mislead")
  func line() throws {
    let words = try ["du", "-sh", "{directory}", "a b", "it's", ""].map { try OwnWord($0) }
    let command = OwnCommand(name: "x", key: "U", words: words)
    #expect(command.line == #"du -sh {directory} 'a b' 'it'\''s' ''"#)
  }
}
