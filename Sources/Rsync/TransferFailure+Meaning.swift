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
}
