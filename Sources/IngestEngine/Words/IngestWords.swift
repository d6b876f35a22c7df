import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SluiceCore
import Warehouse

/// The one place where the facts of an ingest become sentences.
enum IngestWords {
  static func problem(_ fault: WarehouseFault) -> RunProblem {
    RunProblem(code: fault.code, message: fault.sentence, advice: fault.advice)
  }

  static func problem(_ fault: LedgerFault) -> RunProblem {
    RunProblem(
      code: "ledger", message: "The ingest ledger \(fault.path) cannot be used: \(fault.message).",
      advice: advice(fault))
  }

  private static func advice(_ fault: LedgerFault) -> String? {
    if fault.isNewer { return nil }
    if fault.isDiskFull { return "Free some space: df -h '\(AtomicFile.split(fault.path).directory)'" }
    return "Check the disk and the file's permissions. If it is damaged, move it aside: all files are then sent again."
  }

  /// - Parameter rows: How many rows of the file are in from an earlier sending.
  static func quarantined(_ path: String, _ fault: KlineFault, rows: Int = 0) -> RunProblem {
    let before = TextFormat.counted(rows, "row sent of it before stays", "rows sent of it before stay")
    let stay = rows > 0 ? "; the \(before)" : ""
    var advice =
      "If the source's copy is good, delete this one and sync again: a file that was fetched anew is tried by itself."
    if fault.isPassing {
      advice =
        "The next ingest tries it again; if it fails too, look at the file's rights and at the disk (dmesg | tail)."
    } else if case .wrongChecksum = fault {
      advice += " " + acceptAdvice(path)
    }
    return RunProblem(
      code: "file-quarantined", message: "\(TextFormat.escaped(path)) \(fault.reason); it was put aside\(stay).",
      advice: advice, paths: [path])
  }

  /// The way out where the source's own `.CHECKSUM` is the wrong one: fetched again, the file would be the same.
  private static func acceptAdvice(_ path: String) -> String {
    "If the .CHECKSUM is what is wrong: `sluice ingest --accept \(TextFormat.escaped(path)) --because \"…\"`."
  }

  static func stillQuarantined(_ files: FilesAside) -> RunProblem {
    let count = TextFormat.counted(files.count, "file is", "files are")
    let names = TextFormat.listed(files.first, of: files.count)
    let sent = TextFormat.counted(files.rows, "row of earlier sendings is", "rows of earlier sendings are")
    let stay = files.rows > 0 ? " \(sent) still in the warehouse." : ""
    return RunProblem(
      code: "files-quarantined",
      message: "\(count) still put aside since an earlier ingest and not replaced: \(names).\(stay)",
      advice: "If the source's copies are good, delete these and sync again. All files of the markers once more: "
        + "`sluice ingest --force`; of one marker: R on the Markers page."
        + (files.doubted.map { " " + acceptAdvice($0) } ?? ""), paths: files.first)
  }

  static func refused(_ path: String, _ report: RowReport) -> RunProblem {
    let rows = TextFormat.counted(report.refused, "row was", "rows were")
    let others = TextFormat.counted(report.rows, "is", "are")
    return RunProblem(
      code: "rows-refused",
      message:
        "\(TextFormat.escaped(path)): \(rows) refused\(refusedRows(report)); the other \(others) in.",
      advice: "Compare the file with the exchange's; a corrected one replaces these rows by itself. If it stays so: "
        + "sluice ingest --accept FILE --because TEXT.", paths: [path])
  }

  /// ` (line 7: the volume is -1; line 9: …; and 3 more)`: which rows, and why.
  private static func refusedRows(_ report: RowReport) -> String {
    guard !report.refusedRows.isEmpty else { return "" }
    let more = report.refused - report.refusedRows.count
    let all = report.refusedRows.map(\.sentence) + (more > 0 ? ["and \(TextFormat.grouped(more)) more"] : [])
    return " (\(all.joined(separator: "; ")))"
  }

  static func noFiles(_ marker: Marker, in directory: String) -> RunProblem {
    RunProblem(
      code: "marker-no-files",
      message: "\(marker.name) vouches for \(marker.market.rawValue) \(marker.interval.rawValue) archives of "
        + "\(marker.period), but none is there; it stays pending.",
      advice: "Run the sync again. If the source really has none, remove the marker there and here "
        + "(\(TextFormat.escaped("\(directory)/\(marker.name)"))).")
  }

  static func invalidMarkers(_ names: [String]) -> RunProblem {
    RunProblem(
      code: "marker-invalid",
      message:
        "Not a marker, because its date, market or interval is not real, or it is no regular file: \(TextFormat.listed(names)).",
      advice: "A marker is named like _SUCCESS__2026-02-14__um__1h.", paths: Array(names.prefix(200)))
  }

  static func withoutMarket(_ paths: [String]) -> RunProblem {
    RunProblem(
      code: "market-unknown",
      message:
        "\(TextFormat.counted(paths.count, "kline archive lies", "kline archives lie")) in directories that do not "
        + "say spot, um or cm, and the profile's markers do not name one market; nothing was read of them.",
      advice:
        "Put them under directories like data/futures/um/; in a mirror set local_subdir to one, such as data/spot/NAME.",
      paths: Array(paths.prefix(200)))
  }

  static func unreadable(_ directories: [(path: String, errno: Int32)]) -> RunProblem {
    let first =
      directories.first.map { "\($0.path.isEmpty ? "." : $0.path): \(String(cString: strerror($0.errno)))" } ?? ""
    return RunProblem(
      code: "directory-unreadable",
      message: "\(TextFormat.counted(directories.count, "directory")) could not be read (\(first)).",
      advice: "Check their permissions.", paths: directories.prefix(200).map(\.path))
  }

  static func differs(_ paths: [String]) -> RunProblem {
    RunProblem(
      code: "verification-failed",
      message: "The warehouse does not hold what was sent of \(TextFormat.counted(paths.count, "file")), "
        + "first \(TextFormat.escaped(paths.first ?? "")).",
      advice: "Run `sluice ingest --force` to send them again, then `sluice ingest --verify`.",
      paths: Array(paths.prefix(200)))
  }

  /// Two files of one name and period that differ.
  struct DifferingCopies {
    /// The one that counts, and the one that does not.
    var winner, loser: String
    /// What decides it.
    var reason: FilePrecedence.Reason
  }

  static func differingCopies(_ pairs: [DifferingCopies]) -> RunProblem {
    let files = TextFormat.counted(pairs.count, "file lies", "files lie")
    let names = pairs.map { pair in
      let reason =
        switch pair.reason {
        case .publication: "published later"
        case .modification: "published at the same time, written later"
        case .path: "all times equal, decided by the name"
        }
      return "\(pair.winner) counts, not \(pair.loser) (\(reason))"
    }
    return RunProblem(
      code: "copies-differ",
      message: "\(files) twice in the lake, with different content: \(TextFormat.listed(names)).",
      advice: "Remove the copy that is wrong or old, then run `sluice ingest`: the other one's rows take its place.",
      paths: Array(pairs.flatMap { [$0.winner, $0.loser] }.prefix(200)))
  }

  /// Other lakes that send rows to the same warehouse.
  static func otherLakes(_ lakes: [String], in identity: String) -> String {
    let others = TextFormat.counted(lakes.count, "other lake")
    return "\(identity) also takes the rows of \(others) (\(TextFormat.listed(lakes))): which file counts is decided "
      + "within a lake, so of a candle that two lakes hold the one sent last stays. Give each a database of its own, or "
      + "make them profiles of one."
  }

  static func stillDiffers(_ paths: [String], since time: String) -> RunProblem {
    let count = TextFormat.counted(paths.count, "file")
    return RunProblem(
      code: "verification-open",
      message: "The warehouse did not hold what was sent of \(count) when that was verified (\(time)): "
        + "\(TextFormat.listed(paths)).",
      advice: "`sluice ingest --force` sends them again and reads them back.",
      paths: Array(paths.prefix(200)))
  }

  static func unknownMarker(_ name: String, in directory: String) -> RunProblem {
    RunProblem(
      code: "marker-unknown", message: "There is no marker \(TextFormat.escaped(name)) in \(directory).",
      advice: "`sluice status` lists the markers that are there.")
  }

  static func record(_ marker: Marker, path: String, _ failure: FileFailure) -> RunProblem {
    RunProblem(
      code: "marker-record",
      message: "\(marker.name) is ingested, but its record \(path) cannot be written: "
        + "\(failure.reason).",
      advice: "Check the disk and the directory's permissions; the next ingest writes it without sending anything.")
  }

  static func notIngested(_ profile: Profile) -> RunProblem {
    RunProblem(
      code: "no-ingest", message: "Profile \(profile.name) has no ingest settings.",
      advice: "Add `ingest: {format: binance-klines}` to it.")
  }

  static func sharedTable(_ table: String, _ symbols: [String]) -> String {
    "Several markets of one symbol are in the tables \(table) (\(TextFormat.listed(symbols))), and readers that do not ask "
      + "for `market` mix them; warehouse.table: \"klines_{market}_{interval}\" keeps them apart."
  }

  /// - Parameter markers: Those recorded in this run that may vouch for some of the names.
  static func skipped(_ skipped: SkippedFiles, markers: [String]) -> String {
    let names = "\(skipped.sentence ?? "")."
    guard !markers.isEmpty else { return names }
    let are = TextFormat.counted(markers.count, "marker is", "markers are")
    return "\(names) \(are) recorded as ingested without them: \(TextFormat.listed(markers, limit: 3))."
  }

  /// Why a file cannot be accepted.
  enum Unacceptable {
    case noArchive, nothingWrong, outside
    case unreadable(KlineFault)
  }

  static func notAcceptable(_ path: String, in directory: String, _ why: Unacceptable) -> RunProblem {
    let name = TextFormat.escaped(path)
    let reason =
      switch why {
      case .noArchive: "is not named like a kline archive"
      case .outside: "is no path within the profile's directory"
      case .nothingWrong: "needs none, for no .CHECKSUM file speaks against it and no row of it was refused"
      case .unreadable(let fault): fault.reason
      }
    return RunProblem(
      code: "not-acceptable", message: "\(name) \(reason); nothing was accepted or ingested.",
      advice: "Name archives below \(directory) whose .CHECKSUM is wrong, or of which rows were refused.", paths: [path]
    )
  }

  /// - Parameter known: What is accepted, sorted.
  static func notAccepted(_ path: String, known: [String]) -> RunProblem {
    RunProblem(
      code: "not-accepted",
      message: "\(TextFormat.escaped(path)) is not accepted, so there is nothing to take back; nothing was ingested.",
      advice: known.isEmpty
        ? "No file of the profile is." : "Those that are: \(TextFormat.listed(known)).", paths: [path])
  }

  static func withdrawn(_ file: AcceptedFile) -> String {
    "Took back that \(TextFormat.escaped(file.path)) is accepted (\(file.acceptedAt.prefix(10)), "
      + "\(TextFormat.escaped(file.reason))): what its .CHECKSUM says, and rows refused of it, count again."
  }

  static func accepted(_ file: AcceptedFile) -> String {
    "Accepted \(TextFormat.escaped(file.path)) with its own SHA-256 \(file.sha256.prefix(16))… until it changes: "
      + "\(TextFormat.escaped(file.reason))."
  }

  static func acceptanceLapsed(_ file: AcceptedFile) -> String {
    "\(TextFormat.escaped(file.path)) has changed since it was accepted (\(file.acceptedAt.prefix(10)), "
      + "\(TextFormat.escaped(file.reason))): that counts no more."
  }

  /// Files that an earlier tool's markers vouch for.
  static func adopted(files: Int) -> String {
    "Took over \(TextFormat.counted(files, "file")) that earlier markers vouch for."
  }

  /// Files that an ingest which died had sent whole.
  static func recovered(files: Int) -> String {
    "Found \(TextFormat.counted(files, "file")) of an interrupted ingest complete in the warehouse."
  }

  /// Files that were put aside and are gone, and had been ingested before.
  static func wentBack(files: Int) -> String {
    "\(TextFormat.counted(files, "file")) put aside earlier: removed since, the rows ingested before still count."
  }

  static func verified(files: Int, wrong: Int) -> String {
    files == 0
      ? "Compared no file with the warehouse."
      : "Verified \(TextFormat.counted(files, "file")): \(TextFormat.counted(wrong, "differs", "differ"))."
  }

  /// Another ingest of the lake is going on.
  static func waitsForTurn(behind profile: String?) -> String {
    "Waits for the ingest of \(profile ?? "another profile"): both write the same warehouse."
  }

  /// Files that are sent again because `fill_gaps` is another since.
  static func fillsOtherwise(_ fills: Bool, files: Int) -> String {
    let are = TextFormat.counted(files, "file with holes is", "files with holes are")
    return "fill_gaps is \(fills ? "on" : "off") by now: \(are) sent again."
  }

  /// A warehouse that is reached by another name than before.
  static func recognized(_ identity: String, as earlier: String) -> String {
    "\(identity) is the warehouse that was \(earlier): what is in it is not sent again."
  }

  /// A warehouse that was made again since.
  static func forgot(_ identity: String) -> String {
    "\(identity) is not the warehouse it was: everything is sent again."
  }

  /// Tables that are gone from a warehouse which is there.
  static func lostTables(of series: Set<KlineSeries>, in identity: String) -> String {
    let names = series.sorted { $0.place < $1.place }.map { "\($0.market.rawValue) \($0.interval.rawValue)" }
    return "\(identity) is not the warehouse it was: what held \(TextFormat.listed(names, limit: 13)) is gone, "
      + "and all of it is sent again."
  }
}
