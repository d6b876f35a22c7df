import Klines
import LakeFiles
package import SluiceCore

/// Finds the files of one day of one series.
///
/// Reads directories and blocks, the archives' whole tree where the series is one of candles.
package struct DayFilesReading {
  private let profile: Profile
  private let series: String
  private let day: CalendarDay
  private var files: [DayFiles.File] = []
  private var problem: String?

  /// The files of a day.
  ///
  /// - Parameters:
  ///   - profile: Whose.
  ///   - series: As the coverage names it.
  ///   - day: Which day; a file of several days is one of each.
  ///   - lake: The profile's, whose markers may tell the market.
  package static func files(of profile: Profile, series: String, day: CalendarDay, lake: Lake) -> DayFiles {
    var reading = DayFilesReading(profile: profile, series: series, day: day)
    reading.readDirectories()
    if profile.ingest != nil { reading.readArchives(MarkerStore(lake: lake, profile: profile)) }
    return DayFiles(series: series, day: day, files: reading.files, problem: reading.problem)
  }

  private init(profile: Profile, series: String, day: CalendarDay) {
    self.profile = profile
    self.series = series
    self.day = day
  }

  private mutating func readDirectories() {
    do throws(FileFailure) {
      let root = try DirectoryDescriptor.open(profile.localPath, followingLinks: true)
      for entry in try root.entries() {
        guard let name = entry.name.text, let dated = DatedDirectory(name: name), dated.day == day,
          CoverageScan.name(dated) == series, entry.kind == .directory || entry.kind == .unknown
        else { continue }
        read(try root.directory(entry.name), name, depth: 0)
      }
    } catch {
      if !error.isMissing { problem = error.description }
    }
  }

  private mutating func read(_ directory: DirectoryDescriptor, _ path: String, depth: Int) {
    // Deeper is no data tree; bounds the open descriptors.
    guard depth < 200 else { return }
    do throws(FileFailure) {
      for entry in try directory.entries() where entry.name.text != PartialDirectory.name {
        let inner = "\(path)/\(entry.name.description)"
        switch entry.kind {
        case .directory: read(try directory.directory(entry.name), inner, depth: depth + 1)
        case .file where !entry.name.isHidden:
          files.append(DayFiles.File(path: inner, bytes: try directory.status(of: entry.name).size))
        default: continue
        }
      }
    } catch {
      if !error.isMissing { problem = problem ?? error.description }
    }
  }

  private mutating func readArchives(_ store: MarkerStore) {
    let inferred = IngestPlanner.inferredMarket(profile, store.listing().markers.map(\.marker.market))
    var walk = ArchiveWalk(root: profile.localPath)
    walk.run { content in
      let place = KlineArchivePath(directory: content.directory)
      guard place != .excluded, let market = place.market(inferred: inferred) else { return true }
      for file in content.files
      where CoverageScan.name(market, file.archive) == series && LongCandles.days(of: file.archive).contains(day) {
        let path = content.path(file.name)
        files.append(
          DayFiles.File(path: path, bytes: FileStamp(path: profile.localPath + "/" + path)?.size ?? 0))
      }
      return true
    }
    if let (path, code) = walk.unreadable.first {
      problem = problem ?? FileFailure(.list, path: profile.localPath + "/" + path, code: code).description
    }
  }
}
