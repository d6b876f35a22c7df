import Foundation
import SluiceCore

/// What is claimed after a sync in which nothing went wrong.
struct LastClaims {
  private let lake: SimulatedLake
  private let view: LakeView
  private let run: SimulatedLake.Run
  /// Whether rows are gone whose archive is gone as well.
  private let isTampered: Bool
  /// Whether a sync as this one was before it: what its ingest closed has let go of the days it held.
  private let isLast: Bool
  private let offered: [String: SimulatedSource.Version]

  init(_ lake: SimulatedLake, _ view: LakeView, _ run: SimulatedLake.Run, isTampered: Bool, isLast: Bool) {
    self.isLast = isLast
    self.isTampered = isTampered
    (self.lake, self.view, self.run) = (lake, view, run)
    offered = lake.source.offered
  }

  func broken() -> [String] { outcome() + rows() + markers() + (isLast ? unfinished() : []) }

  private func unfinished() -> [String] {
    view.unfinished.filter { offered[Self.target(ofUnfinished: $0)] != nil && !isHeld($0) }.map { "\($0) is left" }
  }

  /// Whether only a pending marker keeps the file's day, which retention would take and no sync fetches any more.
  private func isHeld(_ path: String) -> Bool {
    guard let day = CalendarDay(compact: path.prefix { $0 != "/" }.suffix(8)) else { return false }
    let marker = "_SUCCESS__\(day)__um__1h"
    return view.files[marker] != nil && view.records[marker] == nil
  }

  /// The file an unfinished one was to become.
  private static func target(ofUnfinished path: String) -> String {
    let plain = path.replacing(".rsync-partial/", with: "")
    let name = (plain as NSString).lastPathComponent
    guard name.hasPrefix(".") else { return plain }
    return (plain as NSString).deletingLastPathComponent + "/" + name.dropFirst().dropLast(7)
  }

  private func outcome() -> [String] {
    guard let result = run.result else { return ["the last sync did not run: \(run.fault.map { "\($0)" } ?? "")"] }
    var allowed: Set<RunOutcome> = [.success]
    // What the source let go of before it was in can never get in.
    let isForsaken = view.markers.contains { name in view.records[name] == nil && isBeyondHelp(name) }
    // The same without a marker, of what a backfill has tried.
    let isBad = view.ledger.contains { path, entry in
      entry.state == "quarantined" && view.files[path] != nil && offered[path] == nil
    }
    let isEmpty = !offered.keys.contains { $0.contains("/") }
    if isForsaken || isBad || isEmpty || isTampered { allowed.insert(.partial) }
    if allowed.contains(result.outcome) { return [] }
    return ["the last sync ends \(result.outcome.rawValue): \(result.problems.map(\.message))"]
  }

  /// Whether a marker can never be closed: none of its files is here, or one that is bad is not at the source any more.
  private func isBeyondHelp(_ marker: String) -> Bool {
    let day = String(marker.dropFirst(10).prefix(10))
    let here = view.files.keys.filter { $0.hasSuffix("-1h-\(day).zip") }
    return here.isEmpty || here.contains { offered[$0] == nil && view.ledger[$0]?.state == "quarantined" }
  }

  private func rows() -> [String] {
    offered.sorted { $0.key < $1.key }.compactMap { path, version in
      guard let wanted = version.rows, let day = SimulatedSource.day(ofArchive: path),
        view.files["_SUCCESS__\(day)__um__1h"] != nil
      else { return nil }
      let found = view.rows(of: SimulatedSource.symbol(ofArchive: path), day)
      return found == wanted ? nil : "\(found.count) rows of \(path), \(wanted.count) wanted"
    }
  }

  private func markers() -> [String] {
    view.markers.filter { marker in
      view.records[marker] == nil && !isBeyondHelp(marker)
    }.map { "\($0) is still pending" }
  }
}
