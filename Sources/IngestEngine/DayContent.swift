import LakeFiles
import SluiceCore

/// What lies in one day's directory: rsync makes directories first, so one without a file has brought nothing yet.
struct DayContent {
  /// Deeper is no data tree; bounds the open descriptors.
  private static let depthLimit = 200

  /// Files that hold something, 0 or more.
  private(set) var files = 0
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
    } else {
      blankFile = min(blankFile ?? text, text)
    }
    var sum = Fingerprint()
    sum.add(text)
    for number in [status.size, status.modified] { withUnsafeBytes(of: number) { sum.add(bytes: $0) } }
    // Whatever order the directory has.
    fingerprint &+= sum.value
  }

  /// The first Parquet file of a directory whose ends are not a whole one's; nil when there is none.
  ///
  /// Opens each file below.
  static func brokenFile(in directory: DirectoryDescriptor, depth: Int = 0) -> String? {
    for entry in (try? directory.entries()) ?? [] {
      switch entry.kind {
      case .directory:
        guard depth < depthLimit, entry.name.text != PartialDirectory.name,
          let inner = try? directory.directory(entry.name)
        else { continue }
        if let broken = brokenFile(in: inner, depth: depth + 1) { return broken }
      case .file:
        guard !entry.name.isHidden, DataFileKind(fileName: entry.name.description) == .parquet else { continue }
        if ParquetEnds.areBroken(entry.name, in: directory) { return entry.name.description }
      case .link, .other, .unknown: continue
      }
    }
    return nil
  }
}
