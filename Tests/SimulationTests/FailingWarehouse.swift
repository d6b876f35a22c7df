import Klines
import Warehouse

/// The stand-in for the warehouse: SQLite, which fails before or after its work, or loses rows without a word.
final class FailingWarehouse: KlineWarehouse {
  private let inner: any KlineWarehouse
  private let lake: SimulatedLake
  private let script: RunScript
  private var isSending = false

  init(_ inner: any KlineWarehouse, _ lake: SimulatedLake, _ script: RunScript) {
    self.inner = inner
    self.lake = lake
    self.script = script
  }

  var identity: String { inner.identity }
  /// Small batches, so that there are many moments to fail at.
  var batchRows: Int { 30 }
  var wantsUniformBatches: Bool { inner.wantsUniformBatches }

  private func call<Result>(_ body: (_ losesRows: Bool) throws(WarehouseFault) -> Result) throws(WarehouseFault)
    -> Result
  {
    lake.mayBeKilled(script)
    let act = script.nextWarehouseAct()
    let fault = WarehouseFault.unreachable(address: inner.identity, detail: "as ordered")
    switch act {
    case .failBefore: throw fault
    case .stop: lake.orderStop(script)
    case .failAfter, .loseRows, nil: break
    }
    let result = try body(act == .loseRows)
    if act == .failAfter { throw fault }
    lake.mayBeKilled(script)
    return result
  }

  func connect() throws(WarehouseFault) -> String? { try call { (_) throws(WarehouseFault) in try inner.connect() } }

  func prepare(_ series: KlineSeries) throws(WarehouseFault) {
    try call { (_) throws(WarehouseFault) in try inner.prepare(series) }
  }

  func startSending(_ batch: KlineBatch, whenIn: @escaping @Sendable () -> Void) throws(WarehouseFault) {
    isSending = true
    try call { (losesRows) throws(WarehouseFault) in
      var sent = batch
      if losesRows, let last = sent.segments.popLast() {
        var part = last
        part.rows = last.rows.lowerBound..<(last.rows.lowerBound + last.rows.count / 2)
        sent.segments.append(part)
      }
      try inner.startSending(sent, whenIn: whenIn)
    }
  }

  func finishSending() throws(WarehouseFault) {
    // Asked when the job is left as well, with nothing on its way.
    guard isSending else { return try inner.finishSending() }
    isSending = false
    try call { (_) throws(WarehouseFault) in try inner.finishSending() }
  }

  func removeReplaced(_ batch: KlineBatch) throws(WarehouseFault) {
    try call { (_) throws(WarehouseFault) in try inner.removeReplaced(batch) }
  }

  func figures(of spans: [KlineSpan]) throws(WarehouseFault) -> [KlineFigures] {
    try call { (_) throws(WarehouseFault) in try inner.figures(of: spans) }
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
    try call { (_) throws(WarehouseFault) in try inner.held(in: spans) }
  }

  func rows(in span: KlineSpan) throws(WarehouseFault) -> [HeldRow] {
    try call { (_) throws(WarehouseFault) in try inner.rows(in: span) }
  }
}
