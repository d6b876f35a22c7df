/// What the watcher's worker has before it: urgent work first, each kind of work once, otherwise as it came.
///
/// A lake of a thousand profiles puts two thousand pieces in at once, so neither end may cost more with more of them.
struct WorkQueue {
  private var urgent: [WatcherWorker.Work] = []
  private var calm: [WatcherWorker.Work] = []
  /// How many of `calm` were taken.
  private var taken = 0
  private var waiting: Set<WatcherWorker.Work> = []

  /// Puts work in; false when it waits already.
  mutating func add(_ work: WatcherWorker.Work) -> Bool {
    guard waiting.insert(work).inserted else { return false }
    if work.isUrgent { urgent.append(work) } else { calm.append(work) }
    return true
  }

  /// Takes the next; nil when there is none.
  mutating func next() -> WatcherWorker.Work? {
    guard let work = urgent.isEmpty ? nextCalm() : urgent.removeFirst() else { return nil }
    waiting.remove(work)
    return work
  }

  private mutating func nextCalm() -> WatcherWorker.Work? {
    guard taken < calm.count else { return nil }
    defer {
      taken += 1
      if taken == calm.count { (calm, taken) = ([], 0) }
    }
    return calm[taken]
  }
}
