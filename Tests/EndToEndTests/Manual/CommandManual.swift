import ArgumentParser
import Foundation

@testable import sluice

/// The command line as the parser describes it, for the manual pages and the reference.
struct CommandManual: Decodable {
  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool
    var arguments: [Argument]?
    var subcommands: [Command]?

    /// What a user may write, the help flag last; what is hidden is not there.
    var shown: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
    /// Commands for users; the parser's own `help` says nothing that `--help` does not.
    var commands: [Command] { (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" } }
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var abstract: String?
    var isOptional: Bool
    var isRepeating: Bool
    var shouldDisplay: Bool
    var valueName: String?
    var names: [Name]?
    var defaultValue: String?
    var allValues: [String]?

    var isPositional: Bool { kind == "positional" }
    /// Short names first, as in every manual.
    private var options: [String] {
      (names ?? []).sorted { $0.kind == "short" && $1.kind != "short" }.map(\.text)
    }

    private var value: String { (valueName ?? "").uppercased() == valueName ? valueName ?? "" : "<\(valueName ?? "")>" }

    /// `-h, --help`, `--theme NAME`, `PROFILES…`.
    var heading: String {
      if isPositional { return value + (isRepeating ? "…" : "") }
      let text = options.joined(separator: ", ")
      return kind == "option" ? "\(text) \(value)\(isRepeating ? "…" : "")" : text
    }

    /// The same in the synopsis; nil for what every command takes.
    var synopsis: String? {
      if ["--help", "--version"].contains(options.last) { return nil }
      let text = isPositional ? heading : (options.last ?? "") + (kind == "option" ? " \(value)" : "")
      return isOptional ? "[\(text)]" : text
    }

    /// What it does, with its default and the values it takes.
    var text: String {
      var text = abstract ?? ""
      if let allValues, !allValues.isEmpty, !text.contains(allValues[0]) {
        text += " One of \(allValues.joined(separator: ", "))."
      }
      if let defaultValue, kind == "option" { text += " Default: \(defaultValue)." }
      return text
    }
  }

  var command: Command

  /// What the parser says of itself.
  static func ofProgram() throws -> Command {
    try JSONDecoder().decode(CommandManual.self, from: Data(SluiceCommand._dumpHelp().utf8)).command
  }
}
