import LakeFiles
import Rsync
import SluiceCore

/// Walks a profile's directory and shows the files that are data: nothing of the lake's own, nothing unfinished, no
/// markers.
///
/// Links are not followed. Blocks.
struct RemainingFiles {
  let directory: DirectoryDescriptor
  /// Paths below the profile's directory that are the lake's own.
  let protectedPaths: Set<String>
  /// Whether markers are the lake's, because they are published after the transfer.
  let excludesMarkers: Bool

  /// Calls `body` for each file, in no order.
  ///
  /// - Parameter body: Gets the path as bytes and as text; says whether to go on.
  /// - Returns: What could not be listed.
  func forEach(_ body: (FileName, String) -> Bool) -> [FileFailure] {
    var failures: [FileFailure] = []
    _ = walk(directory, below: FileName(""), depth: 0, &failures, body)
    return failures
  }

  private func walk(
    _ directory: DirectoryDescriptor, below parent: FileName, depth: Int, _ failures: inout [FileFailure],
    _ body: (FileName, String) -> Bool
  ) -> Bool {
    let entries: [DirectoryDescriptor.Entry]
    do throws(FileFailure) {
      guard depth < TreeScan.depthLimit else {
        throw FileFailure(
          .list, path: directory.path, code: 0, detail: FileDetails.tooDeep(limit: TreeScan.depthLimit))
      }
      entries = try directory.entries()
    } catch {
      failures.append(error)
      return true
    }
    for entry in entries {
      let path = parent.length == 0 ? entry.name : parent.appending("/").appending(entry.name)
      switch entry.kind {
      case .directory:
        let text = path.text ?? ""
        guard !isOwn(entry.name, path: text, depth: depth) else { continue }
        do throws(FileFailure) {
          let inner = try directory.directory(entry.name)
          guard walk(inner, below: path, depth: depth + 1, &failures, body) else { return false }
        } catch {
          failures.append(error)
        }
      case .file:
        if depth == 0, excludesMarkers, entry.name.text?.hasPrefix(Marker.prefix) ?? false { continue }
        let text = path.withBytes { SourcePath.text(of: $0) }
        if protectedPaths.contains(text) { continue }
        guard body(path, text) else { return false }
      case .link, .other, .unknown: continue
      }
    }
    return true
  }

  private func isOwn(_ name: FileName, path: String, depth: Int) -> Bool {
    guard let text = name.text else { return false }
    if text == PartialDirectory.name || protectedPaths.contains(path) { return true }
    return depth == 0 && RetentionPlanner.ownNames.contains(text)
  }
}
