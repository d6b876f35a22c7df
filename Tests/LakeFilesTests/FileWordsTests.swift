import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@Suite("The words of a failed call on a file")
struct FileWordsTests {
  /// Every error number with words of its own, one that has only the system's, and none at all.
  private static let codes: [Int32] = [
    EACCES, EPERM, ENOENT, ENOTDIR, EISDIR, ELOOP, ENOSPC, EDQUOT, EROFS, EMFILE, ENFILE, ENAMETOOLONG, EIO, ESTALE,
    ENOTEMPTY, EBUSY, EINVAL, 0,
  ]

  @Test("are as recorded, for every operation and every reason")
  func recorded() throws {
    var sentences = RecordedSentences()
    for operation in FileFailure.Operation.allCases {
      sentences.add(operation.rawValue, FileFailure(operation, path: "/d/f", code: EIO).problem)
    }
    for code in Self.codes { sentences.add("code \(code)", FileFailure(.open, path: "/d/f", code: code).problem) }
    let broken = FileFailure(.decode, path: "/d/f", code: 0, detail: "it is no JSON")
    sentences.add("decode, with what is wrong", broken.problem)
    #expect(sentences.text == (try sentences.recorded("LakeFiles")))
  }

  @Test("have advice for every refusal of the system", arguments: codes.filter { $0 != 0 })
  func advice(code: Int32) {
    #expect(FileFailure(.open, path: "/d/f", code: code).problem.advice?.isEmpty == false)
  }
}
