import ArgumentParser
import FoundationEssentials
import Glibc
import IngestEngine
import SluiceCore
import SluiceEngine

/// `sluice coverage`: what is there day by day.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "What is there day by day: holes and short days; exit 3 when there are any.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The profile; all enabled ones when the lake has several.", completion: .profiles)
  var profile: String?

  @Option(name: .long, help: ArgumentHelp("First day.", valueName: "YYYY-MM-DD")) var since: String?
  @Option(name: .long, help: ArgumentHelp("Last day.", valueName: "YYYY-MM-DD")) var until: String?
  @Flag(name: .long, help: "Propose an `expect` block for the configuration from what is there.") var learn = false
  @OptionGroup var output: OutputFormat

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
    if learn {
      try access.requireDisks(of: profiles)
      return try Self.learn(profiles, access.lake, json: output.isJSON)
    }
    let statuses = StatusReader(lake: access.lake).statuses(of: profiles)
    let documents = zip(profiles, statuses).map { profile, status in
      let store = MarkerStore(lake: access.lake, profile: profile)
      return CoverageDocument(
        profile: profile.name,
        table: CoverageCache(lake: access.lake).table(of: profile, since: first, until: last),
        acceptances: try? store.acceptedFiles(), isIngested: profile.ingest != nil,
        lost: status.lostData?.sentence(of: profile.localPath))
    }
    if output.isJSON {
      Console.shared.print(RunJSON.text(documents))
    } else {
      for document in documents {
        let accepted =
          (document.accepted ?? []).map { "  accepted: \($0.sentence)" }
          + (document.changedSinceAccepted ?? []).map { "  changed since it was accepted: \($0.sentence)" }
        let unread = (document.table.unread ?? []).map { "  Not all could be read: \($0)" }
        let lost = document.lost.map { ["\(document.profile): \($0)"] }
        let lines = lost ?? Self.lines(document.profile, document.table, isIngested: document.isIngested)
        Console.shared.print(lines + accepted + unread)
      }
    }
    try access.requireDisks(of: profiles)
    // Of what could not be read nobody can say that it is whole.
    if documents.contains(where: { $0.table.unread != nil }) {
      throw ArgumentParser.ExitCode(SluiceCore.ExitCode.failed.rawValue)
    }
    if documents.contains(where: \.hasHoles) {
      throw ArgumentParser.ExitCode(SluiceCore.ExitCode.partial.rawValue)
    }
  }

  private static func learn(_ profiles: [Profile], _ lake: Lake, json: Bool) throws {
    let learned = try profiles.map { profile in
      // What is expected already must not be learned from itself.
      var bare = profile
      bare.expectations = []
      let table = CoverageScan.table(lake: lake, profile: bare)
      // What was not seen would be expected never.
      if let unread = table.unread {
        throw CommandFailure(.unread(unread))
      }
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
  ///
  /// - Parameter isIngested: Whether what arrives is to go into the warehouse.
  static func lines(_ name: String, _ table: CoverageTable, isIngested: Bool = false) -> [String] {
    let beside = ((table.odd?.sentences ?? []) + [table.skipped?.sentence].compactMap { $0 }).map { "  \($0)." }
    guard !table.series.isEmpty else {
      return ["\(name): \(table.unread == nil ? "no dated data yet" : "not known")"] + beside
    }
    var lines = ["\(name):"]
    for series in table.series {
      let holes = days(of: [.missing], series, table)
      let short = days(of: [.short, .quarantined], series, table)
      var text = "  \(series.name.isEmpty ? "(dates only)" : series.name): "
      let warehouseOnly = days(of: [.warehouseOnly], series, table)
      let present = series.cells.count { !$0.isMissing && $0 != .expired }
      text += TextFormat.counted(present, "day")
      if table.ownCells(of: series).isEmpty {
        if let first = series.firstDay, let last = series.lastDay { text += ", its own are \(first)..\(last)" }
      } else if holes.isEmpty, short.isEmpty, warehouseOnly.isEmpty {
        text += ", whole"
      }
      // Of a ledger that cannot be read nobody knows what is in.
      let isKnown = isIngested && series.holdsKlines && table.unread == nil
      let waiting = series.cells.count { $0 == .arrived }
      if isKnown, waiting > 0 { text += ", \(TextFormat.counted(waiting, "day")) not in the warehouse" }
      if !holes.isEmpty { text += ", missing \(holes.joined(separator: " "))" }
      if !warehouseOnly.isEmpty { text += ", in the warehouse only \(warehouseOnly.joined(separator: " "))" }
      if !short.isEmpty { text += ", short or unreadable \(short.joined(separator: " "))" }
      lines.append(text)
      let shown = series.remarks?.filter { table.shows($0.day) } ?? []
      lines += shown.prefix(CoverageRemark.toldLimit).map { "    \($0.sentence)" }
      let more = shown.count - CoverageRemark.toldLimit
      if more > 0 { lines.append("    and \(TextFormat.counted(more, "day")) more") }
    }
    return lines + beside
  }

  /// Days as ranges: `2026-01-03 2026-01-05..2026-01-07`.
  private static func days(
    of kinds: Set<CoverageCell>, _ series: CoverageSeries, _ table: CoverageTable
  ) -> [String] {
    var ranges: [(Int, Int)] = []
    // A day in the warehouse only is told also where it is as it should be.
    let told = kinds == [.warehouseOnly] ? series.cells.indices.map { $0 } : table.holes(of: series)
    for index in told where kinds.contains(series.cells[index]) {
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
  /// nil where nobody knows.
  var missingDays: Int?
  var shortDays: Int?
  /// nil where the ledger cannot be read, or the files cannot be looked at.
  var accepted: [AcceptedFile]?
  var changedSinceAccepted: [AcceptedFile]?
  var isIngested: Bool
  /// What is lost where no series tells it; nil where nothing is, or one does.
  var lost: String?

  init(profile: String, table: CoverageTable, acceptances: AcceptedFiles?, isIngested: Bool, lost: String?) {
    if table.series.isEmpty, table.isUnseen != true { self.lost = lost }
    (self.profile, self.table, self.isIngested) = (profile, table, isIngested)
    let counts = CoverageCounts(table, computedAt: Date())
    (missingDays, shortDays) = (counts.known(counts.missingDays), counts.known(counts.shortDays))
    guard table.isUnseen != true else { return }
    (accepted, changedSinceAccepted) = (acceptances?.same, acceptances?.changed)
  }

  /// Whether there is anything to look after.
  var hasHoles: Bool {
    lost != nil || missingDays ?? 0 > 0 || shortDays ?? 0 > 0 || changedSinceAccepted?.isEmpty == false
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(profile, forKey: .profile)
    // Its first day would be 1970's.
    try container.encode(table.isUnseen == true ? nil : table, forKey: .table)
    try container.encodeIfPresent(table.unread, forKey: .unread)
    try container.encodeIfPresent(lost, forKey: .lost)
    try container.encode(missingDays, forKey: .missingDays)
    try container.encode(shortDays, forKey: .shortDays)
    try container.encode(accepted, forKey: .accepted)
    try container.encode(changedSinceAccepted, forKey: .changedSinceAccepted)
  }

  enum CodingKeys: String, CodingKey {
    case profile, table, unread, lost, accepted
    case changedSinceAccepted = "changed_since_accepted"
    case missingDays = "missing_days"
    case shortDays = "short_days"
  }
}
