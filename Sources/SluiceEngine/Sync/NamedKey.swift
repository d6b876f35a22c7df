import LakeConfiguration
import LakeFiles
import SluiceCore

/// The private key that a source's configuration names.
///
/// ssh only warns where it is missing and goes on to keys of its own configuration: another one than was meant.
enum NamedKey {
  /// Why the key cannot be used; nil when it can, or when none was named.
  static func fault(of source: Source) -> JobFault? {
    guard let key = source.sshKey, !DefaultKey.isMeant(by: key) else { return nil }
    do throws(FileFailure) {
      _ = try FileStatus(at: key, followingLinks: true)
      return nil
    } catch {
      return .missingKey(error)
    }
  }
}
