import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("The coverage page's views")
struct CoverageShapeTests {
  private static let first = CalendarDay(daysSinceEpoch: 20_700)

  /// Two series over forty days; the second one has half a day and none of another.
  private static var table: CoverageTable {
    var cells = Array(repeating: CoverageCell.arrived, count: 40)
    cells[30] = .missing
    var table = CoverageTable(
      firstDay: first,
      series: [
        CoverageSeries(name: "a", cells: Array(repeating: .arrived, count: 40)),
        CoverageSeries(name: "b", cells: cells),
      ])
    var bytes = Array(repeating: Int64(1_000_000), count: 40)
    (bytes[20], bytes[30]) = (450_000, 0)
    table.bytes = [Array(repeating: 2_000_000, count: 40), bytes]
    return table
  }

  private func model(_ keys: String..., width: Int = 120) -> DashboardModel {
    var model = KeyTests.model(on: "klines", width: width, height: 36)
    _ = Sample.press(&model, "6", "tab")
    _ = update(&model, .lake(.answer(LakeQuestion(.coverage, of: "klines"), .coverage(Self.table))))
    for key in keys { _ = Sample.press(&model, key) }
    return model
  }

  private func page(_ model: DashboardModel) -> CoveragePage { model.page(CoveragePage.self) }

  @Test("V goes through them and round, and says which one it is")
  func cycle() {
    var model = model()
    for shape in [CoverageShape.size, .months, .monthSizes, .lake, .state] {
      _ = Sample.press(&model, "V")
      #expect(page(model).shape == shape)
      #expect(draw(model).text.contains(model.labels[shape.label]))
    }
  }

  @Test("half of what usually lies on a day stands out by height and colour, and is said of the day under the cursor")
  func half() {
    #expect(SizeLook.usual([0, 5, 1, 9]) == 5 && SizeLook.usual([Int64]()) == 0)
    let (usual, half, little) = (
      SizeLook(share: 1, glyphs: .unicode), SizeLook(share: 0.45, glyphs: .unicode),
      SizeLook(share: 0.01, glyphs: .unicode)
    )
    #expect(usual.glyph == "▄" && half.glyph == "▂" && little.glyph == "▁")
    #expect(usual.style != half.style && half.style != little.style)
    var model = model("down", "V")
    for _ in 0..<19 { _ = Sample.press(&model, "left") }
    #expect(page(model).day.selection == 20)
    #expect(draw(model).text.contains("45% of the usual"))
  }

  @Test("what each series holds in all, and its holes, stand beside its days where there is room")
  func sums() {
    let text = draw(model()).text
    #expect(text.contains("76.3 MB") && text.contains("1 hole"))
    #expect(!draw(model(width: 80)).text.contains("76.3 MB"))
  }

  @Test("in the calendar up and down keep the day of the month, left and right go on by days")
  func calendar() {
    var model = model("down", "V", "V")
    let day = page(model).selectedDay
    _ = Sample.press(&model, "up")
    let before = page(model).selectedDay
    #expect(before?.fields.day == day?.fields.day && before?.fields.month != day?.fields.month)
    _ = Sample.press(&model, "left")
    #expect(page(model).selectedDay == before?.adding(days: -1))
    #expect(page(model).selectedSeries?.name == "b")
    let text = draw(model).text
    #expect(text.contains("usually 977 KB a day") && text.contains("1 hole"))
  }

  @Test("Enter opens the day's files, Esc goes back; y copies the file under the cursor")
  func files() {
    var model = model("down")
    let question = LakeQuestion(.dayFiles(series: "b", Self.first.adding(days: 39)), of: "klines")
    #expect(Sample.press(&model, "enter") == [.ask(question)])
    #expect(draw(model).text.contains("The files are being looked for."))
    let files = [DayFiles.File(path: "b/small", bytes: 5), DayFiles.File(path: "b/large", bytes: 900)]
    let other = DayFiles(series: "a", day: Self.first, files: files)
    _ = update(
      &model, .lake(.answer(LakeQuestion(.dayFiles(series: "a", Self.first), of: "klines"), .dayFiles(other))))
    #expect(page(model).openDay?.files == nil)
    let answer = DayFiles(series: "b", day: Self.first.adding(days: 39), files: files)
    _ = update(&model, .lake(.answer(question, .dayFiles(answer))))
    #expect(draw(model).text.contains("2 files, 905 B"))
    #expect(Sample.press(&model, "y") == [.copy("b/large")])
    _ = Sample.press(&model, "down", "down")
    #expect(Sample.press(&model, "y") == [.copy("b/small")])
    _ = Sample.press(&model, "esc")
    #expect(page(model).openDay == nil && page(model).selectedSeries?.name == "b")
  }

  @Test("of the whole lake the table's cursor moves, the view stays, and Enter shows the profile's series")
  func lake() {
    var model = model("V", "V", "V", "V")
    let name = model.selectedName
    _ = Sample.press(&model, "down")
    #expect(model.selectedName != name && page(model).shape == .lake && model.tab == .coverage)
    let text = draw(model).text
    #expect(Sample.statuses.allSatisfy { text.contains($0.profile.name) })
    _ = Sample.press(&model, "left", "left")
    #expect(page(model).daysBack == 2)
    _ = Sample.press(&model, "right", "right", "right")
    #expect(page(model).daysBack == 0)
    _ = Sample.press(&model, "enter")
    #expect(page(model).shape == .state)
  }

  @Test("of the whole lake n goes to the days that a profile lacks between those it has")
  func missing() throws {
    var status = Sample.statuses[0]
    status.usage?.days?.removeAll { $0.day == CalendarDay(Sample.now).adding(days: -3) }
    let today = CalendarDay(Sample.now)
    let days = LakeDays(ProfileRow(status, now: Sample.now), today: today)
    #expect(days.isMissing(today.adding(days: -3)) && !days.isMissing(today.adding(days: -2)))
    #expect(!days.isMissing(today.adding(days: -60)) && !days.isAwaited(today))
    var model = model("V", "V", "V", "V")
    _ = update(&model, .lake(.profile(status)))
    _ = model.select(status.profile.name)
    model.focus = .pane
    _ = Sample.press(&model, "n")
    #expect(page(model).daysBack == 3)
    #expect(draw(model).text.contains("missing"))
  }
}
