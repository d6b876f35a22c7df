/// A number of bytes; on screen in steps of 1024, named as the documents name them (KB, MB, GB).
package struct ByteCount: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// The count, in bytes.
  package var bytes: Int64

  /// A count of that many bytes.
  package init(_ bytes: Int64) { self.bytes = bytes }

  package init(from decoder: any Decoder) throws {
    self.bytes = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bytes)
  }

  /// No bytes at all.
  package static let zero = ByteCount(0)

  package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
  /// The sum of two counts.
  package static func + (left: ByteCount, right: ByteCount) -> ByteCount { ByteCount(left.bytes + right.bytes) }
  /// The difference of two counts; negative when the right one is larger.
  package static func - (left: ByteCount, right: ByteCount) -> ByteCount { ByteCount(left.bytes - right.bytes) }
  /// Adds a count in place.
  package static func += (left: inout ByteCount, right: ByteCount) { left.bytes += right.bytes }

  /// `0 B`, `912 B`, `5.2 GB`: at most one decimal, none from 100 of a unit on.
  package var description: String {
    let magnitude = bytes.magnitude
    guard magnitude >= 1024 else { return "\(bytes) B" }
    var value = Double(magnitude)
    var unit = -1
    // 999.95 and more would print as "1000.0": go on to the next unit before that.
    while value >= 999.5, unit < Self.units.count - 1 {
      value /= 1024
      unit += 1
    }
    let sign = bytes < 0 ? "-" : ""
    if value >= 99.95 { return "\(sign)\(Int(value.rounded())) \(Self.units[unit])" }
    let tenths = Int((value * 10).rounded())
    return "\(sign)\(tenths / 10).\(tenths % 10) \(Self.units[unit])"
  }

  /// Reads `500`, `10K`, `1G`, `1.5 GB`, `20GiB`: steps of 1024, nil for anything else or below zero.
  package init?(text: some StringProtocol) {
    let trimmed = String(text.filter { $0 != " " })
    let number = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(number), value >= 0, value.isFinite else { return nil }
    var suffix = trimmed.dropFirst(number.count).uppercased()
    if suffix.hasSuffix("IB") { suffix.removeLast(2) } else if suffix.hasSuffix("B") { suffix.removeLast() }
    let steps = ["", "K", "M", "G", "T", "P"]
    guard let step = steps.firstIndex(of: suffix) else { return nil }
    let scaled = value * Double(Int64(1) << (10 * Int64(step)))
    guard scaled < Double(Int64.max) else { return nil }
    self.bytes = Int64(scaled)
  }

  private static let units = ["KB", "MB", "GB", "TB", "PB", "EB"]
}
