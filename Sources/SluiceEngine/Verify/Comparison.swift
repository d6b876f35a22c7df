import FoundationEssentials
import RunRecords
import SluiceCore
import Synchronization

/// What rsync found of a list of files.
struct Comparison: Sendable {
  /// Sums of the paths whose bytes are those of the source.
  var same: Set<UInt64> = []
  var differing: [FileChange] = []
  /// Bytes of all.
  var bytes: Int64 = 0
}

/// Takes what rsync finds equal and different while it prints it.
final class ComparisonCollector: Sendable {
  private let progress: VerifyProgress?
  private let held = Mutex(Comparison())

  /// - Parameter progress: Told of every file; nil where they were counted before.
  init(progress: VerifyProgress?) { self.progress = progress }

  var comparison: Comparison { held.withLock { $0 } }

  func add(_ changes: [FileChange]) {
    held.withLock { held in
      for change in changes where !change.path.hasSuffix("/") {
        switch change.kind {
        case .attributes: held.same.insert(Fingerprint.number(of: change.path))
        case .create, .update, .link: held.differing.append(change)
        case .directory, .delete: continue
        }
        held.bytes += change.bytes
        progress?.add(change.bytes)
      }
    }
    progress?.show()
  }

  /// Forgets what a try that failed has found.
  func reset() {
    held.withLock { held in
      progress?.takeBack(files: held.same.count + held.differing.count, bytes: held.bytes)
      held = Comparison()
    }
  }
}

/// How far a verification is, for those who watch.
final class VerifyProgress: Sendable {
  private let journal: RunJournal
  private let bytes: Int64
  private let now: @Sendable () -> Date
  private let start: Date
  private let done = Mutex<(files: Int, bytes: Int64)>((0, 0))

  /// Begins at nothing of so many files and bytes.
  init(journal: RunJournal, files: Int, bytes: Int64, now: @escaping @Sendable () -> Date) {
    self.journal = journal
    self.bytes = bytes
    self.now = now
    start = now()
    journal.update { live in
      (live.filesDone, live.bytesDone) = (0, 0)
      (live.filesTotal, live.bytesTotal) = (files, bytes)
    }
  }

  func add(_ bytes: Int64) { done.withLock { $0 = ($0.files + 1, $0.bytes + bytes) } }

  func takeBack(files: Int, bytes: Int64) { done.withLock { $0 = ($0.files - files, $0.bytes - bytes) } }

  func show() {
    let done = done.withLock { $0 }
    let rate = Double(done.bytes) / max(0.001, now().timeIntervalSince(start))
    journal.update { live in
      (live.filesDone, live.bytesDone) = done
      live.bytesPerSecond = rate
      live.etaSeconds = rate >= 1 ? Double(max(0, bytes - done.bytes)) / rate : nil
    }
  }
}
