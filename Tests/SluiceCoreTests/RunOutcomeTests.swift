import SluiceCore
import Testing

@Suite("The worst outcome")
struct RunOutcomeTests {
  @Test("is the one whose exit code is worst, for every pair in either order")
  func pairs() {
    let order: [RunOutcome] = [.interrupted, .failed, .refused, .partial, .success]
    #expect(Set(order) == Set(RunOutcome.allCases))
    for (rank, worse) in order.enumerated() {
      for other in order[rank...] {
        #expect(RunOutcome.worst([worse, other]) == worse)
        #expect(RunOutcome.worst([other, worse]) == worse)
        #expect(ExitCode.worst([ExitCode(other), ExitCode(worse)]) == ExitCode(worse))
      }
    }
    #expect(RunOutcome.worst([]) == .success)
  }
}
