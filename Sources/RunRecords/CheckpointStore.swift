package import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// A profile's checkpoint file: read with forgiveness, written as a whole.
///
/// Writing is for the holder of the profile's lock; reading is for everyone, at any time.
package struct CheckpointStore: Sendable {
  /// The checkpoint file, absolute.
  package var path: String

  /// The store of one profile's checkpoint; `path` is absolute.
  package init(path: String) { self.path = path }

  /// What a look at the file found.
  package struct Loaded: Sendable, Equatable {
    /// nil when there never was a sync, or its checkpoint cannot be used.
    package var checkpoint: Checkpoint?
    /// Why the checkpoint that is there cannot be used.
    package var problem: RunProblem?
  }

  /// Reads the checkpoint; a broken one is left where it is.
  package func load() -> Loaded {
    do {
      return Loaded(checkpoint: try JSONFile.read(Checkpoint.self, at: path))
    } catch {
      return Loaded(problem: error.isMissing ? nil : RecordWords.unusableCheckpoint(error, asideAs: nil))
    }
  }

  /// Reads the checkpoint for a run; a broken one is renamed to `NAME.corrupt-DATE`, so that the run can write a new one.
  ///
  /// Never fatal: the run goes on as if there had been no sync, and reports the problem.
  /// - Parameter now: The moment that names the file set aside.
  package func loadSettingAside(now: Date) -> Loaded {
    do {
      return Loaded(checkpoint: try JSONFile.read(Checkpoint.self, at: path))
    } catch {
      if error.isMissing { return Loaded() }
      // A file that may not be read is not broken: renaming it would only hide the reason.
      guard error.operation != .form, error.operation == .decode || error.code == 0 else {
        return Loaded(problem: RecordWords.unusableCheckpoint(error, asideAs: nil))
      }
      let stamp = TextFormat.utc(now).filter { $0 != "-" && $0 != ":" }
      let aside = "\(path).corrupt-\(stamp)"
      return Loaded(problem: RecordWords.unusableCheckpoint(error, asideAs: rename(path, aside) == 0 ? aside : nil))
    }
  }

  /// Replaces the checkpoint; the directory is made when it is missing.
  ///
  /// - Throws: `FileFailure` when it cannot be written, or when the one that is there is of a newer program's form.
  package func save(_ checkpoint: Checkpoint) throws(FileFailure) {
    do throws(FileFailure) {
      _ = try JSONFile.read(Checkpoint.self, at: path)
    } catch {
      if error.operation == .form { throw error }
    }
    try AtomicFile.createDirectory(AtomicFile.split(path).directory)
    try JSONFile.write(checkpoint, to: path)
  }
}
