import SluiceCore

/// What is not in the warehouse as it is in the lake, in the operator's language; English is the engine's own sentence.
extension Labels {
  /// Each trouble of a profile's markers, in the engine's order; none when all is well.
  func troubles(_ counts: MarkerCounts) -> [String] {
    guard language == .chinese else { return counts.troubles.map(\.text) }
    return counts.troubles.map { chinese(counts, code: $0.code) ?? $0.text }
  }

  /// nil of what is told in the engine's words alone: the ledger's own problem.
  private func chinese(_ counts: MarkerCounts, code: String) -> String? {
    switch code {
    case "warehouse-gone":
      guard let lost = counts.lostWarehouse else { return nil }
      let state = lost.isEmpty ? "为空" : "不存在"
      return "仓库 \(lost.path) \(state)，其中有 \(files(lost.files))的行；若其磁盘未挂载请挂载，否则重新入库，将重新写入"
    case "quarantined":
      return listed(counts.quarantinedFiles, counts.quarantinedNames, "已隔离，仓库中没有数据湖现有的内容")
    case "differing":
      return listed(counts.differingFiles, counts.differingNames, "上次校验时与写入仓库的不同")
    case "refused-rows":
      let rows = count(counts.refusedRows, .row)
      return "\(rows)被拒绝，来自已入库的 \(listed(counts.filesWithRefusedRows, counts.namesWithRefusedRows, ""))"
    case "marker-no-files":
      let markers = counts.markersWithoutFiles
      return "\(count(markers.count, .marker))待入库但没有任何文件：\(Chinese.listed(markers))"
    case "acceptance-changed":
      let changed = counts.changedSinceAccepted.map(\.path)
      return listed(changed.count, changed, "与接受时不同")
    default: return nil
    }
  }

  private func listed(_ number: Int, _ names: [String], _ what: String) -> String {
    let rest = number > min(5, names.count) ? " 等" : ""
    return "\(files(number))\(what)：\(Chinese.all(names.prefix(5).map(TextFormat.escaped)))\(rest)"
  }

  /// The series whose files contradict each other; nil without any.
  func grids(_ odd: OddCandles) -> String? {
    guard language == .chinese, odd.seriesOnTwoGrids > 0 else { return odd.gridsSentence }
    func name(_ path: String) -> String { TextFormat.escaped(path.split(separator: "/").last.map(String.init) ?? path) }
    let named = odd.series.compactMap { series in
      series.grids.map { grids in
        "\(TextFormat.escaped(series.name))（\(name(grids.path)) 自 \(grids.day)，\(name(grids.other)) 自 \(grids.otherDay)）"
      }
    }
    let rest = odd.seriesOnTwoGrids > min(3, named.count) ? " 等" : ""
    return "\(odd.seriesOnTwoGrids) 个序列的三日 K 线落在两种网格上，因此有重叠：\(Chinese.all(Array(named.prefix(3))))\(rest)"
  }
}
