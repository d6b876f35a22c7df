import Foundation
import LakeFiles
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
    case .resuming(let last): "The last sync (\(last.time)) was \(last.outcome.rawValue); resuming."
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
