import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("The options of `rsync_args`, each for real", .serialized)
struct RsyncArgumentFaultTests {
  /// What would blind the reading of rsync's output, give a wrong result in silence, run a command or delete.
  private static let refused = [
    "-q", "--quiet", "--info=NONE", "--info=progress0", "--msgs2stderr", "--stderr=all", "--out-format=%n", "-n",
    "--list-only", "--files-from=/etc/passwd", "--exclude=*", "--no-r", "--max-size=1", "--only-write-batch=/tmp/b",
    "--compare-dest=/tmp", "-R", "--inc-recursive", "--", "/etc", "--daemon", "--version", "--help", "-M--x",
    "--rsync-path=id", "--remove-source-files", "--delete-excluded", "-f !", "--append", "--append-verify", "-e id",
    "--log-file=/tmp/x", "--write-batch=/tmp/b", "--partial-dir=/tmp/x", "--nonsense",
  ]

  /// What is passed on, or done by other means; whether `validate` has a word to say.
  private static let accepted: [(text: String, isNoted: Bool)] = [
    ("-a", false), ("-rlptgoD", false), ("-az", false), ("-az --zc=zstd --zl=1", false),
    ("-a --skip-compress=zip", false),
    ("-a --bwlimit=50000", true), ("-a --chmod=D755,F644", false), ("-ac", false), ("-a --exclude=*.skip", false),
    ("-a --include=*/ --include=*.keep --exclude=*.skip", false), ("-a --min-size=1", false), ("-a --delete", false),
    ("-a --delete-after", false), ("-a --delete --max-delete=5", false), ("-a --timeout=60", true),
    ("-a --size-only", false), ("-a --modify-window=1", false), ("-a --fuzzy", false), ("-aSHAXOJ", true),
    ("-axm --numeric-ids --safe-links --fsync", false), ("-aE -B 700 --cc=md5 --preallocate", false),
    ("-aW", true), ("-a --partial", false), ("-a --inplace --partial", true), ("-avvi -P --progress --stats", false),
    ("-a -h --debug=ALL --outbuf=L", false), ("", false),
  ]

  @Test("refuses what would blind or harm a run, by name, with file and line, in `validate` and before a sync")
  func refused() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    for word in Self.refused {
      var profile = Collector.ProfileText()
      profile.arguments = "-a \(word)"
      try collector.configure([profile])
      let ending = try await collector.sluice("validate")
      let name = word.hasPrefix("--") && word.count > 2 ? String(word.prefix { $0 != "=" }) : String(word.prefix(2))
      #expect(ending.code == 2 && ending.errors.contains(name), "\(word): \(ending)")
      #expect(ending.errors.contains("data_lake.yml:"), "\(word): \(ending)")
      #expect(ending.errors.contains("data_lake.profiles.ticks.rsync_args"), "\(word): \(ending)")
    }
    #expect(try await collector.sluice("sync").code == 2)
    #expect(!collector.files.exists("lake/ticks"))
  }

  @Test("with each allowed option a sync brings the same tree, and counts every file and byte of it")
  func accepted() async throws {
    let collector = try await Collector()
    let profiles = Self.accepted.enumerated().map { index, option in
      var profile = Collector.ProfileText(name: "p\(index)", arguments: option.text)
      // The chatty ones must not drown the figures.
      profile.lines = ["stall_timeout: 20s"]
      return profile
    }
    try collector.configure(profiles, lakeLines: ["max_parallel: 4"])
    for number in 1...30 {
      try collector.files.write(
        "source/x_2026010\(number % 5 + 1)/part_\(number).keep", bytes: 9000, seed: UInt64(number))
    }
    try collector.files.write("source/big.keep", bytes: 600_000)
    let validated = try await collector.sluice("validate")
    #expect(validated.code == 0 && validated.text.contains("✓ Configuration is valid"), "\(validated)")
    for (profile, option) in zip(profiles, Self.accepted) {
      #expect(
        validated.text.contains("profiles.\(profile.name).rsync_args") == option.isNoted,
        "\(option.text)\n\(validated.text)")
    }
    let run = try await collector.sluice("sync", "--all", "--json", deadline: .seconds(120))
    #expect(run.code == 0, "\(run)")
    let documents = try collector.objects(run)
    try #require(documents.count == Self.accepted.count)
    for (document, option) in zip(documents, Self.accepted) {
      #expect(document["files_transferred"] as? Int == 31, "\(option.text): \(document)")
      #expect(document["bytes_transferred"] as? Int == 870_000, "\(option.text): \(document)")
      let name = try #require(document["profile"] as? String)
      #expect(try await collector.isSame("source", "lake/\(name)") == "same", "\(option.text)")
      let id = try #require((document["run_id"] as? String).flatMap { RunID(text: $0) })
      let directory = RunDirectory(id: id, stateDirectory: collector.stateDirectory)
      #expect(directory.changes().filter { $0.kind == .create }.count == 31, "\(option.text)")
      #expect(directory.live()?.bytesDone == 870_000, "\(option.text): \(String(describing: directory.live()))")
    }
    let again = try await collector.sluice("sync", "--all", "--json", deadline: .seconds(120))
    #expect(try collector.objects(again).allSatisfy { $0["files_transferred"] as? Int == 0 }, "\(again)")
  }
}
