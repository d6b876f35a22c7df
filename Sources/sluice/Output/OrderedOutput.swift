import SluiceCore
import Synchronization

/// Keeps the lines of runs side by side apart: the first unfinished one prints at once, the others wait their turn.
final class OrderedOutput: Sendable {
  /// One run's way to print.
  struct Slot: Sendable {
    fileprivate let index: Int
    fileprivate let owner: OrderedOutput

    func print(_ lines: [String]) {
      owner.print(lines.map { ChineseWords.text($0, in: Console.shared.language) }, index)
    }
    /// Names of files, which have no language.
    func print(asItIs lines: [String]) { owner.print(lines, index) }
    func redraw(_ line: String) { owner.redraw(line, index) }
  }

  private struct State {
    var current = 0
    var isFinished: [Bool]
    var waiting: [[String]]
  }

  private let state: Mutex<State>
  private let isSilent: Bool

  /// - Parameter isSilent: Prints nothing, for JSON.
  init(count: Int, isSilent: Bool) {
    state = Mutex(
      State(isFinished: Array(repeating: false, count: count), waiting: Array(repeating: [], count: count)))
    self.isSilent = isSilent
  }

  func output(_ index: Int) -> Slot { Slot(index: index, owner: self) }

  /// Says that a run is over; the next one's lines follow.
  func finish(_ index: Int) {
    state.withLock { state in
      state.isFinished[index] = true
      while state.current < state.isFinished.count, state.isFinished[state.current] {
        state.current += 1
        guard state.current < state.waiting.count, !isSilent else { continue }
        Console.shared.print(asItIs: [""] + state.waiting[state.current])
        state.waiting[state.current] = []
      }
    }
  }

  private func print(_ lines: [String], _ index: Int) {
    guard !isSilent else { return }
    state.withLock { state in
      if index == state.current { Console.shared.print(asItIs: lines) } else { state.waiting[index] += lines }
    }
  }

  private func redraw(_ line: String, _ index: Int) {
    guard !isSilent else { return }
    state.withLock { if index == $0.current { Console.shared.redraw(line) } }
  }
}
