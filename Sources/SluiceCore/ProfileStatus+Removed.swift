/// A profile that was taken out of the configuration while a run of it goes on.
extension ProfileStatus {
  /// The status of such a profile.
  ///
  /// - Parameter run: The run; all else of `profile` but its name says nothing.
  package init(removedWith run: LiveRun) {
    self.init(
      profile: Profile(
        name: run.record.profile, source: Source(host: "", port: nil, user: nil, remoteRoot: ""),
        localSubdirectory: "", localPath: "", retentionDays: nil, rsyncArguments: "", checkpointFile: ""))
    isConfigured = false
    liveRun = run
  }

  /// What there is to say of it, without a full stop; nil where the configuration has the profile.
  package var removalSentence: String? {
    guard !isConfigured else { return nil }
    guard let run = liveRun?.record else { return "not in the configuration any more" }
    let what = "\(run.task.name) since \(TextFormat.local(run.startedAt))"
    return "not in the configuration any more, and its \(what) goes on"
  }
}
