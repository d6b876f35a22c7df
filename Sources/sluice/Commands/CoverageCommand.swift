import ArgumentParser
import Foundation
import IngestEngine
import SluiceCore
import SluiceEngine

/// `sluice coverage`: what is there day by day.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "What is there day by day: holes and short days; exit 3 when there are any.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The profile; all enabled ones when the lake has several.") var profile: String?

  @Option(name: .long, help: ArgumentHelp("First day.", valueName: "YYYY-MM-DD")) var since: String?
  @Option(name: .long, help: ArgumentHelp("Last day.", valueName: "YYYY-MM-DD")) var until: String?
  @Flag(name: .long, help: "Propose an `expect` block for the configuration from what is there.") var learn = false
  @Flag(name: .long, help: "Print JSON.") var json = false

  func validate() throws {
    if learn, since != nil || until != nil {
      throw ValidationError("--learn looks at all days: leave --since and --until out.")
    }
  }

  func run() throws {
    let access = try LakeAccess(global)
    let profiles = try profile.map { [try access.profile($0)] } ?? access.lake.profiles.filter(\.isEnabled)
    let (first, last) = try DayArgument.range(since: since, until: until)
    try access.requireLake()
    if learn { return Self.learn(profiles, access.lake, json: json) }
    let documents = profiles.map { profile in
      CoverageDocument(
        profile: profile.name,
        table: CoverageScan.table(lake: access.lake, profile: profile, since: first, until: last),
        accepted: MarkerStore(lake: access.lake, profile: profile).accepted())
    }
    if json {
      Console.shared.print(RunJSON.text(documents))
    } else {
      for document in documents {
        let accepted = document.accepted.map { "  accepted: \($0.sentence)" }
        Console.shared.print(Self.lines(document.profile, document.table) + accepted)
      }
    }
    if documents.contains(where: { $0.missingDays + $0.shortDays > 0 }) {
      throw ArgumentParser.ExitCode(SluiceCore.ExitCode.partial.rawValue)
    }
  }

  private static func learn(_ profiles: [Profile], _ lake: Lake, json: Bool) {
    let learned = profiles.map { profile in
      // What is expected already must not be learned from itself.
      var bare = profile
      bare.expectations = []
      let table = CoverageScan.table(lake: lake, profile: bare)
      return LearnedExpectations(
        profile: profile.name, expectations: CoverageLearning.expectations(from: table))
    }
    if json {
      Console.shared.print(RunJSON.text(learned))
    } else {
      Console.shared.print(learned.flatMap(\.lines))
    }
  }

  /// Each series with its holes and short days; a series without any on one line.
  static func lines(_ name: String, _ table: CoverageTable) -> [String] {
    let skipped = table.skipped?.sentence.map { ["  \($0)."] } ?? []
    guard !table.series.isEmpty else { return ["\(name): no dated data yet"] + skipped }
    var lines = ["\(name):"]
    for series in table.series {
      let holes = days(of: [.missing], series, table)
      let short = days(of: [.short, .quarantined], series, table)
      var text = "  \(series.name.isEmpty ? "(dates only)" : series.name): "
      let present = series.cells.count { $0 != .missing && $0 != .expired }
      text += TextFormat.counted(present, "day")
      if table.ownCells(of: series).isEmpty {
        if let first = series.firstDay, let last = series.lastDay { text += ", its own are \(first)..\(last)" }
      } else if holes.isEmpty, short.isEmpty {
        text += ", whole"
      }
      if !holes.isEmpty { text += ", missing \(holes.joined(separator: " "))" }
      if !short.isEmpty { text += ", short or unreadable \(short.joined(separator: " "))" }
      lines.append(text)
    }
    return lines + skipped
  }

  /// Days as ranges: `2026-01-03 2026-01-05..2026-01-07`.
  private static func days(
    of kinds: Set<CoverageCell>, _ series: CoverageSeries, _ table: CoverageTable
  ) -> [String] {
    var ranges: [(Int, Int)] = []
    for index in table.holes(of: series) where kinds.contains(series.cells[index]) {
      if let last = ranges.last, last.1 == index - 1 {
        ranges[ranges.count - 1].1 = index
      } else {
        ranges.append((index, index))
      }
    }
    return ranges.map { first, last in
      let from = table.firstDay.adding(days: first).description
      return first == last ? from : "\(from)..\(table.firstDay.adding(days: last))"
    }
  }
}

private struct CoverageDocument: Encodable {
  var profile: String
  var table: CoverageTable
  var missingDays: Int
  var shortDays: Int
  var accepted: [AcceptedFile]

  init(profile: String, table: CoverageTable, accepted: [AcceptedFile]) {
    self.accepted = accepted
    let counts = CoverageCounts(table, computedAt: Date())
    (self.profile, self.table, missingDays, shortDays) = (profile, table, counts.missingDays, counts.shortDays)
  }

  enum CodingKeys: String, CodingKey {
    case profile, table, accepted
    case missingDays = "missing_days"
    case shortDays = "short_days"
  }
}
