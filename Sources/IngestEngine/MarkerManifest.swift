import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// The record of an ingested marker, a JSON file of the marker's name in the profile's state directory.
struct MarkerManifest: Sendable, Equatable, Codable {
  struct File: Sendable, Equatable, Codable {
    var path: String
    var size: Int64
    var sha256: String?
    var rows: Int
    var refused: Int
    var duplicates: Int
    var firstOpenTime: Int64?
    var lastOpenTime: Int64?

    enum CodingKeys: String, CodingKey {
      case path, size, sha256, rows, refused, duplicates
      case firstOpenTime = "first_open_time"
      case lastOpenTime = "last_open_time"
    }
  }

  /// The part before the list of files, on the record's first line.
  struct Head: Sendable, Equatable, Codable {
    var marker: String
    var ingestedAt: String
    var warehouse: String
    var rows: Int
    var fileCount: Int?

    enum CodingKeys: String, CodingKey {
      case marker, warehouse, rows
      case ingestedAt = "ingested_at"
      case fileCount = "file_count"
    }
  }

  var head: Head
  var files: [File]

  init(head: Head, files: [File]) {
    self.head = head
    self.files = files
  }

  init(from decoder: any Decoder) throws {
    head = try Head(from: decoder)
    files = try decoder.container(keyedBy: ListKey.self).decode([File].self, forKey: .files)
  }

  func encode(to encoder: any Encoder) throws {
    try head.encode(to: encoder)
    var container = encoder.container(keyedBy: ListKey.self)
    try container.encode(files, forKey: .files)
  }

  private enum ListKey: String, CodingKey { case files }

  /// JSON with the head on the first line and one file a line after it, so that counting markers reads one line each.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let line = { (value: any Encodable) in String(decoding: try encoder.encode(value), as: UTF8.self) }
    let list = try files.map(line).joined(separator: ",\n")
    return try String(line(head).dropLast()) + ",\"files\":[\n" + list + "\n]}\n"
  }

  /// Reads only the head of a record.
  ///
  /// - Returns: nil when the file is empty (an earlier tool's record) or cannot be understood.
  static func head(path: String) -> Head? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var start = [UInt8](repeating: 0, count: 4096)
    let count = start.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
    guard count > 0 else { return nil }
    let line = String(decoding: start[..<count].prefix { $0 != 10 }, as: UTF8.self)
    let list = ",\"files\":["
    if line.hasSuffix(list),
      let head = try? JSONDecoder().decode(Head.self, from: Data((line.dropLast(list.count) + "}").utf8))
    {
      return head
    }
    // Written by other hands: read it all.
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try? JSONDecoder().decode(Head.self, from: data)
  }

  /// Puts the record in its place, its directory made when it is missing.
  func write(to path: String) throws(FileFailure) {
    let content: String
    do {
      content = try text()
    } catch {
      throw FileFailure(.write, path: path, code: 0, detail: "the record has no JSON form")
    }
    try AtomicFile.createDirectory(AtomicFile.split(path).directory)
    try AtomicFile.write(Data(content.utf8), to: path)
  }
}
