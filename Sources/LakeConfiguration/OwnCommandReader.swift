import SluiceCore

/// Reads a lake file's `commands`: what the operator has the dashboard run.
///
/// Keys are taken as they are written: which there are and which are taken, the dashboard's keymap knows.
struct OwnCommandReader {
  private static let advice = "Write program and arguments: [program, argument]"

  /// The commands in the file's order; meaningless when the report has errors.
  func commands(_ lake: ConfigurationSection) -> [OwnCommand] {
    var lines: [String: Int] = [:]
    return lake.sections("commands").compactMap { section in
      let command = command(section)
      if let name = command?.name {
        if let line = lines[name] { section.fail("name", "another command, in line \(line), is called so already") }
        lines[name] = lines[name] ?? section.line(of: "name")
      }
      return command
    }
  }

  private func command(_ section: ConfigurationSection) -> OwnCommand? {
    let key = section.text("key", isRequired: true)
    let name = section.text("name", isRequired: true)
    let words = words(section)
    let mode = section.choice("mode", of: OwnCommand.Mode.self) ?? .detached
    let waits = section.flag("wait") ?? false
    section.finish()
    if let name, section.hasControlCharacter(name) { section.fail("name", "holds a control character") }
    if waits, mode == .detached {
      section.fail("wait", "belongs to `mode: terminal`: what is detached prints nothing", advice: "Remove it")
    }
    guard let key, let name, let words else { return nil }
    return OwnCommand(
      name: name, key: key, words: words, mode: mode, waits: waits,
      place: OwnCommand.Place(line: section.line(of: "key"), path: section.path(of: "key")))
  }

  private func words(_ section: ConfigurationSection) -> [OwnWord]? {
    guard section.has("argv"), !section.isNull("argv") else {
      section.fail(
        "argv", section.has("argv") ? "names no program" : "this key is required and missing", advice: Self.advice)
      return nil
    }
    guard let texts = section.texts("argv", advice: Self.advice) else { return nil }
    guard texts.first?.isEmpty == false else {
      section.fail("argv", "names no program", advice: Self.advice)
      return nil
    }
    var words: [OwnWord] = []
    for (index, text) in texts.enumerated() {
      let place = ("\(section.path(of: "argv"))[\(index)]", lineOfWord(index, section))
      guard !text.unicodeScalars.contains("\0") else {
        section.report.error(place.0, line: place.1, "holds a NUL character, which no argument can have")
        continue
      }
      do throws(OwnWord.UnknownField) {
        words.append(try OwnWord(text))
      } catch {
        section.report.error(
          place.0, line: place.1, "{\(error.name)} is no field of a profile", advice: Self.advice(on: error.name))
      }
    }
    return words.count == texts.count ? words : nil
  }

  private func lineOfWord(_ index: Int, _ section: ConfigurationSection) -> Int {
    guard case .present(let node, _) = section.field("argv"), case .list(let items) = node.content,
      items.indices.contains(index)
    else { return section.line(of: "argv") }
    return items[index].line
  }

  private static func advice(on name: String) -> String {
    let fields = OwnWord.Field.allCases
    if let nearest = NameSuggestion.nearest(to: name, among: fields.map(\.rawValue)) {
      return "Did you mean {\(nearest)}?"
    }
    return "There are \(fields.map(\.written).joined(separator: ", ")); {{\(name)}} stands for {\(name)} itself"
  }
}
