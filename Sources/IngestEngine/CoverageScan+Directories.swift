import LakeFiles
import SluiceCore

/// What the dated directories show.
extension CoverageScan {
  /// - Returns: Whether the profile's directory could be read.
  mutating func readDirectories() -> Bool {
    let entries: [DirectoryDescriptor.Entry]
    do throws(FileFailure) {
      entries = try DirectoryDescriptor.open(profile.localPath, followingLinks: true).entries()
    } catch {
      // Before the first sync there is no directory.
      if !error.isMissing {
        unread.append(error.description)
        isUnseen = true
      }
      return false
    }
    for entry in entries {
      guard let name = entry.name.text else {
        // Of a profile with ingest the walk over its archives says so.
        if entry.kind == .directory, profile.ingest == nil { skipped.add(entry.name.description, .encoding) }
        continue
      }
      guard let dated = DatedDirectory(name: name) else { continue }
      do throws(FileFailure) {
        let directory = try DirectoryDescriptor.open(profile.localPath + "/" + name)
        add(dated, name, directory)
      } catch {
        passOver(name, entry.kind, error)
      }
    }
    return true
  }

  /// Says of a day that could not be opened why; of a profile with ingest the walk over its archives does.
  private mutating func passOver(_ name: String, _ kind: DirectoryDescriptor.Kind, _ failure: FileFailure) {
    switch kind {
    case .link where profile.ingest == nil: skipped.add(name, .link)
    case .directory where !failure.isMissing:
      // What was seen of it is not forgotten: nobody can say what is in it now.
      filled.insert(name)
      guard profile.ingest == nil, let dated = DatedDirectory(name: name) else { return }
      unread.append(failure.description)
      let day = DayCompleteness.Day(series: Self.name(dated), day: dated.day, directory: name, files: 0)
      completeness.remark(day, .unreadable)
    default: break
    }
  }

  /// Adds what a day's directory shows; its files are looked into when they are not those of the last time.
  private mutating func add(_ dated: DatedDirectory, _ name: String, _ directory: DirectoryDescriptor) {
    let content = DayContent(of: directory)
    if content.cell != .missing { filled.insert(name) }
    let series = Self.name(dated)
    add(series, dated.day, dated.day, content.cell)
    weigh(series, dated.day...dated.day, bytes: content.bytes)
    let day = DayCompleteness.Day(series: series, day: dated.day, directory: name, files: content.files)
    for fault in content.faults { completeness.remark(day, fault) }
    // Of a profile with ingest the walk over its archives says so.
    if let failure = content.unread, profile.ingest == nil { unread.append(failure.description) }
    // A day that goes on may have fewer files than others, and one that is still being written.
    let known = memory.days[name]
    guard dated.day < CalendarDay(now), content.cell == .arrived else {
      // That it was here is known all the same.
      if known == nil, content.files > 0 { memory.days[name] = .init(files: 0, fingerprint: 0, isBroken: false) }
      return
    }
    completeness.add(day)
    let isBroken: Bool
    if let known, known.fingerprint == content.fingerprint {
      isBroken = known.isBroken
    } else {
      switch DayContent.fault(in: directory, path: "\(profile.localPath)/\(name)") {
      case .unreadable(let failure):
        unread.append(failure.description)
        completeness.remark(day, .unreadable)
        // It is looked at again by the next scan, which may be of a user who can read it.
        if known == nil { memory.days[name] = .init(files: 0, fingerprint: 0, isBroken: false) }
        return
      case .broken: isBroken = true
      case nil: isBroken = false
      }
    }
    if isBroken { completeness.remark(day, .brokenFile) }
    memory.days[name] = .init(
      files: known?.files ?? 0, fingerprint: content.fingerprint, isBroken: isBroken)
  }
}
