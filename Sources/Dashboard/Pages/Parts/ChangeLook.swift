import SluiceCore
import TerminalUI

/// How an entry of a plan or a file list looks: a sign first, a colour second.
struct ChangeLook {
  let sign: String
  let word: Bilingual
  let role: ColorRole

  init(_ kind: FileChange.Kind) {
    (sign, word, role) =
      switch kind {
      case .create: ("+", Bilingual("new", "新增"), .good)
      case .update: ("~", Bilingual("changed", "改变"), .info)
      case .delete: ("-", Bilingual("deleted", "删除"), .bad)
      case .directory: ("/", Bilingual("directory", "目录"), .muted)
      case .link: ("@", Bilingual("link", "链接"), .muted)
      case .attributes: ("=", Bilingual("times", "时间"), .muted)
      }
  }

  var nameRole: ColorRole { role == .muted ? .muted : .standard }
}
