import CLinux
import Foundation
import Glibc

extension DirectoryDescriptor {
  /// Waits until everything that any process has written to the directory's file system is on the disk.
  ///
  /// File systems mounted below the directory are waited for too. One call for all files: a third of a second after
  /// 20,000 small ones, where a call for each takes minutes. What the disk refused since the directory was opened is
  /// told, so open it before the writing begins.
  /// Blocks for as long as the disk takes.
  /// - Throws: `sync` when some of it could not be written; nothing tells which files that concerns.
  package func syncFileSystem() throws(FileFailure) {
    guard sluice_syncfs(descriptor) == 0 else { throw FileFailure(.sync, path: path) }
    for mount in Self.mounts(below: ResolvedPaths.resolve(path)) {
      // Unmounted meanwhile, it was synced by that.
      guard let other = try? DirectoryDescriptor.open(mount) else { continue }
      guard sluice_syncfs(other.descriptor) == 0 else { throw FileFailure(.sync, path: mount) }
    }
  }

  /// Where other file systems are mounted below a path without links.
  static func mounts(below path: String, table: String = "/proc/self/mountinfo") -> [String] {
    let lines = FileManager.default.contents(atPath: table).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return lines.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count > 4 else { return nil }
      let mount = unescaped(fields[4])
      return mount.hasPrefix(path + "/") ? mount : nil
    }
  }

  /// The kernel writes a space, a tab, a line's end and a backslash of a path as `\040` and the like.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = field.utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3, let code = UInt8(String(Substring(digits)), radix: 8) {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
