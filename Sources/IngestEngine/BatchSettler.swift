import Klines
import SluiceCore
import Warehouse

/// Decides which rows of a batch's files count, and what becomes of the rows that are there, before anything is sent.
///
/// What holds afterwards, whatever came before: at each open time the warehouse has the row of the file that counts
/// most of those the ledger vouches for (`FilePrecedence`; a candle put into a hole counts less than any real one), and
/// no other row. A file alone with its times replaces all
/// that is there; beside others the rows there are looked at one by one. On the job's thread.
struct BatchSettler {
  let ledger: IngestLedger
  let scope: IngestLedger.Scope
  let warehouse: any KlineWarehouse
  let archives: VouchedArchives

  /// A file and the others at its times.
  private struct Case {
    var file: ReadFile
    var rows: Range<Int>
    var extent: ClosedRange<Int64>
    var vouchers: [IngestLedger.Voucher]
    /// Files of the same period that are gone: this one counts in their place.
    var gone: [IngestLedger.Voucher]

    /// Which of its rows are none of the exchange's.
    var fills: FilledCandles {
      if case .rows(let content, _) = file.outcome { content.report.fills } else { FilledCandles() }
    }
  }

  /// Which rows of one file are sent, and which of others.
  private struct Verdict {
    var kept: [Int] = []
    var repeats: [(voucher: IngestLedger.Voucher, columns: KlineColumns)] = []
    var greatestVersion: Int64 = 0
    var disagreements: [Int: CandleDisagreement] = [:]
    /// Times whose rows have to go, and the file's own row there.
    var contested: [Int64: Int?] = [:]
  }

  /// Settles a batch; rows that do not count are cut out of the columns, rows to be repeated are put behind them.
  func settle(_ files: [ReadFile], _ columns: KlineColumns) throws(IngestPass.Stop) -> SettledBatch {
    let cases = try cases(files)
    let held = try heldBeside(cases)
    var settled = SettledBatch()
    var verdicts: [Verdict?] = []
    for (item, held) in zip(cases, held) {
      var own = SettledFile(file: item.file, rows: item.rows, vouchers: item.vouchers, gone: item.gone)
      settled.greatestVersion = max(settled.greatestVersion, held.greatestVersion)
      if item.vouchers.isEmpty {
        if held.count > 0 { own.replaces = item.extent }
        verdicts.append(nil)
      } else {
        let verdict = try judge(item, columns)
        settled.greatestVersion = max(settled.greatestVersion, verdict.greatestVersion)
        settled.disagreements += verdict.disagreements.sorted { $0.key < $1.key }.map(\.value)
        own.replaces = item.extent
        if try !keepsVersions(item) { own.keepsOpenTimes = archives.unreadable(item.vouchers).map(\.openTimes) }
        verdicts.append(verdict)
      }
      settled.files.append(own)
    }
    arrange(&settled, verdicts, columns)
    return settled
  }

  private func cases(_ files: [ReadFile]) throws(IngestPass.Stop) -> [Case] {
    var cases: [Case] = []
    for file in files {
      guard case .rows(_, let rows) = file.outcome, let extent = file.extent else { continue }
      let known = try reading { () throws(LedgerFault) in
        try ledger.vouchers(beside: file.key, openTimes: extent, scope: scope)
      }
      let gone = known.filter { $0.entry.key.archive.period == file.key.archive.period && archives.isGone($0) }
      let vouchers = known.filter { voucher in
        !gone.contains { $0.entry.key == voucher.entry.key && $0.profile == voucher.profile }
      }
      cases.append(Case(file: file, rows: rows, extent: extent, vouchers: vouchers, gone: gone))
    }
    return cases
  }

  /// How much is there of each file; the first part of a large one speaks for all of it, as its parts share a version.
  private func heldBeside(_ cases: [Case]) throws(IngestPass.Stop) -> [HeldRows] {
    let spans = cases.map { item in
      var extent = item.extent
      if item.file.part?.index == 0 {
        extent = item.file.key.archive.openTimes.joined(with: item.file.previous?.dirty).joined(with: extent)
      }
      return KlineSpan(series: item.file.key.series, symbol: item.file.key.archive.symbol, openTimes: extent)
    }
    return try reaching { () throws(WarehouseFault) in try warehouse.held(in: spans) }
  }

  private func keepsVersions(_ item: Case) throws(IngestPass.Stop) -> Bool {
    try reaching { () throws(WarehouseFault) in try warehouse.keepsVersions(item.file.key.series) }
  }

  // MARK: One file beside others

  private func judge(_ item: Case, _ columns: KlineColumns) throws(IngestPass.Stop) -> Verdict {
    let key = item.file.key
    let held = try reaching { () throws(WarehouseFault) in
      try warehouse.rows(in: KlineSpan(series: key.series, symbol: key.archive.symbol, openTimes: item.extent))
    }
    let ranks = archives.precedences(item.file, item.vouchers)
    let owners = Owners(item.vouchers, unreadable: try keepsVersions(item) ? [] : archives.unreadable(item.vouchers))
    let (ownVersions, fills) = (try trustedVersions(item), item.fills)
    var verdict = Verdict()
    verdict.greatestVersion = held.compactMap(\.version).max() ?? 0
    let times = columns[.openTime]
    var index = item.rows.lowerBound
    for row in held {
      // At these times nobody else has a row.
      while index < item.rows.upperBound, times[index] < row.openTime {
        verdict.kept.append(index)
        index += 1
      }
      let own: Int? = index < item.rows.upperBound && times[index] == row.openTime ? index : nil
      if own != nil { index += 1 }
      if let owner = owners.owner(of: row) {
        if let own { compare(own, with: row, of: owner, item, ranks, columns, &verdict) }
      } else if let own, let version = row.version, ownVersions.contains(version), !fills.contains(row.openTime) {
        verdict.kept.append(own)
      } else {
        verdict.contested[row.openTime] = .some(own)
      }
    }
    verdict.kept += index..<item.rows.upperBound
    settleContested(item, ranks, &verdict)
    return verdict
  }

  /// A candle of the file that another file vouches for.
  private func compare(
    _ own: Int, with row: HeldRow, of owner: Int, _ item: Case, _ ranks: VouchedArchives.Precedences,
    _ columns: KlineColumns, _ verdict: inout Verdict
  ) {
    let isFilled = (own: item.fills.contains(row.openTime), other: item.vouchers[owner].fills.contains(row.openTime))
    let wins = isFilled.own == isFilled.other ? ranks.others[owner] < ranks.own : isFilled.other
    if wins { verdict.kept.append(own) }
    // A candle that was put into a hole says nothing that another could contradict.
    guard !isFilled.own, !isFilled.other, row.fingerprint != columns.fingerprint(own) else { return }
    let (path, other) = (item.file.key.path, archives.name(of: item.vouchers[owner]))
    let first = CandleDisagreement(
      key: item.file.key, winner: wins ? path : other, loser: wins ? other : path, firstOpenTime: row.openTime)
    verdict.disagreements[owner, default: first].candles += 1
  }

  /// Versions of the file's own rows, when it is sure that none of them covers a row that counts more.
  private func trustedVersions(_ item: Case) throws(IngestPass.Stop) -> Set<Int64> {
    guard let previous = item.file.previous, previous.state == .verified || previous.state == .quarantined,
      // Which of two copies counts may have changed with either of them.
      !item.vouchers.contains(where: { $0.entry.key.archive.period == item.file.key.archive.period })
    else { return [] }
    return try reading { () throws(LedgerFault) in
      try ledger.repeats(of: item.file.key, scope: scope).union([previous.version])
    }
  }

  /// Where rows have to go, the row that counts comes from the file itself or from one that vouches.
  private func settleContested(_ item: Case, _ ranks: VouchedArchives.Precedences, _ verdict: inout Verdict) {
    var open: [Int64: Int?] = [:]
    let (fills, isFirst) = (item.fills, ranks.others.allSatisfy { $0 < ranks.own })
    for (time, own) in verdict.contested {
      if let own, isFirst, !fills.contains(time) { verdict.kept.append(own) } else { open[time] = .some(own) }
    }
    repeatRows(areFilled: false, item, ranks, &open, &verdict)
    let real = open.filter { $1 != nil && !fills.contains($0) }
    for (time, own) in real {
      verdict.kept += [own].compactMap { $0 }
      open.removeValue(forKey: time)
    }
    repeatRows(areFilled: true, item, ranks, &open, &verdict)
    verdict.kept += open.values.compactMap { $0 }
    verdict.kept.sort()
  }

  /// Takes from those that vouch, the one that counts most first, the rows that count before the file's own.
  ///
  /// - Parameter areFilled: Whether these are the rows that were put into holes: the others come first.
  private func repeatRows(
    areFilled: Bool, _ item: Case, _ ranks: VouchedArchives.Precedences, _ open: inout [Int64: Int?],
    _ verdict: inout Verdict
  ) {
    let fills = item.fills
    for number in item.vouchers.indices.sorted(by: { ranks.others[$0] > ranks.others[$1] }) where !open.isEmpty {
      let voucher = item.vouchers[number]
      // What was not filled when the file was sent is none of its rows, whatever the settings say by now.
      if areFilled, voucher.fills.isEmpty { continue }
      let outranks = ranks.others[number] > ranks.own
      let found = archives.rows(of: voucher, areFilled: areFilled) { time in
        guard let own = open[time] else { return false }
        return own == nil || outranks || fills.contains(time) && !areFilled
      }
      guard let found else { continue }
      for row in 0..<found.count { open.removeValue(forKey: found[.openTime][row]) }
      verdict.repeats.append((voucher, found))
    }
  }

  // MARK: Columns

  /// Brings the columns into the order of what is sent, when that is not all they hold.
  private func arrange(_ settled: inout SettledBatch, _ verdicts: [Verdict?], _ columns: KlineColumns) {
    let isWhole = zip(settled.files, verdicts).allSatisfy { file, verdict in
      verdict.map { $0.kept.count == file.rows.count && $0.repeats.isEmpty } ?? true
    }
    guard !isWhole else { return }
    var order: [Int] = []
    for (index, verdict) in verdicts.enumerated() {
      let kept = verdict?.kept ?? Array(settled.files[index].rows)
      settled.files[index].rows = order.count..<order.count + kept.count
      order += kept
    }
    columns.rearrange(from: 0, order: order)
    for index in settled.files.indices {
      guard let verdict = verdicts[index] else { continue }
      settled.files[index].figures = KlineFigures(of: columns, rows: settled.files[index].rows)
      for (voucher, rows) in verdict.repeats {
        let base = columns.count
        columns.append(rows)
        settled.files[index].repeats.append((voucher, base..<columns.count))
      }
    }
  }

  private func reaching<Result>(_ body: () throws(WarehouseFault) -> Result) throws(IngestPass.Stop) -> Result {
    do throws(WarehouseFault) { return try body() } catch { throw .warehouse(error) }
  }

  private func reading<Result>(_ body: () throws(LedgerFault) -> Result) throws(IngestPass.Stop) -> Result {
    do throws(LedgerFault) { return try body() } catch { throw .ledger(error) }
  }
}

/// Whose a row is.
private struct Owners {
  private var byVersion: [Int64: Int] = [:]
  private var byOpenTimes: [(openTimes: ClosedRange<Int64>, voucher: Int)] = []

  /// - Parameter unreadable: Those whose files are gone: without versions only their times tell.
  init(_ vouchers: [IngestLedger.Voucher], unreadable: [IngestLedger.Voucher]) {
    for (index, voucher) in vouchers.enumerated() {
      for version in voucher.versions where version > 0 { byVersion[version] = index }
      if unreadable.contains(where: { $0.entry.key == voucher.entry.key && $0.profile == voucher.profile }) {
        byOpenTimes.append((voucher.openTimes, index))
      }
    }
  }

  func owner(of row: HeldRow) -> Int? {
    if let version = row.version { return byVersion[version] }
    return byOpenTimes.first { $0.openTimes.contains(row.openTime) }?.voucher
  }
}
