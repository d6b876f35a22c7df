import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import LakeConfiguration

@Suite("Configuration files and where they are found")
struct ConfigurationFileTests {
  static let lake = """
    data_lake:
      root_dir: ROOT
      profiles:
        a: {source: {type: ssh, host: h, user: u, remote_root: /r}, local_subdir: a, rsync_args: -a}
        b: {source: {type: ssh, host: h, user: u, remote_root: /r}, local_subdir: b, rsync_args: -a}
    """

  let scratch: ScratchDirectory
  let environment: [String: String]

  init() throws {
    scratch = try ScratchDirectory()
    environment = ["HOME": "\(scratch.path)/home"]
  }

  func discover(_ explicit: String? = nil, _ variables: [String: String] = [:]) throws(ConfigurationFailure) -> String {
    try ConfigurationLoader.discover(
      explicit: explicit, environment: environment.merging(variables) { $1 }, currentDirectory: scratch.path)
  }

  @Test("that cannot be looked for are not said to be missing")
  func unseen() throws {
    // A link to itself refuses everybody, root too.
    symlink("config", "\(scratch.path)/config")
    #expect {
      try discover()
    } throws: {
      ($0 as? ConfigurationFailure)?.problems.first?.message.hasSuffix("of \(scratch.path)/config/data_lake.yml")
        ?? false
    }
    let path = try scratch.file("config.yaml")
    #expect(try discover() == path)
  }

  @Test("are looked for in the documented order")
  func order() throws {
    // From the last place to the first: each new file must win over those there already.
    let places = ["home/.config/sluice/data_lake.yml", "sync/config.yaml", "config.yaml", "config/data_lake.yml"]
    for place in places {
      let path = try scratch.file(place)
      #expect(try discover() == path)
    }
    #expect(try discover(nil, ["SLUICE_CONFIG": "x.yml"]) == "\(scratch.path)/x.yml")
    #expect(try discover("~/y.yml", ["SLUICE_CONFIG": "x.yml"]) == "\(scratch.path)/home/y.yml")
    #expect(try discover("./a/./z.yml") == "\(scratch.path)/a/z.yml")
  }

  @Test("XDG_CONFIG_HOME replaces ~/.config, and a directory is not a file")
  func xdg() throws {
    let path = try scratch.file("xdg/sluice/data_lake.yml")
    try scratch.directory("config.yaml")
    #expect(try discover(nil, ["XDG_CONFIG_HOME": "\(scratch.path)/xdg"]) == path)
  }

  @Test(
    "when there is none, every place and the ways out are named",
    .disabled(if: FileManager.default.fileExists(atPath: "/etc/sluice/data_lake.yml"), "this machine has one"))
  func none() {
    let failure = #expect(throws: ConfigurationFailure.self) { try discover() }
    let text = failure?.description ?? ""
    for part in [
      "./config/data_lake.yml", "./config.yaml", "./sync/config.yaml", "~/.config/sluice/data_lake.yml",
      "/etc/sluice/data_lake.yml", "--config", "SLUICE_CONFIG", "sluice init", "sluice demo",
    ] {
      #expect(text.contains(part))
    }
  }

  @Test("a missing file, a directory, foreign bytes and a log file named by mistake are a sentence each")
  func unreadable() throws {
    try scratch.directory("directory.yml")
    try Data([0x64, 0x0a, 0x0a, 0xff, 0xfe]).write(to: URL(filePath: "\(scratch.path)/bytes.yml"))
    try scratch.file("large.yml", String(repeating: "x: y\n", count: 300_000))
    try scratch.file("nul.yml", "data_lake:\n  root_dir: \u{0}\n")
    let expected = [
      "none": "error FILE: the configuration cannot be read: it does not exist.",
      "directory": "error FILE: the configuration cannot be read: it is a directory. Name the file inside it.",
      "bytes": "error FILE:3: the file is not UTF-8 text. Save it as UTF-8.",
      "large": "error FILE: the configuration cannot be read: it is larger than 1.0 MB.",
      "nul": "error FILE:2: this is not YAML: control characters are not allowed. Remove the invisible character.",
    ]
    for (name, sentence) in expected {
      #expect(ConfigurationFixtures.problems(of: "\(scratch.path)/\(name).yml") == [sentence])
    }
  }

  @Test("a file that may not be read says so")
  func forbidden() async throws {
    let path = try scratch.file("closed.yml", "data_lake:\n")
    chmod(path, 0)
    // Root may read everything, so there another user has to try.
    let told =
      UnprivilegedUser.isPossible
      ? await UnprivilegedUser.run { ConfigurationFixtures.problems(of: path) } ?? []
      : ConfigurationFixtures.problems(of: path)
    #expect(told.first?.hasPrefix("error FILE: the configuration cannot be read: permission denied.") == true)
  }

  @Test("a byte order mark and CRLF line ends do no harm")
  func windows() throws {
    let text = "\u{FEFF}" + Self.lake.replacingOccurrences(of: "ROOT", with: "/lake")
    let path = try scratch.file("lake.yml", text.replacingOccurrences(of: "\n", with: "\r\n"))
    let loaded = try ConfigurationLoader.load(path: path, environment: environment)
    #expect(loaded.lake.profiles.map(\.name) == ["a", "b"])
  }

  @Test("a symbolic link must not lead a profile out of the lake, nor into another profile")
  func links() throws {
    let path = try scratch.file(
      "lake.yml", Self.lake.replacingOccurrences(of: "ROOT", with: "\(scratch.path)/lake"))
    try scratch.directory("lake/b/inside")
    try scratch.link("lake/a", to: "../elsewhere")
    // Dangling: what it will point to is unknown, the transfer would create it outside.
    #expect(ConfigurationFixtures.problems(of: path).count == 1)
    try scratch.directory("elsewhere")
    #expect(
      ConfigurationFixtures.problems(of: path) == [
        "error FILE:4: data_lake.profiles.a.local_subdir: \(scratch.path)/lake/a leads out of root_dir by a symbolic "
          + "link, to \(scratch.path)/elsewhere. Use a directory of the lake, or move root_dir."
      ])
    try FileManager.default.removeItem(atPath: "\(scratch.path)/lake/a")
    try scratch.link("lake/a", to: "b/inside")
    let told = ConfigurationFixtures.problems(of: path)
    #expect(told.count == 1)
    #expect(told.first?.contains("that of the profile a lie inside one another") == true)
  }

  @Test("the lake's root may itself be a link")
  func linkedRoot() throws {
    try scratch.directory("disk/lake/a")
    try scratch.link("lake", to: "disk/lake")
    let path = try scratch.file(
      "lake.yml", Self.lake.replacingOccurrences(of: "ROOT", with: "\(scratch.path)/lake"))
    let lake = try ConfigurationLoader.load(path: path, environment: environment).lake
    #expect(lake.rootDirectory == "\(scratch.path)/lake")
  }

  @Test("named files that are not there are warnings, and so is a password others can read")
  func fileWarnings() throws {
    let secret = try scratch.file("secret", "p")
    chmod(secret, 0o644)
    let text = """
      data_lake:
        root_dir: /lake
        warehouse: {engine: clickhouse, password_file: \(secret)}
        profiles:
          a:
            source: {type: ssh, host: h, user: u, remote_root: /r, ssh_key: /none/key, known_hosts: /none/known}
            local_subdir: a
            rsync_args: -a
      """
    let path = try scratch.file("lake.yml", text)
    let warnings = try ConfigurationLoader.load(path: path, environment: environment).warnings
    #expect(
      warnings.map(\.message) == [
        "the file \(secret) can be read by others", "the file /none/key does not exist",
        "the file /none/known does not exist",
      ])
    chmod(secret, 0o600)
    #expect(try ConfigurationLoader.load(path: path, environment: environment).warnings.count == 2)
  }
}
