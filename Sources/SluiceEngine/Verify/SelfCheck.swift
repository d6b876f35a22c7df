import CLinux
import Glibc
import Klines
import LakeFiles
import SluiceCore

/// The file that holds another's SHA-256.
enum ChecksumFile {
  static let suffix = ".CHECKSUM"
  /// Nobody's is longer.
  static let limit = 512
}

/// Holds files of a profile's directory against themselves, one after the other.
///
/// Leaves no trace on what it reads: access times stay where the system allows it. One thread at a time; blocks.
final class SelfCheck {
  /// What a look at a file found.
  enum Result: Equatable {
    /// Nothing in it can be checked.
    case nothingToCheck
    case good
    case bad(VerifyFault)
  }

  private let archives = ArchiveCheck()
  private let directory: DirectoryDescriptor

  /// The hashes of files that were accepted though their `.CHECKSUM` says otherwise, by path.
  private let accepted: [String: String]

  /// - Parameters:
  ///   - directory: The profile's.
  ///   - accepted: The hashes of files that may differ from their `.CHECKSUM`, by path.
  init(_ directory: DirectoryDescriptor, accepted: [String: String] = [:]) {
    self.directory = directory
    self.accepted = accepted
  }

  /// Checks one file by its path below the profile's directory.
  func check(_ path: FileName) -> Result {
    let name = path.description
    let kind = DataFileKind(fileName: name)
    let checksum = name.hasSuffix(ChecksumFile.suffix) ? nil : content(of: path.appending(ChecksumFile.suffix))
    guard kind == .zip || kind == .parquet || checksum != nil else { return .nothingToCheck }
    guard let descriptor = open(path) else { return .bad(.unreadable(errno: errno)) }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    if kind == .parquet {
      do throws(ParquetEnds.Fault) {
        try ParquetEnds.check(descriptor)
      } catch {
        close(descriptor)
        return .bad(.parquet(error))
      }
    }
    guard kind == .zip || checksum != nil else {
      close(descriptor)
      return .good
    }
    do throws(KlineFault) {
      try archives.check(taking: descriptor, isZip: kind == .zip, checksum: checksum)
      return .good
    } catch {
      // The sum is looked at last: everything else of the file is right.
      if case .wrongChecksum(_, let actual) = error, accepted[name] == actual { return .good }
      return .bad(.archive(error))
    }
  }

  /// Opens a file so that it leaves no trace: only its owner may ask for no access time.
  ///
  /// Without O_NONBLOCK a fifo of that name would block for ever.
  private func open(_ path: FileName) -> Int32? {
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    return path.withCString { path in
      var opened = sluice_openat(directory.descriptor, path, flags | Self.noAccessTime, 0)
      if opened < 0, errno == EPERM { opened = sluice_openat(directory.descriptor, path, flags, 0) }
      return opened >= 0 ? opened : nil
    }
  }

  private func content(of path: FileName) -> [UInt8]? {
    guard let descriptor = open(path) else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: ChecksumFile.limit)
    let count = read(descriptor, &bytes, bytes.count)
    return count >= 0 ? Array(bytes[..<count]) : nil
  }

  /// O_NOATIME, which Swift's Glibc module does not show; the same on every architecture of Linux but Alpha, PA-RISC and
  /// SPARC.
  private static let noAccessTime: Int32 = 0o1000000
}
