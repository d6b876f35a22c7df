import CLinux

/// The environment this process was given.
enum ProcessVariables {
  /// All variables by name; of two with one name the first counts, as for `getenv`.
  ///
  /// Foundation's own takes as long as opening the terminal. Read before anything could change a variable, or where
  /// nothing does.
  static var all: [String: String] {
    var variables: [String: String] = [:]
    guard var place = sluice_environment() else { return variables }
    while let entry = place.pointee {
      place += 1
      let text = String(cString: entry)
      guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")), sign > text.startIndex else { continue }
      let name = String(text[..<sign])
      if variables[name] == nil { variables[name] = String(text[text.utf8.index(after: sign)...]) }
    }
    return variables
  }
}
