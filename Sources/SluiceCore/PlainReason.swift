/// Why a value cannot be read, in words that a person may be shown; the standard library's own speak of types.
package struct PlainReason: Error, Sendable {
  /// The reason, a clause without a capital and a full stop.
  package var text: String

  /// The error a decoder throws for it.
  ///
  /// - Parameter path: Where in the file the value stands.
  package static func corrupted(_ text: String, at path: [any CodingKey]) -> DecodingError {
    .dataCorrupted(.init(codingPath: path, debugDescription: text, underlyingError: PlainReason(text: text)))
  }
}
