import CLinux
import Glibc

/// An open directory: everything below it is reached through its descriptor, so no path can be swapped meanwhile.
///
/// Links are never followed, neither when the directory is opened by name from another one nor when its entries are
/// examined. May be used from several threads: it holds nothing but the descriptor, which closes with the last owner.
package final class DirectoryDescriptor: Sendable {
  /// What an entry is, as far as the listing tells without a further call.
  package enum Kind: Sendable, Hashable {
    case file, directory, link, other
    /// The file system does not say; ask `status(of:)`.
    case unknown
  }

  /// One entry of a listing.
  package struct Entry: Sendable, Hashable {
    /// Its name in the directory.
    package var name: FileName
    /// What it is, a link as a link.
    package var kind: Kind
    /// Its inode, as the listing tells it.
    package var inode: UInt64
  }

  /// The open descriptor, owned by this object.
  package let descriptor: Int32
  /// For messages only.
  package let path: String

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Opens a directory by path.
  ///
  /// - Parameter followingLinks: Whether the last part of the path may be a link; the parts before it always may.
  /// - Throws: Operation `open` when there is none or it may not be opened.
  package static func open(_ path: String, followingLinks: Bool = false) throws(FileFailure) -> DirectoryDescriptor {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followingLinks ? 0 : O_NOFOLLOW)
    let descriptor = path.withCString { sluice_openat(AT_FDCWD, $0, flags, 0) }
    guard descriptor >= 0 else { throw FileFailure(.open, path: path) }
    return DirectoryDescriptor(descriptor: descriptor, path: path)
  }

  /// Opens a directory inside this one; a link of that name is refused (ELOOP or ENOTDIR).
  ///
  /// - Throws: Operation `open` when there is none or it may not be opened.
  package func directory(_ name: FileName) throws(FileFailure) -> DirectoryDescriptor {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    let opened = name.withCString { sluice_openat(descriptor, $0, flags, 0) }
    guard opened >= 0 else { throw FileFailure(.open, path: path(of: name)) }
    return DirectoryDescriptor(descriptor: opened, path: path(of: name))
  }

  /// Hands every entry but `.` and `..` to `body`, without building anything.
  ///
  /// The pointer is good during the call only. Order is the file system's. Entries that come or go meanwhile may or
  /// may not be seen.
  ///
  /// - Throws: Operation `list` when the directory cannot be read, and what `body` throws.
  package func forEachEntry(
    _ body: (UnsafePointer<CChar>, Kind, UInt64) throws(FileFailure) -> Void
  ) throws(FileFailure) {
    // A descriptor of its own, so that two listings at once do not share one reading position.
    let fresh = sluice_openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard fresh >= 0 else { throw FileFailure(.list, path: path) }
    guard let stream = fdopendir(fresh) else {
      let failure = FileFailure(.list, path: path)
      close(fresh)
      throw failure
    }
    defer { closedir(stream) }
    let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FileFailure(.list, path: path) }
        return
      }
      let name = (UnsafeRawPointer(entry) + nameOffset).assumingMemoryBound(to: CChar.self)
      if name[0] == Self.dot, name[1] == 0 || (name[1] == Self.dot && name[2] == 0) { continue }
      try body(name, Self.kind(entry.pointee.d_type), UInt64(entry.pointee.d_ino))
    }
  }

  /// All entries but `.` and `..`, in the file system's order; kinds the listing left open are asked for.
  ///
  /// - Throws: Operation `list` when the directory cannot be read.
  package func entries() throws(FileFailure) -> [Entry] {
    var list: [Entry] = []
    try forEachEntry { (name, kind, inode) throws(FileFailure) in
      var entry = Entry(name: FileName(copying: name), kind: kind, inode: inode)
      if kind == .unknown, let status = try? self.status(of: name) { entry.kind = status.kind }
      list.append(entry)
    }
    return list
  }

  /// The names in a directory, in the file system's order; none when it cannot be listed, and none that is not UTF-8.
  ///
  /// For places that treat a directory they may not read as one that is not there.
  package static func names(in path: String) -> [String] {
    guard let directory = try? open(path, followingLinks: true) else { return [] }
    var names: [String] = []
    try? directory.forEachEntry { (name, _, _) throws(FileFailure) in
      if let text = String(validatingCString: name) { names.append(text) }
    }
    return names
  }

  /// The entry's own status; of a link, the link's.
  ///
  /// - Throws: Operation `examine` when there is none or it cannot be asked for.
  package func status(of name: FileName) throws(FileFailure) -> FileStatus {
    var status = stat()
    let result = name.withCString { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }
    guard result == 0 else { throw FileFailure(.examine, path: path(of: name)) }
    return FileStatus(status)
  }

  /// The same for a name lent by `forEachEntry`.
  ///
  /// - Throws: Operation `examine` when there is none or it cannot be asked for.
  package func status(of name: UnsafePointer<CChar>) throws(FileFailure) -> FileStatus {
    var status = stat()
    guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw FileFailure(.examine, path: path + "/" + String(cString: name))
    }
    return FileStatus(status)
  }

  /// The directory's own status.
  ///
  /// - Throws: Operation `examine` when the system refuses.
  package func status() throws(FileFailure) -> FileStatus {
    try FileStatus(descriptor: descriptor, path: path)
  }

  /// Removes an entry.
  ///
  /// - Throws: Operation `remove` when there is none, it is no empty directory, or it may not be removed.
  /// - Important: Deletes; a link is removed itself, never what it points to.
  package func remove(_ name: FileName, isDirectory: Bool) throws(FileFailure) {
    let result = name.withCString { unlinkat(descriptor, $0, isDirectory ? AT_REMOVEDIR : 0) }
    guard result == 0 else { throw FileFailure(.remove, path: path(of: name)) }
  }

  /// The path of an entry, for messages.
  package func path(of name: FileName) -> String { path.hasSuffix("/") ? path + "\(name)" : path + "/\(name)" }

  /// What a status says the entry is.
  static func kind(ofMode mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .directory
    case S_IFLNK: .link
    default: .other
    }
  }

  private static let dot = CChar(UInt8(ascii: "."))

  private static func kind(_ type: UInt8) -> Kind {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .directory
    case Int(DT_LNK): .link
    case Int(DT_UNKNOWN): .unknown
    default: .other
    }
  }
}
