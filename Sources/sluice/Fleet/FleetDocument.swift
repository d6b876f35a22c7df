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
  let gaps: CoverageCounts?
  let unread: [String]?
  let problems: [RunProblem]?
  let progress: LiveProgress?

  /// What a line says; nil for one that is no such document, a login's greeting for one.
  ///
  /// - Parameter language: Of what is said of a profile.
  static func news(_ line: some Sequence<UInt8>, language: Lake.Language) -> FleetNews? {
    let decoder = JSONFile.decoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let document = try? decoder.decode(FleetDocument.self, from: Data(line)) else { return nil }
    return document.removed == true ? .removed(profile: document.profile) : .row(document.row(language))
  }

  private func row(_ language: Lake.Language) -> FleetRow {
    let state = self.state.flatMap(ProfileState.init(rawValue:)) ?? .never
    let holes = missingDays.map { $0 + (shortDays ?? 0) }
    return FleetRow(
      profile: profile, state: state, progress: progress,
      lastSuccess: lastSuccessTime.flatMap { TextFormat.date(utc: $0) }, sizeBytes: sizeBytes, holes: holes,
      pending: pendingMarkers, sourceHost: sourceHost,
      note: note(state, language))
  }

  private func note(_ state: ProfileState, _ language: Lake.Language) -> String {
    // As in a lake of this machine: a run tells its file, and not what was before.
    if let progress { return progress.currentFile ?? "" }
    return switch state {
    case .failed, .refused, .interrupted, .partial: problems?.last?.message ?? ""
    case .gaps: gaps.flatMap { FleetRow.note(of: $0, language: language) } ?? unread?.first ?? ""
    default: ""
    }
  }
}
