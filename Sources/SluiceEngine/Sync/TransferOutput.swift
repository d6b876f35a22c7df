import FoundationEssentials
import Rsync
import SluiceCore
import Synchronization

/// What rsync has said so far, folded as it comes: figures as newest values, changes in order.
///
/// Fed by the thread that reads rsync's output, read by the monitor; behind one mutex.
final class TransferOutput: Sendable {
  struct Figures: Sendable {
    /// Bytes of the current try, matched ones included.
    var bytes: Int64 = 0
    /// Files this try finished.
    var files = 0
    var filesDeleted = 0
    var currentFile: String?
    /// Full size of the files this try finished.
    var finishedBytes: Int64 = 0
    var statistics: TransferStatistics?
    /// Lines that are none of the known kinds.
    var texts: [String] = []
  }

  private struct State {
    var parser = RsyncOutputParser()
    var figures = Figures()
    var changes: [FileChange] = []
  }

  private let state = Mutex(State())
  private let take: @Sendable ([FileChange]) -> Void
  private let listed: (@Sendable () -> Void)?

  /// - Parameters:
  ///   - take: Takes finished changes, in blocks; on the reading thread.
  ///   - listed: Told when all that comes was listed, after it was taken; on the reading thread.
  init(take: @escaping @Sendable ([FileChange]) -> Void, listed: (@Sendable () -> Void)? = nil) {
    self.take = take
    self.listed = listed
  }

  var figures: Figures { state.withLock { $0.figures } }

  /// Takes a piece of rsync's output.
  func consume(_ bytes: UnsafeRawBufferPointer) {
    var isListed = false
    let changes = state.withLock { state -> [FileChange] in
      state.changes.removeAll(keepingCapacity: true)
      var (figures, changes) = (state.figures, state.changes)
      state.parser.consume(bytes) { event in
        if event == .listed { isListed = true }
        Self.fold(event, &figures, &changes)
      }
      // A record stays without its end until the next one begins: it counts all the same.
      if let progress = state.parser.provisionalProgress { Self.fold(.progress(progress), &figures, &changes) }
      state.figures = figures
      return changes
    }
    if !changes.isEmpty { take(changes) }
    if isListed { listed?() }
  }

  /// Takes what is left after the end of the output.
  func finish() {
    let changes = state.withLock { state -> [FileChange] in
      var (figures, changes) = (state.figures, [FileChange]())
      state.parser.finish { Self.fold($0, &figures, &changes) }
      state.figures = figures
      return changes
    }
    if !changes.isEmpty { take(changes) }
  }

  private static func fold(_ event: RsyncEvent, _ figures: inout Figures, _ changes: inout [FileChange]) {
    switch event {
    case .progress(let progress):
      figures.bytes = max(figures.bytes, progress.bytes)
    // The transfer's root gets a new time whenever something of ours changes in it; that is no news.
    case .change(let change) where change.path == "./": break
    case .change(let change):
      changes.append(change)
      switch change.kind {
      case .create, .update:
        figures.files += 1
        figures.finishedBytes += change.bytes
        figures.currentFile = change.path
      case .delete: if !change.path.hasSuffix("/") { figures.filesDeleted += 1 }
      case .directory, .link, .attributes: break
      }
    case .statistics(let statistics): figures.statistics = statistics
    case .listed: break
    case .text(let text): if figures.texts.count < 200 { figures.texts.append(text) }
    }
  }
}
