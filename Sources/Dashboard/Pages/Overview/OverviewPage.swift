import SluiceCore
import TerminalUI

/// The selected profile on one page; beside its past runs it shows what the table's row knows.
struct OverviewPage: Page {
  static let title = PageTitle(english: "Overview", chinese: "概览", description: "Overview")

  /// nil until they have come.
  private(set) var runs: PastRuns?
  /// What came last time; nil until it has come, and where it is not told.
  private(set) var brought: BroughtFiles?
  /// The run that went wrong, or else the newest, and how its log ends; nil and nothing where there was none.
  private(set) var logEndRun: RunID?
  private(set) var logEnd: [LogLine] = []

  var subjects: [LakeQuestion.Subject] { [.history, .brought, .logEnd] }

  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject) {
    switch answer {
    case .history(let newer): runs = PastRuns(newer)
    case .brought(let newer): brought = newer
    case .logEnd(let run, let lines): (logEndRun, logEnd) = (run, lines)
    default: break
    }
  }

  func copyText(_ row: ProfileRow) -> String? {
    row.lastProblem.map { $0.advice ?? $0.message }
      ?? (row.status.isConfigured ? row.status.profile.localPath : nil)
  }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    OverviewView(page: self, model: model, area: area).draw(into: &buffer)
  }
}
