package import Foundation

/// A directory of its own for one test, removed with everything in it when the last reference goes.
package final class TempLake: Sendable {
  /// The text says what could not be made.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
  }

  /// Absolute, without a trailing slash, free of links.
  package let path: String

  /// Makes the directory below the system's temporary one.
  package init(_ name: String = "lake") throws {
    let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(base)/sluice-\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
      throw Failure(description: "no temporary directory below \(base): \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    path = String(cString: real)
  }

  deinit {
    // A test may have taken the write permission away.
    _ = try? FileManager.default.subpathsOfDirectory(atPath: path).forEach { sub in
      var status = stat()
      let full = "\(path)/\(sub)"
      if lstat(full, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { chmod(full, 0o700) }
    }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The absolute path of something in the directory.
  package func path(_ relative: String) -> String { "\(path)/\(relative)" }

  /// Makes a directory, those above it included, and says where it is.
  @discardableResult
  package func makeDirectory(_ relative: String) throws -> String {
    try FileManager.default.createDirectory(atPath: path(relative), withIntermediateDirectories: true)
    return path(relative)
  }

  /// Writes a file, its directories included, and says where it is.
  ///
  /// - Parameter modified: The file's time; now when nil.
  @discardableResult
  package func write(_ relative: String, _ content: Data, modified: Date? = nil) throws -> String {
    let target = path(relative)
    try FileManager.default.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try content.write(to: URL(filePath: target))
    if let modified { try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: target) }
    return target
  }

  /// Writes a text file, its directories included, and says where it is.
  @discardableResult
  package func write(_ relative: String, _ text: String, modified: Date? = nil) throws -> String {
    try write(relative, Data(text.utf8), modified: modified)
  }

  /// Writes a file of that many bytes that do not compress; one named `.parquet` with the ends of such a file.
  ///
  /// - Parameter seed: The same seed gives the same bytes.
  @discardableResult
  package func write(_ relative: String, bytes: Int, seed: UInt64 = 1, modified: Date? = nil) throws -> String {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var content = [UInt64](repeating: 0, count: bytes / 8 + 1)
    for index in content.indices {
      // xorshift64 (Marsaglia 2003): quick, and no compressor makes anything of it.
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      content[index] = state
    }
    var data = content.withUnsafeBytes { Data($0.prefix(bytes)) }
    if relative.hasSuffix(".parquet"), bytes >= 16 {
      data.replaceSubrange(..<4, with: Data("PAR1".utf8))
      data.replaceSubrange((bytes - 8)..., with: Data([1, 0, 0, 0]) + Data("PAR1".utf8))
    }
    return try write(relative, data, modified: modified)
  }

  /// The content of a file; nil when there is none.
  package func read(_ relative: String) -> Data? { FileManager.default.contents(atPath: path(relative)) }

  /// Whether anything of that name is there; a link counts, wherever it leads.
  package func exists(_ relative: String) -> Bool {
    var status = stat()
    return lstat(path(relative), &status) == 0
  }

  /// The relative paths of everything below, sorted.
  package func listing(_ relative: String = "") throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: relative.isEmpty ? path : path(relative)).sorted()
  }
}
