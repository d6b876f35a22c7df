import CLinux
import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore
import SluiceEngine
import Synchronization
import TerminalUI

/// Standard output and error of a command, whole lines at a time; the one way out for what a command says.
///
/// A line may hold text from outside: control characters are shown in it, never sent. Safe to use from any thread. A
/// reader that went away is no reason to end a run; output that is lost otherwise is told at the end.
final class Console: Sendable {
  static let shared = Console()

  private struct State {
    var lineIsOpen = false
    /// Why stdout takes no more; 0 while it does.
    ///
    /// What comes after a piece that was lost would be misread.
    var failure: Int32 = 0
    /// In which language a person reads stdout, and stderr.
    var language = Lake.Language.english
    var errorLanguage = Lake.Language.english
  }

  private let state = Mutex(State())

  /// Whether stdout is a terminal a line can be redrawn on.
  let isTerminal: Bool

  init() {
    isTerminal = isatty(1) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    // Before a configuration is read the locale alone says it.
    follow(.auto)
  }

  /// Speaks as the configuration wants it from now on, each of stdout and stderr where it is a terminal.
  func follow(_ configured: Lake.Language) {
    let environment = ProcessVariables.all
    let language = ScreenLanguage.spoken(configured, isTerminal: isTerminal, environment)
    let isErrorTerminal = isatty(2) == 1 && environment["TERM"] != "dumb"
    let errorLanguage = ScreenLanguage.spoken(configured, isTerminal: isErrorTerminal, environment)
    state.withLock { ($0.language, $0.errorLanguage) = (language, errorLanguage) }
  }

  /// In which language stdout is read: English in a pipe or a file.
  var language: Lake.Language { state.withLock { $0.language } }

  private var errorLanguage: Lake.Language { state.withLock { $0.errorLanguage } }

  /// Width of the terminal, 80 when unknown.
  var width: Int {
    var (columns, rows): (Int32, Int32) = (0, 0)
    return sluice_window_size(1, &columns, &rows) == 0 && columns > 0 ? Int(columns) : 80
  }

  /// Why output was lost that somebody waits for; nil when none was, or nobody is left to read it.
  var loss: CommandFault? {
    let failure = state.withLock { $0.failure }
    return failure == 0 || hasNoReader(failure) ? nil : .outputLost(errorNumber: failure)
  }

  /// Prints lines, below a redrawn one when there is one.
  func print(_ lines: String...) { print(lines) }

  /// Prints lines, below a redrawn one when there is one; what is known of them in the reader's language.
  func print(_ lines: [String]) {
    let language = language
    print(asItIs: lines.map { ChineseWords.text($0, in: language) })
  }

  /// Prints lines that have their language already, or none: tables, names of files, what other programs read.
  func print(asItIs lines: [String]) {
    state.withLock { state in
      var text = state.lineIsOpen ? "\r\u{1b}[K" : ""
      state.lineIsOpen = false
      for line in lines { text += TextFormat.escaped(line) + "\n" }
      put(text, &state)
    }
  }

  /// Prints the rows of a table: on a terminal none is wider than it.
  func print(table rows: [String]) {
    let width = width
    print(asItIs: isTerminal ? rows.map { TextFitting.fit($0, width: width).text } : rows)
  }

  /// Prints sentences: on a terminal broken between words, below their beginning.
  ///
  /// - Parameter indent: Blanks before every line but the first.
  func print(sentences: [String], indent: Int = 4) {
    let (width, language) = (width, language)
    let told = sentences.map { ChineseWords.text($0, in: language) }
    print(
      asItIs: isTerminal
        ? told.flatMap { TextWrap.lines(TextFormat.escaped($0), width: width, indent: indent) } : told)
  }

  /// Prints JSON.
  func print(_ json: JSONText) { print(text: json.text) }

  /// Prints text whose line feeds end lines: metrics, the parser's help.
  func print(text: String) { print(asItIs: Self.lines(text)) }

  /// A problem on one line, as stdout's reader is told of it.
  func line(_ problem: RunProblem) -> String { Sentences.line(problem.told(language)) }

  /// Redraws the last line; on a terminal only.
  func redraw(_ line: String) {
    guard isTerminal else { return }
    state.withLock { state in
      state.lineIsOpen = true
      put("\r" + TextFormat.escaped(line) + "\u{1b}[K", &state)
    }
  }

  /// Prints a problem on stderr.
  func complain(_ problem: RunProblem) { complain(["sluice: " + Sentences.line(problem.told(errorLanguage))]) }

  /// Prints a line on stderr.
  func complain(_ line: String) { complain([ChineseWords.text(line, in: errorLanguage)]) }

  /// Prints text on stderr whose line feeds end lines.
  func complain(text: String) { complain(Self.lines(text)) }

  private func complain(_ lines: [String]) {
    state.withLock { state in
      if state.lineIsOpen, isatty(2) == 1 { put("\r\u{1b}[K", &state) }
      state.lineIsOpen = false
      _ = OutputBytes.write(lines.map { TextFormat.escaped($0) + "\n" }.joined(), to: 2)
    }
  }

  private static func lines(_ text: String) -> [String] {
    let body = text.hasSuffix("\n") ? text.dropLast() : text[...]
    return body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func put(_ text: String, _ state: inout State) {
    guard state.failure == 0 else { return }
    state.failure = OutputBytes.write(text, to: 1)
    // A command that only shows would go on for ever, and say nothing more.
    if state.failure != 0, !hasNoReader(state.failure) { SignalWait.shared.endWithoutOutput() }
  }

  /// A closed pipe and a terminal that has hung up want nothing.
  private func hasNoReader(_ errorNumber: Int32) -> Bool {
    errorNumber == EPIPE || (errorNumber == EIO && isTerminal)
  }
}
