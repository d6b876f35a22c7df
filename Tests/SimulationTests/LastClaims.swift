import Foundation
import SluiceCore

/// What is claimed after a sync in which nothing went wrong.
struct LastClaims {
  private let lake: SimulatedLake
  private let view: LakeView
  private let run: SimulatedLake.Run
  private let offered: [String: SimulatedSource.Version]

  init(_ lake: SimulatedLake, _ view: LakeView, _ run: SimulatedLake.Run) {
    (self.lake, self.view, self.run) = (lake, view, run)
    offered = lake.source.offered
  }

  func broken() -> [String] {
    outcome() + rows() + markers()
      + view.unfinished.filter { offered[Self.target(ofUnfinished: $0)] != nil }.map { "\($0) is left" }
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
    let isForsaken = view.markers.contains { marker in
      view.records[marker] == nil && !(lake.source.vouchings[marker]?.paths ?? []).contains { view.files[$0] != nil }
    }
    let isEmpty = !offered.keys.contains { $0.contains("/") }
    if isForsaken || isEmpty { allowed.insert(.partial) }
    if allowed.contains(result.outcome) { return [] }
    return ["the last sync ends \(result.outcome.rawValue): \(result.problems.map(\.message))"]
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
      view.records[marker] == nil && (lake.source.vouchings[marker]?.paths ?? []).contains { view.files[$0] != nil }
    }.map { "\($0) is still pending" }
  }
}
