import SluiceCore

/// A sentence of the screen in both languages, side by side, so that neither is changed without the other.
///
/// The Chinese one has the same values in it. What the engine has said is in logs and records too, in English: its Chinese
/// form is looked up in `ChineseWords` where it is shown.
struct Bilingual: Sendable, Equatable {
  let english: String
  let chinese: String

  init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// What has no language of its own: a name, or what the engine has said.
  init(asItIs text: String) { self.init(text, text) }

  /// What the engine has said, in English, and as the catalogue has it in Chinese.
  init(said text: String) { self.init(text, ChineseWords.text(text, in: .chinese)) }

  func text(_ language: Lake.Language) -> String { language == .chinese ? chinese : english }
}

extension Labels {
  /// A sentence in the operator's language.
  func callAsFunction(_ english: String, _ chinese: String) -> String { Bilingual(english, chinese).text(language) }
}

/// What is begun, as a part of a sentence.
extension Bilingual {
  static let sync = Bilingual("sync", "同步")
  static let dryRun = Bilingual("dry run", "试运行")
  static let ingest = Bilingual("ingest", "入库")
  static let verify = Bilingual("verify", "校验")
  static let cleanup = Bilingual("cleanup", "清理")
}

/// Parts of Chinese sentences.
enum Chinese {
  /// Up to five names, and how many more there are.
  static func listed(_ names: [String]) -> String {
    let shown = names.prefix(5).map(TextFormat.escaped).joined(separator: "、")
    return names.count <= 5 ? shown : "\(shown) 等 \(TextFormat.grouped(names.count)) 项"
  }

  /// All names.
  static func all(_ names: [String]) -> String { names.joined(separator: "、") }

  /// What a run is for, a dry run like what it rehearses.
  static func kind(of task: RunTask) -> String {
    switch task {
    case .sync: "同步"
    case .cleanup: "清理"
    case .ingest: "入库"
    case .verify: "校验"
    }
  }

  /// What a run is called.
  static func name(of task: RunTask) -> String {
    switch task {
    case .sync: task.isRehearsal ? "试运行" : "同步"
    case .cleanup: task.isRehearsal ? "清理试运行" : "清理"
    case .ingest: task.isRehearsal ? "入库试运行" : "入库"
    case .verify: "校验"
    }
  }

  /// How a run ended.
  static func name(of outcome: RunOutcome) -> String {
    switch outcome {
    case .success: "成功"
    case .partial: "部分完成"
    case .failed: "失败"
    case .interrupted: "已中断"
    case .refused: "被拒绝"
    }
  }
}
