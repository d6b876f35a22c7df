import Klines
import SluiceCore
import Synchronization
import Warehouse

/// Dies at the n-th step it is asked for, before or after doing it: what a kill at that moment leaves behind.
final class StumblingWarehouse: KlineWarehouse {
  private let inner: any KlineWarehouse
  private let stepsLeft: StepCounter
  private var isSending = false
  /// What every series' table is said to be.
  private let refusal: WarehouseFault?

  /// Counts down over all uses of one warehouse; may be asked from the job's thread.
  final class StepCounter: Sendable {
    private let left: Mutex<Int>
    init(_ count: Int) { left = Mutex(count) }
    /// Whether this is the last step.
    func isLast() -> Bool {
      left.withLock {
        $0 -= 1
        return $0 == 0
      }
    }
    /// Whether the last step was reached.
    var isOver: Bool { left.withLock { $0 <= 0 } }
  }

  init(_ inner: any KlineWarehouse, _ steps: StepCounter, refusing refusal: WarehouseFault? = nil) {
    self.inner = inner
    stepsLeft = steps
    self.refusal = refusal
  }

  var identity: String { inner.identity }
  // Small batches, so that there are many moments to die at.
  var batchRows: Int { 30 }
  var wantsUniformBatches: Bool { inner.wantsUniformBatches }

  private func step<Result>(_ body: () throws(WarehouseFault) -> Result) throws(WarehouseFault) -> Result {
    if stepsLeft.isLast() { throw death }
    let result = try body()
    if stepsLeft.isLast() { throw death }
    return result
  }

  private var death: WarehouseFault { .unreachable(address: inner.identity, detail: "killed by the test") }

  func connect() throws(WarehouseFault) -> String? { try inner.connect() }
  func prepare(_ series: KlineSeries) throws(WarehouseFault) {
    if let refusal { throw refusal }
    try inner.prepare(series)
  }
  func startSending(_ batch: KlineBatch, whenIn: @escaping @Sendable () -> Void) throws(WarehouseFault) {
    isSending = true
    try step { () throws(WarehouseFault) in try inner.startSending(batch, whenIn: whenIn) }
  }
  func finishSending() throws(WarehouseFault) {
    // Asked when the job is left as well: a sending under way goes on, whatever has died.
    guard isSending, !stepsLeft.isOver else { return try inner.finishSending() }
    isSending = false
    try step { () throws(WarehouseFault) in try inner.finishSending() }
  }
  func removeReplaced(_ batch: KlineBatch) throws(WarehouseFault) {
    try step { () throws(WarehouseFault) in try inner.removeReplaced(batch) }
  }
  func refusals(of series: Set<KlineSeries>) throws(WarehouseFault) -> [KlineSeries: WarehouseFault] {
    try inner.refusals(of: series)
  }
  func look() throws(WarehouseFault) -> WarehouseSight { try inner.look() }
  func missing(of series: Set<KlineSeries>) throws(WarehouseFault) -> Set<KlineSeries> {
    try inner.missing(of: series)
  }
  func rowCount(of series: KlineSeries) throws(WarehouseFault) -> Int { try inner.rowCount(of: series) }
  func keepsVersions(_ series: KlineSeries) throws(WarehouseFault) -> Bool { try inner.keepsVersions(series) }
  func held(in spans: [KlineSpan]) throws(WarehouseFault) -> [HeldRows] {
    try step { () throws(WarehouseFault) in try inner.held(in: spans) }
  }
  func rows(in span: KlineSpan) throws(WarehouseFault) -> [HeldRow] {
    try step { () throws(WarehouseFault) in try inner.rows(in: span) }
  }
  func figures(of spans: [KlineSpan]) throws(WarehouseFault) -> [KlineFigures] {
    try step { () throws(WarehouseFault) in try inner.figures(of: spans) }
  }
}
