import FoundationEssentials
import Glibc

/// The mounts of this process's namespace (proc(5), `mountinfo`): which other paths lead to a directory.
struct MountTable {
  /// One mount.
  struct Mount: Equatable {
    /// Major and minor number of the file system.
    var device: String
    /// The directory of the file system that is mounted.
    var root: String
    /// Where.
    var point: String
  }

  let mounts: [Mount]

  /// The mounts as they are now; none where the kernel does not tell.
  static var current: MountTable {
    MountTable(KernelFile.text("/proc/self/mountinfo") ?? "")
  }

  /// Lines read `36 35 98:0 /mnt1 /mnt2 rw,noatime …`.
  init(_ text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ", maxSplits: 5)
      guard fields.count > 5 else { return nil }
      return Mount(device: String(fields[2]), root: Self.decoded(fields[3]), point: Self.decoded(fields[4]))
    }
  }

  /// A directory by two names.
  struct Alias: Equatable {
    /// The directory: the one that was asked for, or one above it.
    var place: String
    /// The same by way of another mount, unless something is mounted over it.
    var name: String
  }

  /// The other names of a directory, and of those above it in which mounts on the way to it lie.
  ///
  /// - Parameter path: Absolute, its links followed.
  func aliases(of path: String) -> [Alias] {
    var aliases: [Alias] = []
    var place = path
    // A mount may lie in what is mounted elsewhere as well.
    while let mount = mount(of: place) {
      let inside = Self.joined(mount.root, Self.rest(of: place, below: mount.point))
      for other in mounts where other.device == mount.device && other != mount {
        guard Self.isInside(inside, other.root) else { continue }
        let name = Self.joined(other.point, Self.rest(of: inside, below: other.root))
        aliases.append(Alias(place: place, name: name))
      }
      guard mount.point != "/" else { break }
      place = AtomicFile.split(mount.point).directory
    }
    return aliases
  }

  /// The mount that a path lies on: the last of those with the longest point.
  private func mount(of path: String) -> Mount? {
    mounts.reduce(nil) { found, next in
      guard Self.isInside(path, next.point) else { return found }
      return found.map { $0.point.utf8.count > next.point.utf8.count } ?? false ? found : next
    }
  }

  private static func isInside(_ path: String, _ directory: String) -> Bool {
    directory == "/" || ResolvedPaths.isInside(path, directory)
  }

  /// `/a/b/c` below `/a` is `/b/c`.
  private static func rest(of path: String, below directory: String) -> String {
    directory == "/" ? (path == "/" ? "" : path) : String(path.dropFirst(directory.count))
  }

  private static func joined(_ directory: String, _ rest: String) -> String {
    directory == "/" ? (rest.isEmpty ? "/" : rest) : directory + rest
  }

  /// Blanks and the like are written as octal numbers: `\040`.
  private static func decoded(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(field.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.count >= 3,
        let number = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
      {
        bytes.append(number)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
