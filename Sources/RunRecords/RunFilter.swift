import FoundationEssentials
import Glibc
import SluiceCore

/// Tells from a `run.json`'s bytes that the run is not of interest, without reading it as JSON: of ten thousand runs a
/// hundred matter.
///
/// It only ever says so when it is sure. A quote inside a JSON string is written `\"`, so `"profile":"` is a key
/// wherever it stands.
struct RunFilter {
  /// Names of the profiles whose runs are of interest.
  var profiles: Set<String>

  /// Whether the record may be one of those profiles' and did more than look.
  func mayMatch(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let isRehearsal = Self.rehearsals.contains { word in
      word.withUnsafeBytes { Self.find($0, in: bytes, from: 0) } != nil
    }
    return !isRehearsal && mayBeOfProfile(bytes)
  }

  /// Whether the record may be one of those profiles'.
  func mayBeOfProfile(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var from = 0
    var names = 0
    while let start = Self.profileKey.withUnsafeBytes({ Self.find($0, in: bytes, from: from) }) {
      let first = start + Self.profileKey.count
      guard let end = bytes[first...].firstIndex(of: UInt8(ascii: "\"")) else { return true }
      let name = bytes[first..<end]
      // An escape: the JSON reader decides.
      if name.contains(UInt8(ascii: "\\")) || profiles.contains(String(decoding: name, as: UTF8.self)) { return true }
      names += 1
      from = end
    }
    return names == 0
  }

  /// The profile's name, where the record has one and spells it plainly; nil otherwise.
  static func onlyProfile(in bytes: UnsafeRawBufferPointer) -> String? {
    guard let start = profileKey.withUnsafeBytes({ find($0, in: bytes, from: 0) }) else { return nil }
    let first = start + profileKey.count
    guard profileKey.withUnsafeBytes({ find($0, in: bytes, from: first) }) == nil,
      let end = bytes[first...].firstIndex(of: UInt8(ascii: "\"")), !bytes[first..<end].contains(UInt8(ascii: "\\")),
      bytes.last == UInt8(ascii: "}") || bytes.last == UInt8(ascii: "\n")
    else { return nil }
    return String(decoding: bytes[first..<end], as: UTF8.self)
  }

  /// Whether the record is surely one that can be read: whole, of the form written today, and with the keys it must have.
  static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    onlyProfile(in: bytes) != nil
      && plainKeys.allSatisfy { word in word.withUnsafeBytes { find($0, in: bytes, from: 0) } != nil }
  }

  private static let plainKeys = ["\"form\":\(Form.run.number),", "\"id\":\"", "\"task\":{"].map { Array($0.utf8) }
  private static let profileKey = Array(#""profile":""#.utf8)
  /// How a record says so now, and how it did before forms had numbers.
  private static let rehearsals = [Array(#""isRehearsal":true"#.utf8), Array(#""kind":"dry-run""#.utf8)]

  private static func find(_ word: UnsafeRawBufferPointer, in bytes: UnsafeRawBufferPointer, from: Int) -> Int? {
    guard let base = bytes.baseAddress, let wanted = word.baseAddress else { return nil }
    var start = from
    while start + word.count <= bytes.count {
      guard let next = memchr(base + start, Int32(word[0]), bytes.count - word.count - start + 1) else { return nil }
      let found = UnsafeRawPointer(next)
      if memcmp(found, wanted, word.count) == 0 { return found - base }
      start = found - base + 1
    }
    return nil
  }
}
