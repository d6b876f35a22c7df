import TerminalUI

extension KeymapProblem {
  /// The fact as a sentence in both languages, with what to do next.
  var words: Bilingual {
    switch self {
    case .unknownAction(let name, let nearest):
      let shown = SafeText.escaped(name)
      return Bilingual(
        sentence, "keymap：没有名为 \(shown) 的操作；" + (nearest.map { "是否指 \($0)？" } ?? "面板中的 `?` 列出所有名称。"))
    case .unknownKey(let name, let spelling):
      return Bilingual(
        sentence, "keymap：\(SafeText.escaped(spelling))（用于 \(name)）不是按键；请写作 s、space、ctrl-l、f5 或 pgdn。")
    case .noKey(let name): return Bilingual(sentence, "keymap：\(name) 没有按键；请至少指定一个。")
    case .conflict(let key, let names):
      return Bilingual(sentence, "keymap：按键 \(key.spelling) 被 \(Chinese.all(names)) 同时使用；请为其一另指定按键。")
    }
  }
}
