extension TransferFailure {
  /// A fault found by other means than a failed rsync, such as a check of the connection.
  package init(meaning: Meaning, detail: String = "", isRetryable: Bool = false) {
    self.meaning = meaning
    exitStatus = .exited(1)
    self.detail = detail
    paths = []
    pathCount = 0
    self.isRetryable = isRetryable
  }

  /// Whether what is said of it names where ssh was to go, or how that host's key is taken in.
  package var isAboutTheWay: Bool {
    switch meaning {
    case .hostKeyUnknown, .hostKeyChanged, .connectionRefused, .connectTimeout, .noSSHServer: true
    default: false
    }
  }
}
