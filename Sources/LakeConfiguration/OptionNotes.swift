import Rsync
package import SluiceCore

/// What sluice does by its own means where `rsync_args` ask rsync for it; for `validate`.
package enum OptionNotes {
  /// One line a word, with its place; what means a risk is among the configuration's warnings instead.
  package static func lines(_ lake: Lake) -> [String] {
    lake.profiles.flatMap { profile in
      UserArguments(profile.rsyncArguments).notes.filter { !$0.isWarning }.map { note in
        "data_lake.profiles.\(profile.name).rsync_args: \(note.word): \(note.text)"
      }
    }
  }
}
