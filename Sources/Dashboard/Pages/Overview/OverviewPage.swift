import SluiceCore
import TerminalUI

/// The selected profile on one page; beside its past runs it shows what the table's row knows.
struct OverviewPage: Page {
  static let title = PageTitle(english: "Overview", chinese: "概览", description: "Overview")

  /// nil until they have come.
  private(set) var runs: PastRuns?

  var subjects: [LakeQuestion.Subject] { [.history] }

  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject) {
    if case .history(let newer) = answer { runs = PastRuns(newer) }
  }

  func copyText(_ row: ProfileRow) -> String? {
    row.lastProblem.map { $0.advice ?? $0.message }
      ?? (row.status.isConfigured ? row.status.profile.localPath : nil)
  }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    OverviewView(page: self, model: model, area: area).draw(into: &buffer)
  }
}
