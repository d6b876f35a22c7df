import Testing

@testable import Rsync

@Suite("Counting what rsync complains about")
struct ErrorTallyTests {
  private static func line(_ number: Int) -> String {
    "rsync: [sender] send_files failed to open \"/data/day/part_\(number).parquet\": Permission denied (13)\n"
  }

  private static func tally(_ text: String, chunk: Int = 4096) -> ErrorTally {
    var tally = ErrorTally()
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      tally.consume(rest.prefix(chunk))
      rest = rest.dropFirst(chunk)
    }
    tally.finish()
    return tally
  }

  @Test("counts all files of an output that is not kept whole, each once", arguments: [1, 7, 4096, 1_000_000])
  func many(chunk: Int) throws {
    let count = chunk == 1 ? 3000 : 20_000
    let text = (0..<count).map(Self.line).joined() + Self.line(5) + "rsync error: some files failed (code 23) at x\n"
    let tally = Self.tally(text, chunk: chunk)
    #expect(tally.pathCount == count)
    let failure = try #require(
      TransferFailure(.exited(23), standardError: tally.text, pathCount: tally.pathCount))
    #expect(failure.meaning == .someFilesFailed && failure.pathCount == count && !failure.isPathCountLeast)
    // The first are named, not those the kept end happens to begin with.
    #expect(failure.paths.first == "/data/day/part_0.parquet" && failure.paths.count == TransferFailure.pathLimit)
  }

  @Test("keeps whole lines of the beginning and the end, and no more")
  func kept() {
    let text = "ssh: first words\n" + (0..<9000).map(Self.line).joined() + "rsync error: last words\n"
    let kept = Self.tally(text).text
    #expect(kept.hasPrefix("ssh: first words\n") && kept.hasSuffix("rsync error: last words\n"))
    #expect(kept.utf8.count <= 3 * ErrorTally.kept)
    let all = Set(text.split(separator: "\n"))
    #expect(kept.split(separator: "\n").allSatisfy(all.contains))
    let short = String(text.prefix(100_000))
    #expect(Self.tally(short).text == short)
  }

  @Test("counts files that were listed and are not there")
  func discarded() {
    let text = """
      rsync: [receiver] rename "/l/.a.AbC123" -> "a": Is a directory (21)
      WARNING: b failed verification -- update discarded (will try again).
      rsync: [sender] send_files failed to open "/s/c": Permission denied (13)
      """
    #expect(Self.tally(text).discarded == 2)
  }
}
