package import SluiceCore

/// Something the dashboard asks of the world outside it.
///
/// Results come back as `LakeEvent`s, never as a return value.
package enum DashboardEffect: Sendable, Equatable {
  /// Starts a run detached from the dashboard.
  ///
  /// - Important: A request of kind `cleanup` deletes; it is only emitted after the operator has confirmed a plan.
  case start(RunRequest)
  /// - Important: Ends the profile's live run; only emitted after the operator has confirmed.
  case stop(profile: String)
  case pause(profile: String)
  case resume(profile: String)
  /// Changes a live run's bandwidth, in KB/s of 1024 bytes; nil lifts the limit.
  case setLimit(profile: String, kilobytesPerSecond: Int?)
  /// Asks the engine something; the answer comes as `LakeEvent.answer`.
  case ask(LakeQuestion)
  /// Reads a profile, or everything, again.
  case refresh(profile: String?)
  /// Makes a theme the one in force.
  case setTheme(String)
  case setMouse(Bool)
  /// Puts text on the operator's clipboard (OSC 52).
  case copy(String)
  /// Draws the whole screen again, for a terminal that something else has written to.
  case repaint
  /// Stops the dashboard's process as ^Z does; runs go on.
  case suspend
  /// Ends the dashboard; runs go on.
  case quit
}
