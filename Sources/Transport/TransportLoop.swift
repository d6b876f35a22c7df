import CLinux
import Glibc

/// Carries bytes between rsync and ssh until ssh has ended or the owner is gone.
///
/// One thread, one poll; owns the descriptors it is given and closes them.
struct TransportLoop {
  /// How often `control.json` is read and counters written, in nanoseconds.
  static let tick: UInt64 = 250_000_000
  /// Nanoseconds from which an answer is told at once.
  private static let longAnswer: UInt64 = 5_000_000
  /// How long ssh may take to end after it was told to, in nanoseconds.
  static let grace: UInt64 = 2_000_000_000

  /// Signals to pass on to the child, as a signalfd; -1 for none.
  var signals: Int32 = -1
  /// What keeps rsync from going on.
  var hold = TransportHold()

  private let child: TransportChild
  private let childWatch: ProcessWatch
  private let ownerWatch: ProcessWatch?
  private var incoming: ByteChannel
  private var outgoing: ByteChannel
  private var bucket: RateBucket
  private var control: TransportControl
  private var counters = TransportCounters()
  private var file: TransportCountersFile
  /// When the first byte went out since the last came in; nil while none has.
  private var askedAt: UInt64?
  private var nextTick: UInt64 = 0
  private var killAt: UInt64?
  private var mayHaveEnded = false
  private var exitCode: Int32?

  /// - Parameters:
  ///   - input: What rsync says to the source.
  ///   - output: Where rsync reads what the source says.
  init(options: TransportOptions, child: TransportChild, input: Int32, output: Int32) {
    self.child = child
    childWatch = ProcessWatch(child.processID)
    ownerWatch = options.owner.map(ProcessWatch.init)
    for descriptor in [input, output] { _ = sluice_set_nonblocking(descriptor) }
    incoming = ByteChannel(from: child.output, to: output)
    outgoing = ByteChannel(from: input, to: child.input)
    bucket = RateBucket(now: Self.now())
    control = TransportControl(
      runDirectory: options.runDirectory, spare: options.spareOrders, startLimit: options.limit,
      lane: options.lane, lanes: options.lanes)
    file = TransportCountersFile(runDirectory: options.runDirectory, lane: options.lane)
    counters.processID = getpid()
  }

  /// Runs to the end.
  ///
  /// - Returns: The child's exit code, 255 when a signal ended it.
  mutating func run() -> Int32 {
    while true {
      let now = Self.now()
      if now >= nextTick { keepUp(now) }
      if exitCode == nil, let killAt, now >= killAt { kill(child.processID, SIGKILL) }
      wait(now)
      if outgoing.isReady, !bucket.isPaused { carryOutgoing() }
      if incoming.isReady { carryIncoming() }
      if exitCode == nil, mayHaveEnded, let code = child.reap() { noteEnd(code) }
      if let exitCode, isDrained { return finish(exitCode) }
    }
  }

  private mutating func noteEnd(_ code: Int32) {
    exitCode = code
    outgoing.close()
  }

  /// Whether everything the child said is delivered, or nobody is to get it any more.
  private var isDrained: Bool {
    guard incoming.isOpen, killAt == nil else { return true }
    // No end of the pipe in sight does not mean more to come: something in the background may hold it open.
    var source = [pollfd(fd: incoming.from, events: Int16(POLLIN), revents: 0)]
    return !incoming.holdsBytes && poll(&source, 1, 0) == 0
  }

  /// What is done four times a second: read `control.json`, write counters, look after the owner.
  private mutating func keepUp(_ now: UInt64) {
    nextTick = now + Self.tick
    control.refresh()
    // ^Z in a terminal suspends the owner alone: without this the transfer would go on where nobody can stop it.
    let isHeld = control.isPaused || ownerWatch?.isSuspended ?? false
    bucket.set(limit: control.limit, sharers: control.sharers, isPaused: isHeld, now: now)
    counters.limit = isHeld ? -1 : Int64(control.limit)
    file.write(counters)
    if let ownerWatch, ownerWatch.hasEnded { endChild(SIGTERM, now) }
    mayHaveEnded = exitCode == nil && childWatch.hasEnded
  }

  /// Sleeps until something can be carried, someone signals or the next tick is due.
  private mutating func wait(_ now: UInt64) {
    var waiting: [pollfd] = []
    var timeout = Int32((nextTick > now ? nextTick - now : 0) / 1_000_000 + 1)
    if let awaited = outgoing.awaited, !bucket.isPaused {
      if hold.allowance(after: counters.bytesOut) > 0 {
        waiting.append(awaited)
      } else if killAt == nil {
        // rsync may go away meanwhile: its end is reported unasked.
        waiting.append(pollfd(fd: outgoing.from, events: 0, revents: 0))
      }
    }
    if let awaited = incoming.awaited {
      // Without an allowance the source is left alone: its readiness would wake us for nothing.
      if incoming.holdsBytes || bucket.allowance(now: now) > 0 {
        waiting.append(awaited)
      } else {
        if let delay = bucket.delay(now: now) { timeout = min(timeout, max(1, delay)) }
        // rsync may still go away meanwhile: an error of its end is reported unasked.
        if killAt == nil { waiting.append(pollfd(fd: incoming.to, events: 0, revents: 0)) }
      }
    }
    // Told to end and ended: its descriptor would report it again and again.
    let watches = [
      exitCode == nil ? childWatch.descriptor : -1, killAt == nil ? ownerWatch?.descriptor ?? -1 : -1, signals,
      hold.descriptor,
    ]
    waiting += watches.filter { $0 >= 0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&waiting, nfds_t(waiting.count), timeout) > 0 else { return }
    for entry in waiting where entry.revents != 0 { noteReady(entry) }
  }

  private mutating func noteReady(_ entry: pollfd) {
    switch entry.fd {
    case incoming.to where entry.events == 0, outgoing.from where entry.events == 0: endChild(SIGTERM, Self.now())
    case incoming.from, incoming.to: incoming.isReady = true
    case outgoing.from, outgoing.to: outgoing.isReady = true
    case hold.descriptor: if !hold.hear() { endChild(SIGTERM, Self.now()) }
    case childWatch.descriptor: mayHaveEnded = true
    case ownerWatch?.descriptor: endChild(SIGTERM, Self.now())
    case signals:
      let number = sluice_signalfd_read(signals)
      // rsync ends its remote shell with USR1; for ssh that is no more than TERM.
      if number > 0 { endChild(number == SIGUSR1 ? SIGTERM : number, Self.now()) }
    default: break
    }
  }

  private mutating func carryOutgoing() {
    let allowance = hold.allowance(after: counters.bytesOut)
    guard allowance > 0 else { return }
    switch outgoing.move(limit: allowance) {
    case .moved(let count):
      counters.bytesOut += Int64(count)
      askedAt = askedAt ?? Self.now()
    case .blocked: break
    // rsync has said all; ssh must see the end, or the other side waits for ever.
    case .ended, .refused: outgoing.close()
    }
  }

  private mutating func carryIncoming() {
    // Several moves a wake-up: polling after each costs more than the move.
    for _ in 0..<8 {
      let now = Self.now()
      let allowance = incoming.holdsBytes ? ByteChannel.largestMove : bucket.allowance(now: now)
      guard allowance > 0 else { return }
      switch incoming.move(limit: allowance) {
      case .moved(let count):
        bucket.spend(count)
        counters.bytesIn += Int64(count)
        counters.lastIncomingAt = now
        if let askedAt { noteAnswer(now - askedAt) }
        askedAt = nil
      case .blocked: return
      case .ended: return incoming.close()
      case .refused:
        // rsync is gone: nobody wants the rest.
        incoming.close()
        return endChild(SIGTERM, now)
      }
    }
  }

  /// An answer that took its time is told at once: the run may go by it before the next tick.
  private mutating func noteAnswer(_ time: UInt64) {
    counters.lastAnswer = time
    if time >= Self.longAnswer { file.write(counters) }
  }

  /// Tells the child to end, and sees to it that it does.
  private mutating func endChild(_ number: Int32, _ now: UInt64) {
    guard killAt == nil else { return }
    // Once it is reaped its number may be another process's.
    if exitCode == nil { kill(child.processID, number) }
    killAt = now + Self.grace
  }

  private mutating func finish(_ code: Int32) -> Int32 {
    incoming.close()
    file.write(counters)
    file.close()
    childWatch.close()
    ownerWatch?.close()
    if signals >= 0 { close(signals) }
    return code
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
