import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// The turn of one ingest at a lake's warehouse, for two profiles may hold files of the same series.
///
/// Which file counts for a candle is told from what the ledger holds, and that is so only until another ingest sends.
/// It ends with its process however that ends.
enum IngestTurn {
  /// Waits for its turn.
  ///
  /// Lives on the job's thread.
  ///
  /// - Parameters:
  ///   - profile: The profile to be ingested, for those that wait meanwhile.
  ///   - shouldStop: Asked ten times a second.
  ///   - waits: Told once, with the profile whose ingest has the turn, where its name is known.
  /// - Returns: The turn, which is over with its last owner; nil when it was asked to stop before it came.
  /// - Throws: Operation `open` or `lock` when there is no lock to be had.
  static func take(
    in lake: Lake, for profile: String, shouldStop: () -> Bool, waits: (String?) -> Void
  ) throws(FileFailure) -> FileLock? {
    try AtomicFile.createDirectory(lake.stateDirectory)
    let path = lake.stateDirectory + "/warehouse.lock"
    var isTold = false
    while true {
      if let lock = try FileLock.take(path) {
        lock.write(profile.utf8)
        return lock
      }
      if shouldStop() { return nil }
      if !isTold {
        let name = FileManager.default.contents(atPath: path).map { String(decoding: $0.prefix(255), as: UTF8.self) }
        waits(name.flatMap { $0.isEmpty ? nil : $0 })
        isTold = true
      }
      poll(nil, 0, 100)
    }
  }
}
