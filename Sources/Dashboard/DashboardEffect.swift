package import SluiceCore

/// A live run that the operator acts on: the very one that was on the screen, whatever has begun since.
package struct SteeredRun: Sendable, Equatable {
  package let profile: String
  package let id: RunID

  /// A run of a profile, by its id.
  package init(profile: String, id: RunID) {
    self.profile = profile
    self.id = id
  }
}

/// A wish of the dashboard that only the world outside can fulfil.
///
/// Results come back as `LakeEvent`s, never as a return value.
package enum DashboardEffect: Sendable, Equatable {
  /// Starts a run detached from the dashboard.
  ///
  /// - Important: A cleanup deletes; it is only emitted after the operator has confirmed a plan.
  case start(RunRequest)
  /// - Important: Ends a live run; only emitted after the operator has confirmed.
  case stop(SteeredRun)
  case pause(SteeredRun)
  case resume(SteeredRun)
  /// Changes a live run's bandwidth, in KB/s of 1024 bytes; nil lifts the limit.
  case setLimit(SteeredRun, kilobytesPerSecond: Int?)
  /// Asks for the newest preview of a profile, if there is one.
  case loadPreview(profile: String)
  /// Asks for the newest run's log from its first line on; with `follow`, new lines as they come.
  ///
  /// Replaces the log followed before. The dashboard asks anew when another run begins.
  case loadLog(profile: String, follow: Bool)
  case loadHistory(profile: String)
  case loadChanges(run: RunID)
  case loadMarkers(profile: String)
  case loadCoverage(profile: String)
  /// Asks what a cleanup would delete now.
  case planRetention(profile: String)
  /// Reads a profile, or everything, again.
  case refresh(profile: String?)
  /// Makes a theme the one in force.
  case setTheme(String)
  case setMouse(Bool)
  /// Puts text on the operator's clipboard (OSC 52).
  case copy(String)
  /// Draws the whole screen anew, for a terminal that something else has written to.
  case repaint
  /// Stops the dashboard's process as ^Z does; runs go on.
  case suspend
  /// Ends the dashboard; runs go on.
  case quit
}
