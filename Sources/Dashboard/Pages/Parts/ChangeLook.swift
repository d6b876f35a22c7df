import SluiceCore
import TerminalUI

/// How an entry of a plan or a file list looks: a sign first, a colour second.
struct ChangeLook {
  let sign: String
  let word: String
  let role: ColorRole

  init(_ kind: FileChange.Kind) {
    (sign, word, role) =
      switch kind {
      case .create: ("+", "new", .good)
      case .update: ("~", "changed", .info)
      case .delete: ("-", "deleted", .bad)
      case .directory: ("/", "directory", .muted)
      case .link: ("@", "link", .muted)
      case .attributes: ("=", "times", .muted)
      }
  }

  var nameRole: ColorRole { role == .muted ? .muted : .standard }
}
