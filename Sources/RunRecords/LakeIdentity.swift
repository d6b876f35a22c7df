import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// Notices that the lake's disk is not mounted: a random id inside the lake, and a copy of it outside (DESIGN 5.3).
package struct LakeIdentity: Sendable {
  /// What the two ids say together.
  package enum Finding: Sendable, Equatable {
    /// Both there and equal, or made just now.
    case same
    /// Known on this machine, but the lake does not hold it: the mount is probably missing.
    case missing(rootDirectory: String, knownPath: String)
    /// The same, and the profiles' data is there.
    case unmarked(rootDirectory: String, idPath: String, knownPath: String)
    /// Both there and different: another lake stands at this path.
    case different(rootDirectory: String, knownPath: String)
    /// The lake's id cannot be read, so that nothing is known of the lake.
    case unreadable(FileFailure)

    /// Why no run may begin; nil when one may.
    package var fault: RunFault? {
      switch self {
      case .same: nil
      case .missing(let root, let known): .lakeMissing(rootDirectory: root, knownPath: known)
      case .unmarked(let root, let id, let known): .lakeUnmarked(rootDirectory: root, idPath: id, knownPath: known)
      case .different(let root, let known): .lakeChanged(rootDirectory: root, knownPath: known)
      case .unreadable(let failure): .unreadable(failure)
      }
    }
  }

  private let lake: Lake
  private let knownDirectory: String

  /// The guard of one lake on this machine.
  ///
  /// - Parameters:
  ///   - lake: The lake to look at.
  ///   - environment: For `XDG_STATE_HOME` and `HOME`; root keeps its copies in `/var/lib/sluice`.
  package init(lake: Lake, environment: [String: String], isRoot: Bool = geteuid() == 0) {
    self.lake = lake
    if let base = environment["XDG_STATE_HOME"], base.hasPrefix("/") {
      knownDirectory = base + "/sluice"
    } else if isRoot {
      knownDirectory = "/var/lib/sluice"
    } else {
      knownDirectory = (environment["HOME"] ?? "/tmp") + "/.local/state/sluice"
    }
  }

  /// With the lake's state, or in the root when the state lives elsewhere and so says nothing about the root's disk.
  private var idPath: String {
    let root = lake.rootDirectory == "/" ? "/" : lake.rootDirectory + "/"
    return lake.stateDirectory.hasPrefix(root) ? lake.stateDirectory + "/lake_id" : root + ".sluice_lake_id"
  }

  /// Whether a lake's root lies at that directory, of whichever configuration: it holds a lake's id.
  package static func begins(in directory: String) -> Bool {
    [".sluice/lake_id", ".sluice_lake_id"].contains { access("\(directory)/\($0)", F_OK) == 0 }
  }

  /// The copy's file, keyed by the root's path.
  package var knownPath: String { knownBase + ".id" }

  /// What is known of the lake outside of it, without an ending.
  var knownBase: String {
    let key = lake.rootDirectory.utf8.map { byte -> String in
      let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "_" + String(byte, radix: 16)
    }.joined()
    // A path may be longer than a file name can be: the tail tells paths apart, a sum the rest.
    let name =
      key.utf8.count <= 180
      ? key
      : "\(key.utf8.suffix(160).reduce(into: "") { $0.append(Character(UnicodeScalar($1))) })_\(Fingerprint.of(key))"
    return "\(knownDirectory)/lakes/\(name)"
  }

  /// Compares the two ids, writing neither.
  package func find() -> Finding {
    guard let known = read(knownPath) else { return .same }
    if let failure = obstacle { return .unreadable(failure) }
    guard let here = read(idPath) else {
      if hasData { return .unmarked(rootDirectory: lake.rootDirectory, idPath: idPath, knownPath: knownPath) }
      return .missing(rootDirectory: lake.rootDirectory, knownPath: knownPath)
    }
    return here == known ? .same : .different(rootDirectory: lake.rootDirectory, knownPath: knownPath)
  }

  /// Whether a profile's directory holds anything: a mount point without its disk is empty.
  private var hasData: Bool {
    lake.profiles.contains { profile in
      guard let directory = opendir(profile.localPath) else { return false }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        // Neither `.` nor `..`, nor what a run hides there.
        if entry.pointee.d_name.0 != 46 { return true }
      }
      return false
    }
  }

  /// Why the lake's id cannot be read although it may be there.
  private var obstacle: FileFailure? {
    do throws(FileFailure) {
      _ = try JSONFile.contents(of: idPath)
      return nil
    } catch {
      return error.isMissing ? nil : error
    }
  }

  /// Makes the id when the lake has none and notes it on this machine; called before a run writes.
  ///
  /// A machine where the copy cannot be kept (no home, read-only) loses this guard only, so that is no fault.
  ///
  /// - Throws: `FileFailure` when the id cannot be written into the lake.
  package func establish() throws(FileFailure) {
    if read(idPath) == nil {
      let id = (0..<4).map { _ in String(UInt32.random(in: 0...UInt32.max), radix: 16) }.joined()
      try makeID(id)
    }
    guard let here = read(idPath), read(knownPath) != here else { return }
    // The copy on another disk may outlive a power cut that the id does not: the lake would look unmounted ever after.
    try AtomicFile.sync(DirectoryDescriptor.open(AtomicFile.split(idPath).directory, followingLinks: true))
    let directory = AtomicFile.split(knownPath).directory
    try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try? AtomicFile.write(Data((here + "\n").utf8), to: knownPath)
  }

  /// Makes the id unless another run has made it in this moment: once there it must never change, or the copy of one
  /// run would not fit the id of the other.
  private func makeID(_ id: String) throws(FileFailure) {
    let draft = "\(idPath).\(getpid())-\(id)"
    try AtomicFile.write(Data((id + "\n").utf8), to: draft)
    defer { unlink(draft) }
    if link(draft, idPath) == 0 || errno == EEXIST { return }
    // A file system without hard links.
    guard access(idPath, F_OK) != 0, rename(draft, idPath) != 0 else { return }
    throw FileFailure(.create, path: idPath)
  }

  private func read(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path), data.count < 200 else { return nil }
    let text = String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
    return text.isEmpty ? nil : text
  }
}
