import Klines
import LakeFiles
import SluiceCore

/// What a verification found, for the person who reads it.
struct VerifySentences: Sendable {
  /// What keeps a verification from being a success.
  enum Fault {
    case nothingHere
    case findings(VerifyTotals, Repair, doubted: String?)
    /// What was found could not be kept.
    case unsaved(FileFailure)
  }

  /// What became of a repair that was asked for.
  enum Repair {
    case notAsked
    /// It was stopped, or something kept it from its end, which is told beside.
    case unfinished
    case finished
  }

  let profile: Profile

  func problem(_ fault: Fault) -> RunProblem {
    switch fault {
    case .nothingHere:
      return RunProblem(
        code: "nothing-here",
        message: "There is nothing of \(profile.name) to verify: \(profile.localPath) does not exist.",
        advice: "Sync it first: sluice sync \(profile.name)")
    case .findings(let totals, let repair, let doubted): return findings(totals, repair, doubted)
    case .unsaved(let failure):
      var problem = failure.problem
      problem.code = "verification"
      return problem
    }
  }

  /// - Parameter doubted: An archive that only its `.CHECKSUM` speaks against; nil when there is none.
  private func findings(_ totals: VerifyTotals, _ repair: Repair, _ doubted: String?) -> RunProblem {
    let files = TextFormat.counted(
      totals.findings, "file of \(profile.name) is", "files of \(profile.name) are")
    let names = TextFormat.listed(totals.named.map(\.path), of: totals.findings)
    let helpless = totals.named.count { !$0.isRepairable }
    var advice: [String] = []
    if helpless < totals.named.count { advice.append(self.advice(repair)) }
    if helpless > 0 {
      let all = advice.isEmpty && helpless == totals.findings
      let these = all ? "" : "Of \(TextFormat.counted(helpless, "other")) "
      advice.append(
        these + (all ? "The" : "the") + " source has no better bytes: have it publish these files again, or restore "
          + "them from a copy.")
    }
    if let doubted {
      advice.append(
        "If the .CHECKSUM is what is wrong: sluice ingest \(profile.name) --accept \(TextFormat.escaped(doubted)) "
          + "--because \"…\"")
    }
    return RunProblem(
      code: "verify-findings",
      message: "\(files) not as at the source, or damaged: \(names).", advice: advice.joined(separator: " "),
      paths: totals.named.map(\.path))
  }

  private func advice(_ repair: Repair) -> String {
    let command = "sluice verify \(profile.name) --repair"
    return switch repair {
    case .notAsked: "Fetch them again with: \(command)."
    case .unfinished: "The repair did not come to its end; start it again: \(command)."
    // They were fetched, put on the disk, and differ again.
    case .finished: "Look at the source and at this machine's disk and memory, then: \(command)."
    }
  }

  /// A file and everything that is wrong with it.
  func finding(_ path: String, _ file: VerifyFindings.File) -> VerifyFinding {
    let faults = [file.bySource, file.byItself].compactMap { $0 }
    var reason = faults.map(text).joined(separator: "; ")
    if file.bySource == nil {
      switch file.source {
      case .same: reason += "; the source has the same bytes"
      case .notListed: reason += "; the source does not list it"
      case .unknown: break
      }
    }
    return VerifyFinding(
      path: path, kind: faults.first?.kind ?? .differs, reason: reason, isRepairable: file.isRepairable)
  }

  /// A finding of a file that is fetched again.
  func repairing(_ finding: VerifyFinding) -> String { "\(finding.sentence); fetching it again" }

  /// What stands in place of those that are not named.
  func more(_ count: Int) -> String { "and \(TextFormat.counted(count, "file")) more" }

  func unreadAtSource(_ path: String) -> String {
    "\(TextFormat.escaped(path)): cannot be read at the source, so nothing is known of it"
  }

  private func text(_ fault: VerifyFault) -> String {
    switch fault {
    case .missing: "is missing here"
    case .notAFile: "is something else here than at the source"
    case .otherSize(let here, let source):
      "has \(TextFormat.counted(Int(here), "byte")) here and \(TextFormat.grouped(Int(source))) at the source"
    case .otherBytes: "has other bytes than at the source, and the same size"
    case .otherLink: "is a link that leads elsewhere than the source's"
    case .unreadable(let errno), .parquet(.unreadable(let errno)): "cannot be read here: \(systemReason(errno))"
    case .archive(let fault): fault.reason
    case .parquet(let fault): text(fault)
    }
  }

  private func text(_ fault: ParquetEnds.Fault) -> String {
    switch fault {
    case .unreadable(let errno): "cannot be read here: \(systemReason(errno))"
    case .tooShort(let bytes): "is no Parquet file: it has only \(TextFormat.counted(Int(bytes), "byte"))"
    case .noMagicAtStart: "is no Parquet file: it does not begin with PAR1"
    case .noMagicAtEnd: "is a Parquet file cut off: it does not end with PAR1"
    case .footerBeyondStart(let bytes):
      "is a damaged Parquet file: its footer of \(TextFormat.counted(Int(bytes), "byte")) does not fit into it"
    }
  }
}
