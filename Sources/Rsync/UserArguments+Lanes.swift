extension UserArguments {
  /// The option that takes one rsync for the whole transfer, as written; nil when several may share it.
  ///
  /// Hard links and bases for similar files may lie in another lane's part, and what is to be deleted first makes room
  /// for what comes.
  package var singleProcessOption: String? {
    let takers = [
      (on: ["-H", "--hard-links"], off: ["--no-H", "--no-hard-links"]),
      (on: ["-y", "--fuzzy"], off: ["--no-y", "--no-fuzzy"]),
      (on: ["--delete-before"], off: []),
    ]
    for taker in takers {
      if let last = options.last(where: { taker.on.contains($0) || taker.off.contains($0) }), taker.on.contains(last) {
        return last
      }
    }
    return nil
  }
}
