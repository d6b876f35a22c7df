import TerminalUI

/// Keys as they arrive, judged by their time as well: what a silence decides, what came faster than anybody types.
///
/// Pure: the caller tells the time and comes back when ``deadline`` has passed.
struct KeyReader {
  enum Event: Hashable {
    case key(Key)
    case paste(String)
    /// Keys that came too fast to be typed one by one.
    case burst([Key])
    case background(RGB)
    case synchronizes(Bool)
  }

  /// So many characters in a row that come without a pause are no typing.
  static let burstLength = 4
  /// A pause between two reads that nobody's typing makes.
  private static let typingPause = Duration.milliseconds(5)
  /// How long a burst may pause and still go on.
  private static let burstPause = Duration.milliseconds(50)
  /// How long a paste, or the begin of a sequence, may pause before what is there is all of it.
  private static let patience = Duration.seconds(1)

  /// When a silence decides what has begun; nil while only more bytes can.
  private(set) var deadline: ContinuousClock.Instant?

  private var decoder: InputDecoder
  private let escapeDelay: Duration
  private var lastRead: ContinuousClock.Instant?
  private var run = Run()

  /// Characters that came one right behind the other.
  private struct Run {
    private var length = 0
    private var first: Key?
    private var isMixed = false

    mutating func add(_ key: Key) {
      // Line ends and tabs go along with what they stand between.
      guard case .character = key else { return }
      length += 1
      if let first { isMixed = isMixed || first != key } else { first = key }
    }

    /// Whether it is more than typing; one key held down, and its repeats held back by the line, is not.
    var isBurst: Bool { length >= KeyReader.burstLength && isMixed }
  }

  init(_ decoder: InputDecoder, escapeDelay: Duration) {
    self.decoder = decoder
    self.escapeDelay = escapeDelay
  }

  /// Takes what was read at once.
  mutating func take(_ bytes: some Sequence<UInt8>, at now: ContinuousClock.Instant) -> [Event] {
    let pause = lastRead.map { now - $0 }
    lastRead = now
    if !goesOn(after: pause) { run = Run() }
    let events = decoder.feed(bytes, isPrompt: pause.map { $0 <= Self.patience } ?? false)
    wait(from: now)
    return judged(events)
  }

  /// Takes the silence up to now: a lone Esc, a paste without an end.
  mutating func settle(at now: ContinuousClock.Instant) -> [Event] {
    guard let deadline, now >= deadline else { return [] }
    let events = decoder.flush()
    wait(from: now)
    return events.map(Event.init)
  }

  private mutating func wait(from now: ContinuousClock.Instant) {
    deadline =
      switch decoder.pending {
      case .escape: now + escapeDelay
      case .introducer, .paste: now + Self.patience
      // Nobody types one: its rest is on its way, however long that takes.
      case .sequence, nil: nil
      }
  }

  private func goesOn(after pause: Duration?) -> Bool {
    guard let pause else { return false }
    return pause <= (run.isBurst ? Self.burstPause : Self.typingPause)
  }

  /// Joins the characters of a burst, so that they are not taken for commands one by one.
  private mutating func judged(_ events: [InputDecoder.Event]) -> [Event] {
    var result: [Event] = []
    var typed: [Key] = []
    func settle() {
      if run.isBurst, !typed.isEmpty { result.append(.burst(typed)) } else { result += typed.map(Event.key) }
      typed = []
    }
    for event in events {
      if case .key(let key) = event, key.isText {
        typed.append(key)
        run.add(key)
      } else {
        settle()
        run = Run()
        result.append(Event(event))
      }
    }
    settle()
    return result
  }
}

extension KeyReader.Event {
  fileprivate init(_ event: InputDecoder.Event) {
    switch event {
    case .key(let key): self = .key(key)
    case .paste(let text): self = .paste(text)
    case .background(let color): self = .background(color)
    case .synchronizes(let isKnown): self = .synchronizes(isKnown)
    }
  }
}

extension Key {
  /// Whether pasted text may hold it.
  fileprivate var isText: Bool {
    switch self {
    case .character, .enter, .tab: true
    default: false
    }
  }
}
