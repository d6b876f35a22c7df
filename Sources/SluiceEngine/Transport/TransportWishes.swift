import CLinux
import Foundation
import Glibc
import SluiceCore

/// The wishes for a run, as far as its transport obeys them: limit and pause of `control.json`.
struct TransportWishes {
  private let path: String?
  private let startLimit: Int
  private var seen: (inode: UInt, seconds: Int, nanoseconds: Int)?
  /// KB/s of 1024 bytes; 0 is unlimited.
  private(set) var limit: Int
  private(set) var isPaused = false

  init(runDirectory: String?, startLimit: Int) {
    path = runDirectory.map { "\($0)/control.json" }
    self.startLimit = startLimit
    limit = startLimit
  }

  /// Reads the file if it was replaced since; one that is missing or cannot be read changes nothing.
  mutating func refresh() {
    guard let path else { return }
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    let now = (UInt(status.st_ino), Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    if let seen, seen == now { return }
    seen = now
    guard let data = FileManager.default.contents(atPath: path),
      let control = try? JSONDecoder().decode(RunControl.self, from: data)
    else { return }
    limit = max(0, control.bandwidthLimit ?? startLimit)
    isPaused = control.isPaused
  }
}
