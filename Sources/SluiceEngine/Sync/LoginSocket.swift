import Glibc
import LakeFiles

/// The socket that a shared login is offered at, in a directory of its own.
///
/// Where the directory's name is too long for a socket's address, the name leads through this process's descriptor of it:
/// `/proc/PID/fd/N/login`. Nothing lies outside that directory, so a killed run leaves nothing behind elsewhere.
final class LoginSocket: Sendable {
  /// A socket's address holds 108 bytes (`sun_path` in unix(7)), and ssh binds a name 17 bytes longer first.
  static let longestPath = 88

  /// The name that ssh is given.
  let path: String
  /// Open as long as the name leads through it.
  private let directory: DirectoryDescriptor?

  /// - Returns: nil where the name is too long and the kernel's directory of descriptors is not there.
  init?(in directoryPath: String) {
    let plain = directoryPath + "/login"
    if plain.utf8.count <= Self.longestPath {
      (path, directory) = (plain, nil)
      return
    }
    guard let directory = try? DirectoryDescriptor.open(directoryPath) else { return nil }
    let way = "/proc/\(getpid())/fd/\(directory.descriptor)"
    guard access(way + "/.", F_OK) == 0 else { return nil }
    (path, self.directory) = (way + "/login", directory)
  }
}
