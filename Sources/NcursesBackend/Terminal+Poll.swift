import CLinux
import Glibc
import TerminalUI

/// A change of size that is still going on: a window being dragged sends dozens.
struct ResizeWindow {
  /// When it is told if no further change comes.
  var settles: ContinuousClock.Instant
  /// When it is told at the latest, so that a long drag still shows something.
  let latest: ContinuousClock.Instant

  init(now: ContinuousClock.Instant) {
    settles = now + .milliseconds(40)
    latest = now + .milliseconds(160)
  }

  var deadline: ContinuousClock.Instant { min(settles, latest) }
}

extension Terminal {
  /// Waits for the next thing to happen, without using the processor meanwhile.
  ///
  /// - Parameters:
  ///   - wakeDescriptor: becomes readable when there is news for the loop; its owner empties it.
  ///   - timeout: the longest wait; nil waits for ever.
  /// - Returns: `.gone` within a moment after the terminal has been closed at the other end, and ever after.
  package func poll(wakeDescriptor: Int32? = nil, timeout: Duration? = nil) -> TerminalInput {
    let end = timeout.map { ContinuousClock.now + $0 }
    while true {
      if isGone { return .gone }
      if !queue.isEmpty { return queue.removeFirst() }
      let now = ContinuousClock.now
      settle(now)
      if !queue.isEmpty { continue }
      if let end, now >= end, timeout != .zero { return .timeout }
      let deadline = [end, keys.deadline, resize?.deadline].compactMap(\.self).min()
      let isWoken = wait(until: deadline, now: now, wakeDescriptor: wakeDescriptor)
      if isGone || !queue.isEmpty { continue }
      if isWoken { return .wake }
      if timeout == .zero { return .timeout }
    }
  }

  /// Tells what a passed deadline means: a lone Esc, a paste without an end, a size that has settled.
  private func settle(_ now: ContinuousClock.Instant) {
    take(keys.settle(at: now))
    if let window = resize, now >= window.deadline {
      resize = nil
      takeSize()
      // Also for a size that came back: on the way there the terminal has cut or wrapped what it showed.
      repaint()
      queue.append(.resized(width: width, height: height))
    }
  }

  private var hasOutput: Bool { pending != nil || !channel.isIdle }

  /// One poll(2) over terminal, signals and wake descriptor.
  ///
  /// - Returns: whether the wake descriptor is readable.
  private func wait(until deadline: ContinuousClock.Instant?, now: ContinuousClock.Instant, wakeDescriptor: Int32?)
    -> Bool
  {
    var descriptors = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      // Without events it still reports that the terminal is gone.
      pollfd(fd: channel.descriptor, events: hasOutput ? Int16(POLLOUT) : 0, revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeDescriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    let count = Glibc.poll(&descriptors, nfds_t(descriptors.count), Self.milliseconds(from: now, to: deadline))
    guard count > 0 else {
      // An interrupted wait is tried again by the loop; anything else would spin.
      if count < 0, errno != EINTR { isGone = true }
      return false
    }
    if descriptors[2].revents != 0 { readSignals() }
    let lost = Int16(POLLHUP | POLLERR | POLLNVAL)
    if descriptors[0].revents & Int16(POLLIN) != 0 {
      readKeys()
    } else if descriptors[0].revents & lost != 0 {
      isGone = true
    }
    if descriptors[1].revents & lost != 0 { isGone = true }
    if descriptors[1].revents & Int16(POLLOUT) != 0, !isGone { flushPending() }
    return descriptors[3].revents != 0
  }

  private func readKeys() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
    if count > 0 {
      take(keys.take(bytes[..<count], at: .now))
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      isGone = true
    }
  }

  private func take(_ events: [KeyReader.Event]) {
    for event in events {
      switch event {
      case .paste(let text): queue.append(.paste(text))
      case .burst(let keys): queue.append(.burst(keys))
      case .key(.mouse(let mouse)): if isMouseOn { queue.append(.key(.mouse(noting(mouse)))) }
      // Reported by its code it is no signal, and means what the signal means.
      case .key(.control("c")): queue.append(.signal(.interrupt))
      case .key(let key): queue.append(.key(key))
      case .background(let color):
        asked = nil
        queue.append(.background(color))
      case .synchronizes(let isKnown):
        channel.synchronizes = isKnown
        // Asked first, it is answered first.
        if !isBackgroundAsked { asked = nil }
      }
    }
  }

  private func readSignals() {
    while true {
      let number = sluice_signalfd_read(signals)
      switch number {
      case 0: return
      case SIGWINCH:
        if resize == nil { resize = ResizeWindow(now: .now) } else { resize?.settles = .now + .milliseconds(40) }
      case SIGTERM, SIGQUIT: queue.append(.signal(.terminate))
      case SIGINT: queue.append(.signal(.interrupt))
      case SIGHUP: queue.append(.signal(.hangup))
      case SIGTSTP: suspend()
      case SIGCONT: resume()
      default: break
      }
    }
  }

  private static func milliseconds(from now: ContinuousClock.Instant, to deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let (seconds, attoseconds) = (deadline - now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    // Rounded up, or the loop would come round a few times too early.
    return Int32(clamping: min(seconds, 1_000_000) * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
