import LakeFiles
import SluiceCore

/// What lies in one day's directory: rsync makes directories first, so one without a file has brought nothing yet.
struct DayContent {
  /// Deeper is no data tree; bounds the open descriptors.
  private static let depthLimit = 200

  /// Files that hold something, 0 or more.
  private(set) var files = 0
  /// Bytes of these files.
  private(set) var bytes: Int64 = 0
  /// A sum over names, sizes and times of all files: the same as long as nothing changes.
  private(set) var fingerprint: UInt64 = 0
  /// What is wrong with the day, each kind once, by its first file.
  private(set) var faults: [CoverageRemark.Kind] = []
  /// The first directory or file below that could not be looked at; nil when all was.
  private(set) var unread: FileFailure?
  private var hasData = false
  private var isBrokenOff = false
  /// The first data file that holds nothing.
  private var emptyFile: String?
  /// The first file of any other kind without a byte.
  private var blankFile: String?

  /// Looks at every file below.
  init(of directory: DirectoryDescriptor) {
    look(at: directory, isPartial: false, depth: 0)
    // A day whose only files are empty is short too: something came, and it is not the data.
    if !hasData { emptyFile = emptyFile ?? blankFile }
    if unread != nil { faults.append(.unreadable) }
    if isBrokenOff { faults.append(.brokenOff) }
    if let emptyFile { faults.append(.emptyFile(name: emptyFile)) }
  }

  /// Of a day that could not be looked at whole nobody can say that it is there, nor that it is missing.
  var cell: CoverageCell { faults.isEmpty ? hasData ? .arrived : .missing : .short }

  private mutating func look(at directory: DirectoryDescriptor, isPartial: Bool, depth: Int) {
    do throws(FileFailure) {
      for entry in try directory.entries() {
        switch entry.kind {
        case .directory:
          guard depth < Self.depthLimit else { continue }
          let isPartial = isPartial || entry.name.text == PartialDirectory.name
          look(inside: entry.name, of: directory, isPartial: isPartial, depth: depth)
        case .link: hasData = hasData || !isPartial
        case .file:
          if entry.name.isHidden { continue }
          if isPartial { isBrokenOff = true } else { look(atFile: entry.name, in: directory) }
        case .other, .unknown: continue
        }
      }
    } catch {
      note(error)
    }
  }

  private mutating func look(
    inside name: FileName, of directory: DirectoryDescriptor, isPartial: Bool, depth: Int
  ) {
    do throws(FileFailure) {
      look(at: try directory.directory(name), isPartial: isPartial, depth: depth + 1)
    } catch {
      note(error)
    }
  }

  /// What is gone since it was listed is no failure.
  private mutating func note(_ failure: FileFailure) {
    if !failure.isMissing { unread = unread ?? failure }
  }

  private mutating func look(atFile name: FileName, in directory: DirectoryDescriptor) {
    let status: FileStatus
    do throws(FileFailure) {
      status = try directory.status(of: name)
    } catch {
      return note(error)
    }
    let text = name.description
    if DataFileKind.isEmpty(fileName: text, bytes: status.size) { emptyFile = min(emptyFile ?? text, text) }
    if status.size > 0 {
      (hasData, files) = (true, files + 1)
      bytes += status.size
    } else {
      blankFile = min(blankFile ?? text, text)
    }
    var sum = Fingerprint()
    sum.add(text)
    for number in [status.size, status.modified] { withUnsafeBytes(of: number) { sum.add(bytes: $0) } }
    // Whatever order the directory has.
    fingerprint &+= sum.value
  }

  /// What looking into a day's files has found.
  enum FileFault: Equatable {
    /// A Parquet file whose ends are not a whole one's.
    case broken(name: String)
    /// A file, or a directory, that could not be read: nobody can say what the others are.
    case unreadable(FileFailure)
  }

  /// The first Parquet file of a directory that is broken, else the first that cannot be read; nil when all are whole.
  ///
  /// Opens each file below.
  /// - Parameter path: The directory's, for what is told.
  static func fault(in directory: DirectoryDescriptor, path: String, depth: Int = 0) -> FileFault? {
    let entries: [DirectoryDescriptor.Entry]
    do throws(FileFailure) { entries = try directory.entries() } catch { return unreadable(error) }
    var unread: FileFault?
    for entry in entries {
      let inner = "\(path)/\(entry.name.description)"
      let found: FileFault?
      switch entry.kind {
      case .directory where depth < depthLimit && entry.name.text != PartialDirectory.name:
        do throws(FileFailure) {
          found = fault(in: try directory.directory(entry.name), path: inner, depth: depth + 1)
        } catch {
          found = unreadable(error)
        }
      case .file where !entry.name.isHidden && DataFileKind(fileName: entry.name.description) == .parquet:
        found = fault(ofFile: entry.name, in: directory, path: inner)
      default: continue
      }
      if case .broken = found { return found }
      unread = unread ?? found
    }
    return unread
  }

  private static func fault(
    ofFile name: FileName, in directory: DirectoryDescriptor, path: String
  ) -> FileFault? {
    switch ParquetEnds.fault(of: name, in: directory) {
    case nil: nil
    case .unreadable(let code): .unreadable(FileFailure(.read, path: path, code: code))
    default: .broken(name: name.description)
    }
  }

  /// What is gone since it was listed is no failure.
  private static func unreadable(_ failure: FileFailure) -> FileFault? {
    failure.isMissing ? nil : .unreadable(failure)
  }
}
