import SluiceCore

/// What `coverage --learn` proposes for one profile.
struct LearnedExpectations: Encodable {
  var profile: String
  var expectations: [Expectation]

  /// The block for the configuration, with where it belongs.
  var lines: [String] {
    guard !expectations.isEmpty else { return ["# \(profile): nothing dated is there yet, so nothing can be learned"] }
    return [
      "# Under data_lake.profiles.\(profile); add by: \"06:00\" where a day is due at an hour of UTC:", "expect:",
    ] + expectations.map { "  - \($0.yaml)" }
  }

  enum CodingKeys: String, CodingKey { case profile, expect }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(profile, forKey: .profile)
    var list = container.nestedUnkeyedContainer(forKey: .expect)
    for expectation in expectations {
      var entry = list.nestedContainer(keyedBy: Key.self)
      for (key, value, isList) in expectation.configuration {
        let key = Key(stringValue: key)
        if isList { try entry.encode(value, forKey: key) } else { try entry.encode(value.first, forKey: key) }
      }
    }
  }
}
