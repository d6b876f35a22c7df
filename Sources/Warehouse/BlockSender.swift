import FoundationEssentials

/// Sends blocks on a thread of its own, over a connection of its own.
///
/// `start` and `finish` are called by turns, from one thread.
final class BlockSender: @unchecked Sendable {
  /// One request.
  struct Insert {
    var statement: String
    var parameters: [(String, String)]
    /// Must not change until it is sent.
    var batch: KlineBatch
    var hasMarket: Bool
    var hasVersion: Bool

    /// The two halves of its rows; nil when there is only one row.
    fileprivate var halves: [Insert]? {
      let segments = batch.segments
      if segments.count > 1 {
        return [segments[..<(segments.count / 2)], segments[(segments.count / 2)...]].map { with(Array($0)) }
      }
      guard let only = segments.first, only.rows.count > 1 else { return nil }
      let middle = only.rows.lowerBound + only.rows.count / 2
      return [only.rows.lowerBound..<middle, middle..<only.rows.upperBound].map { rows in
        var half = only
        half.rows = rows
        return with([half])
      }
    }

    private func with(_ segments: [KlineSegment]) -> Insert {
      var insert = self
      insert.batch.segments = segments
      return insert
    }
  }

  private let thread = SendingThread()
  // Used by the sending thread only, while there is one.
  private let connection: ClickHouseConnection

  init(_ connection: ClickHouseConnection) { self.connection = connection }

  /// Begins to send and returns at once.
  ///
  /// - Parameter whenIn: Called on the sending thread when all is in or something failed.
  func start(_ inserts: [Insert], whenIn: @escaping @Sendable () -> Void) {
    thread.start({ [self] () throws(WarehouseFault) in for insert in inserts { try send(insert) } }, whenIn: whenIn)
  }

  /// Waits for the end of what was begun.
  func finish() throws(WarehouseFault) { try thread.finish() }

  /// Sends rows as one block, or as several when they lie in more partitions than the server takes in one.
  private func send(_ insert: Insert) throws(WarehouseFault) {
    let block = NativeBlock(insert.batch, hasMarket: insert.hasMarket, hasVersion: insert.hasVersion)
    do throws(WarehouseFault) {
      _ = try connection.perform(insert.statement, parameters: insert.parameters, body: block)
    } catch {
      guard case .server(_, 252, _, let message) = error, message.contains("artitions for single INSERT"),
        let halves = insert.halves
      else { throw error }
      for half in halves { try send(half) }
    }
  }
}
