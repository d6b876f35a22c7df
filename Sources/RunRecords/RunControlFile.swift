import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// A run's `control.json`: orders of others, changed by several at once, read by the run.
///
/// On a disk that is full or read-only they lie in memory instead, for there a run is most likely to be stopped.
package struct RunControlFile: Sendable {
  /// What the file says now.
  struct Reading: Sendable, Equatable {
    /// Without a file, or of one that cannot be read: nothing, except for a stop that can be made out.
    var control = RunControl()
    /// Why the orders cannot be read.
    var problem: FileFailure?
  }

  private let path: String
  private let sparePath: String
  private let runDirectory: String

  /// The file of a run.
  package init(_ directory: RunDirectory) {
    (path, sparePath, runDirectory) = (directory.controlPath, directory.spareControlPath, directory.path)
  }

  /// What tells whether there are other orders than before.
  struct Stamp: Equatable {
    fileprivate var files: [FileStamp?]
    /// Whether equal stamps later mean equal orders.
    var isSettled: Bool { files.allSatisfy { $0?.isSettled() ?? true } }
  }

  /// The stamp of the orders as they are now.
  var stamp: Stamp { Stamp(files: [FileStamp(path: path), FileStamp(path: sparePath)]) }

  /// Changes some of the orders and leaves the others as they are, also while another process does the same.
  ///
  /// A stop is for good: no later order takes it back.
  /// - Throws: `FileFailure` when the run's directory cannot be written, or when the orders there are of a newer
  ///   program's form.
  package func update(_ change: (inout RunControl) -> Void) throws(FileFailure) {
    do throws(FileFailure) {
      try update(change, at: path)
      unlink(sparePath)
    } catch {
      guard error.isDiskFull || error.code == EROFS, (try? update(change, at: sparePath)) != nil else { throw error }
    }
  }

  private func update(_ change: (inout RunControl) -> Void, at path: String) throws(FileFailure) {
    try FileLock.holding(path + ".lock") { () throws(FileFailure) in
      let reading = read()
      if let problem = reading.problem, problem.operation == .form { throw problem }
      var control = reading.control
      change(&control)
      if reading.control.stop {
        control.stop = true
        control.stoppedBy = reading.control.stoppedBy
      }
      try JSONFile.write(control, to: path)
    }
  }

  /// Reads the orders.
  func read() -> Reading {
    let own = read(path)
    guard isTrusted(sparePath) else { return own }
    var spare = read(sparePath)
    if spare.problem != nil { spare.control = own.control }
    if own.control.stop { (spare.control.stop, spare.control.stoppedBy) = (true, own.control.stoppedBy) }
    return spare
  }

  /// Takes away what lies outside the run's directory; the run is over.
  package func removeSpare() {
    unlink(sparePath)
    unlink(sparePath + ".lock")
  }

  /// Whether a file that anybody might have made is by someone who may steer the run.
  private func isTrusted(_ path: String) -> Bool {
    guard let status = try? FileStatus(at: path), status.kind == .file, status.mode & 0o022 == 0 else { return false }
    let owner = (try? FileStatus(at: runDirectory))?.owner ?? geteuid()
    return [0, geteuid(), owner].contains(status.owner)
  }

  private func read(_ path: String) -> Reading {
    do throws(FileFailure) {
      return Reading(control: try JSONFile.read(RunControl.self, at: path))
    } catch {
      if error.isMissing { return Reading() }
      var reading = Reading(problem: error)
      if let stop = try? JSONFile.decode(StopOrder.self, JSONFile.contents(of: path)), stop.stop == true {
        reading.control.stop = true
        reading.control.stoppedBy = stop.stoppedBy
      }
      return reading
    }
  }

  /// The one order that is obeyed whatever else the file holds.
  private struct StopOrder: Decodable {
    var stop: Bool?
    var stoppedBy: String?
  }
}
