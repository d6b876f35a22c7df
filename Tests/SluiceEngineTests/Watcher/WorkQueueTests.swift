import SluiceCore
import Testing

@testable import SluiceEngine

@Suite("The watcher's work")
struct WorkQueueTests {
  private let log = WatcherWorker.Work.answer(LakeQuestion(.log, of: "b"))
  private let history = WatcherWorker.Work.answer(LakeQuestion(.history, of: "a"))

  private func all(_ queue: inout WorkQueue) -> [WatcherWorker.Work] {
    var found: [WatcherWorker.Work] = []
    while let work = queue.next() { found.append(work) }
    return found
  }

  @Test("is taken as it came, what a person waits for first")
  func order() {
    var queue = WorkQueue()
    for work: WatcherWorker.Work in [.usage("a"), .markerCounts("a"), log, .usage("b"), history] {
      _ = queue.add(work)
    }
    let taken = all(&queue)
    #expect(taken == [log, history, .usage("a"), .markerCounts("a"), .usage("b")])
  }

  @Test("waits once, and may come again when it was taken")
  func once() {
    var queue = WorkQueue()
    let news = [WatcherWorker.Work.usage("a"), .usage("a"), .usage("b")].map { queue.add($0) }
    #expect(news == [true, false, true])
    let first = queue.next()
    #expect(first == .usage("a"))
    let again = queue.add(.usage("a"))
    #expect(again)
    let rest = all(&queue)
    #expect(rest == [.usage("b"), .usage("a")])
    let last = [queue.add(.usage("b")) ? queue.next() : nil, queue.next()]
    #expect(last == [.usage("b"), nil])
  }
}
