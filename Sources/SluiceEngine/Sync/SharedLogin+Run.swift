import Rsync
import RunRecords
import SluiceCore

extension SharedLogin {
  /// Logs in for a run's stages; what went wrong with it is told as if rsync's own ssh had failed.
  ///
  /// Waits while the run is paused, also where there is no login to share.
  static func open(_ login: SharedLogin?, for context: RunContext) async -> TransferFailure? {
    let stopper = context.stopper
    let (journal, host) = (context.journal, context.profile.source.host)
    if let login, !login.isUp { journal.append(.command(login.ssh)) }
    let opening = await login?.open(
      says: { journal.log(.warning, RunNote.hostSays(host: host, text: $0).text) },
      isStopped: {
        let control = journal.control()
        stopper.obey(control)
        journal.tellHeld(control)
        return stopper.isStopped
      })
    // A login brings nothing; what goes over it waits.
    await context.waitWhilePaused()
    if stopper.isStopped { return RsyncRun.stopped }
    return opening?.failure
  }

  /// What ssh says when the server grants the login no further session.
  static let sessionRefusal = "Session open refused"
}

extension SharedLogin.Opening {
  /// What went wrong; nil when the login can be used, or each stage has to try for itself.
  var failure: TransferFailure? {
    switch self {
    case .done: nil
    case .failed(let code, let text): TransferFailure(.exited(code), standardError: text, isLogin: true)
    case .tooSlow(let said): TransferFailure(meaning: .loginTimeout, detail: said, isRetryable: true)
    case .stopped: RsyncRun.stopped
    }
  }
}
