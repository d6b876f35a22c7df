/// The files sluice keeps for itself, each with the number of the form it is written in.
///
/// A form grows by keys: one that is absent takes its default, one that is unknown is passed over, and the number stays.
/// It rises only when an older program would misread the file, which then refuses it (`NewerForm`). Files from before
/// there were numbers have none and count as 0; they are read for ever.
package enum Form: String, Sendable, CaseIterable {
  case run = "run.json"
  case request = "request.json"
  case journal = "journal.jsonl"
  case live = "live.json"
  case control = "control.json"
  case result = "result.json"
  case totals = "metrics.json"
  case checkpoint
  case verification
  case ledger = "ledger.sqlite"

  /// The number this program writes, and the highest it reads, 1 or more.
  package var number: Int { 1 }

  /// Makes sure that a number found in a file is one this program reads.
  ///
  /// - Parameter found: The number; nil where the file has none.
  /// - Throws: `NewerForm` when it is higher than any this program knows.
  package func check(_ found: Int?) throws(NewerForm) {
    if let found, found > number { throw NewerForm(form: self, found: found) }
  }

  /// Reads the number of a JSON object and makes sure that this program reads it; before any other key is looked at.
  ///
  /// - Returns: The number; 0 where there is none.
  /// - Throws: `NewerForm` when it is higher than any this program knows, `DecodingError` when it is no number.
  @discardableResult
  package func check(in decoder: any Decoder) throws -> Int {
    let found = try decoder.container(keyedBy: FormKey.self).decodeIfPresent(Int.self, forKey: .form)
    try check(found)
    return found ?? 0
  }

  /// Writes the number into a JSON object, beside the keys of the value itself.
  ///
  /// - Throws: `EncodingError` when the encoder takes no number.
  package func write(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: FormKey.self)
    try container.encode(number, forKey: .form)
  }
}

/// A file was written by a newer program, in a form this one would misread.
package struct NewerForm: Error, Sendable, Equatable {
  /// Which file.
  package var form: Form
  /// The number it has.
  package var found: Int

  /// The refusal of a file of that kind with that number.
  package init(form: Form, found: Int) {
    self.form = form
    self.found = found
  }

  /// What is wrong, and what helps: the second half of "FILE cannot be read: …".
  package var sentence: String {
    "it has form \(found) and this sluice reads \(form.rawValue) up to form \(form.number); use the newer sluice that "
      + "wrote it"
  }
}

private enum FormKey: String, CodingKey {
  case form
}

extension KeyedDecodingContainer {
  /// The value of a key, or its default where the key is absent or null: how a file of an older program is read.
  ///
  /// - Throws: `DecodingError` when the key holds something else.
  package func decode<Value: Decodable>(_ key: Key, default value: Value) throws -> Value {
    try decodeIfPresent(Value.self, forKey: key) ?? value
  }
}
