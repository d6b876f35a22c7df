package import SluiceCore

/// What the dashboard is started with and never changes by itself.
package struct DashboardSettings: Sendable, Equatable {
  /// No key that starts, stops or steers anything works.
  package var isReadOnly: Bool
  /// Only ASCII is drawn: no box lines, blocks or glyphs.
  package var isASCII: Bool
  /// The language of labels; `auto` reads as English, so resolve it first.
  package var language: Lake.Language
  /// How many runs the dashboard keeps going at once, 1 or more; further ones wait in its queue.
  package var maxParallel: Int
  /// What a run may delete and fill without being told twice.
  package var guardLimits: GuardLimits
  /// Command name → key, from the configuration.
  package var keymapOverrides: [String: String]
  /// What the operator has run by keys of their own, from the configuration.
  package var ownCommands: [OwnCommand]
  /// Where the lake's own files are; empty before the configuration is read.
  package var places: LakePlaces
  /// Names the theme chooser lists, in its order.
  package var themeNames: [String]
  /// The theme in force at the start.
  package var theme: String
  /// Which profiles the table shows at the start, and in what order.
  package var choice: TableChoice
  /// Whether mouse reports are on at the start.
  package var isMouseOn: Bool
  /// Whether figures move every second from the start, not every five.
  package var isLively: Bool
  /// The machine's name as the header shows it; empty shows none.
  package var hostName: String
  /// Whether the terminal's title tells host, failures and runs.
  package var setsTitle: Bool
  /// Whether the terminal's own progress bar shows the running syncs.
  package var showsProgress: Bool
  /// How the end of a run that was shown is told.
  package var announces: Lake.Announcement
  /// The profile the cursor is put on once its lake is read; nil leaves it on the first row.
  package var firstProfile: String?

  /// Settings; what is not given is as a configuration without such keys has it.
  ///
  /// - Parameter maxParallel: Fewer than 1 counts as 1.
  package init(
    isReadOnly: Bool = false, isASCII: Bool = false, language: Lake.Language = .english, maxParallel: Int = 2,
    guardLimits: GuardLimits = GuardLimits(), keymapOverrides: [String: String] = [:],
    themeNames: [String] = ["terminal"], theme: String = "terminal", choice: TableChoice = TableChoice(),
    isMouseOn: Bool = false,
    isLively: Bool = false, hostName: String = "", setsTitle: Bool = false, showsProgress: Bool = false,
    announces: Lake.Announcement = .nothing, ownCommands: [OwnCommand] = [], places: LakePlaces = LakePlaces(),
    firstProfile: String? = nil
  ) {
    self.isReadOnly = isReadOnly
    self.isASCII = isASCII
    // Labels of another script would be nothing but escapes.
    self.language = isASCII ? .english : language
    self.maxParallel = max(1, maxParallel)
    self.guardLimits = guardLimits
    self.keymapOverrides = keymapOverrides
    self.themeNames = themeNames
    self.theme = theme
    self.choice = choice
    self.isMouseOn = isMouseOn
    self.isLively = isLively
    self.hostName = hostName
    self.setsTitle = setsTitle
    self.showsProgress = showsProgress
    self.announces = announces
    self.ownCommands = ownCommands
    self.places = places
    self.firstProfile = firstProfile
  }
}
