import FoundationEssentials
import Klines
import LakeFiles

/// Passes batches from the thread that reads to the thread that sends, one at a time.
///
/// There are two sets of columns in all: one being filled, one being sent. Filling a third has to wait.
final class BatchHandoff: @unchecked Sendable {
  /// What the sending side has to see to.
  enum Event {
    case batch(ReadBatch)
    /// What was being sent has arrived.
    case arrived
    /// No batch follows.
    case over
  }

  // Everything below is guarded by the condition.
  private let condition = Condition()
  private var waiting: ReadBatch?
  private var isFinished = false
  private var isCancelled = false
  private var arrived: Int?
  private var spare: [KlineColumns]

  /// - Parameter rows: How many rows the columns get room for; memory is used only as far as they are filled.
  init(rows: Int) {
    spare = (0..<2).map { _ in
      let columns = KlineColumns()
      columns.reserve(rows)
      return columns
    }
  }

  /// Puts a batch down, after waiting for the other side to have taken the one before.
  ///
  /// - Returns: false when the other side wants no more.
  func put(_ batch: ReadBatch) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while waiting != nil, !isCancelled { condition.wait() }
    guard !isCancelled else { return false }
    waiting = batch
    condition.broadcast()
    return true
  }

  /// Says that no batch follows.
  func finish() {
    condition.lock()
    defer { condition.unlock() }
    isFinished = true
    condition.broadcast()
  }

  /// Waits until there is a batch, or what was sent has arrived, or there is nothing more to come.
  ///
  /// A batch comes first: its own sending then begins before the one that has arrived is read back.
  ///
  /// - Parameter number: What is being sent; nil when nothing is.
  func next(awaiting number: Int?) -> Event {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let batch = waiting {
        waiting = nil
        condition.broadcast()
        return .batch(batch)
      }
      if let number, arrived == number { return .arrived }
      if isFinished { return .over }
      condition.wait()
    }
  }

  /// Says that what was being sent has arrived, or never will.
  func noteArrival(of number: Int) {
    condition.lock()
    defer { condition.unlock() }
    arrived = number
    condition.broadcast()
  }

  /// Whether that is so.
  func hasArrived(_ number: Int) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    return arrived == number
  }

  /// Lets the reading side go; whatever it still has is dropped.
  func cancel() {
    condition.lock()
    defer { condition.unlock() }
    isCancelled = true
    waiting = nil
    condition.broadcast()
  }

  /// Gives columns back for another batch.
  func recycle(_ columns: KlineColumns) {
    condition.lock()
    defer { condition.unlock() }
    columns.truncate(to: 0)
    spare.append(columns)
    condition.broadcast()
  }

  /// Waits for columns nobody uses; nil when the other side wants no more.
  func columns() -> KlineColumns? {
    condition.lock()
    defer { condition.unlock() }
    while spare.isEmpty, !isCancelled { condition.wait() }
    return isCancelled ? nil : spare.popLast()
  }
}
