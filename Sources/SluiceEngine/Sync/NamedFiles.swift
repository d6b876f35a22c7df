import Glibc
import LakeConfiguration
import LakeFiles
import SluiceCore

/// The files that a source's configuration names for ssh.
///
/// Of a key that it cannot use ssh says little, and goes on to keys of its own configuration: another one than was
/// meant. A pipe or a device in the place of any of them it would read for ever.
enum NamedFiles {
  /// Why one of them cannot be used; nil when all can, or none is named.
  static func fault(of source: Source) -> JobFault? {
    if let key = source.sshKey, let failure = failure(ofKey: key) { return .unusableKey(failure) }
    if case .file(let path) = source.knownHosts, let failure = kindFailure(of: path) {
      return .unusableFile(failure, key: "known_hosts")
    }
    if let path = source.sshConfig, let failure = kindFailure(of: path) {
      return .unusableFile(failure, key: "ssh_config")
    }
    return nil
  }

  /// What is wrong with a key that is there; of one that is not, whether it was named at all.
  private static func failure(ofKey path: String) -> FileFailure? {
    do throws(FileFailure) {
      // Opening a device may do something to it, and a pipe would wait for its other end.
      guard try FileStatus(at: path, followingLinks: true).kind == .file else { return .notRegular(path) }
      let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard file >= 0 else { return FileFailure(.open, path: path) }
      close(file)
      return nil
    } catch {
      return error.isMissing && DefaultKey.isMeant(by: path) ? nil : error
    }
  }

  /// What these are when they are missing, or may not be read, ssh knows best; and none at all is `/dev/null`.
  private static func kindFailure(of path: String) -> FileFailure? {
    guard path != "/dev/null", let status = try? FileStatus(at: path, followingLinks: true), status.kind != .file
    else { return nil }
    return .notRegular(path)
  }
}
