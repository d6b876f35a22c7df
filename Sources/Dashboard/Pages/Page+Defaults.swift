import SluiceCore
import TerminalUI

/// A page that only shows something.
extension Page {
  static var commands: [Command] { [] }
  static var isOfRuns: Bool { true }

  mutating func clear() { self = Self() }
  mutating func reload(_ cause: PageReload, _ row: ProfileRow) -> [LakeQuestion.Subject] { subjects }
  var isStaleAfterRun: Bool { true }

  func room(in area: Rect) -> PageRoom { PageRoom(area) }
  mutating func fit(_ room: PageRoom) {}

  mutating func move(_ command: Command) -> Bool { false }
  mutating func moveSideways(forward: Bool) -> Bool { false }
  mutating func scroll(by lines: Int) {}
  mutating func select(line: Int) {}
  var opensOnDoublePress: Bool { false }

  mutating func open(_ model: DashboardModel) -> PageReaction { .zoom }
  mutating func goBack() -> Bool { false }
  mutating func perform(_ command: Command, _ model: DashboardModel) -> PageReaction { .nothing }
  func reason(against command: Command, _ model: DashboardModel) -> Obstacle? { nil }

  var query: String? { nil }
  func queryLabel(_ labels: Labels) -> String { "\(labels[.filter]) \(Self.title.text(labels.language)):" }
  mutating func setQuery(_ text: String) {}

  var footerCommands: [Command] { [] }
  func note(_ labels: Labels) -> String { "" }
}
