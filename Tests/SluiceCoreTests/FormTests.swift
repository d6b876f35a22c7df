import Foundation
import SluiceCore
import Testing

@Suite("Form") struct FormTests {
  private struct Note: Codable, Equatable {
    var text = "none"
    var count = 3

    enum CodingKeys: String, CodingKey { case text, count }

    init() {}

    init(from decoder: any Decoder) throws {
      try Form.control.check(in: decoder)
      let container = try decoder.container(keyedBy: CodingKeys.self)
      text = try container.decode(.text, default: text)
      count = try container.decode(.count, default: count)
    }

    func encode(to encoder: any Encoder) throws {
      try Form.control.write(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(text, forKey: .text)
      try container.encode(count, forKey: .count)
    }
  }

  @Test("a file without a number, without keys or with unknown ones is read") func lenient() throws {
    for text in [#"{}"#, #"{"form":1}"#, #"{"form":1,"text":null,"later":[1]}"#] {
      #expect(try JSONDecoder().decode(Note.self, from: Data(text.utf8)) == Note(), "\(text)")
    }
  }

  @Test("a file of a newer form is refused by name and number, whatever else it holds") func newer() {
    #expect(throws: NewerForm(form: .control, found: 2)) {
      try JSONDecoder().decode(Note.self, from: Data(#"{"form":2,"text":{"deep":true}}"#.utf8))
    }
    #expect(
      NewerForm(form: .control, found: 2).sentence
        == "it has form 2 and this sluice reads control.json up to form 1; use the newer sluice that wrote it")
  }

  @Test("the number is written beside the value's keys") func written() throws {
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(Note())) as? [String: Any]
    #expect(object?["form"] as? Int == 1)
    #expect(object?["text"] as? String == "none")
  }
}
