import SluiceCore

extension DashboardModel {
  /// Makes sure that the page in sight is the selected profile's, and asks for what it lacks.
  mutating func loadPage() -> [DashboardEffect] {
    guard let name = selectedName else {
      preview = nil
      log = nil
      history = nil
      markers = nil
      coverage = nil
      return []
    }
    switch tab {
    case .overview, .history:
      guard history?.profile != name else { return [] }
      history = HistoryPage(profile: name)
      return [.loadHistory(profile: name)]
    case .preview:
      guard preview?.profile != name else { return [] }
      preview = PreviewSlot(profile: name)
      return [.loadPreview(profile: name)]
    case .log:
      guard log?.profile != name else { return [] }
      log = log.map { $0.emptied(for: name) } ?? LogPage(profile: name)
      return [.loadLog(profile: name, follow: true)]
    case .markers:
      guard markers?.profile != name else { return [] }
      markers = MarkersPage(profile: name)
      return [.loadMarkers(profile: name)]
    case .coverage:
      guard coverage?.profile != name else { return [] }
      coverage = CoveragePage(profile: name)
      return [.loadCoverage(profile: name)]
    }
  }

  /// Asks again for what is in sight, after a run began or ended; what is out of sight is asked for when it is opened.
  mutating func reloadPage() -> [DashboardEffect] {
    guard let name = selectedName else { return [] }
    if tab != .overview, tab != .history, history?.open == nil { history = nil }
    if tab != .markers { markers = nil }
    if tab != .coverage { coverage = nil }
    if tab != .log { log = nil }
    switch tab {
    case .overview, .history: return history?.profile == name ? [.loadHistory(profile: name)] : loadPage()
    case .preview: return []
    case .log:
      let isOfThisRun = log?.profile == name && log?.run != nil && log?.run == row(named: name)?.liveRun?.record.id
      // The end of the run that is followed brings its last lines by itself.
      guard !isOfThisRun, row(named: name)?.liveRun != nil else { return loadPage() }
      log = log.map { $0.emptied(for: name) } ?? LogPage(profile: name)
      return [.loadLog(profile: name, follow: true)]
    case .markers: return markers?.profile == name ? [.loadMarkers(profile: name)] : loadPage()
    case .coverage: return coverage?.profile == name ? [.loadCoverage(profile: name)] : loadPage()
    }
  }

  /// Starts queued runs as far as there is room.
  mutating func launchReady() -> [DashboardEffect] {
    launches.takeReady(limit: settings.maxParallel, now: now).map { .start($0) }
  }
}

extension LogPage {
  /// An empty page for another profile or run that keeps how the operator reads logs.
  func emptied(for profile: String) -> LogPage {
    var page = LogPage(profile: profile)
    page.isWrapping = isWrapping
    return page
  }
}
