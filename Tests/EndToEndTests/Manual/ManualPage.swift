@testable import sluice

/// One page of section 1, in the man macros.
struct ManualPage {
  private var lines: [String] = []

  /// The page of the program when `parent` is nil, else of one of its commands.
  static func text(of command: CommandManual.Command, in parent: CommandManual.Command? = nil) -> String {
    let name = (parent.map { $0.commandName + "-" } ?? "") + command.commandName
    var page = ManualPage()
    page.lines = [
      #".\" Made from the command line's own parser: see CONTRIBUTING.md. Changes here are lost."#,
      #".TH \#(name.uppercased().escapedForRoff) 1 "" "sluice \#(SluiceVersion.text)" "sluice""#, ".SH NAME",
      "\(name.escapedForRoff) \\- \(roff(sentence(command.abstract)))",
    ]
    page.synopsis(command, name: name.replacing("-", with: " ", maxReplacements: parent == nil ? 0 : 1))
    page.section("DESCRIPTION")
    page.paragraph(command.abstract ?? "")
    page.discussion(command.discussion ?? "")
    page.options(command.shown)
    page.commands(command.commands)
    if parent == nil { page.places() }
    page.section("SEE ALSO")
    let others = parent == nil ? command.commands.map { "\(command.commandName)-\($0.commandName)" } : ["sluice"]
    page.lines.append(others.map { ".BR \($0.escapedForRoff) (1)" }.joined(separator: ",\n"))
    page.lines.append(".PP\nThe guide: \\fI/usr/share/doc/sluice/guide\\fR")
    return page.lines.joined(separator: "\n") + "\n"
  }

  private mutating func section(_ title: String) { lines.append(".SH \(title)") }

  private mutating func paragraph(_ text: String) {
    guard !text.isEmpty else { return }
    lines += [".PP", Self.roff(text)]
  }

  private mutating func synopsis(_ command: CommandManual.Command, name: String) {
    section("SYNOPSIS")
    let words = command.shown.compactMap(\.synopsis) + (command.commands.isEmpty ? [] : ["[COMMAND]"])
    lines += [".B \(name.escapedForRoff)", Self.roff(words.joined(separator: " "))]
  }

  /// Paragraphs; a heading in capitals is a section, and lines that begin with a space stay as they are.
  private mutating func discussion(_ text: String) {
    for paragraph in text.split(separator: "\n\n") {
      var rows = paragraph.split(separator: "\n")[...]
      if let first = rows.first, rows.count > 1, first == first.uppercased() {
        section(first == "EXIT CODES" ? "EXIT STATUS" : String(first))
        rows = rows.dropFirst()
      }
      guard rows.contains(where: { $0.hasPrefix(" ") }) else {
        self.paragraph(rows.joined(separator: " "))
        continue
      }
      lines += [".PP", ".nf"] + rows.map { Self.roff(String($0)) } + [".fi"]
    }
  }

  private mutating func options(_ arguments: [CommandManual.Argument]) {
    guard !arguments.isEmpty else { return }
    section("OPTIONS")
    for argument in arguments {
      lines += [".TP", "\\fB\(argument.heading.escapedForRoff)\\fR", Self.roff(argument.text)]
    }
  }

  private mutating func commands(_ commands: [CommandManual.Command]) {
    guard !commands.isEmpty else { return }
    section("COMMANDS")
    for command in commands {
      lines += [".TP", "\\fB\(command.commandName.escapedForRoff)\\fR", Self.roff(command.abstract ?? "")]
    }
  }

  private mutating func places() {
    section("FILES")
    lines += [".TP", ".I /etc/sluice/data_lake.yml"]
    lines.append(
      Self.roff(
        """
        The configuration, unless one of these is there: --config, $SLUICE_CONFIG, ./config/data_lake.yml, \
        ./config.yaml, ./sync/config.yaml, $XDG_CONFIG_HOME/sluice/data_lake.yml.
        """))
    lines += [".TP", #".I ROOT_DIR/.sluice"#]
    lines.append(Self.roff("What runs leave behind: one directory a run, logs, locks, the ledger."))
  }

  /// An abstract as NAME wants it: one clause without a full stop.
  private static func sentence(_ text: String?) -> String {
    let text = text ?? ""
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// A text with what is between backticks in bold.
  private static func roff(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      let escaped = String(part).escapedForRoff
      return index % 2 == 1 && index < parts.count - 1 ? "\\fB\(escaped)\\fR" : escaped
    }.joined().guardedForRoff
  }
}

extension String {
  /// Hyphens are to be copied as hyphens, and a backslash is one.
  fileprivate var escapedForRoff: String {
    replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("…", with: "...").replacing("≥", with: ">=")
  }

  /// A line that begins with a full stop or a quote is text all the same.
  fileprivate var guardedForRoff: String { hasPrefix(".") || hasPrefix("'") ? "\\&" + self : self }
}
