import Foundation
import Klines

/// Passes batches from the thread that reads to the thread that sends, one at a time.
///
/// `put` returns only when the batch was taken, so there are never more than two: one being filled, one being sent.
final class BatchHandoff: @unchecked Sendable {
  // Everything below is guarded by the condition.
  private let condition = NSCondition()
  private var waiting: ReadBatch?
  private var isFinished = false
  private var isCancelled = false
  private var spare: [KlineColumns] = []

  /// Waits until the other side has taken the batch.
  ///
  /// - Returns: false when the other side wants no more.
  func put(_ batch: ReadBatch) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    waiting = batch
    condition.broadcast()
    while waiting != nil, !isCancelled { condition.wait() }
    return !isCancelled
  }

  /// Says that no batch follows.
  func finish() {
    condition.lock()
    defer { condition.unlock() }
    isFinished = true
    condition.broadcast()
  }

  /// Waits for the next batch; nil after the last.
  func take() -> ReadBatch? {
    condition.lock()
    defer { condition.unlock() }
    while waiting == nil, !isFinished { condition.wait() }
    let batch = waiting
    waiting = nil
    condition.broadcast()
    return batch
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
    if spare.count < 2 { spare.append(columns) }
  }

  /// Empty columns, used ones if there are any.
  func columns() -> KlineColumns {
    condition.lock()
    defer { condition.unlock() }
    return spare.popLast() ?? KlineColumns()
  }
}
