import Foundation

/// Raw output of real runs of rsync, copied from recordings; `-350` is rsync 3.5.0, `-327` 3.2.7.
enum Recordings {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/rsync")

  /// Standard output of a run.
  static func output(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "output/\(name).bin")))
  }

  /// Error output of a run.
  static func errors(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: "errors/\(name).err")), as: UTF8.self)
  }

  /// The names of all error outputs.
  static func errorNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "errors").path)
      .filter { $0.hasSuffix(".err") }.map { String($0.dropLast(4)) }.sorted()
  }
}
