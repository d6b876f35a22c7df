import Dashboard
import FoundationEssentials
import Glibc
import NcursesBackend
import RunRecords
import SluiceCore
import SluiceEngine

/// What the dashboard begins with: at first without a configuration, then with the one that was read.
struct DashboardOpening {
  let look: DashboardLook
  let environment: [String: String]
  let themes: ThemeFiles
  /// The theme's own name; the look's may be an alias.
  let themeName: String
  let isASCII: Bool
  let reading: ConfigurationReading
  let mailbox: EventMailbox

  /// The settings before anything is read: nothing here waits for a file.
  var firstSettings: DashboardSettings { Self.settings(look, environment, isASCII: isASCII, theme: themeName) }

  /// The settings that belong to no lake.
  static func settings(
    _ look: DashboardLook, _ environment: [String: String], isASCII: Bool, theme: String
  ) -> DashboardSettings {
    DashboardSettings(
      isReadOnly: look.isReadOnly, isASCII: isASCII, language: ScreenLanguage.resolved(.auto, environment),
      theme: theme, isLively: look.isLively, hostName: hostName)
  }

  /// The settings a lake wants.
  func settings(_ lake: Lake) -> DashboardSettings {
    DashboardSettings(
      isReadOnly: look.isReadOnly, isASCII: isASCII, language: ScreenLanguage.resolved(lake.language, environment),
      maxParallel: lake.maxParallel, guardLimits: lake.guardLimits, keymapOverrides: lake.keymapOverrides,
      themeNames: themes.names(), theme: themeName, choice: choice(lake), isLively: look.isLively,
      hostName: Self.hostName, setsTitle: lake.setsTitle, showsProgress: lake.showsProgress,
      announces: lake.announces, ownCommands: lake.ownCommands, places: LakePlaces(lake), firstProfile: look.profile)
  }

  /// The machine's name up to its first dot, unless it is an address.
  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, 255) == 0 else { return "" }
    let whole = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let first = whole.prefix { $0 != "." }
    return first.allSatisfy(\.isNumber) ? whole : String(first)
  }

  /// How this user last looked at the lake's table, with the filter of the command line in place of the one kept.
  private func choice(_ lake: Lake) -> TableChoice {
    let kept = TableChoiceFile(lake: lake, environment: environment).read()
    return TableChoice(
      filter: look.filter ?? kept?.filter ?? "", sort: kept?.sort.flatMap(SortOrder.init) ?? .attention,
      isReversed: kept?.isReversed ?? false, isGrouped: kept?.isGrouped ?? false,
      hiddenColumns: kept?.hiddenColumns ?? [],
      namedFilters: (kept?.namedFilters ?? []).map { NamedFilter(name: $0.name, words: $0.words) })
  }

  /// Sets the watcher to work; its news comes by the mailbox, after the configuration's warnings.
  func begin(_ access: LakeAccess, on terminal: Terminal) -> EffectRunner {
    // Not made here: where the lake's disk is missing nothing may be written.
    if FileManager.default.fileExists(atPath: access.lake.stateDirectory) {
      terminal.redirectOutput(to: access.lake.stateDirectory + "/dashboard.log")
    }
    let mailbox = self.mailbox
    let watcher = LakeWatcher(lake: access.lake) { mailbox.post($0) }
    for warning in access.warnings { mailbox.post(.notice(warning.message, isError: false)) }
    watcher.start()
    return EffectRunner(lake: access.lake, watcher: watcher, mailbox: mailbox)
  }
}
