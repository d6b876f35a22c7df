import FoundationEssentials
import SluiceCore
import TerminalUI

/// What lies over the screen and takes the keys until it is answered.
enum Overlay: Sendable, Equatable {
  case help(HelpPage)
  case palette(Palette)
  case said(SaidList)
  case commands(CommandList)
  case question(Question)
  case cleanup(CleanupDialog)
  case forcedSync(ForcedSyncDialog)
  case bandwidth(BandwidthDialog)
  case acknowledge(AcknowledgeDialog)
  case themes(ThemeChooser)
  case columns(ColumnChooser)
  case asked(TextDialog)
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
    case .asked(let dialog):
      if case .pause(let runs) = dialog.purpose { .limit(runs) } else { nil }
    case .help, .palette, .said, .commands, .themes, .columns, .text: nil
    }
  }
}

/// A yes-or-no question.
enum Question: Sendable, Equatable {
  case stop([SteeredRun])
  /// Whether these profiles' failures are no longer to be known.
  case withdraw([String])
  /// Whether to start exactly what the preview shows.
  case apply(RunRequest)
  /// Whether to sync all that failed.
  case retry([RunRequest])
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
    let lines = HelpView.lines(model, self)
    place.update(count: lines.count, height: HelpView.listHeight(model))
    leaveHeading(lines, upwards: false)
  }
}

extension HelpPage {
  /// Takes a movement; the cursor stands on keys only, never on a heading.
  mutating func move(_ key: Key, _ model: DashboardModel) -> Bool {
    let before = place.selection
    guard place.handle(key) else { return false }
    leaveHeading(HelpView.lines(model, self), upwards: place.selection < before)
    return true
  }

  private mutating func leaveHeading(_ lines: [HelpView.Line], upwards: Bool) {
    guard lines.indices.contains(place.selection), case .heading = lines[place.selection] else { return }
    // Above the first line there is nothing; its heading stays in sight all the same.
    place.move(by: upwards && place.selection > 0 ? -1 : 1)
  }

  /// What is under the cursor; nil where nothing was found.
  func selected(_ model: DashboardModel) -> Command? {
    let lines = HelpView.lines(model, self)
    guard lines.indices.contains(place.selection), case .row(let row) = lines[place.selection] else { return nil }
    return model.keymap.bindings.first { $0.name == row.name }?.action
  }
}

/// Asks for a limit in KB/s.
struct BandwidthDialog: Sendable, Equatable {
  let runs: [SteeredRun]
  var field: TextField

  /// What was typed as a limit; nothing lifts it.
  ///
  /// - Parameter now: What a time of day is counted from.
  func limit(now: Date) -> Result<LimitOrder, LimitOrder.Fault> {
    let text = field.text.filter { $0 != "," }
    return text.allSatisfy { $0 == " " } ? .success(LimitOrder(.rate(0))) : LimitOrder.parse(text, now: now)
  }
}

/// Asks why these profiles' failures may stay as they are for a while.
struct AcknowledgeDialog: Sendable, Equatable {
  /// The profiles and what each showed when the dialog opened: that, and nothing later, is acknowledged.
  let failures: [String: Acknowledgement.Failure]
  var reason = TextField("", limit: 200)

  /// The same for some of its profiles only.
  func keeping(_ names: [String]) -> AcknowledgeDialog {
    AcknowledgeDialog(failures: failures.filter { names.contains($0.key) }, reason: reason)
  }

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
