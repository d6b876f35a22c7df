import FoundationEssentials
import Glibc

/// A process named so that a reused process id is never taken for it.
package struct ProcessIdentity: Sendable, Hashable, Codable {
  /// Its process id.
  package var processID: Int32
  /// Clock ticks since boot at which it started (field 22 of `/proc/PID/stat`, proc(5)).
  package var start: UInt64
  /// The boot its start is counted from; nil in what earlier programs wrote.
  package var boot: String?
  /// The process namespace its id belongs to: every container has its own; nil in what earlier programs wrote.
  package var namespace: String?

  /// An identity read from a record.
  package init(processID: Int32, start: UInt64) {
    self.processID = processID
    self.start = start
  }

  /// The calling process.
  package static var current: ProcessIdentity {
    ProcessIdentity(of: getpid()) ?? ProcessIdentity(processID: getpid(), start: 0)
  }

  /// The process with that id now, if there is one.
  package init?(of processID: Int32) {
    guard let stat = ProcessTable.stat(of: processID) else { return nil }
    self.init(processID: processID, start: stat.start)
    (boot, namespace) = (ProcessTable.boot, ProcessTable.namespace)
  }

  /// Whether its id means the same process here as where it was noted, as far as that was noted.
  package var isOfThisBoot: Bool { boot == nil || boot == ProcessTable.boot }
  /// Whether it is in the caller's process namespace, as far as that was noted.
  package var isOfThisNamespace: Bool { namespace == nil || namespace == ProcessTable.namespace }

  /// Whether that very process still exists and is no zombie.
  package var isAlive: Bool {
    guard isOfThisBoot, isOfThisNamespace, let stat = ProcessTable.stat(of: processID) else { return false }
    return stat.start == start && stat.state != "Z" && stat.state != "X"
  }
}

/// What `/proc` tells of processes.
package enum ProcessTable {
  /// The fields of `/proc/PID/stat` that are of use here.
  package struct Stat: Sendable, Equatable {
    /// Its process id.
    package var processID: Int32
    /// The program's name, cut to 15 bytes by the kernel.
    package var name: String
    /// `R`, `S`, `D`, `Z` and so on.
    package var state: Character
    /// The process id of its parent.
    package var parent: Int32
    /// The process group it is in.
    package var group: Int32
    /// The session it is in.
    package var session: Int32
    /// User and system time, in clock ticks.
    package var cpuTicks: UInt64
    /// Clock ticks since boot at which it started.
    package var start: UInt64
  }

  /// This boot's name; nil where the kernel does not tell.
  static let boot: String? = KernelFile.text("/proc/sys/kernel/random/boot_id")
    .map { $0.filter { !$0.isWhitespace } }

  /// The name of the caller's process namespace, `pid:[4026531836]`; nil where the kernel does not tell.
  static let namespace = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")

  /// The words a process was started with, each ended by a NUL; empty when it is gone or a zombie.
  package static func commandLine(of processID: Int32) -> String {
    KernelFile.text("/proc/\(processID)/cmdline") ?? ""
  }

  /// Reads one process; nil when there is none.
  package static func stat(of processID: Int32) -> Stat? {
    guard let text = KernelFile.text("/proc/\(processID)/stat") else { return nil }
    return parse(text)
  }

  /// Reads a line of proc(5)'s `stat`.
  ///
  /// The name may hold blanks and brackets: it ends at the last `)`.
  static func parse(_ text: String) -> Stat? {
    guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
      let processID = Int32(text[..<open].filter { $0 != " " })
    else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 19, let state = fields[0].first, let parent = Int32(fields[1]), let group = Int32(fields[2]),
      let session = Int32(fields[3]), let user = UInt64(fields[11]), let system = UInt64(fields[12]),
      let start = UInt64(fields[19])
    else { return nil }
    return Stat(
      processID: processID, name: String(text[text.index(after: open)..<close]), state: state, parent: parent,
      group: group, session: session, cpuTicks: user + system, start: start)
  }

  /// A process with all that descend from it and still have a parent among them; empty when it is gone.
  ///
  /// Asks the kernel for each one's children, which costs the same however many other processes there are. A kernel that
  /// does not list children is asked for the session instead.
  package static func family(of processID: Int32) -> [Stat] {
    guard let own = stat(of: processID) else { return [] }
    var found = [own]
    var next = 0
    while next < found.count {
      guard let children = children(of: found[next].processID) else {
        return next == 0 ? members(ofSession: own.session) : found
      }
      found += children.compactMap { stat(of: $0) }
      next += 1
    }
    return found
  }

  /// The children its first thread has started; nil when the kernel does not tell, or the process is gone.
  private static func children(of processID: Int32) -> [Int32]? {
    let path = "/proc/\(processID)/task/\(processID)/children"
    guard let text = KernelFile.text(path) else { return nil }
    return text.split(separator: " ").compactMap { Int32($0) }
  }

  /// All processes of a session, by a walk over `/proc`: dear where there are many processes.
  package static func members(ofSession session: Int32) -> [Stat] {
    DirectoryDescriptor.names(in: "/proc").compactMap { name in
      Int32(name).flatMap { stat(of: $0) }.flatMap { $0.session == session ? $0 : nil }
    }
  }
}
