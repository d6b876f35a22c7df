import Testing

@testable import Transport

@Suite("The words of the hidden transport command")
struct TransportOptionsTests {
  @Test("reads what it writes")
  func roundTrip() {
    let words = TransportProgram.vector(
      executable: "/usr/bin/sluice", runDirectory: "/a b/--", owner: 77, limit: 12, lane: 3, lanes: 8,
      command: ["ssh", "-T", "--"])
    #expect(words.prefix(2) == ["/usr/bin/sluice", "transport"])
    var expected = TransportOptions(command: ["ssh", "-T", "--"])
    expected.runDirectory = "/a b/--"
    expected.owner = 77
    expected.limit = 12
    expected.lane = 3
    expected.lanes = 8
    #expect(TransportOptions(Array(words.dropFirst(2))) == expected)
  }

  @Test("the owner may be process 1, as in a container")
  func container() {
    let words = TransportProgram.vector(executable: "s", runDirectory: "/r", owner: 1, command: ["ssh"])
    #expect(TransportOptions(Array(words.dropFirst(2)))?.owner == 1)
  }

  @Test("leaves out a limit that is none", arguments: [nil, 0])
  func noLimit(limit: Int?) {
    let words = TransportProgram.vector(executable: "s", runDirectory: "/r", owner: 2, limit: limit, command: ["ssh"])
    #expect(words == ["s", "transport", "--run-dir", "/r", "--owner", "2", "--", "ssh"])
  }

  @Test(
    "refuses words that make no sense",
    arguments: [
      [], ["--"], ["ssh"], ["--limit", "--", "ssh"], ["--limit", "x", "--", "ssh"], ["--limit", "-1", "--", "ssh"],
      ["--owner", "0", "--", "ssh"], ["--owner", "-1", "--", "ssh"], ["--lane", "64", "--", "ssh"],
      ["--what", "1", "--", "ssh"],
    ])
  func refused(words: [String]) {
    #expect(TransportOptions(words) == nil)
  }
}
