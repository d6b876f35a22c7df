import Glibc
import LakeFiles
import SluiceCore

/// Deletes one directory tree through descriptors, counting what went; goes on past what resists.
///
/// - Important: Deletes. Links are removed themselves and never followed; another file system mounted inside is left.
struct TreeRemoval {
  private(set) var files = 0
  /// Apparent bytes of the files whose last name went.
  private(set) var bytes: Int64 = 0
  /// What resisted, at most twenty.
  private(set) var failures: [FileFailure] = []
  private(set) var wasStopped = false

  private let device: UInt64
  private let shouldStop: () -> Bool
  private let removed: (_ files: Int, _ bytes: Int64) -> Void
  private var steps = 0

  /// - Parameters:
  ///   - device: The file system that may be deleted from.
  ///   - removed: Told what has gone so far, with every file.
  ///   - shouldStop: Asked now and then; true ends the removal between two entries.
  init(
    device: UInt64, removed: @escaping (_ files: Int, _ bytes: Int64) -> Void = { _, _ in },
    shouldStop: @escaping () -> Bool
  ) {
    self.device = device
    self.removed = removed
    self.shouldStop = shouldStop
  }

  /// Removes a directory and all in it; true when it is gone afterwards.
  mutating func remove(_ name: FileName, from parent: DirectoryDescriptor, depth: Int = 0) -> Bool {
    do throws(FileFailure) {
      guard depth < TreeScan.depthLimit else {
        throw FileFailure(
          .remove, path: parent.path(of: name), code: 0,
          detail: FileDetails.tooDeep(limit: TreeScan.depthLimit))
      }
      let directory = try parent.directory(name)
      guard try directory.status().device == device else {
        throw FileFailure(
          .remove, path: parent.path(of: name), code: 0, detail: FileDetails.otherFileSystem)
      }
      // Something may be added while it is emptied: look again a few times, then leave it to the next run.
      for round in 1...3 {
        guard try removeEntries(of: directory, depth: depth) else { return false }
        do {
          try unlink(name, from: parent, isDirectory: true, mayOpen: depth > 0)
          return true
        } catch {
          if error.code == ENOENT { return true }
          guard error.code == ENOTEMPTY || error.code == EEXIST, round < 3 else { throw error }
        }
      }
      return false
    } catch {
      if error.code == ENOENT { return true }
      note(error)
      return false
    }
  }

  /// Removes what is in a directory; false when something stayed.
  private mutating func removeEntries(of directory: DirectoryDescriptor, depth: Int) throws(FileFailure) -> Bool {
    var isEmpty = true
    for entry in try directory.entries() {
      if stops() { return false }
      if entry.kind == .directory {
        if !remove(entry.name, from: directory, depth: depth + 1) { isEmpty = false }
        if wasStopped { return false }
        continue
      }
      do throws(FileFailure) {
        try removeFile(entry.name, from: directory)
      } catch {
        note(error)
        isEmpty = false
      }
    }
    return isEmpty
  }

  private mutating func removeFile(_ name: FileName, from directory: DirectoryDescriptor) throws(FileFailure) {
    let status: FileStatus
    do {
      status = try directory.status(of: name)
      try unlink(name, from: directory, isDirectory: false, mayOpen: true)
    } catch {
      if error.code == ENOENT { return }
      throw error
    }
    guard status.kind == .file else { return }
    files += 1
    if status.links == 1 { bytes += status.size }
    removed(files, bytes)
  }

  /// Removes an entry; `rsync -a` brings read-only directories too, and their owner may open them, as rsync's own
  /// `--delete` does.
  ///
  /// - Parameter mayOpen: False for the profile's own directory, whose mode is the operator's.
  private func unlink(
    _ name: FileName, from directory: DirectoryDescriptor, isDirectory: Bool, mayOpen: Bool
  ) throws(FileFailure) {
    do {
      try directory.remove(name, isDirectory: isDirectory)
    } catch {
      guard error.code == EACCES, mayOpen, let mode = try? directory.status().mode, mode & 0o300 != 0o300,
        fchmod(directory.descriptor, mode | 0o700) == 0
      else { throw error }
      try directory.remove(name, isDirectory: isDirectory)
    }
  }

  private mutating func stops() -> Bool {
    steps += 1
    if steps % 32 == 1, shouldStop() { wasStopped = true }
    return wasStopped
  }

  private mutating func note(_ failure: FileFailure) {
    if failures.count < 20 { failures.append(failure) }
  }
}
