import LakeFiles
import SluiceCore

extension ConfigurationSection {
  /// An absolute path with `~` expanded, without a slash at the end.
  func absolutePath(_ key: String, isRequired: Bool = false, environment: [String: String]) -> String? {
    guard let text = text(key, isRequired: isRequired) else { return nil }
    return absolutePath(text, at: key, environment: environment)
  }

  /// The same for a text that came from elsewhere, such as an environment variable.
  func absolutePath(_ text: String, at key: String, environment: [String: String]) -> String? {
    let expanded = ConfigurationPlaces.expandingHome(text, environment: environment)
    if ASCIIText.isCleanPath(expanded, isAbsolute: true) { return expanded }
    guard expanded.hasPrefix("/") else {
      fail(
        key, "must be an absolute path, not \(shown(text))",
        advice: text.hasPrefix("~") ? "Only ~/ is expanded, and only with HOME set" : "It begins with / or ~/")
      return nil
    }
    guard !hasControlCharacter(expanded) else {
      fail(key, "holds a control character")
      return nil
    }
    guard !ASCIIText.parts(ofPath: expanded).contains("..") else {
      fail(key, "must not hold \"..\"", advice: "Write the path that is meant")
      return nil
    }
    let path = ConfigurationPlaces.normalized(expanded)
    guard path != "/" else {
      fail(key, "must not be the root of the file system")
      return nil
    }
    return path
  }

  /// A path below another one: relative, without `..`, and not that one itself.
  func relativePath(_ key: String, isRequired: Bool = false, below what: String) -> String? {
    guard let text = text(key, isRequired: isRequired) else { return nil }
    if ASCIIText.isCleanPath(text, isAbsolute: false), !text.hasPrefix("~") { return text }
    if text.hasPrefix("/") || text.hasPrefix("~") {
      fail(key, "must be relative to \(what), not \(shown(text))")
    } else if ASCIIText.parts(ofPath: text).contains("..") {
      fail(key, "must not leave \(what) by \"..\"")
    } else if hasControlCharacter(text) {
      fail(key, "holds a control character")
    } else if ConfigurationPlaces.normalized(text).isEmpty {
      fail(key, "must name a directory below \(what), not \(what) itself")
    } else {
      return ConfigurationPlaces.normalized(text)
    }
    return nil
  }

  /// An optional file that should be there; a warning when it is not.
  func file(_ key: String, environment: [String: String]) -> String? {
    guard let path = absolutePath(key, environment: environment) else { return nil }
    warnIfMissing(key, path)
    return path
  }

  /// Warns of a file that is named and not there; `validate` shows it, a run goes on to the program that wants it.
  func warnIfMissing(_ key: String, _ path: String) {
    do {
      _ = try FileStatus(at: path, followingLinks: true)
    } catch {
      if error.isMissing { warn(key, "the file \(path) does not exist") }
    }
  }

  func hasControlCharacter(_ text: String) -> Bool {
    ASCIIText.hasControlCharacter(text)
  }
}
