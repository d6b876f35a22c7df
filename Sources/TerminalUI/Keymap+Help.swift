/// A key and what it does, for the bottom line.
package struct FooterItem: Sendable, Hashable {
  /// The key's spelling, such as `s` or `ctrl-l`.
  package var key: String
  /// What the key does, a word or two.
  package var label: String
  /// A key that does nothing now is shown quieter.
  package var isEnabled: Bool

  /// An item of the footer; see the properties.
  package init(key: String, label: String, isEnabled: Bool = true) {
    self.key = key
    self.label = label
    self.isEnabled = isEnabled
  }
}

/// A line of the help.
package struct HelpRow: Sendable, Hashable {
  /// The heading it stands under.
  package var group: String
  /// All keys, separated by blanks.
  package var keys: String
  /// What the configuration calls the action.
  package var name: String
  package var description: String
}

extension Keymap {
  /// The footer's items in the table's order.
  ///
  /// - Parameters:
  ///   - actions: which actions to show; nil is all with a label.
  ///   - isEnabled: whether an action would do something now.
  package func footerItems(_ actions: [Action]? = nil, isEnabled: (Action) -> Bool = { _ in true }) -> [FooterItem] {
    let rows = actions.map { $0.compactMap(binding(for:)) } ?? bindings
    return rows.compactMap { row in
      guard let key = row.keys.first, !row.label.isEmpty else { return nil }
      return FooterItem(key: key.spelling, label: row.label, isEnabled: isEnabled(row.action))
    }
  }

  /// The help's rows, grouped in the order the groups first appear.
  ///
  /// - Parameter query: only rows that contain every word of it, in whatever case; empty is all.
  package func helpRows(matching query: String = "") -> [HelpRow] {
    let words = query.lowercased().split(separator: " ")
    var groups: [String] = []
    var rows: [String: [HelpRow]] = [:]
    for binding in bindings where !binding.keys.isEmpty {
      let row = HelpRow(
        group: binding.group, keys: binding.keyText, name: binding.name, description: binding.description)
      let text = "\(row.group) \(row.keys) \(row.name) \(row.description)".lowercased()
      guard words.allSatisfy({ text.contains($0) }) else { continue }
      if rows[row.group] == nil { groups.append(row.group) }
      rows[row.group, default: []].append(row)
    }
    return groups.flatMap { rows[$0] ?? [] }
  }
}

/// The bottom line: keys and what they do, as many as fit.
package struct FooterBar: Sendable, Hashable {
  /// Keys and labels, most important first, except for the last `pinnedCount`.
  package var items: [FooterItem]
  /// How many of the last items stay while others give way: those that lead out (quit) and to all others (help).
  package var pinnedCount: Int

  /// A footer of these items.
  ///
  /// - Parameter pinnedCount: how many of the last items never give way to those before them, at least one.
  package init(items: [FooterItem], pinnedCount: Int = 1) {
    self.items = items
    self.pinnedCount = max(1, pinnedCount)
  }

  /// The columns the items take when all are drawn.
  package var columns: Int { items.reduce(0) { $0 + Self.columns($1) } }

  /// Draws the items from the left; those that do not fit whole are left out, the pinned ones last.
  ///
  /// On a line too narrow for all of the pinned ones the very last is drawn, cut if it must be.
  package func draw(in buffer: inout ScreenBuffer, x: Int, y: Int, width: Int) {
    buffer.fill(Rect(x: x, y: y, width: width, height: 1), Style(.standard, on: .footerBackground))
    var column = x
    let firstPinned = max(0, items.count - pinnedCount)
    for (index, item) in items.enumerated() {
      let needed = Self.columns(item)
      let isLast = index == items.count - 1
      let reserved = items[max(index + 1, firstPinned)...].reduce(0) { $0 + Self.columns($1) }
      guard column + needed + reserved <= x + width || isLast else { continue }
      let keyStyle = Style(item.isEnabled ? .accent : .muted, on: .footerBackground, item.isEnabled ? .bold : [])
      let textStyle = Style(item.isEnabled ? .standard : .muted, on: .footerBackground, item.isEnabled ? [] : .dim)
      let right = x + width
      column += buffer.put(item.key, x: column + 1, y: y, width: max(0, right - column - 1), style: keyStyle) + 1
      column += buffer.put(item.label, x: column + 1, y: y, width: max(0, right - column - 1), style: textStyle) + 1
    }
  }

  private static func columns(_ item: FooterItem) -> Int {
    CharacterWidth.of(item.key) + CharacterWidth.of(item.label) + 2
  }
}
