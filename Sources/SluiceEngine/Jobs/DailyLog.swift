import FoundationEssentials
import Glibc
import LakeFiles
package import SluiceCore
import Synchronization

/// The log file of the day, `sync_2026-02-15.log`: one line an event, time and level first, by UTC day.
///
/// Safe to use from any thread. A log that cannot be written is told by `problem` and never fatal.
package final class DailyLog: Sendable {
  private struct State {
    var descriptor: Int32 = -1
    var day = ""
    var path = ""
    var problem: String?
  }

  private let directory: String
  private let alsoToStandardError: Bool
  private let state = Mutex(State())

  /// A log in a directory, made when the first line is written.
  package init(directory: String, alsoToStandardError: Bool) {
    self.directory = directory
    self.alsoToStandardError = alsoToStandardError
  }

  deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

  /// Why lines are being lost, as a sentence; nil while all is well.
  package var problem: String? { state.withLock { $0.problem } }

  /// Writes a journal's line.
  ///
  /// - Parameter label: Whose it is: the profile's name.
  package func write(_ entry: LogLine, label: String) {
    let text = TextFormat.escaped("[\(label)] \(entry.text)")
    let line = "\(TextFormat.utc(entry.time)) \(entry.level.rawValue.uppercased()) \(text)\n"
    state.withLock { state in
      open(for: CalendarDay(entry.time).description, &state)
      guard state.descriptor >= 0 else { return }
      let code = OutputBytes.write(line, to: state.descriptor)
      // Told though a later line may fit again: this one is lost.
      if code != 0 { state.problem = RunNote.logUnwritable(path: state.path, errorNumber: code).text }
    }
    if alsoToStandardError { _ = OutputBytes.write(line, to: 2) }
  }

  /// Removes the logs of days that are past; what has another name is none of them.
  ///
  /// - Important: Deletes files of the lake's log directory.
  static func prune(_ directory: String, before day: CalendarDay) {
    for name in DirectoryDescriptor.names(in: directory) {
      guard name.hasPrefix("sync_"), name.hasSuffix(".log"), let own = CalendarDay(iso: name.dropFirst(5).dropLast(4)),
        own < day
      else { continue }
      unlink("\(directory)/\(name)")
    }
  }

  private func open(for day: String, _ state: inout State) {
    guard state.day != day || state.descriptor < 0 else { return }
    if state.descriptor >= 0 { close(state.descriptor) }
    try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    state.path = "\(directory)/sync_\(day).log"
    state.descriptor = Glibc.open(state.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    if state.descriptor < 0 { state.problem = RunNote.logUnwritable(path: state.path, errorNumber: errno).text }
    state.day = day
  }
}
