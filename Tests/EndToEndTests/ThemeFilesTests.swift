import Foundation
import TerminalUI
import Testing

@testable import sluice

@Suite("Theme files")
struct ThemeFilesTests {
  private let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "themes").path

  private func withDirectory(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "sluice-themes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    for (name, text) in files { try Data(text.utf8).write(to: directory.appending(path: name)) }
    try body(directory.path)
  }

  /// A scheme whose unquoted colours YAML would take for numbers.
  private let legacy =
    "scheme: Numbers\nauthor: nobody\nbase00: 000000\nbase01: 111111\nbase02: 282828\nbase03: 777777\n"
    + "base04: 888888\nbase05: 999999\nbase06: 1e1020\nbase07: 0x0000\nbase08: 990000\n"
    + (9..<16).map { "base0\(String($0, radix: 16, uppercase: true)): 12345\($0 % 10)\n" }.joined()

  @Test("every theme we ship is one, names its author and can be read")
  func shippedThemes() throws {
    let (themes, problems) = ThemeFiles(directories: [shipped]).all()
    #expect(problems.isEmpty)
    #expect(themes.count >= 15)
    #expect(themes.prefix(3).map(\.name) == ["terminal", "mono", "colorblind"])
    for theme in themes.dropFirst(3) {
      #expect(!theme.author.isEmpty && !theme.title.isEmpty, "\(theme.name)")
      for depth in [ColorDepth.direct, .indexed] {
        for role in [ColorRole.standard, .muted, .accent, .good, .warning, .bad, .running, .info] {
          for back in [ColorRole.standard, .selectionBackground, .headerBackground] {
            let look = theme.resolve(Style(role, on: back), depth: depth)
            let ratio = look.foreground.rgb.flatMap { front in look.background.rgb.map(front.contrast) } ?? 0
            #expect(ratio >= 3.99, "\(theme.name): \(role) on \(back)")
          }
        }
      }
    }
  }

  @Test(
    "finds a theme by the names users know",
    arguments: [
      ("gruvbox", "gruvbox-dark"), ("Gruvbox_Dark", "gruvbox-dark"), ("tokyonight", "tokyo-night"), ("nord", "nord"),
      ("solarized", "solarized-dark"), ("default", "terminal"), ("mono", "mono"),
    ])
  func names(_ name: String, _ expected: String) throws {
    #expect(try ThemeFiles(directories: [shipped]).theme(named: name).name == expected)
  }

  @Test("names the themes there are for one there is not", arguments: ["nrod", "../nord", "", "/etc/passwd"])
  func unknown(_ name: String) throws {
    let problem = #expect(throws: ThemeFileProblem.self) {
      try ThemeFiles(directories: [shipped]).theme(named: name + "x")
    }
    #expect(problem?.sentence.contains("nord") == true)
  }

  @Test("takes unquoted colours as written, though YAML sees numbers in them")
  func unquoted() throws {
    let text = legacy.replacingOccurrences(of: "0x0000", with: "001122")
    try withDirectory(["numbers.yaml": text]) { directory in
      let theme = try ThemeFiles(directories: [directory]).theme(named: "numbers")
      #expect(theme.title == "Numbers" && theme.author == "nobody")
      #expect(theme.resolve(.plain, depth: .direct).background == .rgb(RGB(0, 0, 0)))
    }
  }

  @Test("says of a broken file what is wrong with it and goes on with the others")
  func broken() throws {
    let files = [
      "a.yaml": legacy, "b.yml": "palette: [1, 2", "c.yaml": "", "d.yaml": "just: text",
      "e.yaml": String(repeating: "#", count: 70_000), "f.txt": "no theme",
    ]
    try withDirectory(files) { directory in
      let (themes, problems) = ThemeFiles(directories: [directory, shipped]).all()
      #expect(problems.count == 5)
      #expect(problems.contains { $0.contains("base07 is \"0x0000\"") })
      #expect(problems.contains { $0.contains("none of the colours") })
      #expect(problems.allSatisfy { $0.contains(directory) && $0.hasSuffix(".") || $0.hasSuffix("?") })
      #expect(themes.count > 15)
    }
  }

  @Test("the user's own theme wins over one that came with the program")
  func precedence() throws {
    let text = legacy.replacingOccurrences(of: "0x0000", with: "001122")
    try withDirectory(["nord.yaml": text]) { directory in
      let files = ThemeFiles(directories: [directory, shipped])
      let own = try files.theme(named: "nord")
      #expect(own.title == "Numbers")
      #expect(files.all().themes.first { $0.name == "nord" }?.title == "Numbers")
    }
  }

  @Test("looks in the user's, the working, the program's and the shared directory")
  func places() {
    let files = ThemeFiles(
      environment: ["HOME": "/home/ann"], executable: "/usr/bin/sluice", workingDirectory: "/srv")
    #expect(
      files.directories == [
        "/home/ann/.config/sluice/themes", "/srv/themes", "/usr/bin/themes", "/usr/share/sluice/themes",
      ])
  }
}
