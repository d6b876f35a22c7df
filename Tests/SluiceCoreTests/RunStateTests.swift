import Foundation
import SluiceCore
import Testing

@Suite("A run's state machine")
struct RunStateTests {
  private let problem = RunProblem(code: "link-lost", message: "The link broke.")

  private func state(_ kinds: [RunEvent.Kind]) throws -> RunState {
    var state = RunState()
    for (index, kind) in kinds.enumerated() {
      try state.apply(RunEvent(sequence: index + 1, time: Date(timeIntervalSince1970: 0), kind: kind))
    }
    return state
  }

  @Test("goes through a whole sync with a retry")
  func wholeSync() throws {
    let end = RunResult(
      outcome: .success, startedAt: Date(timeIntervalSince1970: 0), endedAt: Date(timeIntervalSince1970: 9))
    let state = try state([
      .phase(.markers), .phase(.planning), .planned(PlanSummary()), .phase(.transferring),
      .retry(number: 1, afterSeconds: 2, because: problem), .phase(.waiting), .phase(.transferring),
      .phase(.publishing), .published(["m"]), .phase(.checkpoint), .phase(.ingesting), .phase(.cleaning),
      .phase(.finishing), .ended(end),
    ])
    #expect(state.isOver && state.retries == 1 && state.published == ["m"] && state.phase == .ended)
    #expect(state.problems.isEmpty && state.lastProblem == problem, "a try that another followed is no problem")
  }

  @Test("refuses publishing before the transfer is over, a step back, and anything after the end")
  func refuses() throws {
    #expect(throws: RunState.IllegalTransition.self) { try state([.phase(.transferring), .published(["m"])]) }
    #expect(throws: RunState.IllegalTransition.self) { try state([.phase(.cleaning), .phase(.transferring)]) }
    let end = RunResult(outcome: .failed, startedAt: Date(), endedAt: Date())
    #expect(throws: RunState.IllegalTransition.self) { try state([.ended(end), .log(.info, "late")]) }
  }

  @Test("is unchanged by an event it refuses")
  func unchanged() throws {
    var state = try state([.phase(.cleaning)])
    let before = state
    #expect(throws: RunState.IllegalTransition.self) {
      try state.apply(RunEvent(sequence: 2, time: Date(), kind: .phase(.markers)))
    }
    #expect(throws: RunState.IllegalTransition.self) {
      try state.apply(RunEvent(sequence: 7, time: Date(), kind: .log(.info, "a hole")))
    }
    #expect(state == before)
  }

  @Test("any sequence of events leaves it legal: over at most once, retries never fewer, sequence without holes")
  func anySequence() {
    var generator = SplitMix64(seed: 7)
    let end = RunResult(outcome: .partial, startedAt: Date(), endedAt: Date())
    for _ in 0..<500 {
      var state = RunState()
      for _ in 0..<40 {
        let kinds: [RunEvent.Kind] =
          RunPhase.allCases.map { .phase($0) } + [
            .retry(number: 1, afterSeconds: 1, because: problem), .published(["m"]), .ended(end), .log(.info, "x"),
          ]
        let before = state
        guard let kind = kinds.randomElement(using: &generator) else { continue }
        let event = RunEvent(
          sequence: state.lastSequence + Int.random(in: 0...2, using: &generator), time: Date(), kind: kind)
        do {
          try state.apply(event)
          #expect(state.lastSequence == before.lastSequence + 1 && !before.isOver)
          #expect(state.retries >= before.retries)
        } catch {
          #expect(state == before)
        }
      }
    }
  }
}
