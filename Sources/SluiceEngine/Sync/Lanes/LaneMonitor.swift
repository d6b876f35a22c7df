import FoundationEssentials
import Glibc
import RunRecords
import SluiceCore
import Transport

/// Watches all lanes while they run: carries orders to them, notices one that stands still, shows what they bring
/// together.
///
/// - Important: Signals the rsyncs of the lanes.
struct LaneMonitor: Sendable {
  let context: RunContext
  let board: LaneBoard
  /// Lanes that were begun.
  let lanes: Int
  /// What the figures go on from.
  let earlier: LiveProgress
  /// Sessions of the login that others of the run have.
  var others = 0

  /// Looks five times a second until the task is cancelled.
  func watch() async {
    var orders = OrderFollower(context)
    var shown = ShownProgress(context, earlier: earlier, neverFalls: true)
    var watches: [Int: (number: Int, watch: TransferWatch)] = [:]
    var isRefusalTold = false
    while !Task.isCancelled {
      let time = context.now()
      if orders.wasAway(at: time) {
        for lane in watches.keys { watches[lane]?.watch.restart(at: time) }
        shown.forgetRate()
      }
      if orders.read() { shown.restartRate(at: time) }
      let (workers, sums) = board.snapshot
      let counters = workers.keys.reduce(into: [:]) { $0[$1] = read($1) }
      shown.show(sum(workers, sums, counters), orders.control, at: time)
      for (lane, worker) in workers {
        guard let process = worker.process else { continue }
        if watches[lane]?.number != worker.number {
          watches[lane] = (worker.number, TransferWatch(process, context: context, isLoggedIn: true))
        }
        guard var watch = watches[lane]?.watch else { continue }
        watch.look(
          bytes: worker.output.figures.bytes, counters: counters[lane], isPaused: orders.control.isPaused, at: time)
        board.note(watch.findings, of: lane, number: worker.number)
        watch.act()
        watches[lane]?.watch = watch
      }
      if !isRefusalTold, board.refused > 0, workers.keys.allSatisfy({ counters[$0]?.bytesIn ?? 0 > 0 }) {
        tellRefusal()
        isRefusalTold = true
      }
      await context.machine.pause(.milliseconds(200))
    }
    if !isRefusalTold, board.refused > 0 { tellRefusal() }
    let (workers, sums) = board.snapshot
    shown.show(sum(workers, sums, [:]), orders.control, at: context.now())
  }

  private func read(_ lane: Int) -> TransportCounters? {
    TransportCounters.read(from: context.journal.directory.path, lane: lane)
  }

  private func tellRefusal() {
    context.journal.log(.warning, RunNote.fewerLanes(granted: lanes - board.refused + others, asked: lanes).text)
  }

  private func sum(
    _ workers: [Int: LaneBoard.Worker], _ sums: LaneBoard.Sums, _ counters: [Int: TransportCounters]
  ) -> ShownProgress.Sum {
    let figures = workers.values.map(\.output.figures)
    return ShownProgress.Sum(
      bytes: sums.finishedBytes + figures.reduce(0) { $0 + $1.bytes },
      files: sums.files + figures.reduce(0) { $0 + $1.files },
      currentFile: figures.compactMap(\.currentFile).max(),
      wireBytes: sums.wireBytes + counters.values.reduce(0) { $0 + $1.bytesIn + $1.bytesOut },
      processes: workers.count)
  }
}
