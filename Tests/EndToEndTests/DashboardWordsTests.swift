import Testing

@testable import sluice

@Suite("The dashboard's words")
struct DashboardWordsTests {
  @Test(
    "mean without the parser what they mean to it",
    arguments: [
      "dashboard", "dashboard --config lake.yml", "dashboard --theme nord --read-only --ascii --config a=b",
      "dashboard --ascii --theme nord", "dashboard --filter state:failed --lively",
      "dashboard --profile ticks --config a",
    ])
  func same(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let command = try #require(try CommandRunner.parsed(words) as? DashboardCommand)
    let quick = try #require(DashboardWords(words))
    #expect(quick.config == command.global.config)
    #expect(quick.look == command.options.look)
    #expect(!command.options.plain && !command.options.once)
  }

  @Test(
    "may name several lakes, before the command's name and behind it",
    arguments: [
      "dashboard --config a --config b --config=c --host d", "--config a dashboard --config b --config c --host d",
    ])
  func several(_ line: String) throws {
    let command = try #require(
      try CommandRunner.parsed(line.split(separator: " ").map(String.init)) as? DashboardCommand)
    #expect(command.global.config == "a" && command.lakes.furtherConfigs == ["b", "c"])
    #expect(command.lakes.host == ["d"] && command.lakes.areSeveral)
  }

  @Test("may be left out", arguments: [[], ["--config", "lake.yml"]])
  func unnamed(_ words: [String]) throws {
    let command = try #require(try CommandRunner.parsed(words) as? SluiceCommand)
    #expect(DashboardWords(words)?.config == command.global.config)
    #expect(DashboardWords(words)?.look == DashboardLook())
  }

  @Test(
    "are the parser's where they are not plain",
    arguments: [
      "--help", "--version", "--theme nord", "--read-only", "dashboard --once", "dashboard --plain", "dashboard --help",
      "dashboard --host tokyo", "dashboard --config", "dashboard --config --ascii", "dashboard --config a --config b",
      "dashboard --config=a",
      "dashboard dashboard", "dashboard --theme", "dashboard --profile", "dashboard --profile=a", "dashboard --filter",
      "dashboard --filter age>soon",
      "dashboard --unknown", "status", "dashboard --", "dashboard -h",
    ])
  func others(_ line: String) {
    #expect(DashboardWords(line.split(separator: " ").map(String.init)) == nil)
  }
}
