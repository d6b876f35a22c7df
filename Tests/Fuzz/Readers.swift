import Foundation
import Klines
import LakeConfiguration
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import TerminalUI

/// What a reader did that it must not: the words for it.
struct Finding: Error {
  var text: String
}

/// A reader of bytes from outside.
///
/// Crashing and never ending are findings of their own.
struct Reader: Sendable {
  var name: String
  /// Files and folders below Tests/Fixtures that inputs are made of.
  var corpus: [String]
  /// How the names of those end that are taken from folders.
  var ending = ""
  /// Reads an input; throws a `Finding` when what it gives contradicts itself.
  var read: @Sendable ([UInt8], inout SplitMix64) throws -> Void

  static let all = [
    Reader(name: "progress", corpus: ["rsync/output"], read: progress),
    Reader(name: "csv", corpus: ["klines/excerpt"], read: csv),
    Reader(name: "zip", corpus: ["klines/data"], ending: ".zip", read: zip),
    Reader(
      name: "yaml", corpus: ["configuration/every-key.yml", "configuration/documents", "configuration/invalid"],
      read: yaml),
    Reader(name: "theme", corpus: ["../../themes"], read: theme),
    Reader(name: "journal", corpus: ["records/form0/runs"], ending: "journal.jsonl", read: journal),
    Reader(name: "control", corpus: ["records/form0/runs", "records/run"], ending: ".json", read: control),
  ]

  // MARK: The readers

  /// However the bytes are cut, the events are the same.
  private static func progress(_ bytes: [UInt8], _ generator: inout SplitMix64) throws {
    func events(_ pieces: [ArraySlice<UInt8>]) -> [RsyncEvent] {
      var parser = RsyncOutputParser()
      var events: [RsyncEvent] = []
      for piece in pieces { parser.consume(piece) { events.append($0) } }
      parser.finish { events.append($0) }
      return events
    }
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...max(1, min(rest.count, 97)), using: &generator)
      pieces.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    guard events([bytes[...]]) == events(pieces) else { throw Finding(text: "cut into pieces, the events are others") }
  }

  /// Rows or a fault, and no more rows than lines.
  private static func csv(_ bytes: [UInt8], _ generator: inout SplitMix64) throws {
    let columns = KlineColumns()
    let text = ByteBuffer()
    text.assign(bytes)
    do throws(KlineFault) { _ = try KlineParser().parse(text.bytes, into: columns) } catch { return }
    let lines = bytes.count { $0 == 10 || $0 == 13 } + 1
    guard columns.count <= lines else { throw Finding(text: "\(columns.count) rows of \(lines) lines") }
  }

  /// The content the archive's own sum fits, or a fault; the check of the whole file agrees.
  private static func zip(_ bytes: [UInt8], _ generator: inout SplitMix64) throws {
    let taken: Int? = bytes.withUnsafeBytes { archive in
      try? ZipExtractor().withContent(named: "BTCUSDT-1m-2018-02-08.csv", of: archive) { $0.count }
    }
    if let taken, taken > 64 << 20 { throw Finding(text: "\(taken) bytes of an archive of \(bytes.count)") }
    let path = try Self.file(bytes)
    let file = open(path, O_RDONLY)
    try? ArchiveCheck().check(taking: file, isZip: true, checksum: nil as [UInt8]?)
  }

  /// A lake, or at least one problem with words.
  private static func yaml(_ bytes: [UInt8], _ generator: inout SplitMix64) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(ConfigurationFailure) {
      _ = try ConfigurationLoader.check(text, path: "/lake.yml", environment: ["HOME": "/home/u"])
    } catch {
      guard error.problems.contains(where: { !$0.isWarning && !$0.message.isEmpty }) else {
        throw Finding(text: "refused without a word")
      }
      let told = error.problems.map(\.description).joined()
      guard !told.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
        throw Finding(text: "a control character in: \(told)")
      }
    }
  }

  private static func theme(_ bytes: [UInt8], _ generator: inout SplitMix64) throws {
    guard let scheme = try? YAMLScalars.read(String(decoding: bytes, as: UTF8.self), andOf: "palette") else { return }
    do throws(ThemeProblem) {
      _ = try Theme(base16: scheme, name: "x")
    } catch {
      if error.sentence.isEmpty { throw Finding(text: "left out without a word") }
    }
  }

  /// Read whole and read as it grows, the journal gives the same events.
  private static func journal(_ bytes: [UInt8], _ generator: inout SplitMix64) throws {
    let directory = try runDirectory()
    var tail = JournalTail(directory)
    var grown: [RunEvent] = []
    let cut = Int.random(in: 0...bytes.count, using: &generator)
    for part in [bytes[..<cut], bytes[cut...]] {
      let handle = try FileHandle(forWritingTo: URL(filePath: directory.journalPath))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(part))
      try handle.close()
      grown += tail.read().events
    }
    let whole = directory.events().map(\.sequence)
    // A last line without its line feed is still being written for the one, and torn for the other.
    guard whole.starts(with: grown.map(\.sequence)) else {
      throw Finding(text: "grown: \(grown.map(\.sequence)), whole: \(whole)")
    }
  }

  private static func control(_ bytes: [UInt8], _ generator: inout SplitMix64) throws {
    let directory = try runDirectory()
    try Data(bytes).write(to: URL(filePath: directory.path + "/control.json"))
    _ = directory.control()
    _ = directory.record()
  }

  // MARK: Files

  private static let scratch = "/dev/shm/sluice-fuzz-\(getpid())"

  private static func file(_ bytes: [UInt8]) throws -> String {
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: scratch + "/input"))
    return scratch + "/input"
  }

  private static func runDirectory() throws -> RunDirectory {
    let id = RunID(start: Date(timeIntervalSince1970: 1_700_000_000))
    let directory = RunDirectory(id: id, stateDirectory: scratch)
    try? FileManager.default.removeItem(atPath: scratch)
    try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: directory.journalPath))
    return directory
  }

  static func cleanUp() { try? FileManager.default.removeItem(atPath: scratch) }
}
