import FoundationEssentials
import SluiceCore

extension DashboardModel {
  /// Takes news of the engine.
  mutating func take(_ event: LakeEvent) -> [DashboardEffect] {
    if let effects = hold(event) { return effects }
    switch event {
    case .summary(let summary):
      self.summary = summary
      return []
    case .profile(let status): return take(status)
    case .profiles(let list): return take(list)
    case .answer(let question, let answer): return take(answer, to: question)
    case .launchEnded(let request, let run, let reason):
      let wasUnseen = launches.observe(end: run, of: request)
      if let reason {
        say(.launchFailed(profile: request.profile, reason: reason))
      } else if let run, wasUnseen {
        awaitedEnds.insert(run)
      }
      return launchReady()
    // Settings come by an action of their own, from the loop, which knows the terminal's locale.
    case .configured: return []
    case .ownEnded(let run, let end):
      take(end, of: run)
      return []
    case .notice(let text, let isError):
      take(notice: text, isError: isError)
      return []
    }
  }

  /// Says what the engine says; that a configuration was taken over does not hide what is wrong with it, told just before.
  private mutating func take(notice text: String, isError: Bool) {
    if !isError, let message, message.tone == .bad, abs(clock.timeIntervalSince(message.saidAt)) < 1 {
      said.add(text, .news, at: clock)
    } else {
      say(.told(text, isError: isError))
    }
  }

  private mutating func take(_ status: ProfileStatus) -> [DashboardEffect] {
    let name = status.profile.name
    guard let index = rowIndex[name] else {
      rowIndex[name] = rows.count
      rows.append(ProfileRow(status, now: now))
      launches.observe(status)
      arrange()
      return loadPage() + launchReady()
    }
    let before = rows[index]
    rows[index].replace(status, now: now)
    launches.observe(status)
    // Sorting a thousand profiles for each figure of each run would be most of the work; the rank decides.
    if isMoved(before, rows[index]) { arrange() }
    let hasTurned =
      before.liveRun?.record.id != status.liveRun?.record.id
      || before.status.lastRun?.record.id != status.lastRun?.record.id
    guard hasTurned else { return launchReady() }
    if let ended = before.liveRun?.record, status.liveRun?.record.id != ended.id {
      awaitedEnds.insert(ended.id)
      announceEnd(among: status.lastRun.map { [$0] } ?? [])
    }
    return (name == selectedName ? reloadPage() : []) + launchReady()
  }

  private mutating func take(_ list: [ProfileStatus]) -> [DashboardEffect] {
    let name = selectedName
    var known: [String: ProfileRow] = [:]
    for row in rows { known[row.name] = row }
    rows = []
    rowIndex = [:]
    // A row is large: moving a thousand of them again and again would be felt.
    rows.reserveCapacity(list.count)
    rowIndex.reserveCapacity(list.count)
    for status in list where rowIndex[status.profile.name] == nil {
      var row = known[status.profile.name] ?? ProfileRow(status, now: now)
      row.replace(status, now: now)
      rowIndex[row.name] = rows.count
      rows.append(row)
      launches.observe(status)
    }
    let names = Set(rowIndex.keys)
    marked.formIntersection(names)
    launches.keep(names.filter(isConfigured))
    // The old places say nothing about the new rows.
    (visible, lines) = ([], [])
    arrange(keeping: name)
    begin()
    leaveVanished()
    return loadPage() + launchReady()
  }

  /// Puts the cursor on the profile that was asked for on the command line, once, as the lake's profiles first come.
  private mutating func begin() {
    guard !hasBegun, !rows.isEmpty else { return }
    hasBegun = true
    guard let name = settings.firstProfile else { return }
    guard rowIndex[name] != nil else { return say(.noSuchProfile(name)) }
    guard let place = lines.firstIndex(where: { $0.profile.map { rows[$0].name } == name }) else {
      return say(.hiddenProfile(name))
    }
    // A key that came before was meant for what is under the cursor then.
    guard isUntouched else { return }
    isUntouched = false
    table.choose(place, of: lines.count)
  }

  mutating func take(_ plan: RetentionPlan, of profile: String) {
    if let index = rowIndex[profile] { rows[index].nextRetention = plan }
    guard case .cleanup(var dialog) = overlay else { return }
    dialog.take(plan, of: profile)
    show(dialog)
  }

  /// Goes on with a cleanup's dialog; one that has nothing left to ask says why and closes.
  mutating func show(_ dialog: CleanupDialog) {
    overlay = .cleanup(dialog)
    guard dialog.isPlanned, dialog.accepted(settings.guardLimits).isEmpty else { return }
    overlay = nil
    let leftOut = dialog.leftOut(settings.guardLimits)
    guard leftOut.isEmpty else {
      say(.beyondGuard(leftOut))
      return
    }
    say(.nothingExpired)
  }

  /// Says how runs that were seen going ended, as soon as their outcome is known.
  ///
  /// A dry run is not a profile's last run: its outcome comes with the history.
  mutating func announceEnd(among runs: [PastRun]) {
    guard !awaitedEnds.isEmpty, let past = runs.first(where: { awaitedEnds.contains($0.record.id) }) else { return }
    awaitedEnds.remove(past.record.id)
    say(.ended(past))
    if settings.announces != .nothing { announcement = Notice.ended(past).words.text(settings.language) }
  }
}
