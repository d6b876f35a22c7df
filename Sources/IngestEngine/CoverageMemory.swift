import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// What earlier looks at a profile's data have seen: by it a later one knows that something is gone.
///
/// `{state_dir}/seen/NAME.seen`. Losing it costs only that knowledge; what cannot be read is none.
struct CoverageMemory: Equatable {
  /// A day's directory.
  struct Day: Equatable {
    /// The most files that hold something it had, 0 or more.
    var files: Int
    /// `DayContent.fingerprint` when its files were last looked into.
    var fingerprint: UInt64
    /// Whether one of them was broken then.
    var isBroken: Bool
  }

  /// Every series there ever was, with its first day.
  var series: [String: CalendarDay] = [:]
  /// The directories of days, by name.
  var days: [String: Day] = [:]

  // MARK: The file

  private static let heading = "sluice seen 1"

  private static func path(_ lake: Lake, _ profile: Profile) -> String {
    "\(lake.stateDirectory)/seen/\(profile.name).seen"
  }

  /// What was seen of a profile where it lies now.
  static func load(_ lake: Lake, _ profile: Profile) -> CoverageMemory {
    guard let data = try? JSONFile.contents(of: path(lake, profile)) else { return CoverageMemory() }
    return CoverageMemory(text: data, of: profile.localPath) ?? CoverageMemory()
  }

  /// Keeps it; one who may only read the lake is answered all the same.
  func save(_ lake: Lake, _ profile: Profile) {
    let path = Self.path(lake, profile)
    do throws(FileFailure) {
      try AtomicFile.createDirectory(AtomicFile.split(path).directory)
      try AtomicFile.write(text(of: profile.localPath), to: path, isDurable: false)
    } catch {
      // The next look sees the same again.
    }
  }

  /// A line a series and a line a directory; a name with a line feed is left out.
  private func text(of localPath: String) -> Data {
    var text = "\(Self.heading)\n\(localPath)\n"
    for (name, first) in series where !name.contains("\n") { text += "series \(first.daysSinceEpoch) \(name)\n" }
    for (name, day) in days where !name.contains("\n") {
      text += "\(day.isBroken ? "broken" : "whole") \(day.files) \(day.fingerprint) \(name)\n"
    }
    return Data(text.utf8)
  }

  /// nil when it is of another directory or another version.
  private init?(text data: Data, of localPath: String) {
    let lines = data.split(separator: 10)
    guard lines.count >= 2, lines[0].elementsEqual(Self.heading.utf8), lines[1].elementsEqual(localPath.utf8) else {
      return nil
    }
    for line in lines.dropFirst(2) {
      let words = line.split(separator: 32, maxSplits: 1)
      guard words.count == 2 else { return nil }
      switch String(decoding: words[0], as: UTF8.self) {
      case "series":
        let rest = words[1].split(separator: 32, maxSplits: 1)
        guard rest.count == 2, let first = Int(String(decoding: rest[0], as: UTF8.self)) else { return nil }
        series[String(decoding: rest[1], as: UTF8.self)] = CalendarDay(daysSinceEpoch: first)
      case "broken": guard readDay(words[1], isBroken: true) else { return nil }
      case "whole": guard readDay(words[1], isBroken: false) else { return nil }
      default: return nil
      }
    }
  }

  private mutating func readDay(_ line: Data, isBroken: Bool) -> Bool {
    let words = line.split(separator: 32, maxSplits: 2)
    guard words.count == 3, let files = Int(String(decoding: words[0], as: UTF8.self)),
      let fingerprint = UInt64(String(decoding: words[1], as: UTF8.self))
    else { return false }
    let name = String(decoding: words[2], as: UTF8.self)
    days[name] = Day(files: files, fingerprint: fingerprint, isBroken: isBroken)
    return true
  }

  init() {}
}
