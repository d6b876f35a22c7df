package import FoundationEssentials

extension JSONFile {
  /// One value on one line, without its newline.
  ///
  /// - Throws: `EncodingError` for a value without a JSON form, such as an infinite number.
  package static func encode(_ value: some Encodable) throws -> Data { try encoder().encode(value) }

  /// One value out of its text.
  ///
  /// - Throws: `DecodingError` when the text does not hold such a value.
  package static func decode<Value: Decodable>(_ type: Value.Type, _ data: Data) throws -> Value {
    try decoder().decode(type, from: data)
  }
}
