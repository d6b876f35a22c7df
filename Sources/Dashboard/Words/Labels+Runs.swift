import SluiceCore

/// What runs are called in the operator's language, what they do, and what they are found to have done.
extension Labels {
  /// What a list of runs calls one: `sync`, `dry run`.
  func name(of task: RunTask) -> String { self(task.name, Chinese.name(of: task)) }

  /// What is said of a run that only listed: `sync planned`.
  func planned(_ task: RunTask) -> String {
    let kind = self(task.kind, Chinese.kind(of: task))
    return self("\(kind) planned", "已计划\(kind)")
  }

  /// `300 files compared, no finding`.
  func told(_ totals: VerifyTotals) -> String {
    guard language == .chinese else { return totals.sentence }
    if totals.isNothing { return "没有可比较的内容" }
    let repaired = totals.repaired > 0 ? "，修复 \(TextFormat.grouped(totals.repaired)) 个" : ""
    let found = totals.findings == 0 ? "，没有不符" : "，\(count(totals.findings, .finding))"
    return "比较了 \(files(totals.filesCompared))\(repaired)\(found)"
  }
}

extension RunPhase {
  /// The step in one word, as a run's journal has it.
  var step: Bilingual {
    switch self {
    case .starting: Bilingual(rawValue, "启动")
    case .markers: Bilingual(rawValue, "取标记")
    case .planning: Bilingual(rawValue, "计划")
    case .verifying: Bilingual(rawValue, "校验")
    case .transferring: Bilingual(rawValue, "传输")
    case .waiting: Bilingual(rawValue, "等待")
    case .publishing: Bilingual(rawValue, "发布标记")
    case .checkpoint: Bilingual(rawValue, "检查点")
    case .ingesting: Bilingual(rawValue, "入库")
    case .cleaning: Bilingual(rawValue, "清理")
    case .finishing: Bilingual(rawValue, "收尾")
    case .ended: Bilingual(rawValue, "结束")
    }
  }

  /// The step as a person would say it.
  var words: Bilingual {
    switch self {
    case .starting: Bilingual("starting", "正在启动")
    case .markers: Bilingual("fetching markers", "正在取标记")
    case .planning: Bilingual("listing what there is to do", "正在列出要做的事")
    case .verifying: Bilingual("comparing with the source", "正在与来源比较")
    case .transferring: Bilingual("transferring", "正在传输")
    case .waiting: Bilingual("waiting before the next try", "等待下一次尝试")
    case .publishing: Bilingual("publishing markers", "正在发布标记")
    case .checkpoint: Bilingual("writing the checkpoint", "正在写检查点")
    case .ingesting: Bilingual("ingesting into the warehouse", "正在写入仓库")
    case .cleaning: Bilingual("cleaning up", "正在清理")
    case .finishing: Bilingual("finishing", "正在收尾")
    case .ended: Bilingual("ended", "已结束")
    }
  }
}
