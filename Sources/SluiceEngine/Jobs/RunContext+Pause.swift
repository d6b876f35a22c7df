import RunRecords
import SluiceCore

extension RunContext {
  /// Waits while someone holds the run, so that nothing is started for it meanwhile; returns at once when nobody does.
  ///
  /// A stop ends the wait.
  func waitWhilePaused() async {
    // That it goes on is told before something else is, but a full disk must not hold it for that.
    var looksToTell = 4
    while !stopper.isStopped {
      let control = journal.control()
      stopper.obey(control)
      let isTold = journal.tellHeld(control)
      looksToTell = control.isPaused ? 4 : isTold ? 0 : looksToTell - 1
      guard looksToTell > 0 else { return }
      await machine.wait(.milliseconds(100))
    }
  }
}
