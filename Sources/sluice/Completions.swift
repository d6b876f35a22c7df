import ArgumentParser
import FoundationEssentials
import LakeConfiguration
import SluiceCore
import SluiceEngine

/// What a shell offers where only this program knows: the shell asks it at every press of Tab, so nothing but the
/// configuration, or a list of names, is read.
extension CompletionKind {
  /// The names of the configured profiles; none, and not a word, where there is no configuration to read.
  static var profiles: CompletionKind {
    .custom { words, _, _ in profileNames(words, environment: ProcessVariables.all) }
  }

  /// The names of the themes there are.
  static var themes: CompletionKind {
    .custom { _, _, _ in
      ThemeFiles(
        environment: ProcessVariables.all, executable: RunLauncher.ownExecutable,
        workingDirectory: FileManager.default.currentDirectoryPath
      ).names()
    }
  }

  /// YAML files.
  static var configurations: CompletionKind { .file(extensions: ["yml", "yaml"]) }

  /// The profiles of the configuration that the words so far name, else of the one that would be found.
  static func profileNames(_ words: [String], environment: [String: String]) -> [String] {
    guard
      let path = try? ConfigurationLoader.discover(
        explicit: configuration(in: words), environment: environment,
        currentDirectory: FileManager.default.currentDirectoryPath),
      let lake = try? ConfigurationLoader.load(path: path, environment: environment).lake
    else { return [] }
    return lake.profiles.map(\.name)
  }

  private static func configuration(in words: [String]) -> String? {
    for (word, next) in zip(words, words.dropFirst() + [""]) {
      if word == "--config", !next.isEmpty { return next }
      if word.hasPrefix("--config=") { return String(word.dropFirst("--config=".count)) }
    }
    return nil
  }
}
