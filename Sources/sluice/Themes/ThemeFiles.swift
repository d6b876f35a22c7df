import FoundationEssentials
import LakeFiles
import SluiceEngine
import TerminalUI

/// The themes there are: built in, installed with the program, and the user's own.
///
/// A file is a base16 or base24 scheme; its name without the ending is the theme's name. Of two with one name the user's
/// wins over the installed one, and any file over a built-in theme.
struct ThemeFiles {
  /// Where files are looked for, the strongest first.
  let directories: [String]

  /// The usual places for an environment, a program and a working directory.
  init(environment: [String: String], executable: String, workingDirectory: String) {
    var places: [String] = []
    if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
      places.append(base + "/sluice/themes")
    } else if let home = environment["HOME"], !home.isEmpty {
      places.append(home + "/.config/sluice/themes")
    }
    places.append(workingDirectory + "/themes")
    let program = AtomicFile.split(executable).directory
    places.append(program + "/themes")
    places.append(AtomicFile.split(program).directory + "/share/sluice/themes")
    var seen: Set<String> = []
    directories = places.filter { seen.insert($0).inserted }
  }

  init(directories: [String]) { self.directories = directories }

  /// All themes, the built-in ones first and the others by name, and a sentence for every file that is none.
  func all() -> (themes: [Theme], problems: [String]) {
    var found: [String: Theme] = [:]
    var problems: [String] = []
    for directory in directories.reversed() {
      let names = DirectoryDescriptor.names(in: directory)
      for name in names.sorted() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        do {
          let theme = try ThemeFile.read(directory + "/" + name)
          found[theme.name] = theme
        } catch { problems.append(error.sentence) }
      }
    }
    let builtIn = Theme.builtIn.map { found.removeValue(forKey: $0.name) ?? $0 }
    return (builtIn + found.values.sorted { $0.name < $1.name }, problems)
  }

  /// What the themes are called, the built-in ones first; without reading a file, for a start that waits for none.
  func names() -> [String] {
    let builtIn = Theme.builtIn.map(\.name)
    var found: Set<String> = []
    for directory in directories {
      for name in DirectoryDescriptor.names(in: directory) {
        for ending in [".yaml", ".yml"] where name.hasSuffix(ending) {
          found.insert(String(name.dropLast(ending.count)))
        }
      }
    }
    return builtIn + found.subtracting(builtIn).sorted()
  }

  /// The theme a user means by a name, also by an older or shorter one; only its own file is read.
  ///
  /// - Throws: a ``ThemeFileProblem`` when its file is broken or there is no such theme.
  func theme(named name: String) throws(ThemeFileProblem) -> Theme {
    let slug = Self.slug(name)
    for candidate in [slug] + (Self.aliases[slug].map { [$0] } ?? []) {
      for directory in directories {
        for ending in [".yaml", ".yml"] {
          let path = directory + "/" + candidate + ending
          if FileManager.default.fileExists(atPath: path) { return try ThemeFile.read(path) }
        }
      }
      if let theme = Theme.builtIn.first(where: { $0.name == candidate }) { return theme }
    }
    throw .unknown(name: name, known: all().themes.map(\.name))
  }

  /// A name as files are named: lower case, words joined by `-`; nothing that leads out of a directory.
  static func slug(_ name: String) -> String {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.joined(separator: "-")
  }

  /// What other programs, and older releases of the schemes, call them.
  private static let aliases: [String: String] = [
    "default": "terminal", "ansi": "terminal", "none": "mono", "monochrome": "mono", "colourblind": "colorblind",
    "gruvbox": "gruvbox-dark", "gruvbox-dark-medium": "gruvbox-dark", "gruvbox-light-medium": "gruvbox-light",
    "solarized": "solarized-dark", "catppuccin": "catppuccin-mocha", "mocha": "catppuccin-mocha",
    "latte": "catppuccin-latte", "tokyonight": "tokyo-night", "tokyo-night-dark": "tokyo-night", "onedark": "one-dark",
    "onelight": "one-light", "rosepine": "rose-pine", "github": "github-light", "everforest-dark": "everforest",
    "everforest-dark-medium": "everforest", "everforest-medium": "everforest",
  ]
}
