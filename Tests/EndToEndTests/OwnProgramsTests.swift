import Testing

@testable import sluice

@Suite("The operator's own pager and editor")
struct OwnProgramsTests {
  @Test(
    "are those the environment names, without a shell",
    arguments: [
      ([:], ["less", "/t"], ["vi", "+7", "/t"]),
      (["PAGER": "less -R", "EDITOR": "nano"], ["less", "-R", "/t"], ["nano", "+7", "/t"]),
      (
        ["PAGER": "", "EDITOR": "ed", "VISUAL": "/usr/bin/nvim -n"], ["less", "/t"],
        ["/usr/bin/nvim", "-n", "+7", "/t"]
      ),
      (["PAGER": "$(x);y", "EDITOR": "code --wait"], ["$(x);y", "/t"], ["code", "--wait", "/t"]),
    ] as [([String: String], [String], [String])])
  func words(environment: [String: String], pager: [String], editor: [String]) {
    let programs = OwnPrograms(environment: environment)
    #expect(programs.pager("/t") == pager)
    #expect(programs.editor("/t", line: 7) == editor)
  }

  @Test(
    "the editor opens where the profile's settings begin",
    arguments: [("ticks", 4), ("ticks_2", 6), ("行情", 8), ("swaps", 10), ("gone", 1)])
  func line(profile: String, expected: Int) {
    let text = """
      # ticks: not here
      data_lake:
        profiles:
          ticks:
            local_subdir: ticks_2
          "ticks_2":
            enabled: true
          '行情':
            retention_days: 3
        - name: swaps
      """
    #expect(OwnPrograms.line(of: profile, in: text) == expected)
  }
}
