import FoundationEssentials
import LakeFiles
import Rsync
import SluiceCore

/// What a run writes into its log besides its events and problems.
enum RunNote: Sendable, Equatable {
  /// A directory was planned to go, and a marker that came since vouches for it.
  case keptForMarker(name: String)
  case leftoversRemoved(Int)
  case stragglerEnded(processID: Int32)
  case stragglerReplaced(processID: Int32)
  case stragglerUnseen(processID: Int32)
  case filesVanished
  case hostSays(host: String, text: String)
  case resuming(after: SyncEnding)
  /// Several rsyncs fetch at once, and why.
  case lanes(Int, files: Int, bytes: Int64, LaneDecision.Reason)
  /// One rsync fetches all though there might have been more, and why.
  case oneLane(LaneDecision.Reason)
  /// The profile asks for compression, and what is to come is compressed already.
  case withoutCompression
  /// The server grants the login fewer sessions than lanes were begun.
  case fewerLanes(granted: Int, asked: Int)
  /// One lane of several failed and goes on by itself.
  case laneFailed(Int, TransferFailure.Meaning, stalledFor: Double?)
  /// What watches over the syncs was not told.
  case pingLost(event: String, reason: String)
  case hookNotStarted(FileFailure)
  /// The log of the day is lost for this run.
  case logUnwritable(path: String, errorNumber: Int32)

  /// The line's text.
  var text: String {
    switch self {
    case .keptForMarker(let name):
      "\(name) was planned to go and is kept: a marker that is pending by now vouches for it."
    case .leftoversRemoved(let count): "Removed \(TextFormat.counted(count, "unfinished file")) of a killed rsync."
    case .stragglerEnded(let processID): "Ended the rsync (process \(processID)) a dead run had left behind."
    case .stragglerReplaced(let processID):
      "Process \(processID) has the number of an rsync of a dead run and is another one by now; it was left alone."
    case .stragglerUnseen(let processID):
      "A dead run of another container or machine left an rsync (process \(processID) there), which cannot be seen from "
        + "here and was left alone."
    case .filesVanished: "Files vanished at the source while they were listed; one more pass."
    case .hostSays(let host, let text): "The login at \(host) is waiting; it says: \(text)"
    case .resuming(let last): "The last sync (\(last.time)) \(last.outcome.clause); this one goes on from what it left."
    case .lanes(let count, let files, let bytes, let reason):
      "Fetching \(TextFormat.counted(files, "file")) (\(ByteCount(bytes))) in \(count) lanes: \(reason.sentence)."
    case .oneLane(let reason): "Fetching with one rsync: \(reason.sentence)."
    case .withoutCompression: "Fetching without -z: what is to come is compressed already."
    case .fewerLanes(let granted, let asked):
      "The server grants this login \(TextFormat.counted(granted, "session")) (MaxSessions of its sshd_config); "
        + "\(asked) lanes were asked for."
    case .laneFailed(let lane, let meaning, let seconds):
      "Lane \(lane) ended early (\(seconds.map { "nothing came for \(Int($0)) s" } ?? meaning.rawValue)); "
        + "what it has not brought is dealt out again."
    case .pingLost(let event, let reason):
      "The ping of `ping_url` (\(event)) was not taken: \(reason). What watches over it does not know of this run."
    case .hookNotStarted(let failure): "The command of `notify` did not start: \(failure)."
    case .logUnwritable(let path, let number):
      "The log \(path) cannot be written (\(systemReason(number))); not all of this run is logged there."
    }
  }

  /// What is to be said of a dead run's rsync; nil where nothing of it was found.
  static func straggler(_ found: TransferStopper.Straggler, processID: Int32) -> RunNote? {
    switch found {
    case .gone: nil
    case .ended: .stragglerEnded(processID: processID)
    case .replaced: .stragglerReplaced(processID: processID)
    case .unseen: .stragglerUnseen(processID: processID)
    }
  }
}

extension RunOutcome {
  /// The outcome as what is said of a sync.
  fileprivate var clause: String {
    switch self {
    case .success: "ended well"
    case .failed: "failed"
    case .partial, .refused, .interrupted: "was \(rawValue)"
    }
  }
}

extension LaneDecision.Reason {
  /// The reason as a clause.
  fileprivate var sentence: String {
    switch self {
    case .asked: "so many were asked for"
    case .distance(let seconds): "the source is \(Self.milliseconds(seconds)) away"
    case .shortWay(let seconds):
      seconds.map { "the source is only \(Self.milliseconds($0)) away" }
        ?? "how far the source is could not be measured"
    case .littleToFetch: "there is little to fetch in files of some size"
    case .fewFiles: "no two files are large enough to be shared out"
    case .limit: "the limit lets through no more than one carries"
    case .option(let word): "\(word) takes one process for the whole transfer"
    case .noSharedLogin: "lanes share one login, and this run has none to share"
    }
  }

  private static func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }
}
