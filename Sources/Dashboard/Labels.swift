import SluiceCore

/// Words on the screen, in the operator's language.
///
/// A label's raw value is its English text; Chinese falls back to it where there is none.
enum Label: String, Sendable, CaseIterable {
  // The table's columns.
  case name = "Name"
  case state = "State"
  case runs = "Runs"
  case progress = "Progress"
  case rate = "Rate"
  case timeLeft = "ETA"
  case synced = "Synced"
  case size = "Size"
  case files = "Files"
  case lanes
  case pending = "Pending"
  case gapDays = "Gaps"
  case keep = "Keep"
  case due = "Next"
  case last = "Last"

  // States.
  case failed, refused, interrupted, partial, stale, late, gaps, running, never, fine, disabled
  case acknowledged = "known"
  case queued, starting, paused, suspended, syncing, repairing, planning, verifying, ingesting, cleaning, waiting
  case finishing
  case success

  // Headings and facts.
  case profiles = "Profiles"
  case source = "Source"
  case local = "Local"
  case lastSync = "Last sync"
  case lastSuccess = "Last success"
  case acknowledgedUntil = "Known"
  case lastRuns = "Last runs"
  case data = "Data"
  case interval = "Interval"
  case nextRun = "Next run"
  case retention = "Retention"
  case next = "Next cleanup"
  case verified = "Verified"
  case problems = "Problems"
  case warehouse = "Warehouse"
  case disk = "Disk"
  case help = "Help"
  case themes = "Themes"
  case search = "Search"
  case filter = "Filter"
  case palette = "Do"
  case copies = "Copy"
  case messages = "Messages"
  case frozen = "frozen"
  case commands = "Commands"
  case columns = "Columns"
  case lake = "Lake"
  case lakes = "Lakes"
  /// Of a lake that nothing is heard of any more, before since when.
  case gone = "gone since"
  case asking
  case noProfilesYet = "no profiles"
  case openLake = "its dashboard"
  case filtering = "filter"
  case askAgain = "ask again"
  case leaving = "quit"
  case listingKeys = "help"
  case byHost = "by host"
  /// Before how long ago a host was last spoken with.
  case reached
  /// Before since when it could not be spoken with.
  case notReached = "not reached since"
  case noneReached = "not reached yet"

  // The header's graph and forecast, and what is not there since the last good sync.
  case fullAbout = "full about"
  case highest = "to"
  case notWell = "Not well"

  // The coverage.
  case byState = "by state"
  case bySize = "by size"
  case calendar
  case calendarBySize = "calendar, by size"
  case wholeLake = "whole lake"
  case otherwise = "next view"
  case usual = "as usual"
  case underUsual = "under 60%"
  case farUnderUsual = "under 30%"
  case overUsual = "much more"

  // An open run.
  case phases = "Phases"
  case runBefore = "run before"
  case runAfter = "run after"
  case goesBack = "goes back"

  // The header and the line of an entry.
  case idle
  case toCome = "to come"
  case toComeUnfitting = "to come do not fit"
  case moreWarnings = "more"
  case entryKeys = "enter keeps  esc clears"
  /// What Esc does in a dialog.
  case goBack = "back"

  var chinese: String? { Self.chineseTexts[self] }

  private static let chineseTexts: [Label: String] = [
    .name: "名称", .state: "状态", .runs: "历次", .progress: "进度", .rate: "速率", .timeLeft: "剩余", .synced: "同步于", .size: "大小",
    .files: "文件", .lanes: "通道", .pending: "待入库", .gapDays: "缺口", .keep: "保留", .due: "下次", .last: "最近",
    .failed: "失败", .refused: "已拒绝", .interrupted: "已中断", .partial: "部分", .stale: "过期", .late: "未按时", .gaps: "有缺口",
    .running: "运行中",
    .never: "从未同步", .fine: "正常", .acknowledged: "已知", .disabled: "已停用", .queued: "排队中", .starting: "启动中",
    .paused: "已暂停", .suspended: "已挂起",
    .syncing: "同步中", .repairing: "修复中", .planning: "计划中", .verifying: "校验中", .ingesting: "入库中", .cleaning: "清理中",
    .waiting: "等待重试",
    .finishing: "收尾中", .success: "成功",
    .profiles: "配置项", .source: "来源", .local: "本地", .lastSync: "上次同步", .lastSuccess: "上次成功",
    .acknowledgedUntil: "已知", .lastRuns: "最近运行", .data: "数据", .interval: "间隔", .nextRun: "下次运行", .retention: "保留期",
    .next: "下次清理",
    .verified: "已校验",
    .problems: "问题",
    .warehouse: "仓库",
    .disk: "磁盘", .help: "帮助", .themes: "主题", .search: "搜索", .filter: "筛选",
    .palette: "执行", .copies: "复制", .messages: "消息", .frozen: "已冻结", .commands: "命令", .columns: "列",
    .lake: "数据湖", .lakes: "数据湖", .gone: "失联，始于", .asking: "询问中", .noProfilesYet: "没有配置项",
    .openLake: "打开其界面", .filtering: "筛选", .askAgain: "重新询问", .leaving: "退出", .listingKeys: "帮助",
    .byHost: "按主机", .reached: "已连通", .notReached: "未连通，始于", .noneReached: "尚未连通",
    .fullAbout: "预计写满", .highest: "至", .notWell: "未成功",
    .byState: "按状态", .bySize: "按大小", .calendar: "日历", .calendarBySize: "日历，按大小", .wholeLake: "全部配置项",
    .otherwise: "下一视图", .usual: "正常", .underUsual: "不足 60%", .farUnderUsual: "不足 30%", .overUsual: "远多于平常",
    .phases: "阶段", .runBefore: "上一次运行", .runAfter: "下一次运行", .goesBack: "返回",
    .idle: "空闲", .toCome: "待传输", .toComeUnfitting: "待传输，放不下", .moreWarnings: "条未显示",
    .entryKeys: "enter 保留  esc 清除", .goBack: "返回",
  ]
}

/// The table of labels in one language.
struct Labels: Sendable, Equatable {
  let language: Lake.Language

  subscript(_ label: Label) -> String {
    language == .chinese ? label.chinese ?? label.rawValue : label.rawValue
  }
}

extension ProfileState {
  var label: Label {
    switch self {
    case .failed: .failed
    case .refused: .refused
    case .interrupted: .interrupted
    case .partial: .partial
    case .stale: .stale
    case .late: .late
    case .gaps: .gaps
    case .running: .running
    case .never: .never
    case .acknowledged: .acknowledged
    case .fine: .fine
    case .disabled: .disabled
    }
  }
}

extension RunOutcome {
  var label: Label {
    switch self {
    case .success: .success
    case .partial: .partial
    case .failed: .failed
    case .interrupted: .interrupted
    case .refused: .refused
    }
  }
}

extension LiveRun {
  /// The word the table shows for what it is doing.
  var label: Label { isRepairing ? .repairing : progress.phase.label }
}

extension RunPhase {
  /// The word the table shows for a run at this step.
  var label: Label {
    switch self {
    case .starting: .starting
    case .markers, .planning: .planning
    case .verifying: .verifying
    case .transferring, .publishing: .syncing
    case .waiting: .waiting
    case .ingesting: .ingesting
    case .cleaning: .cleaning
    case .checkpoint, .finishing, .ended: .finishing
    }
  }
}
