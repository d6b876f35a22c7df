/// A word of an own command as the configuration has it: text, with the places where a fact of a profile belongs.
package struct OwnWord: Sendable, Hashable {
  /// A fact of the profile under the cursor, by the name it has between braces.
  package enum Field: String, Sendable, CaseIterable {
    case profile, host, port, user
    case sshKey = "ssh_key"
    case remoteRoot = "remote_root"
    case directory, state, run, checkpoint
    case rootDirectory = "root_directory"
    case stateDirectory = "state_directory"
    case logDirectory = "log_directory"
    case config

    /// As it stands in a word: `{profile}`.
    package var written: String { "{\(rawValue)}" }
  }

  /// A piece of a word.
  package enum Part: Sendable, Hashable {
    case text(String)
    case field(Field)
  }

  /// A name between braces that is no field's.
  package struct UnknownField: Error, Sendable, Equatable {
    /// Without the braces.
    package let name: String
  }

  /// As written.
  package let text: String
  /// The same, taken apart.
  package let parts: [Part]

  /// Takes a word apart: a name between braces is a field, one between double braces is that name between single ones.
  ///
  /// Braces around anything else stay as they are, for the words of other programs are full of them: `{}`, `{print $1}`.
  /// - Throws: The first name that is no field's.
  package init(_ text: String) throws(UnknownField) {
    self.text = text
    var parts: [Part] = []
    var plain = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "{") {
      plain += rest[..<start]
      rest = rest[start...]
      if let name = Self.name(in: rest, between: "{{", "}}") {
        plain += "{\(name)}"
        rest = rest.dropFirst(name.count + 4)
      } else if let name = Self.name(in: rest, between: "{", "}") {
        guard let field = Field(rawValue: String(name)) else { throw UnknownField(name: String(name)) }
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.field(field))
        rest = rest.dropFirst(name.count + 2)
      } else {
        plain += "{"
        rest = rest.dropFirst()
      }
    }
    plain += rest
    if !plain.isEmpty { parts.append(.text(plain)) }
    self.parts = parts
  }

  private static func name(in text: Substring, between opening: String, _ closing: String) -> Substring? {
    guard text.hasPrefix(opening) else { return nil }
    let name = text.dropFirst(opening.count).prefix { $0.isASCII && ($0.isLetter || $0 == "_" || $0 == "-") }
    return !name.isEmpty && text[name.endIndex...].hasPrefix(closing) ? name : nil
  }

  /// The word with a profile's facts in it: one word still, whatever these are.
  ///
  /// - Parameter value: A field's fact; nil where there is none.
  /// - Throws: The first field without a fact.
  package func filled(_ value: (Field) -> String?) throws(EmptyField) -> String {
    var whole = ""
    for part in parts {
      switch part {
      case .text(let text): whole += text
      case .field(let field):
        guard let fact = value(field), !fact.isEmpty else { throw EmptyField(field: field) }
        whole += fact
      }
    }
    return whole
  }

  /// A field of which nothing is known.
  package struct EmptyField: Error, Sendable, Equatable {
    /// The field.
    package let field: Field
  }
}
