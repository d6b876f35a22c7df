import SluiceCore

/// What the bottom line says after a key or news.
enum Notice: Sendable, Equatable {
  /// What was asked for cannot be done now.
  case refused(Obstacle)
  /// The engine's own sentence.
  case told(String, isError: Bool)
  case launchFailed(profile: String, reason: String)
  case unknownKey(String, help: String)
  case pasteIgnored
  /// The dashboard was to begin with a profile that the lake has not.
  case noSuchProfile(String)
  /// The same with one that the filter hides.
  case hiddenProfile(String)
  case quitting(key: String)
  case sorted(SortOrder, isReversed: Bool)
  /// Whether the profiles of a host stand below one another now.
  case grouped(Bool)
  case frozen(Bool)
  /// A filter has this name now.
  case filterNamed(String)
  case filterForgotten(String)
  case wrongSpan
  /// The runs to hold are over by now.
  case endedBeforePause([String])
  case pausing([String], for: Duration)
  case lively(Bool)
  case mouse(Bool)
  case copied(String)
  case reading([String])
  /// Runs were asked for; `waiting` of them are queued.
  case starting(what: Bilingual, profiles: [String], waiting: Int, limit: Int)
  /// Marked profiles that nothing was done with, because the filter hides them.
  case leftAlone([String])
  case unqueued([String])
  case endedMeanwhile([String])
  case stopping([String])
  /// What was asked about these is not asked any more: they are not in the configuration.
  case vanished([String])
  case nothingDeleted
  case wrongName(wanted: String, kept: Untouched)
  case runBegan
  case wrongLimit
  /// KB/s; nil lifts the limit.
  case limiting(LimitOrder)
  /// The runs to limit are over by now.
  case endedBeforeLimit([String])
  /// Failures are noted as known.
  case acknowledging([String])
  case withdrawn([String])
  case reasonNeeded
  case previewReady(profile: String)
  case beyondGuard([String])
  case nothingExpired
  case ended(PastRun)
  case noCommands
  case noFaultsInLog
  case notInLog(String)
  case noHoles
  case hole(Int, of: Int)
  /// No run of the list ended badly.
  case noBadRun
  case nothingHeldUp
  case mark(Int, of: Int)
  /// An own command's program is started in the background.
  case ownStarted(OwnCommandRun)
  case ownEnded(OwnCommandRun, OwnCommandEnd)

  /// What a wrong name has left as it was.
  enum Untouched: Sendable {
    case nothingDeleted, nothingStarted

    var words: Bilingual {
      switch self {
      case .nothingDeleted: Bilingual("nothing was deleted", "未删除任何内容")
      case .nothingStarted: Bilingual("nothing was started", "未启动任何运行")
      }
    }
  }

  /// How it is to be taken.
  var tone: Message.Tone {
    switch self {
    case .refused, .pasteIgnored, .noSuchProfile, .hiddenProfile, .launchFailed, .wrongName, .runBegan, .wrongLimit,
      .beyondGuard, .reasonNeeded,
      .vanished:
      .bad
    case .told(_, let isError): isError ? .bad : .news
    case .copied, .nothingExpired, .noHoles, .noBadRun, .nothingHeldUp: .good
    case .ended(let past): past.result.outcome == .success ? .good : .bad
    case .ownEnded(_, let end): end.isGood ? .good : .bad
    default: .news
    }
  }

  /// The words.
  var words: Bilingual {
    switch self {
    case .refused(let obstacle): obstacle.words
    case .told(let text, _): Bilingual(said: text)
    case .launchFailed(let profile, let reason): Bilingual(said: "\(profile): \(reason)")
    case .unknownKey(let key, let help):
      Bilingual("\(key) does nothing here; \(help) lists the keys.", "\(key) 在此无作用；\(help) 列出所有按键。")
    case .pasteIgnored:
      Bilingual("Taken for a paste, and no text is asked for: nothing done.", "看起来是粘贴的文本，而此处不需要输入：未执行任何操作。")
    case .noSuchProfile(let name):
      Bilingual("There is no profile \(name) here; the cursor is on the first row.", "此处没有配置项 \(name)；光标在第一行。")
    case .hiddenProfile(let name):
      Bilingual("The filter hides \(name); the cursor is on the first row.", "筛选隐藏了 \(name)；光标在第一行。")
    case .quitting(let key): Bilingual("\(key) quits; runs go on.", "\(key) 退出；运行会继续。")
    case .filterNamed(let name):
      Bilingual("The filter is called \(name) now; : has it.", "筛选已命名为 \(name)；按 : 可找到它。")
    case .filterForgotten(let name): Bilingual("The filter \(name) is forgotten.", "已删除筛选 \(name)。")
    case .wrongSpan: Bilingual("How long, please: 30m, 2h, or until 06:00.", "请输入多久：30m、2h 或 until 06:00。")
    case .endedBeforePause(let names):
      Bilingual(
        "Nothing to pause any more: \(Self.list(names)) has ended meanwhile.", "无需暂停：\(Chinese.all(names)) 已经结束。")
    case .pausing(let names, let span):
      Bilingual(
        "Pausing \(Self.list(names)) for \(DurationText.text(Int(span.seconds))).",
        "正在暂停 \(Chinese.all(names))，时长 \(DurationText.text(Int(span.seconds)))。")
    case .grouped(true): Bilingual("Grouped by host.", "已按主机分组。")
    case .grouped(false): Bilingual("No longer grouped by host.", "已取消按主机分组。")
    case .sorted(let order, let isReversed):
      Bilingual(
        "Sorted by \(order.words.english)\(isReversed ? ", turned round" : "").",
        "按\(order.words.chinese)排序\(isReversed ? "（逆序）" : "")。")
    case .frozen(true):
      Bilingual("The screen stands still, runs go on; the same key ends it.", "屏幕已冻结，运行继续；再按同一键恢复。")
    case .frozen(false): Bilingual("The screen goes on.", "屏幕已恢复更新。")
    case .lively(true): Bilingual("Figures move every second.", "数字每秒更新。")
    case .lively(false): Bilingual("Figures are calm: they move every five seconds.", "数字每五秒更新一次。")
    case .mouse(true):
      Bilingual("Mouse on: the terminal's own selection now needs Shift.", "鼠标已开启：用终端自身选择文本需按住 Shift。")
    case .mouse(false): Bilingual("Mouse off.", "鼠标已关闭。")
    case .copied(let text): Bilingual("Copied: \(text)", "已复制：\(text)")
    case .reading(let names): Bilingual("Reading \(Self.named(names)) again.", "重新读取 \(Self.namedInChinese(names))。")
    case .starting(let what, let names, let waiting, let limit): Self.starting(what, names, waiting, limit)
    case .leftAlone(let names):
      Bilingual(
        "Marked but hidden by the filter, and left alone: \(TextFormat.listed(names)).",
        "已标记但被筛选隐藏，未处理：\(Chinese.listed(names))。")
    case .unqueued(let names):
      Bilingual("Taken from the queue: \(Self.list(names)).", "已从队列移除：\(Chinese.all(names))。")
    case .endedMeanwhile(let names):
      Bilingual(
        "Nothing to stop any more: \(Self.list(names)) has ended meanwhile.", "无需停止：\(Chinese.all(names)) 已经结束。")
    case .stopping(let names):
      Bilingual("Stopping \(Self.list(names)): partial data is kept.", "正在停止 \(Chinese.all(names))：已传部分保留。")
    case .vanished(let names):
      Bilingual(
        "Nothing was done: not in the configuration any more: \(TextFormat.listed(names)).",
        "未执行任何操作：配置中已没有 \(Chinese.listed(names))。")
    case .nothingDeleted: Bilingual("Nothing was deleted.", "未删除任何内容。")
    case .wrongName(let wanted, let kept):
      Bilingual(
        "That is not the name; \(kept.words.english). Type \(wanted), or press Esc.",
        "名称不符；\(kept.words.chinese)。请输入 \(wanted)，或按 Esc。")
    case .runBegan: Bilingual("Nothing was deleted: a run has begun meanwhile.", "未删除任何内容：其间有运行已开始。")
    case .wrongLimit:
      Bilingual(
        "A limit is KB/s up to 100,000,000, or a rate: 2M, 2M for 30m; 0 lifts it.",
        "限速为 KB/s，至多 100,000,000，或写作 2M、2M for 30m；0 解除限速。")
    case .endedBeforeLimit(let names):
      Bilingual(
        "Nothing to limit any more: \(Self.list(names)) has ended meanwhile.", "无需限速：\(Chinese.all(names)) 已经结束。")
    case .limiting(let limit): Self.limiting(limit)
    case .acknowledging(let names):
      Bilingual(
        "Known for a week, or until it fails in another way: \(Self.list(names)).",
        "已知，为期一周，或直到以其他方式失败：\(Chinese.all(names))。")
    case .withdrawn(let names): Bilingual("No longer known: \(Self.list(names)).", "不再视为已知：\(Chinese.all(names))。")
    case .reasonNeeded: Bilingual("A known failure needs a reason; Esc goes back.", "标为已知需要填写原因；Esc 返回。")
    case .previewReady(let profile): Bilingual("The preview of \(profile) is ready.", "\(profile) 的预览已就绪。")
    case .beyondGuard(let names):
      Bilingual(
        "\(Self.list(names)): more than the guard allows; clean up one profile at a time.",
        "\(Chinese.all(names))：超出保护限额；请逐个配置项清理。")
    case .nothingExpired: Bilingual("Nothing to clean up: nothing is past its retention.", "无需清理：没有超出保留期的内容。")
    case .ended(let past): Self.end(past)
    case .noCommands: Bilingual("This run started no program, or none is on record.", "该运行没有启动程序，或没有记录。")
    case .noFaultsInLog: Bilingual("No errors or warnings in this log.", "此日志中没有错误或警告。")
    case .notInLog(let search): Bilingual("\"\(search)\" is not in this log.", "此日志中没有“\(search)”。")
    case .noHoles: Bilingual("There are no holes: every day since each series began is there.", "没有缺口：各序列自开始以来每天都在。")
    case .hole(let number, let count): Bilingual("Hole \(number) of \(count).", "第 \(number) 个缺口，共 \(count) 个。")
    case .noBadRun: Bilingual("No run of this list ended badly.", "此列表中没有异常结束的运行。")
    case .nothingHeldUp: Bilingual("Nothing is on record that held this run up.", "没有记录到拖延该运行的事件。")
    case .mark(let number, let count): Bilingual("Mark \(number) of \(count).", "第 \(number) 个记号，共 \(count) 个。")
    case .ownStarted(let run):
      Bilingual(
        "\(run.command.name): started for \(run.profile).", "\(run.command.name)：已为 \(run.profile) 启动。")
    case .ownEnded(let run, let end): Self.end(of: run, end)
    }
  }

  private static func starting(_ what: Bilingual, _ names: [String], _ waiting: Int, _ limit: Int) -> Bilingual {
    let whose = (named(names), namedInChinese(names))
    guard waiting > 0 else {
      return Bilingual("Starting \(what.english) of \(whose.0).", "正在启动\(what.chinese)：\(whose.1)。")
    }
    return Bilingual(
      "Starting \(what.english) of \(whose.0); \(waiting) in the queue, for max_parallel is \(limit).",
      "正在启动\(what.chinese)：\(whose.1)；\(waiting) 个在排队，因为 max_parallel 为 \(limit)。")
  }

  private static func end(_ past: PastRun) -> Bilingual {
    let (result, task) = (past.result, past.record.task)
    let name = past.record.profile
    let span = TextFormat.span(result.durationSeconds)
    switch result.outcome {
    case .success where task.previewsSync:
      return Bilingual("\(name): \(task.name) is ready.", "\(name)：\(Chinese.name(of: task))已就绪。")
    case .success where task.transfers:
      let bytes = ByteCount(result.bytesTransferred)
      return Bilingual(
        "\(name): \(task.name) succeeded, \(Figures.count(result.filesTransferred, "file")), \(bytes) in \(span).",
        "\(name)：\(Chinese.name(of: task))成功，\(TextFormat.grouped(result.filesTransferred)) 个文件，\(bytes)，用时 \(span)。")
    case .success:
      return Bilingual("\(name): \(task.name) succeeded in \(span).", "\(name)：\(Chinese.name(of: task))成功，用时 \(span)。")
    case .partial, .failed, .interrupted, .refused:
      let why = result.problems.last.map { Bilingual(" \($0.message)", $0.told(.chinese).message) }
      return Bilingual(
        "\(name): \(task.name) \(result.outcome.sentence).\(why?.english ?? "")",
        "\(name)：\(Chinese.name(of: task))\(Chinese.name(of: result.outcome))。\(why?.chinese ?? "")")
    }
  }

  private static func end(of run: OwnCommandRun, _ end: OwnCommandEnd) -> Bilingual {
    let (name, profile, program) = (run.command.name, run.profile, run.words.first ?? "")
    switch end {
    case .notStarted(let reason):
      return Bilingual(
        "\(name) (\(profile)): \(program) could not be started: \(reason).",
        "\(name)（\(profile)）：无法启动 \(program)：\(reason)。")
    case .exited(let code):
      return Bilingual(
        "\(name) (\(profile)): ended with exit code \(code).", "\(name)（\(profile)）：已结束，退出码 \(code)。")
    case .signalled(let number):
      return Bilingual(
        "\(name) (\(profile)): ended by signal \(number).", "\(name)（\(profile)）：被信号 \(number) 结束。")
    }
  }

  private static func namedInChinese(_ names: [String]) -> String {
    names.count == 1 ? names[0] : "\(TextFormat.grouped(names.count)) 个配置项"
  }

  private static func named(_ names: [String]) -> String {
    names.count == 1 ? names[0] : Figures.count(names.count, "profile")
  }

  private static func limiting(_ order: LimitOrder) -> Bilingual {
    let length = order.span.map { DurationText.text(Int($0.seconds)) }
    let span = (length.map { " for \($0)" } ?? "", length.map { "，为期 \($0)" } ?? "")
    switch order.limit {
    case .own: return Bilingual("Giving the run its own limit back.", "恢复该运行自身的限速。")
    case .rate(0): return Bilingual("Lifting the limit\(span.0).", "解除限速\(span.1)。")
    case .rate(let rate):
      let limit = TextFormat.limit(rate)
      return Bilingual("Limiting to \(limit)\(span.0).", "限速为 \(limit)\(span.1)。")
    }
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}

extension RunOutcome {
  /// The outcome as the end of a sentence.
  var sentence: String {
    switch self {
    case .success: "succeeded"
    case .partial: "is partial"
    case .failed: "failed"
    case .interrupted: "was interrupted"
    case .refused: "was refused"
    }
  }
}
