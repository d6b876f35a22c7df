import Klines
import LakeFiles
import SluiceCore

/// What can be wrong with a file, as it is found; `VerifySentences` says it in words.
enum VerifyFault: Sendable, Equatable {
  /// The source has it, the lake has nothing of that name.
  case missing
  /// Something else than a file is here in its place.
  case notAFile
  case otherSize(here: Int64, source: Int64)
  /// The same size, other bytes.
  case otherBytes
  /// A symbolic link leads elsewhere than the source's.
  case otherLink
  case unreadable(errno: Int32)
  case archive(KlineFault)
  case parquet(ParquetEnds.Fault)

  var kind: VerifyFinding.Kind {
    switch self {
    case .missing: .missing
    case .notAFile, .otherSize, .otherBytes, .otherLink: .differs
    case .unreadable, .archive(.unreadable), .parquet(.unreadable): .unreadable
    case .archive, .parquet: .damaged
    }
  }

  /// Whether it was found by a comparison with the source, so that the source has other bytes.
  var isOfSource: Bool {
    switch self {
    case .missing, .notAFile, .otherSize, .otherBytes, .otherLink: true
    case .unreadable, .archive, .parquet: false
    }
  }
}
