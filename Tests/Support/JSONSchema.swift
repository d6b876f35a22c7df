package import Foundation

/// A JSON value, read to be held against a schema.
package indirect enum JSONValue: Sendable, Equatable, Decodable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// A key's value; nil where there is none, or it is no object.
  package subscript(_ key: String) -> JSONValue? {
    if case .object(let values) = self { values[key] } else { nil }
  }

  /// Its text; nil for another kind.
  package var string: String? { if case .text(let text) = self { text } else { nil } }

  fileprivate var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

/// A JSON schema, of the keywords that the project's own have; any other is a fault of the schema.
package struct JSONSchema: Sendable {
  /// The whole schema.
  package let root: JSONValue

  /// Reads a schema.
  ///
  /// - Throws: When it is no JSON.
  package init(_ data: Data) throws { root = try JSONDecoder().decode(JSONValue.self, from: data) }

  /// What is wrong with a document, each with its place; empty when it is as it is to be.
  package func faults(of document: Data) throws -> [String] {
    faults(of: try JSONDecoder().decode(JSONValue.self, from: document), against: root, at: "$")
  }

  /// Keywords that say nothing of what is allowed.
  private static let descriptive: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

  private func faults(of value: JSONValue, against schema: JSONValue, at place: String) -> [String] {
    guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
    var faults: [String] = []
    for (keyword, rule) in keywords where !Self.descriptive.contains(keyword) {
      switch keyword {
      case "$ref":
        let name = rule.string?.split(separator: "/").last.map(String.init) ?? ""
        guard let meant = root["$defs"]?[name] else { return ["\(place): no definition \(name)"] }
        faults += self.faults(of: value, against: meant, at: place)
      case "anyOf":
        guard case .list(let choices) = rule else { return ["\(place): anyOf is no list"] }
        let tried = choices.map { self.faults(of: value, against: $0, at: place) }
        if !tried.contains([]) { faults += tried.min { $0.count < $1.count } ?? ["\(place): nothing is allowed"] }
      case "type": if !isOfType(value, rule) { faults.append("\(place): \(value) is not of type \(rule)") }
      case "const": if value != rule { faults.append("\(place): \(value) is not \(rule)") }
      case "enum":
        if case .list(let allowed) = rule, allowed.contains(value) { continue }
        faults.append("\(place): \(value) is none of \(rule)")
      case "pattern":
        guard let text = value.string else { continue }
        let expression = try? NSRegularExpression(pattern: rule.string ?? "(")
        let whole = NSRange(text.startIndex..., in: text)
        if expression?.firstMatch(in: text, range: whole) == nil { faults.append("\(place): \(text) has another form") }
      case "minimum":
        if let number = value.double, let least = rule.double, number < least {
          faults.append("\(place): \(number) is less than \(least)")
        }
      case "items":
        guard case .list(let items) = value else { continue }
        for (index, item) in items.enumerated() {
          faults += self.faults(of: item, against: rule, at: "\(place)[\(index)]")
        }
      case "properties", "required", "additionalProperties", "minProperties", "maxProperties": continue
      default: faults.append("\(place): the schema has the keyword \(keyword)")
      }
    }
    return faults + objectFaults(of: value, keywords, at: place)
  }

  private func objectFaults(of value: JSONValue, _ keywords: [String: JSONValue], at place: String) -> [String] {
    guard case .object(let members) = value else { return [] }
    var faults: [String] = []
    let properties: [String: JSONValue] =
      if case .object(let known)? = keywords["properties"] { known } else { [:] }
    if case .list(let required)? = keywords["required"] {
      for key in required.compactMap(\.string) where members[key] == nil { faults.append("\(place) lacks \(key)") }
    }
    for (key, member) in members.sorted(by: { $0.key < $1.key }) {
      if let rule = properties[key] {
        faults += self.faults(of: member, against: rule, at: "\(place).\(key)")
      } else if keywords["additionalProperties"] == .bool(false) {
        faults.append("\(place) has \(key), which the schema does not know")
      }
    }
    let count = Double(members.count)
    if let least = keywords["minProperties"]?.double, count < least { faults.append("\(place) has too few keys") }
    if let most = keywords["maxProperties"]?.double, count > most { faults.append("\(place) has too many keys") }
    return faults
  }

  private func isOfType(_ value: JSONValue, _ rule: JSONValue) -> Bool {
    if case .list(let types) = rule { return types.contains { isOfType(value, $0) } }
    return switch (rule.string, value) {
    case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number),
      ("string", .text), ("array", .list), ("object", .object):
      true
    default: false
    }
  }
}
