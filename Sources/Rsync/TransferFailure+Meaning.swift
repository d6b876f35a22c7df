extension TransferFailure {
  /// A fault found by other means than a failed rsync, such as a check of the connection.
  package init(meaning: Meaning) {
    self.meaning = meaning
    exitStatus = .exited(1)
    detail = ""
    paths = []
    pathCount = 0
    isRetryable = false
  }
}
