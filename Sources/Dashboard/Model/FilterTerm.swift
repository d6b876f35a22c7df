import FoundationEssentials
import Glibc
import SluiceCore

/// What a filter can ask of a profile, wherever that was heard of.
protocol FilteredProfile {
  var name: String { get }
  var state: ProfileState { get }
  /// The host its data comes from; nil where that is not known.
  var filteredHost: String? { get }
  /// What its lake is called among several; nil where there is one.
  var filteredLake: String? { get }
  /// Nil where the figure is not known, which then is neither above nor under anything.
  func value(_ figure: FilterTerm.Figure, now: Date) -> Double?
}

/// One word of a filter.
indirect enum FilterTerm: Sendable, Equatable {
  /// A few letters of the name, or a part of host or state.
  case letters(FuzzySearch, TextSearch)
  /// A part of name, host or state; for what is left out few letters would be too many.
  case part(TextSearch)
  case not(FilterTerm)
  /// Beginnings of states' names, one of which has to fit.
  case state([String])
  case host(TextSearch)
  case lake(TextSearch)
  case figure(Figure, isAbove: Bool, Double)
  /// Not typed to its end yet, so that it asks for nothing.
  case unfinished
  /// What no profile can fit.
  case nothing

  /// A figure of the table that can be compared.
  enum Figure: String, Sendable, CaseIterable {
    /// Seconds since the last good sync; without one there is no end to them.
    case age
    case size, pending, gaps

    fileprivate func number(_ text: Substring) -> Double? {
      switch self {
      case .age: DurationText.parse(text)?.seconds
      case .size: ByteCount(text: text).map { Double($0.bytes) }
      case .pending, .gaps: Int(text).map(Double.init)
      }
    }

    fileprivate var example: Bilingual {
      switch self {
      case .age: Bilingual("a span such as 2d, 6h or 30m", "时长，如 2d、6h 或 30m")
      case .size: Bilingual("a size such as 10G or 500M", "大小，如 10G 或 500M")
      case .pending, .gaps: Bilingual("a whole number", "整数")
      }
    }
  }

  /// Reads one word; a problem says why nothing can fit it.
  ///
  /// - Parameter ofSeveralLakes: Whether `lake:` asks for a lake; of one lake it is text.
  static func read(_ word: Substring, ofSeveralLakes: Bool = false) -> (term: FilterTerm, problem: Bilingual?) {
    if word.first == "!" {
      let rest = word.dropFirst()
      guard !rest.isEmpty else { return (.unfinished, nil) }
      let inner = read(rest, ofSeveralLakes: ofSeveralLakes)
      switch inner.term {
      case .letters: return (.not(.part(TextSearch(String(rest)))), nil)
      case .unfinished, .nothing: return inner
      default: return (.not(inner.term), inner.problem)
      }
    }
    if let value = word.value(behind: "state:") { return state(value) }
    if let value = word.value(behind: "host:") {
      return (value.isEmpty ? .unfinished : .host(TextSearch(String(value))), nil)
    }
    if ofSeveralLakes, let value = word.value(behind: "lake:") {
      return (value.isEmpty ? .unfinished : .lake(TextSearch(String(value))), nil)
    }
    for figure in Figure.allCases {
      for sign in [">", "<"] {
        guard let value = word.value(behind: figure.rawValue + sign) else { continue }
        guard !value.isEmpty else { return (.unfinished, nil) }
        guard let number = figure.number(value) else {
          let (name, example) = (figure.rawValue, figure.example)
          return (
            .nothing,
            Bilingual(
              "\(word): \(name) is compared with \(example.english).", "\(word)：\(name) 与\(example.chinese)比较。")
          )
        }
        return (.figure(figure, isAbove: sign == ">", number), nil)
      }
    }
    return (.letters(FuzzySearch(word), TextSearch(String(word))), nil)
  }

  private static func state(_ value: Substring) -> (term: FilterTerm, problem: Bilingual?) {
    let words = value.lowercased().split(separator: ",").map(String.init)
    guard !words.isEmpty else { return (.unfinished, nil) }
    if let strange = words.first(where: { word in !ProfileState.allCases.contains { $0.isCalled(word) } }) {
      let known = ProfileState.allCases.map(\.label.rawValue).joined(separator: ", ")
      let text = Bilingual(
        "state:\(strange): there is no such state; they are \(known).", "state:\(strange)：没有这样的状态；有 \(known)。")
      return (.nothing, text)
    }
    return (.state(words), nil)
  }

  /// Whether a profile fits.
  func fits(_ row: some FilteredProfile, now: Date) -> Bool {
    switch self {
    case .letters(let letters, let part): Self.has(part, row) || letters.match(row.name)?.isClose == true
    case .part(let part): Self.has(part, row)
    case .not(let term): !term.fits(row, now: now)
    case .state(let words): words.contains { row.state.isCalled($0) }
    case .host(let part): part.matches(row.filteredHost ?? "")
    case .lake(let part): part.matches(row.filteredLake ?? "")
    case .figure(let figure, let isAbove, let limit):
      row.value(figure, now: now).map { isAbove ? $0 > limit : $0 < limit } ?? false
    case .unfinished: true
    case .nothing: false
    }
  }

  private static func has(_ part: TextSearch, _ row: some FilteredProfile) -> Bool {
    part.matches(row.name) || part.matches(row.filteredHost ?? "") || part.matches(row.filteredLake ?? "")
      || part.matches(row.state.rawValue) || part.matches(row.state.label.rawValue)
  }

  var dependsOnTime: Bool {
    switch self {
    case .figure(.age, _, _): true
    case .not(let term): term.dependsOnTime
    default: false
    }
  }

  var asksForHost: Bool {
    switch self {
    case .host: true
    case .not(let term): term.asksForHost
    default: false
    }
  }
}

extension ProfileRow: FilteredProfile {
  var filteredHost: String? { status.profile.source.host }
  var filteredLake: String? { nil }

  func value(_ figure: FilterTerm.Figure, now: Date) -> Double? {
    switch figure {
    case .age: lastSuccess.map { now.timeIntervalSince($0) } ?? .infinity
    case .size: status.usage.map { Double($0.sizeBytes) }
    case .pending: status.profile.ingest == nil ? nil : Double(status.markers.pending)
    case .gaps: status.coverage.map { Double($0.holes) }
    }
  }
}

extension ProfileState {
  /// The filter that shows the profiles of this state only.
  var filter: String { "state:\(rawValue)" }

  /// Whether a word begins its name, in whatever language it is shown.
  fileprivate func isCalled(_ word: String) -> Bool {
    rawValue.hasPrefix(word) || label.rawValue.hasPrefix(word) || label.chinese?.hasPrefix(word) == true
  }
}

extension Substring {
  /// What follows a beginning; nil without it.
  fileprivate func value(behind beginning: String) -> Substring? {
    lowercased().hasPrefix(beginning) ? dropFirst(beginning.count) : nil
  }
}
