import SluiceCore

extension DashboardModel {
  /// The page that is open, empty unless it is about the profile under the cursor.
  var page: any Page { pagesProfile == selectedName ? pages[tab.index] : tab.type.init() }

  /// A page by its type.
  func page<Wanted: Page>(_ type: Wanted.Type) -> Wanted {
    pages.lazy.compactMap { $0 as? Wanted }.first ?? Wanted()
  }

  /// Opens a page of the pane.
  mutating func open(_ id: PageID) -> [DashboardEffect] {
    tab = id
    return loadPage()
  }

  /// Makes sure that the pages are the selected profile's, and asks for what the open one lacks.
  mutating func loadPage() -> [DashboardEffect] {
    if pagesProfile != selectedName {
      pagesProfile = selectedName
      asked = []
      for index in pages.indices { pages[index].clear() }
    }
    guard let profile = pagesProfile else { return [] }
    return ask(pages[tab.index].subjects.filter { !asked.contains(LakeQuestion($0, of: profile)) })
  }

  /// Asks again for what is in sight, after a run began or ended; what is out of sight is asked for when it is opened.
  mutating func reloadPage() -> [DashboardEffect] {
    guard let row = selectedRow, row.name == pagesProfile else { return loadPage() }
    let open = pages[tab.index].subjects
    for index in pages.indices where index != tab.index && pages[index].isStaleAfterRun {
      // What the open page asks for comes to all pages.
      let subjects = pages[index].subjects.filter { !open.contains($0) }
      if subjects == pages[index].subjects { pages[index].clear() }
      asked.subtract(subjects.map { LakeQuestion($0, of: row.name) })
    }
    return reload(.runChanged, row)
  }

  /// Asks again for what the open page shows.
  mutating func reload(_ cause: PageReload, _ row: ProfileRow) -> [DashboardEffect] {
    ask(pages[tab.index].reload(cause, row))
  }

  /// Asks about the profile the pages are of.
  mutating func ask(_ subjects: [LakeQuestion.Subject]) -> [DashboardEffect] {
    guard let profile = pagesProfile else { return [] }
    let questions = subjects.map { LakeQuestion($0, of: profile) }
    asked.formUnion(questions)
    return questions.map(DashboardEffect.ask)
  }

  /// Gives an answer to every page, for several show the same, and to what else waits for it.
  mutating func take(_ answer: LakeAnswer, to question: LakeQuestion) -> [DashboardEffect] {
    let profile = question.profile
    if profile == pagesProfile {
      for index in pages.indices { pages[index].take(answer, to: question.subject) }
    }
    switch answer {
    case .preview(let run, _, _):
      if profile != selectedName, marked.contains(profile) { say(.previewReady(profile: profile)) }
      if launches.observe(preview: run, of: profile) { awaitedEnds.insert(run) }
      return launchReady()
    case .commands(let commands): take(commands, of: question.subject)
    case .retention(let plan): take(plan, of: profile)
    case .history(let runs):
      awaitedEnds.formUnion(launches.observe(history: runs, of: profile))
      announceEnd(among: runs)
      return launchReady()
    // What only pages show ends with them.
    default: break
    }
    return []
  }

  /// Does what a page wants after a key.
  mutating func follow(_ reaction: PageReaction) -> [DashboardEffect] {
    switch reaction {
    case .nothing: break
    case .jump(let notice):
      focus = .pane
      if let notice { say(notice) }
    case .ask(let subjects): return ask(subjects)
    case .confirm(let overlay): self.overlay = overlay
    case .launch(let request, let what): return launch([request], what)
    case .perform(let command): return pressed(command)
    case .showInPager(let text): return [.showInPager(text)]
    case .zoom: isZoomed.toggle()
    }
    return []
  }

  /// Starts queued runs as far as there is room.
  mutating func launchReady() -> [DashboardEffect] {
    launches.takeReady(limit: settings.maxParallel, now: clock).map { .start($0) }
  }
}
