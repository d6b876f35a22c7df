package import SluiceCore

/// A live run that the operator acts on: the very one that was on the screen, whatever has begun since.
package struct SteeredRun: Sendable, Equatable {
  /// The profile's name.
  package let profile: String
  /// The run's name.
  package let id: RunID

  /// A run of a profile, by its id.
  package init(profile: String, id: RunID) {
    self.profile = profile
    self.id = id
  }
}

/// Something the dashboard asks of the world outside it.
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
  /// Holds a live run's transfer for so long.
  case pauseFor(SteeredRun, Duration)
  case resume(SteeredRun)
  /// Changes a live run's bandwidth, in KB/s of 1024 bytes; nil lifts the limit.
  case setLimit(SteeredRun, LimitOrder)
  /// Notes that the failure a profile showed is known, for the usual time.
  case acknowledge(profile: String, because: String, Acknowledgement.Failure)
  /// Takes an acknowledgement back.
  case withdraw(profile: String)
  /// Asks the engine something; the answer comes as `LakeEvent.answer`.
  case ask(LakeQuestion)
  /// Reads a profile, or everything, again.
  case refresh(profile: String?)
  /// Keeps over starts which profiles are shown, and in what order.
  case keep(TableChoice)
  /// Makes a theme the one in force.
  case setTheme(String)
  case setMouse(Bool)
  /// Puts text on the operator's clipboard (OSC 52).
  case copy(String)
  /// Shows a text in the operator's own pager, on the terminal that the dashboard leaves meanwhile.
  case showInPager(String)
  /// Writes a text to a new file; `~/` is the operator's home.
  case save(String, path: String)
  /// Opens a profile's lines of the configuration in the operator's own editor, likewise.
  case edit(profile: String)
  /// Runs a program of the operator's own; its end comes as `LakeEvent.ownEnded`.
  case runOwn(OwnCommandRun)
  /// Calls the operator: a run that was shown has ended.
  case announce(String, Lake.Announcement)
  /// Draws the whole screen again, for a terminal that something else has written to.
  case repaint
  /// Stops the dashboard's process as ^Z does; runs go on.
  case suspend
  /// Ends the dashboard; runs go on.
  case quit
}
