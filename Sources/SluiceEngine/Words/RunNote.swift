import Foundation
import LakeFiles
import SluiceCore

/// What a run writes into its log besides its events and problems.
enum RunNote: Sendable, Equatable {
  /// A directory was planned to go, and a marker that came since vouches for it.
  case keptForMarker(name: String)
  case leftoversRemoved(Int)
  case stragglerEnded(processID: Int32)
  case filesVanished
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
    case .filesVanished: "Files vanished at the source while they were listed; one more pass."
    case .resuming(let last): "The last sync (\(last.time)) was \(last.outcome.rawValue); resuming."
    case .logUnwritable(let path, let number):
      "The log \(path) cannot be written (\(systemReason(number))); not all of this run is logged there."
    }
  }
}
