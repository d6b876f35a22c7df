import SluiceCore
import TerminalUI

extension Command {
  /// The table of keys, with the configuration's own choices taken over.
  ///
  /// - Returns: The table, and a sentence for each choice that could not be followed.
  static func keymap(
    overrides: [String: String], language: Lake.Language
  ) -> (keymap: Keymap<Command>, problems: [String]) {
    let bindings = (moving + acting + paging + screen).map { binding in
      var binding = binding
      binding.givesWay = Self.givingWay.contains(binding.action)
      return binding
    }
    let changed = Keymap(language == .chinese ? bindings.map(\.inChinese) : bindings).overridden(by: overrides)
    return (changed.keymap, changed.problems.map { $0.words.text(language) })
  }

  fileprivate typealias Binding = Keymap<Command>.Binding

  private static func row(
    _ command: Command, _ name: String, _ keys: [Key], _ label: String, _ description: String, _ group: String
  ) -> Binding {
    Binding(command, name: name, keys: keys, label: label, description: description, group: group)
  }

  private static let moving: [Binding] = {
    let group = "Moving"
    return [
      row(.up, "up", [.up, .character("k")], "", "one line up", group),
      row(.down, "down", [.down, .character("j")], "", "one line down", group),
      row(.left, "left", [.left, .character("h")], "", "page before; fold; a day, or a run's time, back", group),
      row(.right, "right", [.right, .character("l")], "", "page after; unfold; a day, or a run's time, on", group),
      row(.pageUp, "page-up", [.pageUp, .control("b")], "", "a screen up", group),
      row(.pageDown, "page-down", [.pageDown, .control("f")], "", "a screen down", group),
      row(.top, "top", [.home], "", "to the first line", group),
      row(.bottom, "bottom", [.end, .character("G")], "", "to the last line", group),
      row(.earlier, "earlier", [.character("<")], "before", "30 days earlier; the run before (History)", group),
      row(.later, "later", [.character(">")], "after", "30 days later; the run after (History)", group),
      row(.open, "open", [.enter], "open", "what can be done; apply; a run; a day's files; zoom", group),
      row(.otherHalf, "other-half", [.tab, .backTab], "pane", "between the table and the pane", group),
      row(.back, "back", [.escape], "back", "back one step; never quits", group),
    ]
  }()

  private static let acting: [Binding] = {
    let group = "Actions on the profile, or on all marked ones that are shown"
    return [
      row(.sync, "sync", [.character("s")], "sync", "start a sync", group),
      row(.dryRun, "dry-run", [.character("d")], "dry run", "dry run into the Preview page", group),
      row(.cleanup, "cleanup", [.character("c")], "cleanup", "plan a cleanup, show it, delete when confirmed", group),
      row(.ingest, "ingest", [.character("i")], "ingest", "ingest pending markers", group),
      row(.verify, "verify", [.character("v")], "verify", "compare every file with the source, byte for byte", group),
      row(.stop, "stop", [.character("x")], "stop", "stop the run, or take it from the queue", group),
      row(.pause, "pause", [.character("p")], "pause", "pause the run, or let it go on", group),
      row(.pauseFor, "pause-for", [.character("H")], "", "pause the run for so long: 30m, 2h", group),
      row(.bandwidth, "bandwidth", [.character("b")], "limit", "limit the run's bandwidth", group),
      row(
        .acknowledge, "acknowledge", [.character("A")], "known", "say that a failure is known, or take that back", group
      ),
      row(.retryFailed, "retry-failed", [.character("S")], "retry all", "sync all that failed, asked once", group),
      row(.edit, "edit", [.character("E")], "", "open the profile's configuration in $EDITOR", group),
      row(.refresh, "refresh", [.character("r")], "refresh", "read everything of the profile again", group),
      row(.mark, "mark", [.character(" ")], "mark", "mark or unmark; what a filter hides is left alone", group),
      row(.markAll, "mark-all", [.character("*")], "", "mark all that are shown, or none", group),
    ]
  }()

  private static let paging: [Binding] = {
    let group = "Pages"
    let pages = PageID.allCases.map { id in
      // Only nine keys are numbers.
      let keys = id.number <= 9 ? "\(id.number)".map(Key.character) : []
      return row(.page(id), id.rawValue, keys, "", id.title.description, group)
    }
    return pages + [
      row(.previousTab, "previous-tab", [.character("[")], "", "page before", group),
      row(.nextTab, "next-tab", [.character("]")], "", "page after", group),
      row(.apply, "apply", [.character("a")], "apply", "start a sync of exactly what the preview shows", group),
      row(.follow, "follow", [.character("f")], "follow", "follow the log's newest line", group),
      row(.wrap, "wrap", [.character("w")], "wrap", "wrap long lines of the log", group),
      row(.nextHit, "next-hit", [.character("n")], "next", "next hit, error, hole, bad run or mark", group),
      row(
        .previousHit, "previous-hit", [.character("N")], "previous", "previous hit, error, hole, bad run or mark", group
      ),
      row(.nextFault, "next-fault", [.character("}")], "", "next error or warning of the log", group),
      row(.previousFault, "previous-fault", [.character("{")], "", "previous error or warning of the log", group),
      row(.level, "level", [.character("e")], "level", "all of the log, its errors and warnings, its errors", group),
      row(.pager, "pager", [.character("P")], "pager", "read the log in $PAGER", group),
      row(.saveLog, "save-log", [.character("W")], "save", "save the log to a file", group),
      row(.view, "view", [.character("V")], "view", "days by state, by size, in months, of the lake", group),
      row(.retry, "retry", [.character("R")], "retry", "try the marker again", group),
      row(.copy, "copy", [.character("y")], "copy", "copy the path or the error to the clipboard", group),
      row(.copies, "copies", [.character("Y")], "", "choose what to copy: path, run, command lines, ssh test", group),
      row(
        .commandLines, "command", [.character("C")], "command", "the run's exact rsync and ssh commands", group),
      row(.zoom, "zoom", [.character("z")], "zoom", "give the whole screen to this half", group),
    ]
  }()

  private static let screen: [Binding] = {
    let group = "Screen"
    return [
      row(
        .palette, "palette", [.character(":"), .control("p")], "do", "everything there is, by a few letters", group),
      row(.filter, "filter", [.character("/")], "filter", "filter the table or the preview, search the log", group),
      row(.nameFilter, "name-filter", [.character("=")], "", "name the filter; : has it from then on", group),
      row(.columns, "columns", [.character("|")], "", "choose the table's columns", group),
      row(.sort, "sort", [.character("o")], "sort", "sort by the next column", group),
      row(.reverseSort, "reverse-sort", [.character("O")], "", "turn the order round", group),
      row(
        .hosts, "by-host", [.character("g")], "hosts", "group the table by host; in the pane, to its first line", group),
      row(.freeze, "freeze", [.character("F")], "freeze", "hold the screen still, or let it go on", group),
      row(.said, "messages", [.character("M")], "messages", "all that was said and done in this session", group),
      row(.theme, "theme", [.character("t")], "theme", "choose a theme", group),
      row(.lively, "lively", [.character("L")], "", "all figures every second, not calmly every five", group),
      row(.mouse, "mouse", [.character("m")], "mouse", "mouse on or off", group),
      row(.repaint, "repaint", [.control("l")], "", "draw the whole screen again", group),
      row(.suspend, "suspend", [.control("z")], "", "suspend", group),
      row(.quit, "quit", [.character("q")], "quit", "quit; runs go on", group),
      row(.help, "help", [.character("?"), .function(1)], "help", "this help; type to search it", group),
    ]
  }()

  /// Actions younger than keymaps that may have chosen their keys; the palette leads to them all the same.
  private static let givingWay: Set<Command> = [
    .palette, .reverseSort, .hosts, .freeze, .said, .copies, .commandLines, .retryFailed, .edit, .nextFault,
    .previousFault,
    .level, .pager, .pauseFor, .saveLog, .view, .nameFilter, .columns,
  ]
}
