import Foundation
import SluiceCore
import TerminalUI

/// What lies over the screen and takes the keys until it is answered.
enum Overlay: Sendable, Equatable {
  case help(HelpPage)
  case question(Question)
  case cleanup(CleanupDialog)
  case forcedSync(ForcedSyncDialog)
  case bandwidth(BandwidthDialog)
  case acknowledge(AcknowledgeDialog)
  case themes(ThemeChooser)
  case text(ShownText)

  /// What it asks, where an answer does something that cannot be taken back.
  enum Confirmation: Sendable, Equatable {
    case question(Question)
    case cleanup([String], isPlanned: Bool)
    case forcedSync(RunRequest)
    case limit([SteeredRun])
    case acknowledge([String])
  }

  /// The question, the same while it shows the same; nil where nothing is asked.
  var confirmation: Confirmation? {
    switch self {
    case .question(let question): .question(question)
    case .cleanup(let dialog): .cleanup(dialog.profiles, isPlanned: dialog.isPlanned)
    case .forcedSync(let dialog): .forcedSync(dialog.request)
    case .bandwidth(let dialog): .limit(dialog.runs)
    case .acknowledge(let dialog): .acknowledge(dialog.failures.keys.sorted())
    case .help, .themes, .text: nil
    }
  }
}

/// A yes-or-no question.
enum Question: Sendable, Equatable {
  case stop([SteeredRun])
  /// Whether to start exactly what the preview shows.
  case apply(RunRequest)
  case quit
}

/// Asks for the profile's name before a sync that the guard holds back.
struct ForcedSyncDialog: Sendable, Equatable {
  /// Exactly what the preview shows, told to go past the guard.
  let request: RunRequest
  /// The guard's reasons.
  let reasons: [String]
  var typed = TypedName.field
}

/// A profile's name typed as the word that lets something go past the guard.
enum TypedName {
  /// Room for a name as escapes as well.
  static let field = TextField(limit: 1024)

  /// Whether a text is the name: as it is, or as it is shown where it cannot be drawn, and so perhaps not be typed.
  static func matches(_ text: String, _ name: String) -> Bool {
    [name, SafeText.escaped(name), SafeText.ascii(name)].contains(text)
  }
}

/// The help: the keymap's rows, searched by typing.
struct HelpPage: Sendable, Equatable {
  var query = TextField()
  var place = ScrollState()

  /// Takes over how many lines there are and how many are in sight.
  mutating func fit(_ model: DashboardModel) {
    place.update(count: HelpView.lines(model, self).count, height: HelpView.listHeight(model))
  }
}

/// Asks for a limit in KB/s.
struct BandwidthDialog: Sendable, Equatable {
  let runs: [SteeredRun]
  var field: TextField

  /// What was typed as a limit: nil is no limit; a failure when it is no number.
  var limit: Result<Int?, NotANumber> {
    let text = field.text.filter { $0 != " " && $0 != "," }
    guard !text.isEmpty else { return .success(nil) }
    guard let number = Int(text), Profile.bandwidthLimits.contains(number) else { return .failure(NotANumber()) }
    return .success(number == 0 ? nil : number)
  }

  /// What was typed is not a limit.
  struct NotANumber: Error, Equatable {}
}

/// Asks why these profiles' failures may stay as they are for a while.
struct AcknowledgeDialog: Sendable, Equatable {
  /// The profiles and what each showed when the dialog opened: that, and nothing later, is acknowledged.
  let failures: [String: Acknowledgement.Failure]
  var reason = TextField("", limit: 200)

  /// What was typed, without blanks at its ends; nil while that is nothing.
  var text: String? {
    let words = reason.text.split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}

/// Themes to choose from; the one under the cursor is shown at once.
struct ThemeChooser: Sendable, Equatable {
  let names: [String]
  /// The theme to go back to.
  let original: String
  var place: ScrollState

  init(names: [String], current: String) {
    self.names = names
    original = current
    place = ScrollState(count: names.count, height: 10, selection: names.firstIndex(of: current) ?? 0)
  }

  var selected: String { names.indices.contains(place.selection) ? names[place.selection] : original }
}

/// A text being typed on the bottom line.
struct Entry: Sendable, Equatable {
  /// What the text is for: the table's filter, or a page's filter or search.
  enum Purpose: Sendable, Equatable {
    case table
    case page(PageID)
  }

  let purpose: Purpose
  var field: TextField
}
