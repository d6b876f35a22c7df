import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("The table's order, and what is kept of it")
struct SortingTests {
  private func names(_ model: DashboardModel) -> [String] { model.visible.map { model.rows[$0].name } }

  @Test("every order goes both ways, the largest or the oldest first", arguments: SortOrder.allCases)
  func bothWays(order: SortOrder) {
    var model = Sample.model()
    while model.sort != order { _ = Sample.press(&model, "o") }
    let forth = names(model)
    _ = Sample.press(&model, "O")
    let ranks = model.visible.map { order.rank(model.rows[$0]) }
    #expect(ranks == ranks.sorted(by: >))
    _ = Sample.press(&model, "O")
    #expect(names(model) == forth)
  }

  @Test("by size the largest comes first, turned round the smallest")
  func size() {
    var model = Sample.model()
    model.sort(by: .size)
    #expect(names(model).first == "futures_depth")
    model.sort(by: .size)
    #expect(names(model).last == "futures_depth")
    model.sort(by: .name)
    #expect(!model.isSortReversed)
    model.sort(by: .name)
    #expect(names(model).last == "cex_ticks")
  }

  @Test("by age goes by the last success, as the column and the filter do, and what never had one is the oldest")
  func age() {
    var model = Sample.model()
    model.sort(by: .age)
    let times = model.visible.map { model.rows[$0].lastSuccess }
    let known = times.compactMap(\.self)
    #expect(known == known.sorted() && times.prefix { $0 == nil }.count == times.count - known.count)
    // Failed ten minutes ago, and brought nothing for a day.
    let pair = names(model).filter { ["dex_swaps", "klines"].contains($0) }
    #expect(pair == ["dex_swaps", "klines"])
  }

  @Test("a press on a column's head sorts by it, a second one turns the order round")
  func heads() throws {
    var model = Sample.model(width: 140, height: 36)
    let layout = DashboardLayout(model)
    for (column, order) in [(TableColumn.size, SortOrder.size), (.name, .name), (.files, .files), (.state, .attention)]
    {
      let head = try #require(TableColumns(model, layout).placed.first { $0.column == column })
      let press = MouseEvent(kind: .press, x: head.x + 1, y: layout.heading.y)
      _ = update(&model, .key(.mouse(press)))
      #expect(model.sort == order && !model.isSortReversed)
      _ = update(&model, .key(.mouse(press)))
      #expect(model.sort == order && model.isSortReversed)
      model.sort(by: .rate)
    }
  }

  @Test("filter and order are kept when they are chosen, not while they are typed")
  func keeps() {
    var model = Sample.model()
    #expect(Sample.press(&model, "/", "k", "l").isEmpty == false)
    #expect(!Sample.press(&model, "i").contains { if case .keep = $0 { true } else { false } })
    #expect(Sample.press(&model, "enter") == [.keep(TableChoice(filter: "kli"))])
    #expect(Sample.press(&model, "esc").contains(.keep(TableChoice())))
    #expect(Sample.press(&model, "o") == [.keep(TableChoice(sort: .name))])
  }

  @Test("what was kept holds from the start, until the operator chooses")
  func startsAsKept() {
    let kept = DashboardSettings(choice: TableChoice(filter: "state:failed", sort: .size, isReversed: true))
    var model = DashboardModel(settings: DashboardSettings(), width: 80, height: 24, now: Sample.now)
    #expect(update(&model, .configured(kept)) == [])
    _ = update(&model, .lake(.profiles(Sample.statuses)))
    #expect(names(model) == ["dex_swaps"])
    #expect(model.sort == .size && model.isSortReversed)
    // An edited configuration is no reason to go back to it.
    _ = Sample.press(&model, "esc")
    _ = update(&model, .configured(kept))
    #expect(names(model).count == 8)
    var quick = DashboardModel(settings: DashboardSettings(), width: 80, height: 24, now: Sample.now)
    _ = Sample.press(&quick, "/", "k")
    _ = update(&quick, .configured(kept))
    #expect(quick.filter == "k")
  }

  @Test("a profile whose state changes enters and leaves what a filter shows")
  func followsStates() {
    var model = Sample.model()
    _ = Sample.press(&model, "o", "/")
    for letter in "state:failed" { _ = update(&model, .key(.character(letter))) }
    #expect(names(model) == ["dex_swaps"])
    var mended = Sample.statuses[2]
    mended.checkpoint = Sample.checkpoint("dex_swaps", ago: 5)
    mended.lastRun = Sample.past("dex_swaps", ago: 5)
    _ = update(&model, .lake(.profile(mended)))
    #expect(names(model).isEmpty)
  }
}
