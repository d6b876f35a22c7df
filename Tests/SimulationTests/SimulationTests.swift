import Foundation
import Synchronization
import Testing

/// Runs, retries, retention, ledger and marker gate of the engine itself, with an rsync and a warehouse that fail
/// anywhere; `TORTURE_SEEDS` says how many lives, `TORTURE_SEED` the first one's seed.
@Suite struct SimulationTests {
  private static let variables = ProcessInfo.processInfo.environment

  @Test("no claim of a lake is broken, whatever fails and in whatever order")
  func seeds() async {
    let count = Self.variables["TORTURE_SEEDS"].flatMap { Int($0) } ?? 20
    let first = Self.variables["TORTURE_SEED"].flatMap { UInt64($0) } ?? 1
    let start = ContinuousClock.now
    let seeds = Seeds(first: first, count: count)
    let counts = await withTaskGroup(of: Simulation.Counts.self) { group in
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { group.addTask { await Self.live(seeds) } }
      return await group.reduce(into: Simulation.Counts()) { $0.add($1) }
    }
    let seconds = Int(start.duration(to: .now).components.seconds)
    let ends = counts.outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    print(
      "simulation: seeds \(count) from \(first), runs \(counts.runs), rsyncs \(counts.rsyncs), killed \(counts.kills),"
        + " moments \(counts.points), seconds \(seconds); ends: \(ends)")
  }

  /// Hands out each seed once.
  private final class Seeds: Sendable {
    private let left: Mutex<(next: UInt64, count: Int)>

    init(first: UInt64, count: Int) { left = Mutex((first, count)) }

    func take() -> UInt64? {
      left.withLock { left in
        guard left.count > 0 else { return nil }
        defer { left = (left.next &+ 1, left.count - 1) }
        return left.next
      }
    }
  }

  private static func live(_ seeds: Seeds) async -> Simulation.Counts {
    var counts = Simulation.Counts()
    while let seed = seeds.take() {
      let outcome = await Simulation.run(seed: seed)
      counts.add(outcome.counts)
      tell(outcome)
    }
    return counts
  }

  private static func tell(_ outcome: Simulation.Outcome) {
    guard !outcome.broken.isEmpty else { return }
    Issue.record(
      """
      seed \(outcome.seed): \(outcome.broken.prefix(6).joined(separator: "\n  "))
      again with: TORTURE_SEED=\(outcome.seed) TORTURE_SEEDS=1 swift test --filter SimulationTests
      \(outcome.story.enumerated().map { "  \($0) \($1)" }.joined(separator: "\n"))
      """)
  }
}
