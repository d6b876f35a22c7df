import SluiceCore
import Warehouse

extension RunProblem {
  /// The same with a profile's name in the ingests it advises: a lake of several profiles starts none without.
  func naming(_ profile: String) -> RunProblem {
    var named = self
    named.advice = advice?.replacing(#/`sluice ingest(?=`| -)/#, with: "`sluice ingest \(profile)")
    return named
  }
}

/// What is said of rows in the warehouse that no file in order vouches for.
extension IngestWords {
  /// Copies that were removed, and those that count in their place.
  static func outlived(_ pairs: [(gone: String, left: String)]) -> String {
    let count = TextFormat.counted(
      pairs.count, "file is gone and its copy counts", "files are gone and their copies count")
    return "\(count) from now on: \(TextFormat.listed(pairs.map { "\($0.left) in place of \($0.gone)" }))."
  }

  /// The same where another profile has the copy.
  static func outlived(elsewhere found: [(gone: String, left: String, profile: String)]) -> RunProblem {
    let count = TextFormat.counted(found.count, "file that is gone counts", "files that are gone count")
    let profiles = Set(found.map(\.profile)).sorted()
    return RunProblem(
      code: "copy-gone",
      message: "In the warehouse \(count) until another profile's copy is ingested: "
        + "\(TextFormat.listed(found.map { "\($0.gone), not yet \($0.left)" })).",
      advice: "Run `sluice ingest \(profiles.joined(separator: " "))`: it sends the copies that are there.",
      paths: Array(found.map(\.gone).prefix(200)))
  }

  /// Copies that are gone and whose rows may count until the next ingest.
  static func countingCopies(_ pairs: [(gone: String, left: String)]) -> RunProblem {
    let are = TextFormat.counted(pairs.count, "file is gone, and its rows", "files are gone, and their rows")
    return RunProblem(
      code: "copy-gone",
      message: "\(are) may count in the warehouse instead of those of a copy that is there: "
        + "\(TextFormat.listed(pairs.map { "\($0.gone), not \($0.left)" })).",
      advice: "Run `sluice ingest`: it sends the copies that are there in their place.",
      paths: Array(pairs.map(\.left).prefix(200)))
  }

  /// Files that are put aside and have rows of an earlier sending in the warehouse.
  static func rowsAside(_ aside: FilesAside) -> RunProblem {
    let files = TextFormat.counted(aside.count, "file that is put aside has", "files that are put aside have")
    return RunProblem(
      code: "rows-aside",
      message: "\(files) \(TextFormat.counted(aside.rows, "row")) of earlier sendings in the warehouse, not verified: "
        + "\(TextFormat.listed(aside.first, of: aside.count)).",
      advice: "They stay until a file in order takes their place; `sluice ingest` says what is wrong with these.",
      paths: aside.first)
  }

  /// Why a verification cannot compare a file.
  enum Uncompared: CaseIterable {
    /// It is yet to be sent, or to be read back.
    case unsent
    /// Another file at its times is yet to be sent, or to be read back.
    case beside
    /// It was not read back, and is not in the lake any more.
    case gone
    /// Its table cannot take klines.
    case refused
    /// It was put aside before anything of it was sent.
    case aside
    /// An earlier tool brought it: what it held is not known.
    case adopted
  }

  static func uncompared(_ found: [Uncompared: [String]]) -> RunProblem {
    let parts = Uncompared.allCases.compactMap { why in
      found[why].map { paths in
        let reason =
          switch why {
          case .unsent: "not read back yet"
          case .beside: "at times of another one not read back yet"
          case .gone: "not read back and gone from the lake"
          case .refused: "in a table that is refused"
          case .aside: "put aside"
          case .adopted: "brought by an earlier tool"
          }
        return "\(TextFormat.grouped(paths.count)) \(reason) (\(TextFormat.listed(paths)))"
      }
    }
    let paths = Uncompared.allCases.flatMap { found[$0] ?? [] }
    return RunProblem(
      code: "verification-incomplete",
      message: "\(TextFormat.counted(paths.count, "file")) could not be compared: \(parts.joined(separator: ", ")).",
      advice:
        "`sluice ingest` sends what is there and says what is wrong with it; `sluice ingest --force` also what an "
        + "earlier tool brought.", paths: Array(paths.prefix(200)))
  }

  /// A verification for which there is no file at all.
  static func nothingVerified(in identity: String) -> RunProblem {
    RunProblem(
      code: "verification-incomplete",
      message: "Nothing was compared: this profile has sent no file to \(identity) yet.",
      advice: "`sluice ingest` sends what markers vouch for, `sluice ingest --backfill` all archives that are there.")
  }

  static func differsAndGone(_ paths: [String]) -> RunProblem {
    let count = TextFormat.counted(paths.count, "file", "files")
    return RunProblem(
      code: "verification-gone",
      message: "The warehouse does not hold what was sent of \(count) not in the lake any more: "
        + "\(TextFormat.listed(paths)).",
      advice: "Put each back where it was, then run `sluice ingest --force`.",
      paths: Array(paths.prefix(200)))
  }

  /// Files that were in a warehouse that was lost or is not configured any more, and are gone from the lake too.
  static func lost(_ paths: [String], rows: Int) -> RunProblem {
    let files = TextFormat.counted(paths.count, "file that is", "files that are")
    let all = "\(TextFormat.counted(rows, "row")) of \(files)"
    return RunProblem(
      code: "rows-lost",
      message: "\(all) not in the lake any more went with the earlier warehouse "
        + "and cannot be sent: \(TextFormat.listed(paths)).",
      advice: "Put each back where it was, then run `sluice ingest --backfill`. This is said once.",
      paths: Array(paths.prefix(200)))
  }

  /// Rows that were in the warehouse before anything of their series was sent.
  static func unknownRows(_ found: [(series: KlineSeries, rows: Int)], in identity: String) -> String {
    let all = found.map { series, rows in
      "\(TextFormat.counted(rows, "row")) in the table of \(series.market.rawValue) \(series.interval.rawValue)"
    }
    return "The warehouse \(identity) holds rows that this lake's ledger does not know: "
      + "\(TextFormat.listed(all, limit: 13)). Those at the times of archives that are sent now are replaced, all others "
      + "stay beside them."
  }
}
