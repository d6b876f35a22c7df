import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("News of the engine")
struct NewsTests {
  @Test("profiles sort themselves by need of attention, and o sorts otherwise")
  func sorting() {
    var model = Sample.model()
    func order() -> [String] { model.visible.map { model.rows[$0].name } }
    #expect(
      order() == [
        "dex_swaps", "funding_rates", "futures_depth", "cex_ticks", "new_source", "klines", "options", "旧行情_okx",
      ])
    let name = model.selectedName
    _ = Sample.press(&model, "o")
    #expect(order().first == "cex_ticks")
    #expect(model.selectedName == name)
    _ = Sample.press(&model, "o")
    #expect(order().first == "cex_ticks")
    _ = Sample.press(&model, "o", "o")
    #expect(order().first == "futures_depth")
  }

  @Test("until the first key the cursor is on the first row, whatever comes to stand there, and its page with it")
  func firstRow() {
    var model = DashboardModel(settings: DashboardSettings(), width: 80, height: 12, now: Sample.now)
    _ = update(&model, .lake(.summary(Sample.summary)))
    // As at the start: the profiles first, what is known of each one by one.
    _ = update(&model, .lake(.profiles(Sample.statuses.map { ProfileStatus(profile: $0.profile) })))
    for status in Sample.statuses { _ = update(&model, .lake(.profile(status))) }
    #expect(model.selectedName == "dex_swaps" && model.table.offset == 0)
    #expect(model.pagesProfile == "dex_swaps")
    _ = Sample.press(&model, "down", "up")
    let chosen = model.selectedName
    var worse = Sample.statuses[0]
    worse.liveRun = nil
    worse.checkpoint?.lastSyncStatus = .failed
    _ = update(&model, .lake(.profile(worse)))
    #expect(model.selectedName == chosen)
  }

  @Test("the cursor stays on its profile when others overtake it")
  func cursorStays() {
    var model = KeyTests.model(on: "klines")
    model.isUntouched = false
    var options = Sample.statuses[4]
    options.checkpoint?.lastSyncStatus = .failed
    _ = update(&model, .lake(.profile(options)))
    #expect(model.selectedName == "klines")
    _ = update(&model, .lake(.profiles(Array(Sample.statuses.reversed()))))
    #expect(model.selectedName == "klines")
    _ = update(&model, .lake(.profiles([Sample.statuses[0]])))
    #expect(model.selectedName == "cex_ticks")
    _ = update(&model, .lake(.profiles([])))
    #expect(model.selectedName == nil)
  }

  @Test("sleeps until the next minute when nothing runs, a pace when something does, and for ever when it stands still")
  func waking() {
    var model = DashboardModel(settings: DashboardSettings(), width: 80, height: 24, now: Sample.now)
    #expect(model.nextWake == Sample.now.addingTimeInterval(60))
    _ = update(&model, .lake(.profiles([Sample.statuses[1]])))
    #expect(model.nextWake == Sample.now.addingTimeInterval(60))
    _ = update(&model, .lake(.profiles(Sample.statuses)))
    #expect(model.nextWake == Sample.now.addingTimeInterval(5))
    _ = update(&model, .lake(.notice("hello", isError: false)))
    #expect(model.nextWake == Sample.now.addingTimeInterval(5))
    _ = update(&model, .lake(.profiles([Sample.statuses[1]])))
    #expect(model.nextWake == Sample.now.addingTimeInterval(8))
    _ = update(&model, .tick(Sample.now.addingTimeInterval(8)))
    #expect(model.message == nil)
    #expect(model.nextWake == Sample.now.addingTimeInterval(60))
    _ = update(&model, .tick(Sample.now.addingTimeInterval(60)))
    #expect(model.nextWake == Sample.now.addingTimeInterval(120))
    _ = Sample.press(&model, "F")
    model.message = nil
    #expect(model.nextWake == nil)
  }

  @Test("nothing on the screen changes while a lake idles for less than a minute")
  func idles() {
    var model = Sample.model(statuses: [Sample.statuses[1], Sample.statuses[3]])
    _ = update(&model, .tick(Sample.now))
    let before = draw(model)
    for second in 1..<40 { _ = update(&model, .tick(Sample.now.addingTimeInterval(Double(second)))) }
    #expect(draw(model) == before)
  }

  @Test("a run's end is told with its outcome")
  func ends() {
    var model = KeyTests.model(on: "cex_ticks")
    var status = Sample.statuses[0]
    let record = status.liveRun?.record
    status.liveRun = nil
    var past = Sample.past("cex_ticks", .sync(), .failed, ago: 185, problem: Sample.unreachable)
    past.record = record ?? past.record
    status.lastRun = past
    let effects = update(&model, .lake(.profile(status)))
    #expect(effects == Sample.overview("cex_ticks"))
    #expect(
      model.message?.text == "cex_ticks: sync failed. 10.0.0.11 did not answer on port 6677 within 15 s.")
  }

  @Test("a dry run that failed is told when its outcome is known")
  func dryRunFails() {
    var model = KeyTests.model(on: "klines")
    var status = Sample.statuses[1]
    status.liveRun = Sample.live("klines", .sync(.rehearsal))
    _ = update(&model, .lake(.profile(status)))
    let id = status.liveRun?.record.id
    status.liveRun = nil
    _ = update(&model, .lake(.profile(status)))
    #expect(model.message == nil)
    let past = Sample.past("klines", .sync(.rehearsal), .failed, ago: 185, problem: Sample.unreachable)
    #expect(past.record.id == id)
    _ = update(&model, .lake(.answer(LakeQuestion(.history, of: "klines"), .history([past]))))
    #expect(model.message?.text.hasPrefix("klines: dry run failed.") == true)
  }

  @Test("a log comes whole or line by line and is the same")
  func logs() {
    let run = Sample.id(1)
    var whole = LogPage()
    var pieces = LogPage()
    whole.take(Array(Sample.logLines.prefix(3)), of: run, isWhole: true)
    whole.take(Sample.logLines, of: run, isWhole: true)
    pieces.take([], of: run, isWhole: true)
    for line in Sample.logLines { pieces.take([line], of: run, isWhole: false) }
    #expect(whole.lines == Sample.logLines)
    #expect(pieces.lines == Sample.logLines)
    pieces.take([Sample.logLines[2]], of: Sample.id(0), isWhole: false)
    #expect(pieces.lines == Sample.logLines && pieces.run == run)
    pieces.take([Sample.logLines[2]], of: Sample.id(0), isWhole: true)
    #expect(pieces.lines == [Sample.logLines[2]])
  }

  @Test("a log keeps its newest lines only")
  func longLog() {
    var page = LogPage()
    let lines = (0..<12_000).map { LogLine(time: Sample.now, level: .info, text: "line \($0)") }
    page.take(lines, of: Sample.id(1), isWhole: true)
    #expect(page.lines.count == LogPage.capacity)
    #expect(page.lines.last?.text == "line 11999")
    #expect(page.place.selection == LogPage.capacity - 1)
  }

  @Test("another run of the selected profile brings its own log")
  func followsTheNextRun() {
    var model = KeyTests.model(on: "klines")
    _ = Sample.press(&model, "3")
    var status = Sample.statuses[1]
    status.liveRun = Sample.live("klines")
    #expect(
      update(&model, .lake(.profile(status))).contains(.ask(LakeQuestion(.log, of: "klines"))))
  }

  @Test("n goes from hole to hole and round, N back")
  func holes() {
    var model = KeyTests.model(on: "klines")
    _ = Sample.press(&model, "6")
    let first = CalendarDay(Sample.now).adding(days: -4)
    let table = CoverageTable(
      firstDay: first,
      series: [
        CoverageSeries(name: "late", cells: [.missing, .missing, .ingested, .missing, .arrived]),
        CoverageSeries(name: "whole", cells: [.expired, .ingested, .ingested, .ingested, .ingested]),
        CoverageSeries(name: "poor", cells: [.ingested, .short, .ingested, .quarantined, .arrived]),
      ])
    _ = update(&model, .lake(.answer(LakeQuestion(.coverage, of: "klines"), .coverage(table))))
    #expect(model.page(CoveragePage.self).holes.count == 3)
    func place() -> [Int] {
      [model.page(CoveragePage.self).place.selection, model.page(CoveragePage.self).day.selection]
    }
    #expect(place() == [0, 4])
    var seen: [[Int]] = []
    for _ in 0..<4 {
      _ = Sample.press(&model, "n")
      seen.append(place())
    }
    #expect(seen == [[2, 1], [2, 3], [0, 3], [2, 1]])
    _ = Sample.press(&model, "N")
    #expect(place() == [0, 3])
  }

  @Test("a preview lists entries under their directories and finds them again")
  func previewGroups() {
    var page = PreviewListing(
      run: Sample.id(1), summary: Sample.planSummary, changes: Sample.changes)
    #expect(page.created == 7)
    #expect(page.updated == 3)
    #expect(page.deleted == 1)
    #expect(page.groups.map(\.directory).first == "evil\u{1b}[2Jname")
    page.setFilter("00002")
    #expect(page.rows.count == 6)
    page.setFilter("")
    page.place.select(0)
    page.setFolded(true)
    #expect(page.rows.first == .expiryHeading)
    #expect(page.rows.dropFirst().first == .group(0))
  }

  @Test("a launched run that never began, or was too quick to be seen, frees its profile at once")
  func launchEnds() {
    let locked = "Another run of klines is going on."
    let sync = KeyTests.request("klines", .sync())
    let request = RunRequest(profile: "klines", task: .sync())
    for (run, reason) in [(Sample.id(-1), locked), (nil, locked), (Sample.id(-1), nil)] as [(RunID?, String?)] {
      var model = KeyTests.model(on: "klines", settings: DashboardSettings(maxParallel: 2))
      #expect(Sample.press(&model, "s") == [sync])
      #expect(Sample.press(&model, "s") == [])
      #expect(model.message?.text == "klines: a run is queued or starting already.")
      // The end of an earlier run, and of a dry run beside this one, frees nothing.
      _ = update(&model, .lake(.launchEnded(request, run: Sample.id(1), reason: nil)))
      let rehearsal = RunRequest(profile: "klines", task: .sync(.rehearsal))
      _ = update(&model, .lake(.launchEnded(rehearsal, run: Sample.id(-1), reason: nil)))
      #expect(Sample.press(&model, "s") == [])
      _ = update(&model, .lake(.launchEnded(request, run: run, reason: reason)))
      if let reason {
        #expect(model.message?.text == "klines: \(reason)")
        #expect(model.message?.tone == .bad)
      }
      #expect(Sample.press(&model, "s") == [sync])
    }
  }

  @Test("how a launched run ended is told though it was too quick to be seen")
  func quickEnd() {
    var model = KeyTests.model(on: "klines")
    _ = Sample.press(&model, "d")
    let past = Sample.past("klines", .sync(.rehearsal), .failed, ago: -1, lasting: 0.1, problem: Sample.unreachable)
    let request = RunRequest(profile: "klines", task: .sync(.rehearsal))
    _ = update(&model, .lake(.launchEnded(request, run: past.record.id, reason: nil)))
    _ = update(&model, .lake(.answer(LakeQuestion(.history, of: "klines"), .history([past]))))
    #expect(model.message?.text.hasPrefix("klines: dry run failed.") == true)
    #expect(Sample.press(&model, "d") == [.start(request)])
  }

  @Test("a run that never began gives its place in the queue to the next")
  func launchEndsInQueue() {
    var model = KeyTests.model(on: "dex_swaps", settings: DashboardSettings(maxParallel: 1))
    _ = Sample.press(&model, "space", "space", "s")
    let request = RunRequest(profile: "dex_swaps", task: .sync())
    let next = update(&model, .lake(.launchEnded(request, run: nil, reason: "No.")))
    #expect(next == [KeyTests.request("funding_rates", .sync())])
  }

  @Test("the overview says that data is being counted, and which key counts it")
  func counting() {
    var status = ProfileStatus(profile: Sample.profile("fresh"))
    for (isScanning, text) in [(false, "not counted yet; r counts"), (true, "being counted")] {
      status.isScanning = isScanning
      let model = Sample.model(width: 120, height: 36, statuses: [status])
      #expect(draw(model).text.contains(text))
    }
  }
}
