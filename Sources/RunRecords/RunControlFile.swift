import Foundation
package import LakeFiles
package import SluiceCore

/// A run's `control.json`: orders of others, changed by several at once, read by the run.
package struct RunControlFile: Sendable {
  /// What the file says now.
  struct Reading: Sendable, Equatable {
    /// Without a file, or of one that cannot be read: nothing, except for a stop that can be made out.
    var control = RunControl()
    /// Why the orders cannot be read.
    var problem: FileFailure?
  }

  private let path: String

  /// The file of a run.
  package init(_ directory: RunDirectory) { path = directory.controlPath }

  /// Changes some of the orders and leaves the others as they are, also while another process does the same.
  ///
  /// A stop is for good: no later order takes it back.
  /// - Throws: `FileFailure` when the run's directory cannot be written, or when the orders there are of a newer
  ///   program's form.
  package func update(_ change: (inout RunControl) -> Void) throws(FileFailure) {
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
