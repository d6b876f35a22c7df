import Rsync
import SluiceCore
import Testing

@Suite("A host that was not reached")
struct UnreachedTests {
  @Test("is what these faults say, and no others")
  func faults() {
    let saying = TransferFailure.Meaning.allCases.filter {
      RunProblem(code: $0.rawValue, message: "").saysUnreached
    }
    #expect(
      Set(saying) == [.connectionRefused, .unresolvedHost, .connectTimeout, .loginTimeout, .linkLost, .noSSHServer])
  }
}
