import LakeFiles
import SluiceCore

/// What lies in one day's directory: rsync makes directories first, so one without a file has brought nothing yet.
struct DayContent {
  /// Deeper is no data tree; bounds the open descriptors.
  private static let depthLimit = 200

  private var hasData = false
  private var hasEmptyFile = false
  /// A piece of a file, or a data file that holds nothing.
  private var isShort = false

  /// Looks at every file below; what cannot be read shows nothing.
  init(of directory: DirectoryDescriptor) { look(at: directory, isPartial: false, depth: 0) }

  /// A day whose only files are empty is short too: something came, and it is not the data.
  var cell: CoverageCell {
    if isShort { return .short }
    return hasData ? .arrived : hasEmptyFile ? .short : .missing
  }

  private mutating func look(at directory: DirectoryDescriptor, isPartial: Bool, depth: Int) {
    for entry in (try? directory.entries()) ?? [] {
      switch entry.kind {
      case .directory:
        guard depth < Self.depthLimit, let inner = try? directory.directory(entry.name) else { continue }
        let isPartial = isPartial || entry.name.text == PartialDirectory.name
        look(at: inner, isPartial: isPartial, depth: depth + 1)
      case .link: hasData = hasData || !isPartial
      case .file:
        if entry.name.isHidden { continue }
        if isPartial { isShort = true } else { look(atFile: entry.name, in: directory) }
      case .other, .unknown: continue
      }
    }
  }

  private mutating func look(atFile name: FileName, in directory: DirectoryDescriptor) {
    guard let size = try? directory.status(of: name).size else { return }
    if DataFileKind.isEmpty(fileName: name.description, bytes: size) { isShort = true }
    if size > 0 { hasData = true } else { hasEmptyFile = true }
  }
}
