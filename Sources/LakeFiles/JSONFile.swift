package import FoundationEssentials
import Glibc
import SluiceCore

/// JSON as every file of the lake is written: sorted keys, plain slashes, times in UTC.
package enum JSONFile {
  /// An encoder of that form.
  ///
  /// - Parameter isPretty: Indented, for files people open; false gives one line, for journals.
  package static func encoder(isPretty: Bool = false) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isPretty
      ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      : [
        .sortedKeys, .withoutEscapingSlashes,
      ]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(timestamp(date))
    }
    return encoder
  }

  /// A decoder for what `encoder` writes; times with and without a fraction of a second are read.
  package static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let date = TextFormat.date(utc: text) else {
        throw PlainReason.corrupted("\(text) is not a time like 2024-11-28T14:30:45Z", at: container.codingPath)
      }
      return date
    }
    return decoder
  }

  /// `2024-11-28T14:30:45.123Z`, or without the fraction for a whole second.
  package static func timestamp(_ date: Date) -> String {
    let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
    let rest = Int(((milliseconds % 1000) + 1000) % 1000)
    let whole = TextFormat.utc(Date(timeIntervalSince1970: Double((milliseconds - Int64(rest)) / 1000)))
    guard rest != 0 else { return whole }
    let digits = String(rest)
    return whole.dropLast() + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
  }

  /// Reads a whole file.
  ///
  /// - Parameter limit: Bytes beyond which the file is refused, so that a foreign file cannot fill the memory.
  /// - Throws: When it is missing, no regular file, too large, or cannot be read.
  package static func contents(of path: String, limit: Int = 64 << 20) throws(FileFailure) -> Data {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw FileFailure(.open, path: path) }
    defer { close(file) }
    let status = try FileStatus(descriptor: file, path: path)
    guard status.kind != .directory else { throw FileFailure(.read, path: path, code: EISDIR) }
    guard status.kind == .file else {
      throw .notRegular(path)
    }
    var data = Data(capacity: Int(min(status.size + 1, 1 << 20)))
    // No larger than the file, for most are small and many are read at once.
    var buffer = [UInt8](repeating: 0, count: Int(min(max(status.size + 1, 512), 65_536)))
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count == 0 { return data }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileFailure(.read, path: path)
      }
      data.append(contentsOf: buffer[..<count])
      guard data.count <= limit else {
        throw FileFailure(.read, path: path, code: 0, detail: "it is larger than \(ByteCount(Int64(limit)))")
      }
    }
  }

  /// Reads one value.
  ///
  /// - Throws: `isMissing` when there is no file; operation `decode` when it does not hold such a value, `form` when a
  ///   newer program wrote it.
  package static func read<Value: Decodable>(_ type: Value.Type, at path: String) throws(FileFailure) -> Value {
    let data = try contents(of: path)
    do {
      return try decoder().decode(type, from: data)
    } catch let newer as NewerForm {
      throw FileFailure(.form, path: path, code: 0, detail: newer.sentence)
    } catch {
      throw FileFailure(.decode, path: path, code: 0, detail: sentence(error))
    }
  }

  /// Replaces the file by one value; see `AtomicFile.write`.
  ///
  /// - Throws: When the value has no JSON form or the file cannot be replaced.
  package static func write(
    _ value: some Encodable, to path: String, mode: UInt32 = 0o644, isPretty: Bool = false, isDurable: Bool = true
  ) throws(FileFailure) {
    var data: Data
    do {
      data = try encoder(isPretty: isPretty).encode(value)
    } catch {
      throw FileFailure(.write, path: path, code: 0, detail: "the value has no JSON form")
    }
    data.append(UInt8(ascii: "\n"))
    try AtomicFile.write(data, to: path, mode: mode, isDurable: isDurable)
  }

  private static func sentence(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "it is not JSON" }
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
      return path.isEmpty ? "" : " at \(path)"
    }
    switch error {
    case .keyNotFound(let key, let context): return "the key \(key.stringValue) is missing\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "a value of the wrong kind\(place(context))"
    case .dataCorrupted(let context) where context.codingPath.isEmpty: return "it is not JSON"
    case .dataCorrupted(let context):
      let reason = (context.underlyingError as? PlainReason)?.text ?? "a value that this sluice does not know"
      return reason + place(context)
    @unknown default: return "it is not the JSON expected here"
    }
  }
}
