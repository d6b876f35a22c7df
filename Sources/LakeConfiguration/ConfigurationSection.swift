import SluiceCore

/// One table of keys while it is read: every key asked for is known, every other one is a mistake.
///
/// Values of the wrong kind are reported and read as absent, so that reading goes on to the next mistake.
final class ConfigurationSection {
  /// What stands at a key.
  enum Field {
    case absent
    /// Written, but empty or null.
    case null(line: Int)
    case present(ConfigurationNode, line: Int)
  }

  /// `data_lake.profiles.cex_ticks`; empty for the file itself.
  let path: String
  let line: Int
  let report: ConfigurationReport
  private let entries: [ConfigurationNode.Entry]
  /// Places in `entries` where they are many: a lake may have a thousand profiles.
  private let places: [String: Int]
  /// Keys that were asked for, some more than once.
  private var asked: [String] = []

  init(path: String, line: Int, entries: [ConfigurationNode.Entry], report: ConfigurationReport) {
    self.path = path
    self.line = line
    self.entries = entries
    self.places =
      entries.count <= Self.few
      ? [:] : Dictionary(entries.indices.map { (entries[$0].key, $0) }) { first, _ in first }
    self.report = report
  }

  /// The keys as written, in the file's order.
  var keys: [String] { entries.map(\.key) }

  func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The key's line, or the section's when the key is not there.
  func line(of key: String) -> Int { entry(key)?.line ?? line }

  func has(_ key: String) -> Bool { entry(key) != nil }

  /// Up to so many keys are found faster by looking at each.
  private static let few = 24

  private func entry(_ key: String) -> ConfigurationNode.Entry? {
    guard entries.count > Self.few else { return entries.first { $0.key == key } }
    return places[key].map { entries[$0] }
  }

  func field(_ key: String) -> Field {
    asked.append(key)
    guard let entry = entry(key) else { return .absent }
    return entry.value.isNull ? .null(line: entry.line) : .present(entry.value, line: entry.line)
  }

  /// Whether the key is written with a null, which for some keys means something.
  func isNull(_ key: String) -> Bool {
    if case .null = field(key) { true } else { false }
  }

  func fail(_ key: String, _ message: String, advice: String? = nil) {
    report.error(path(of: key), line: line(of: key), message, advice: advice)
  }

  func warn(_ key: String, _ message: String, advice: String? = nil) {
    report.warning(path(of: key), line: line(of: key), message, advice: advice)
  }

  /// Passes over a key of an earlier version, whatever its value, and says so.
  ///
  /// - Parameter why: What holds without it.
  func retired(_ key: String, _ why: String) {
    if case .absent = field(key) { return }
    warn(key, "this key no longer means anything: \(why)", advice: "Remove it")
  }

  /// Reports the keys nobody asked for; to be called when all known keys were.
  func finish() {
    let unknown = entries.count > Self.few ? unknownAmongMany : entries.filter { !asked.contains($0.key) }
    let known = unknown.isEmpty ? [] : Set(asked)
    for entry in unknown {
      let nearest = NameSuggestion.nearest(to: entry.key, among: known.sorted())
      report.error(
        path(of: entry.key), line: entry.line, "this key is not known",
        advice: nearest.map { "Did you mean \($0)?" } ?? "Known here: \(known.sorted().joined(separator: ", "))")
    }
  }

  /// Takes a key that belongs to another program reading the same file: a warning names it.
  func ignore(_ key: String) {
    guard case .present(let node, _) = field(key) else { return }
    var inside = ""
    if case .table(let entries) = node.content, !entries.isEmpty {
      inside = " (\(entries.map(\.key).joined(separator: ", ")))"
    }
    warn(key, "this key\(inside) is not used")
  }

  /// Takes every key that was not asked for as another program's, unless it looks like a misspelt one of ours.
  func ignoreOthers() {
    let known = Set(asked).sorted()
    for key in keys where !known.contains(key) {
      if NameSuggestion.nearest(to: key, among: known) == nil { ignore(key) }
    }
  }

  private var unknownAmongMany: [ConfigurationNode.Entry] {
    let known = Set(asked)
    return entries.filter { !known.contains($0.key) }
  }

  // MARK: Tables and lists

  /// The table at a key; nil when it is absent, or not a table.
  func section(_ key: String, isRequired: Bool = false) -> ConfigurationSection? {
    switch field(key) {
    case .absent:
      if isRequired { fail(key, "this section is missing") }
      return nil
    case .null:
      if isRequired { fail(key, "this section is empty") }
      return nil
    case .present(let node, let line):
      guard case .table(let entries) = node.content else {
        report.error(path(of: key), line: node.line, "must be a table of keys, not \(node.kind)")
        return nil
      }
      return ConfigurationSection(path: path(of: key), line: line, entries: entries, report: report)
    }
  }

  /// The tables at a key that holds one or a list of them; none when it is absent, or holds something else.
  func sections(_ key: String) -> [ConfigurationSection] {
    guard case .present(let node, let line) = field(key) else {
      if has(key) { fail(key, "this section is empty") }
      return []
    }
    if case .table(let entries) = node.content {
      return [ConfigurationSection(path: path(of: key), line: line, entries: entries, report: report)]
    }
    guard case .list(let items) = node.content else {
      report.error(path(of: key), line: node.line, "must be a table of keys, or a list of them, not \(node.kind)")
      return []
    }
    if items.isEmpty { fail(key, "this section is empty") }
    return items.enumerated().compactMap { index, item in
      let path = "\(path(of: key))[\(index)]"
      guard case .table(let entries) = item.content else {
        report.error(path, line: item.line, "must be a table of keys, not \(item.kind)")
        return nil
      }
      return ConfigurationSection(path: path, line: item.line, entries: entries, report: report)
    }
  }

  /// The texts of a list; nil when it is absent or holds something else.
  func texts(_ key: String, advice: String) -> [String]? {
    guard case .present(let node, _) = field(key) else { return nil }
    guard case .list(let items) = node.content else {
      report.error(path(of: key), line: node.line, "must be a list, not \(node.kind)", advice: advice)
      return nil
    }
    var texts: [String] = []
    for (index, item) in items.enumerated() {
      guard case .scalar(let text, _) = item.content, !item.isNull else {
        report.error("\(path(of: key))[\(index)]", line: item.line, "must be text, not \(item.kind)")
        return nil
      }
      texts.append(text)
    }
    return texts
  }

  // MARK: Texts

  /// The text at a key; a number or a word such as `yes` is text as well.
  ///
  /// - Parameter what: What the text stands for, for a message.
  func text(_ key: String, isRequired: Bool = false, as what: String = "text") -> String? {
    switch field(key) {
    case .absent:
      if isRequired { fail(key, "this key is required and missing") }
      return nil
    case .null:
      if isRequired { fail(key, "this key is required and has no value") }
      return nil
    case .present(let node, _):
      guard case .scalar(let text, _) = node.content else {
        report.error(path(of: key), line: node.line, "must be \(what), not \(node.kind)")
        return nil
      }
      if text.isEmpty, isRequired { fail(key, "this key is required and has no value") }
      return text.isEmpty ? nil : text
    }
  }

  /// One word of a few.
  func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, of type: Value.Type
  ) -> Value? where Value.RawValue == String {
    guard let text = text(key) else { return nil }
    if let value = Value(rawValue: text) { return value }
    let words = Value.allCases.map(\.rawValue)
    let nearest = NameSuggestion.nearest(to: text, among: words)
    fail(
      key, "must be \(words.dropLast().joined(separator: ", ")) or \(words.last ?? ""), not \(shown(text))",
      advice: nearest.map { "Did you mean \($0)?" })
    return nil
  }

  // MARK: Numbers, flags, spans and sizes

  /// A whole number within a range.
  func integer(_ key: String, in range: ClosedRange<Int>, _ what: String) -> Int? {
    guard let text = text(key, as: what) else { return nil }
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    // YAML 1.1 reads 010 as eight and 0x10 as sixteen; nobody means that here.
    let isPlain = !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    guard isPlain, digits == "0" || !digits.hasPrefix("0"), let value = Int(text), range.contains(value) else {
      fail(
        key,
        "must be \(what), \(range.lowerBound) to \(range.upperBound)"
          + ", not \(shown(text))",
        advice: isPlain && digits.hasPrefix("0") && digits != "0" ? "Write it without the leading zero" : nil)
      return nil
    }
    return value
  }

  func flag(_ key: String) -> Bool? {
    guard let text = text(key, as: "true or false") else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      fail(key, "must be true or false, not \(shown(text))")
      return nil
    }
  }

  /// A span of time longer than none.
  func duration(_ key: String) -> Duration? {
    guard let text = text(key, as: "a span of time") else { return nil }
    if let value = DurationText.parse(text), value > .zero { return value }
    let isBare = !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    let isNone = DurationText.parse(isBare ? text + "s" : text) == .zero
    let isTooLong = !isBare && !text.isEmpty && DurationText.parse(text) == nil && DurationText.isSpelled(text)
    fail(
      key,
      isNone
        ? "must be a span of time longer than none, not \(shown(text))"
        : isTooLong
          ? "must be a span of time of at most a thousand years (366000d), not \(shown(text))"
          : "must be a span of time like 120s, 2m, 26h or 2d, not \(shown(text))",
      advice: isBare && !isNone ? "Add the unit: \(text)s, \(text)h or \(text)d" : nil)
    return nil
  }

  func bytes(_ key: String) -> ByteCount? {
    guard let text = text(key, as: "a number of bytes") else { return nil }
    if let value = ByteCount(text: text) { return value }
    fail(key, "must be a number of bytes like 500M or 1G, not \(shown(text))")
    return nil
  }

  /// A value as a message shows it: quoted, short, nothing that would move the cursor.
  func shown(_ text: String) -> String {
    let visible = text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : String($0) }.joined()
    return "\"\(visible.count > 60 ? visible.prefix(57) + "…" : visible[...])\""
  }
}
