import SluiceCore

/// Why a command does nothing now.
enum Obstacle: Sendable, Equatable {
  case readOnly
  /// The key works on other pages only, at least one.
  case belongs(to: [PageID])
  case nothingToMark, nothingToCopy, noThemes
  case noProfiles, nothingShown
  case noProfile(String)
  /// A profile that was taken out of the configuration while a run of it goes on.
  case notConfigured(String)
  case disabled(String)
  case running(String, RunTask)
  case startingAlready(String)
  case keptForEver(String)
  case notIngested(String)
  case notRunning(String)
  case noRunToLimit(String)
  /// What fails is known when the run has ended.
  case runningStill(String, RunTask)
  case nothingWrong(String)
  /// No profile shown did not end well, or all of them are at it already.
  case nothingFailed
  /// Nothing is known of a run that could be looked at.
  case noRun
  /// The key leads from one open run to another.
  case noOpenRun
  case noFurtherRun(isEarlier: Bool)
  case noLog
  /// All profiles are shown.
  case noFilter
  case noPreview
  /// What is shown is what the last run did, no preview.
  case appliedAlready(RunTask)
  /// A run has ended since the preview was made.
  case oldPreview(RunTask)
  case nothingToApply
  case tooLittleSpace(DiskFit, missing: ByteCount)
  case noMarker
  case invalidMarker(String)
  /// An own command that the configuration had when a list was opened, and has no longer.
  case noSuchCommand(String)
  /// Nothing is known that could stand in the place of a field of an own command's words.
  case noFact(OwnWord.Field, profile: String)

  /// Whether it is a run that goes on, or is about to.
  var isOfRun: Bool {
    switch self {
    case .running, .startingAlready: true
    default: false
    }
  }

  /// The reason as a sentence.
  var words: Bilingual {
    switch self {
    case .readOnly:
      Bilingual("The dashboard is read-only: it was started with --read-only.", "面板为只读：启动时带有 --read-only。")
    case .belongs(let pages): Self.belongs(to: pages)
    case .nothingToMark: Bilingual("There is no profile to mark.", "没有可标记的配置项。")
    case .nothingToCopy: Bilingual("There is nothing here to copy.", "此处没有可复制的内容。")
    case .noThemes: Bilingual("No themes were found.", "没有找到主题。")
    case .noProfiles: Bilingual("The configuration has no profiles.", "配置中没有配置项。")
    case .nothingShown: Bilingual("No profile passes the filter; Esc clears it.", "没有符合筛选的配置项；Esc 清除筛选。")
    case .noProfile(let name): Bilingual("There is no profile \(name).", "没有配置项 \(name)。")
    case .notConfigured(let name):
      Bilingual(
        "\(name) is not in the configuration any more; its run can be stopped or held.",
        "配置中已没有 \(name)；其运行仍可停止或暂停。")
    case .disabled(let name):
      Bilingual("\(name) is disabled in the configuration (enabled: false).", "\(name) 在配置中已停用（enabled: false）。")
    case .running(let name, let task):
      Bilingual(
        "\(name): \(Self.one(task)) is going already; x stops it.",
        "\(name)：\(Chinese.name(of: task))已在进行；x 停止它。")
    case .startingAlready(let name):
      Bilingual("\(name): a run is queued or starting already.", "\(name)：已有运行在排队或启动中。")
    case .keptForEver(let name):
      Bilingual(
        "\(name) keeps its data for ever (retention_days is 0 or null).",
        "\(name) 永久保留数据（retention_days 为 0 或 null）。")
    case .notIngested(let name):
      Bilingual("\(name) has no ingest: in its configuration.", "\(name) 的配置中没有 ingest:。")
    case .notRunning(let name): Bilingual("Nothing is running for \(name).", "\(name) 没有在运行。")
    case .noRunToLimit(let name):
      Bilingual(
        "Nothing is running for \(name); its limit at the start is bwlimit: in the file.",
        "\(name) 没有在运行；启动时的限速是文件中的 bwlimit:。")
    case .runningStill(let name, let task):
      Bilingual(
        "\(name): \(Self.one(task)) is going; what comes of it is seen when it has ended.",
        "\(name)：\(Chinese.name(of: task))正在进行；结束后才知道结果。")
    case .nothingWrong(let name):
      Bilingual("Nothing is wrong with \(name) that could be acknowledged.", "\(name) 没有可标为已知的问题。")
    case .nothingFailed:
      Bilingual("Nothing that is shown has failed and could be tried again.", "所显示的配置项中没有可重试的失败。")
    case .noRun: Bilingual("No run of this profile is known yet.", "该配置项还没有运行记录。")
    case .noFilter: Bilingual("There is no filter to name; / begins one.", "没有可命名的筛选；/ 开始筛选。")
    case .noOpenRun:
      Bilingual(
        "Enter opens a run; from there this key leads to the one before or after it.",
        "Enter 打开一次运行；在那里此键转到它之前或之后的运行。")
    case .noFurtherRun(isEarlier: true): Bilingual("This is the oldest run that is known.", "这是已知最早的运行。")
    case .noFurtherRun(isEarlier: false): Bilingual("This is the newest run that is known.", "这是已知最新的运行。")
    case .noLog: Bilingual("There is no line of a log to show.", "没有可显示的日志。")
    case .noPreview: Bilingual("There is no preview to apply; d makes one.", "没有可应用的预览；d 生成预览。")
    case .appliedAlready(let task):
      Bilingual(
        "This is what the last \(task.name) did; d makes a new preview.",
        "这是上一次\(Chinese.name(of: task))所做的；d 生成新的预览。")
    case .oldPreview(let task):
      Bilingual(
        "The lake has changed since this preview (\(Self.one(task)) ended); d makes a new one.",
        "此预览之后数据湖有变化（\(Chinese.name(of: task))已结束）；d 生成新的预览。")
    case .nothingToApply:
      Bilingual("There is nothing to apply: source and lake agree.", "没有可应用的内容：来源与数据湖一致。")
    case .tooLittleSpace(let fit, let missing):
      Bilingual(
        "This does not fit: \(fit.needed) are needed and \(fit.free) are free, of which \(fit.reserve) stay "
          + "(min_free); \(missing) are missing.",
        "空间不足：需要 \(fit.needed)，可用 \(fit.free)，其中保留 \(fit.reserve)（min_free）；还差 \(missing)。")
    case .noMarker: Bilingual("There is no marker to try again.", "没有可重试的标记。")
    case .invalidMarker(let name):
      Bilingual(
        "\(name) is no marker: its name has no real date, market or interval.",
        "\(name) 不是标记：名称中没有真实的日期、市场或周期。")
    case .noSuchCommand(let name):
      Bilingual("The configuration no longer has a command \(name).", "配置中已没有命令 \(name)。")
    case .noFact(.run, let name):
      Bilingual(
        "The command needs {run}, and no run of \(name) is known yet.", "该命令需要 {run}，而 \(name) 还没有运行记录。")
    case .noFact(let field, let name):
      Bilingual(
        "The command needs \(field.written), of which the configuration says nothing for \(name).",
        "该命令需要 \(field.written)，而配置对 \(name) 没有说明它。")
    }
  }

  private static func one(_ task: RunTask) -> String {
    ("aeiou".contains(task.name.prefix(1)) ? "an " : "a ") + task.name
  }

  private static func belongs(to pages: [PageID]) -> Bilingual {
    let names = pages.map { "\($0.title.english) (\($0.number))" }
    let chinese = "此键属于页面：\(pages.map { "\($0.title.chinese)（\($0.number)）" }.joined(separator: "、"))。"
    if names.count == 1 {
      return Bilingual("This key belongs to the \(pages[0].title.english) page (\(pages[0].number)).", chinese)
    }
    return Bilingual("This key belongs to the \(names.joined(separator: " and ")) pages.", chinese)
  }
}
