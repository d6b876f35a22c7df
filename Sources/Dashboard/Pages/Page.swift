import SluiceCore
import TerminalUI

/// A page of the detail pane: what it asks of the engine, what it remembers, how it takes keys, how it is drawn.
///
/// A value that the reducer changes and drawing reads. It shows the profile under the table's cursor and is cleared when
/// that is another one. What a page does not declare it does not do: `Page+Defaults` has the rest.
protocol Page: Sendable, Equatable {
  static var title: PageTitle { get }
  /// The commands that belong to the page and do nothing where it is not open.
  static var commands: [Command] { get }

  /// Whether it is about the profile's runs, which are known whatever the configuration says.
  static var isOfRuns: Bool { get }

  /// A page that knows nothing yet.
  init()

  /// What it has to ask about a profile when it is opened.
  var subjects: [LakeQuestion.Subject] { get }
  /// Takes an answer about its profile, whichever page asked for it.
  mutating func take(_ answer: LakeAnswer, to subject: LakeQuestion.Subject)
  /// Forgets its profile; how the operator likes to read the page stays.
  mutating func clear()
  /// What to ask again, and what to forget at once, when its profile's facts may have changed.
  mutating func reload(_ cause: PageReload, _ row: ProfileRow) -> [LakeQuestion.Subject]
  /// Whether what it knows is of no use once a run of its profile began or ended while another page was open.
  var isStaleAfterRun: Bool { get }

  /// How it divides its area.
  func room(in area: Rect) -> PageRoom
  /// Takes over how much room its lists have.
  mutating func fit(_ room: PageRoom)

  /// Moves its cursor by lines or screens; false when it has no lines, so that the table moves.
  mutating func move(_ command: Command) -> Bool
  /// Takes left and right; false when they lead to the neighboring page.
  mutating func moveSideways(forward: Bool) -> Bool
  /// Scrolls by lines, down when positive: the mouse wheel.
  mutating func scroll(by lines: Int)
  /// Chooses the line at a row of its list's area, from 0: a press of the mouse.
  mutating func select(line: Int)
  /// Whether a double press does what Enter does.
  var opensOnDoublePress: Bool { get }

  /// What Enter does.
  mutating func open(_ model: DashboardModel) -> PageReaction
  /// Takes Esc one step back within the page; false when there is none.
  mutating func goBack() -> Bool
  /// Does one of its own commands, after `reason` had nothing against it.
  mutating func perform(_ command: Command, _ model: DashboardModel) -> PageReaction
  /// Why one of its own commands does nothing now, as a sentence; nil when it does something.
  func reason(against command: Command, _ model: DashboardModel) -> Obstacle?
  /// What the clipboard would get while it has the focus.
  func copyText(_ row: ProfileRow) -> String?

  /// The text it is filtered or searched by; nil when there is no such thing.
  var query: String? { get }
  /// What stands before the query while it is typed.
  func queryLabel(_ labels: Labels) -> String
  mutating func setQuery(_ text: String)

  /// The commands the bottom line names first while it has the focus.
  var footerCommands: [Command] { get }
  /// What it says of itself in the lower edge of the frame.
  func note(_ labels: Labels) -> String
  func draw(_ model: DashboardModel, in area: Rect, into buffer: inout ScreenBuffer)
}

/// Why a page looks again at what it shows.
enum PageReload: Sendable, Equatable { case runChanged, operatorAsked }

/// What a page wants of the dashboard around it, after a key.
enum PageReaction: Sendable, Equatable {
  case nothing
  /// The cursor went to another place of the page, which takes the focus, and perhaps says where it is.
  case jump(Notice? = nil)
  case ask([LakeQuestion.Subject])
  case confirm(Overlay)
  /// Starts a run and says so: what is started, in a few words.
  case launch(RunRequest, what: Bilingual)
  case perform(Command)
  /// Shows a text in the operator's own pager.
  case showInPager(String)
  /// Gives the page the whole screen, or takes it back.
  case zoom
}
