import FoundationEssentials
import LakeConfiguration
import LakeFiles
import SluiceCore
import SluiceEngine

/// The questions about the source, which is looked at meanwhile.
extension LakeQuestions {
  /// What the chosen directory holds.
  struct Found {
    var listing: SourceListing?
    var isKlines = false
  }

  /// Asks where the data is, until a directory there is chosen.
  mutating func askSource() async throws -> Found {
    var isAgain = false
    while true {
      try await askLogin(again: isAgain)
      do throws(LookFailure) {
        try await pinHostKey()
        return try await askDirectory()
      } catch .command(let failure) {
        throw failure
      } catch .source(let problem) {
        guard prompt.isInteractive else { throw CommandFailure(.failed, [problem]) }
        prompt.say("  ✗ " + Sentences.line(problem))
        if try await prompt.confirms("Change host, port, user or key? (n: go on without looking there)", offer: true) {
          isAgain = true
        } else {
          looks = false
          try await askPath()
          return Found()
        }
      }
    }
  }

  /// Why a look at the source came to nothing: by what is there, which may be mended, or for good.
  enum LookFailure: Error {
    case source(RunProblem)
    case command(any Error)
  }

  private mutating func askLogin(again: Bool) async throws {
    let old = draft
    try await take(
      Question(
        field: \.host, text: "Host of the collector", offer: again ? old.host : nil, option: ("--host", options.host)),
      again: again)
    let bare = Source(host: draft.host, port: nil, user: nil, remoteRoot: "/")
    let known = await looks ? SourceLook.destination(of: bare) : nil
    try await take(
      Question(
        field: \.port, text: "SSH port", offer: again ? old.port : String(known?.port ?? 22),
        option: ("--port", options.port), reason: { Self.numberFault($0.port) }), again: again)
    try await take(
      Question(
        field: \.user, text: "User there", offer: again ? old.user : ProcessInfo.processInfo.userName,
        option: ("--user", options.user)), again: again)
    try await take(
      Question(
        field: \.key, text: "Private key file (empty: the agent or ssh_config)", offer: again ? old.key : "",
        option: ("--key", options.key), reason: Self.keyFault), again: again)
    if let key = Self.keyPath(draft), let found = KeySentences.problem(ofKey: key, login: Self.login(draft)) {
      prompt.say("  ! " + Sentences.line(found.problem))
    }
  }

  /// Why a key's file cannot be used; nil when it can, or an agent may make up for it.
  private static func keyFault(_ draft: LakeDraft) -> String? {
    guard let path = keyPath(draft), let found = KeySentences.problem(ofKey: path, login: login(draft)),
      !found.agentMayHelp
    else { return nil }
    return Sentences.line(found.problem)
  }

  private static func login(_ draft: LakeDraft) -> String { "\(draft.user)@\(draft.host)" }

  private static func keyPath(_ draft: LakeDraft) -> String? {
    let path = ConfigurationPlaces.expandingHome(draft.key, environment: ProcessVariables.all)
    return path.hasPrefix("/") ? path : nil
  }

  private var look: SourceLook? {
    guard let lake, let profile = lake.profiles.first else { return nil }
    return SourceLook(lake: lake, profile: profile, place: place)
  }

  // MARK: The host's key

  private mutating func pinHostKey() async throws(LookFailure) {
    draft.hostKey = ""
    if !looks {
      guard let named = options.hostKey else { return }
      guard let key = HostKey(named) else {
        let reason = "Without a look at the host it has to be whole, ssh-ed25519 AAAA..."
        throw .command(CommandFailure(.badOption("--host-key", reason: reason)))
      }
      draft.hostKey = key.text
      return
    }
    guard let look else { return }
    let key: HostKey
    switch await look.hostKey() {
    case .problem(let problem): throw .source(problem)
    case .found(let found): key = found
    }
    do {
      guard try await isAccepted(key, look) else {
        throw CommandFailure(.hostKeyRefused(host: draft.host, fingerprint: key.fingerprint, isOther: false))
      }
    } catch {
      throw .command(error)
    }
    draft.hostKey = key.text
  }

  /// Whether the operator says that this is the host's own key.
  private func isAccepted(_ key: HostKey, _ look: SourceLook) async throws -> Bool {
    if let named = options.hostKey {
      guard key.isMeant(by: named) else {
        throw CommandFailure(.hostKeyRefused(host: draft.host, fingerprint: key.fingerprint, isOther: true))
      }
      return true
    }
    prompt.say("\(draft.host) shows this key:", "  \(key.kind) \(key.fingerprint)")
    switch await look.isKnown(key) {
    case true?: prompt.say("  ✓ It is the one that your known_hosts has for it.")
    case false?: prompt.say("  ! Your known_hosts has ANOTHER key for it. Do not take this one before you know why.")
    case nil: prompt.say("  Its own is printed there by: ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub")
    }
    while true {
      let answer = try await prompt.ask(
        "Is it the host's own? (yes, no, or the fingerprint it should have)", offer: nil)
      switch answer.lowercased() {
      case "yes", "y": return true
      case "no", "n": return false
      default:
        if key.isMeant(by: answer) { return true }
        prompt.say("  That is not the key it shows. Answer yes or no, or the fingerprint.")
      }
    }
  }

  // MARK: The directory

  private mutating func askPath() async throws {
    try await take(
      Question(field: \.remote, text: "Directory there", offer: nil, option: ("--remote-root", options.remoteRoot)))
  }

  private mutating func askDirectory() async throws(LookFailure) -> Found {
    do {
      if looks { return try await chooseDirectory() }
      try await askPath()
      return Found()
    } catch let failure as LookFailure {
      throw failure
    } catch {
      throw .command(error)
    }
  }

  /// Lists directories until one is chosen.
  private mutating func chooseDirectory() async throws -> Found {
    let home = await look?.home()
    hasShell = home != nil
    if let named = options.remoteRoot {
      try await askPath()
      let listing = try await list(named)
      return try await found(listing)
    }
    var here = home ?? "/"
    var listing = try await list(here)
    prompt.say("✓ The login works.")
    var isChosen = false
    while true {
      show(listing, in: here)
      let words = "Directory there (a number to look inside, a path, .. for the one above"
      let answer = try await prompt.ask(
        words + (isChosen ? "; empty: this one)" : ")"), offer: isChosen ? here : nil)
      if isChosen, answer == here { break }
      let next = Self.path(answer, in: here, listing)
      do throws(LookFailure) {
        listing = try await list(next)
        (here, isChosen) = (next, true)
      } catch .source(let problem) {
        prompt.say("  " + Sentences.line(problem))
      } catch .command(let error) {
        throw error
      }
    }
    return try await found(listing)
  }

  /// Makes a directory the chosen one, and lists it.
  private mutating func list(_ path: String) async throws(LookFailure) -> SourceListing {
    let before = draft
    draft.remote = path
    guard let look else {
      draft = before
      throw .source(CommandSentences.problem(.badOption("remote_root", reason: "\(path) is no directory there.")))
    }
    switch await look.listing() {
    case .found(let listing):
      isLoggedIn = true
      return listing
    case .problem(let problem):
      draft = before
      throw .source(problem)
    }
  }

  private func found(_ listing: SourceListing) async throws -> Found {
    if listing.markers > 0 {
      prompt.say(
        "✓ Klines with \(TextFormat.counted(listing.markers, "day marker")), which say when a day is complete.")
      return Found(listing: listing, isKlines: true)
    }
    let directories = await look?.klineDirectories() ?? []
    guard !directories.isEmpty else { return Found(listing: listing) }
    prompt.say(
      "✓ Klines in \(TextFormat.listed(directories)). There are no day markers: `sluice ingest --backfill` brings them in."
    )
    return Found(listing: listing, isKlines: true)
  }

  private func show(_ listing: SourceListing, in path: String) {
    var lines = ["In \(draft.host):\(path)"]
    for (index, name) in listing.directories.prefix(Self.shown).enumerated() { lines.append("  \(index + 1)  \(name)") }
    let more = listing.directories.count - Self.shown
    if more > 0 { lines.append("  … \(TextFormat.grouped(more)) more, which a path names") }
    if let first = listing.dated.first, let last = listing.dated.last {
      let count = TextFormat.counted(listing.dated.count, "dated directory")
      lines.append("  \(count), \(first.day) to \(last.day)")
    }
    if listing.markers > 0 { lines.append("  \(TextFormat.counted(listing.markers, "day marker"))") }
    if listing.files > 0 { lines.append("  \(TextFormat.counted(listing.files, "file"))") }
    if lines.count == 1 { lines.append("  nothing") }
    Console.shared.print(lines)
  }

  /// So many directories have a number.
  private static let shown = 40

  /// The directory an answer means: a number of the list, a name, a path, or the one above.
  private static func path(_ answer: String, in here: String, _ listing: SourceListing) -> String {
    let base = here == "/" ? "" : here
    if answer == ".." { return AtomicFile.split(here).directory }
    if answer.hasPrefix("/") || answer.hasPrefix("~") { return ConfigurationPlaces.normalized(answer) }
    if let number = Int(answer), (1...max(1, min(shown, listing.directories.count))).contains(number),
      !listing.directories.isEmpty
    {
      return "\(base)/\(listing.directories[number - 1])"
    }
    return "\(base)/\(ConfigurationPlaces.normalized(answer))"
  }
}
