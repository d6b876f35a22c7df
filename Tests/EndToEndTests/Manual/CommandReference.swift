/// The guide's page of commands, in Markdown.
enum CommandReference {
  static func text(of program: CommandManual.Command) -> String {
    var lines = [
      "# The commands", "",
      "<!-- Made from the command line's own parser: see CONTRIBUTING.md. Changes here are lost. -->", "",
      "Each is a manual page as well: `man sluice-sync`. Exit codes: see `man sluice`.", "",
    ]
    for command in program.commands {
      lines += ["## sluice \(command.commandName)", "", command.abstract ?? "", "", "```"]
      lines += [
        (["sluice", command.commandName] + command.shown.compactMap(\.synopsis)).joined(separator: " "), "```", "",
      ]
      if let discussion = command.discussion { lines += [discussion, ""] }
      lines += ["| option | does |", "|---|---|"]
      lines += command.shown.map { "| `\(cell($0.heading))` | \(cell($0.text)) |" }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  /// A text in a table, where a bar would end the cell.
  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
