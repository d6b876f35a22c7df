import CLinux
import FoundationEssentials
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
  static func mounts(below path: String, table: MountTable = .current) -> [String] {
    table.mounts.map(\.point).filter { $0.hasPrefix(path + "/") }
  }
}
