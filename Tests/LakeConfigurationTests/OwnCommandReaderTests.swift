import SluiceCore
import TestSupport
import Testing

@testable import LakeConfiguration

@Suite("Reading own commands")
struct OwnCommandReaderTests {
  private static func text(_ commands: String) -> String {
    """
    data_lake:
      root_dir: /lake
      profiles:
        a: {source: {type: ssh, host: h, user: u, remote_root: /r}, local_subdir: a, rsync_args: -a}
      commands:
    \(commands)
    """
  }

  private static func read(_ commands: String) -> (commands: [OwnCommand], problems: [String]) {
    let path = "/etc/lake.yml"
    do {
      let loaded = try ConfigurationLoader.check(text(commands), path: path, environment: ["HOME": "/home/operator"])
      return (loaded.lake.ownCommands, loaded.warnings.map(\.place))
    } catch {
      return ([], error.problems.filter { !$0.isWarning }.map(\.place))
    }
  }

  @Test("takes key, name and words as written, and where the key stands")
  func valid() throws {
    let (commands, problems) = Self.read(
      """
          - key: "ctrl+o"
            name: 磁盘 usage
            argv: [du, -sh, "{directory}/x y"]
          - {name: Log in, argv: [ssh, "{user}@{host}"], mode: terminal, wait: true, key: 7}
      """)
    #expect(problems == [])
    try #require(commands.count == 2)
    #expect(
      commands[0]
        == OwnCommand(
          name: "磁盘 usage", key: "ctrl+o", words: try ["du", "-sh", "{directory}/x y"].map { try OwnWord($0) },
          place: OwnCommand.Place(line: 6, path: "data_lake.commands[0].key")))
    #expect(
      commands[1]
        == OwnCommand(
          name: "Log in", key: "7", words: try ["ssh", "{user}@{host}"].map { try OwnWord($0) }, mode: .terminal,
          waits: true, place: OwnCommand.Place(line: 9, path: "data_lake.commands[1].key")))
  }

  private static let fields =
    "{profile}, {host}, {port}, {user}, {ssh_key}, {remote_root}, {directory}, {state}, {run}, {checkpoint}, "
    + "{root_directory}, {state_directory}, {log_directory}, {config}"
  private static let argv = "Write program and arguments: [program, argument]."

  @Test(
    "tells each mistake with its line",
    arguments: [
      ("    - {key: U, name: x}", ["line 6: data_lake.commands[0].argv: this key is required and missing. \(argv)"]),
      ("    - {key: U, name: x, argv: }", ["line 6: data_lake.commands[0].argv: names no program. \(argv)"]),
      ("    - {key: U, name: x, argv: []}", ["line 6: data_lake.commands[0].argv: names no program. \(argv)"]),
      (#"    - {key: U, name: x, argv: ["", a]}"#, ["line 6: data_lake.commands[0].argv: names no program. \(argv)"]),
      (
        "    - {key: U, name: x, argv: du -sh}",
        ["line 6: data_lake.commands[0].argv: must be a list, not text. \(argv)"]
      ),
      (
        "    - {key: U, name: x, argv: [du, [a]]}",
        ["line 6: data_lake.commands[0].argv[1]: must be text, not a list."]
      ),
      (
        #"    - {key: U, name: x, argv: [du, "a\0b"]}"#,
        ["line 6: data_lake.commands[0].argv[1]: holds a NUL character, which no argument can have."]
      ),
      (
        "    - key: U\n      name: x\n      argv:\n        - du\n        - \"{directry}\"\n        - \"{xyzzy}\"",
        [
          "line 10: data_lake.commands[0].argv[1]: {directry} is no field of a profile. Did you mean {directory}?",
          "line 11: data_lake.commands[0].argv[2]: {xyzzy} is no field of a profile. There are \(fields); {{xyzzy}} "
            + "stands for {xyzzy} itself.",
        ]
      ),
      (
        "    - {name: x, argv: [du]}\n    - {key: U, argv: [du]}",
        [
          "line 6: data_lake.commands[0].key: this key is required and missing.",
          "line 7: data_lake.commands[1].name: this key is required and missing.",
        ]
      ),
      (
        "    - {key: U, name: x, argv: [du], mode: terminl}",
        [
          "line 6: data_lake.commands[0].mode: must be detached or terminal, not \"terminl\". Did you mean terminal?"
        ]
      ),
      (
        "    - {key: U, name: x, argv: [du], shell: true}",
        ["line 6: data_lake.commands[0].shell: this key is not known. Known here: argv, key, mode, name, wait."]
      ),
      (
        "    - {key: U, name: x, argv: [du], wait: true}",
        [
          "line 6: data_lake.commands[0].wait: belongs to `mode: terminal`: what is detached prints nothing. Remove it."
        ]
      ),
      (
        "    - {key: U, name: x, argv: [du]}\n    - {key: V, name: x, argv: [df]}",
        ["line 7: data_lake.commands[1].name: another command, in line 6, is called so already."]
      ),
      (
        #"    - {key: U, name: "a\tb", argv: [du]}"#, ["line 6: data_lake.commands[0].name: holds a control character."]
      ),
      ("    - du", ["line 6: data_lake.commands[0]: must be a table of keys, not text."]),
    ] as [(String, [String])])
  func mistakes(_ commands: String, _ expected: [String]) { #expect(Self.read(commands).problems == expected) }
}
