package import IngestEngine
package import LakeFiles
package import Rsync
package import SluiceCore

/// What a run needs of its machine besides files: time that passes, and the programs it starts.
///
/// A simulation puts others in their place: hours pass in a moment, and rsync and the warehouse fail where they are told.
package struct RunMachine: Sendable {
  /// Runs one rsync to its end.
  ///
  /// - Parameters:
  ///   - started: Told the process once it runs.
  ///   - output: Told every piece of stdout, in order.
  package typealias Rsync =
    @Sendable (
      _ executable: String, _ arguments: [String],
      _ started: @escaping @Sendable (any TransferProcess) -> Void,
      _ output: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
    ) async throws(FileFailure) -> ProcessEnding

  /// Finds a program in PATH; nil when it is missing.
  package var locate: @Sendable (String) -> String? = { RsyncProcess.locate($0) }
  /// Runs one rsync.
  package var rsync: Rsync = { (executable, arguments, started, output) async throws(FileFailure) in
    try await RsyncProcess(executable: executable, arguments: arguments).run(
      started: { started(TransferStopper(process: $0, arguments: arguments)) }, output: output)
  }
  /// What an account of the source says that ends instead of running a command; nil for one that runs it.
  package var refusal: @Sendable (Lake, Profile) async -> String? = {
    await ConnectionCheck(lake: $0, profile: $1).refusal()
  }
  /// Where ssh really goes; nil when it does not say.
  package var destination: @Sendable (SSHCommand) async -> SSHDestination? = { await SSHProbe.destination(of: $0) }
  /// Whether the stages of a run go over one login.
  package var sharesLogin = true
  /// Time that no one sets back, from any beginning.
  package var uptime: @Sendable () -> Duration = { RunMachine.start.duration(to: .now) }
  /// Lets time pass before a retry.
  package var wait: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
  /// Lets time pass between two looks at a running rsync; returns early in a task that is cancelled.
  package var pause: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
  /// 0 to 1, random, for waits that differ from profile to profile.
  package var jitter: @Sendable () -> Double = { .random(in: 0...1) }
  /// Does an ingest.
  package var ingest: @Sendable (IngestJob) async -> IngestReport = { await $0.run() }

  private static let start = ContinuousClock.now

  /// The machine the program runs on.
  package init() {}
}

/// A started rsync, as its run looks at it and ends it.
package protocol TransferProcess: Sendable {
  /// The process, for the run's record.
  var identity: ProcessIdentity { get }
  /// Whether it still runs.
  var isAlive: Bool { get }
  /// Processor time it and its receiver have used so far.
  var cpuTicks: UInt64 { get }

  /// Asks it to end and to keep what it has.
  ///
  /// - Important: Signals the process.
  func terminate()
  /// Asks what it left behind to end.
  ///
  /// - Important: Signals processes.
  func terminateOrphans()
  /// Ends it and all that belongs to it at once.
  ///
  /// - Important: Kills processes.
  func killSession()
}
