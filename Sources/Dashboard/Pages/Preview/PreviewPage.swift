import SluiceCore
import TerminalUI

/// What a sync would do, as the newest dry run found it, and the way to do exactly that.
struct PreviewPage: ListPage {
  static let title = PageTitle(english: "Preview", chinese: "预览", description: "Preview: what a sync would do")
  static let commands: [Command] = [.apply]

  /// nil until a plan has come.
  private(set) var listing: PreviewListing?
  /// nil where none is over, and until the past runs have come.
  private var newestDryRun: PastRun?

  var subjects: [LakeQuestion.Subject] { [.preview, .history] }
  // The end of a dry run brings the new preview by itself.
  var isStaleAfterRun: Bool { false }

  mutating func reload(_ cause: PageReload, _ row: ProfileRow) -> [LakeQuestion.Subject] {
    cause == .operatorAsked ? subjects : []
  }

  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject) {
    if case .history(let runs) = answer {
      newestDryRun = PastRuns(runs).all.first { $0.record.task.previewsSync }
    }
    guard case .preview(let run, let summary, let changes) = answer else { return }
    // The same plan a second time leaves cursor, folds and filter as they are.
    guard listing?.run != run || listing?.summary != summary else { return }
    listing = PreviewListing(run: run, summary: summary, changes: changes)
  }

  /// The newest dry run, where it did not end well and the list is not its own; nil otherwise.
  var failedDryRun: PastRun? {
    guard let newest = newestDryRun, newest.result.outcome != .success,
      listing.map({ $0.run < newest.record.id }) ?? true
    else { return nil }
    return newest
  }

  var place: ScrollState {
    get { listing?.place ?? ScrollState() }
    set { listing?.place = newValue }
  }

  var lineCount: Int { listing?.rows.count ?? 0 }

  func room(in area: Rect) -> PageRoom {
    let above = listing == nil || failedDryRun == nil ? 0 : FailedDryRun.rowsAboveList(in: area)
    return PageRoom(area, head: above + (area.height >= 5 ? 3 : 1))
  }

  mutating func moveSideways(forward: Bool) -> Bool {
    listing?.setFolded(!forward)
    return true
  }

  mutating func open(_ model: DashboardModel) -> PageReaction { .perform(.apply) }

  mutating func goBack() -> Bool {
    guard listing?.filter.isEmpty == false else { return false }
    setQuery("")
    return true
  }

  mutating func perform(_ command: Command, _ model: DashboardModel) -> PageReaction {
    guard let name = model.selectedName, let listing else { return .nothing }
    var task = SyncTask()
    task.confirmedPlan = listing.summary.fingerprint
    let reasons = listing.summary.heldBack
    guard reasons.isEmpty else {
      task.forcesDeletion = true
      let request = RunRequest(profile: name, task: .sync(task))
      return .confirm(.forcedSync(ForcedSyncDialog(request: request, reasons: reasons)))
    }
    return .confirm(.question(.apply(RunRequest(profile: name, task: .sync(task)))))
  }

  func reason(against command: Command, _ model: DashboardModel) -> Obstacle? {
    guard let row = model.selectedRow, let listing else { return .noPreview }
    if let reason = model.reason(against: .apply, on: row.name) { return reason }
    if let run = row.status.lastRun, !run.record.isRehearsal {
      if run.record.id == listing.run { return .appliedAlready(run.record.task) }
      if run.record.id > listing.run { return .oldPreview(run.record.task) }
    }
    let summary = listing.summary
    if summary.files == 0, summary.deletions == 0, listing.expired.isEmpty {
      return .nothingToApply
    }
    if let fit = summary.fit, let missing = fit.missing { return .tooLittleSpace(fit, missing: missing) }
    return nil
  }

  func copyText(_ row: ProfileRow) -> String? { listing?.pathAtCursor }

  var query: String? { listing?.filter ?? "" }
  mutating func setQuery(_ text: String) { listing?.setFilter(text) }

  var footerCommands: [Command] { [.apply, .filter] }

  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer) {
    PreviewView(page: self, model: model, area: area).draw(into: &buffer)
  }

  /// What the operator is asked before exactly this is done.
  func confirmation(of request: RunRequest, _ labels: Labels) -> String {
    guard let listing else { return labels("Start the sync?", "启动同步？") }
    guard labels.language != .chinese else { return Self.chineseConfirmation(of: request, listing) }
    let summary = listing.summary
    let noun = summary.deletedDirectories > 0 ? "entry" : "file"
    var text = "Sync \(request.profile) exactly as shown: \(Figures.count(summary.files, "file")), "
    text += "\(Figures.size(summary.bytes)) to transfer"
    if summary.deletions > 0 { text += ", \(Figures.count(summary.deletions, noun)) to delete" }
    let expired = listing.expired.count
    if expired > 0 {
      text += ", \(Figures.count(expired, "directory")) past retention to delete "
      text += "(\(Figures.size(summary.retention?.expiredBytes ?? 0)))"
    }
    return text + ". If the source or the lake has changed since, the run refuses and says so."
  }

  private static func chineseConfirmation(of request: RunRequest, _ listing: PreviewListing) -> String {
    let summary = listing.summary
    var parts = ["传输 \(TextFormat.grouped(summary.files)) 个文件，\(Figures.size(summary.bytes))"]
    if summary.deletions > 0 { parts.append("删除 \(TextFormat.grouped(summary.deletions)) 项") }
    if !listing.expired.isEmpty {
      let bytes = Figures.size(summary.retention?.expiredBytes ?? 0)
      parts.append("删除 \(TextFormat.grouped(listing.expired.count)) 个超出保留期的目录（\(bytes)）")
    }
    let plan = parts.joined(separator: "，")
    return "完全照所示同步 \(request.profile)：\(plan)。若来源或数据湖此后有变化，该运行会拒绝并说明。"
  }
}
