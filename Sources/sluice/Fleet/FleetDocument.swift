import Dashboard
import FoundationEssentials
import LakeFiles
import SluiceCore

/// A line of `status --follow --json`, as another machine's sluice prints it; what an older one does not say is nil.
struct FleetDocument: Decodable {
  let profile: String
  let state: String?
  let removed: Bool?
  let lastSuccessTime: String?
  let sizeBytes: Int64?
  let missingDays: Int?
  let shortDays: Int?
  let pendingMarkers: Int?
  let sourceHost: String?
  let problems: [RunProblem]?
  let progress: LiveProgress?

  /// What a line says; nil for one that is no such document, a login's greeting for one.
  static func news(_ line: some Sequence<UInt8>) -> FleetNews? {
    let decoder = JSONFile.decoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let document = try? decoder.decode(FleetDocument.self, from: Data(line)) else { return nil }
    return document.removed == true ? .removed(profile: document.profile) : .row(document.row)
  }

  private var row: FleetRow {
    let state = self.state.flatMap(ProfileState.init(rawValue:)) ?? .never
    let isTroubled = [.failed, .refused, .interrupted, .partial].contains(state)
    let holes = missingDays.map { $0 + (shortDays ?? 0) }
    return FleetRow(
      profile: profile, state: state, progress: progress,
      lastSuccess: lastSuccessTime.flatMap { TextFormat.date(utc: $0) }, sizeBytes: sizeBytes, holes: holes,
      pending: pendingMarkers, sourceHost: sourceHost,
      note: progress?.currentFile ?? (isTroubled ? problems?.last?.message : nil) ?? "")
  }
}
