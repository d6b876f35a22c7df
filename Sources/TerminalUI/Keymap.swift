/// Which key does what: one table that makes the look-up, the footer, the help and the configuration's names.
///
/// `Action` is the program's own; whether an action is possible now is the program's to say.
package struct Keymap<Action: Hashable & Sendable>: Sendable {
  /// One row of the table.
  package struct Binding: Sendable, Hashable {
    /// What the keys do.
    package var action: Action
    /// What the configuration calls it, such as `sync`.
    package var name: String
    /// The keys that do it; the first one is shown in the footer.
    package var keys: [Key]
    /// A word or two for the footer; empty keeps it out of there.
    package var label: String
    /// A line for the help.
    package var description: String
    /// The heading it stands under in the help.
    package var group: String
    /// Whether its keys give way to a choice of the user: those of an action that came later than the choice may have.
    package var givesWay = false

    /// A row of the table; without a label it is left out of the footer, without keys out of the help.
    package init(
      _ action: Action, name: String, keys: [Key], label: String = "", description: String, group: String = ""
    ) {
      self.action = action
      self.name = name
      self.keys = keys
      self.label = label
      self.description = description
      self.group = group
    }

    /// The keys as the help shows them.
    package var keyText: String { keys.map(\.spelling).joined(separator: " ") }
  }

  /// The rows, in the order of the footer and the help.
  package private(set) var bindings: [Binding]
  private var actions: [Key: Action]
  /// Where each action's row is, for the footer asks for a dozen of them at every drawing.
  private let places: [Action: Int]

  /// A table of bindings; of two bindings for one key the first has it (``conflicts`` tells).
  package init(_ bindings: [Binding]) {
    self.bindings = bindings
    places = Dictionary(bindings.enumerated().map { ($0.element.action, $0.offset) }) { first, _ in first }
    actions = [:]
    for binding in bindings {
      for key in binding.keys where actions[key] == nil { actions[key] = binding.action }
    }
  }

  /// What a key does.
  package func action(for key: Key) -> Action? { actions[key] }

  /// The row of an action.
  package func binding(for action: Action) -> Binding? { places[action].map { bindings[$0] } }

  /// The spelling of an action's first key, for texts that name it; empty when it has none.
  package func keyName(for action: Action) -> String { binding(for: action)?.keys.first?.spelling ?? "" }

  /// Keys that more than one action wants, in the table's order, with the names of those actions.
  package var conflicts: [KeymapProblem] {
    var wanted: [Key: [String]] = [:]
    var order: [Key] = []
    for binding in bindings {
      for key in Set(binding.keys) {
        if wanted[key] == nil { order.append(key) }
        wanted[key, default: []].append(binding.name)
      }
    }
    return order.compactMap { key in
      guard let names = wanted[key], names.count > 1 else { return nil }
      return .conflict(key: key, names: names)
    }.sorted { $0.sortText < $1.sortText }
  }
}

/// What is wrong with a key chosen in the configuration.
package enum KeymapProblem: Error, Sendable, Hashable {
  /// No action has that name; the nearest one that exists.
  case unknownAction(name: String, nearest: String?)
  /// The text for an action is not the name of a key.
  case unknownKey(name: String, spelling: String)
  /// An action was left without any key.
  case noKey(name: String)
  /// Two actions want one key.
  case conflict(key: Key, names: [String])

  /// The fact as a sentence, with what to do next.
  package var sentence: String {
    switch self {
    case .unknownAction(let name, let nearest):
      let hint = nearest.map { "; did you mean \($0)?" } ?? "; `?` in the dashboard lists the names."
      return "keymap: there is no action named \(SafeText.escaped(name))\(hint)"
    case .unknownKey(let name, let spelling):
      return
        "keymap: \(SafeText.escaped(spelling)) (for \(name)) is not a key; write one like s, space, ctrl-l, f5 or pgdn."
    case .noKey(let name):
      return "keymap: \(name) is left without a key; name at least one."
    case .conflict(let key, let names):
      return
        "keymap: the key \(key.spelling) is wanted by \(names.joined(separator: " and ")); give one of them another key."
    }
  }

  fileprivate var sortText: String {
    if case .conflict(let key, _) = self { return key.spelling }
    return ""
  }
}
