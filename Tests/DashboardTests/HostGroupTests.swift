import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Hosts in the table")
struct HostGroupTests {
  private static let silent = RunProblem(
    code: "connect-timeout", message: "10.0.0.12 did not answer on port 22 within 15 s.")

  private static func status(_ name: String, _ host: String, failed: RunProblem? = nil) -> ProfileStatus {
    var status = ProfileStatus(profile: Sample.profile(name))
    status.profile.source.host = host
    status.checkpoint = Sample.checkpoint(name, failed == nil ? .success : .failed, ago: 600, lastSuccess: 90_000)
    guard let failed else { return status }
    status.lastRun = Sample.past(name, .sync(), .failed, ago: 640, lasting: 15, files: 0, bytes: 0, problem: failed)
    status.lastSyncRun = status.lastRun
    status.recentSyncs = Sample.recent(.success, .failed, .failed)
    return status
  }

  static var statuses: [ProfileStatus] {
    [
      status("binance", "10.0.0.11"), status("bybit", "10.0.0.12", failed: silent),
      status("deribit", "10.0.0.12", failed: silent), status("gate", "10.0.0.12", failed: silent),
      status(
        "okx", "10.0.0.12", failed: RunProblem(code: "authentication", message: "10.0.0.12 refused the key.")),
      status("kraken", "10.0.0.11"),
    ]
  }

  private func text(_ model: DashboardModel) -> [String] {
    let buffer = draw(model)
    return (0..<buffer.height).map { y in (0..<buffer.width).map { buffer[$0, y].text }.joined() }
  }

  @Test("a failure that the profiles of a host share is told once, with how many they are")
  func once() {
    let model = Sample.model(width: 200, height: 40, statuses: Self.statuses)
    let lines = text(model)
    let table = lines.prefix { !$0.contains("Overview") }
    #expect(table.count { $0.contains("did not answer") } == 1)
    #expect(table.contains { $0.contains("3 profiles: 10.0.0.12 did not answer") })
    #expect(table.count { $0.contains("the same as bybit") } == 2)
    #expect(table.count { $0.contains("refused the key") } == 1)
  }

  @Test("a failure that changes in its words alone is no longer told with the others")
  func apart() {
    var model = Sample.model(width: 200, height: 40, statuses: Self.statuses)
    let other = RunProblem(code: "link-lost", message: "The link to 10.0.0.12 broke.")
    _ = update(&model, .lake(.profile(Self.status("gate", "10.0.0.12", failed: other))))
    #expect(model.shared["gate"] == nil && model.shared["bybit"]?.names == ["bybit", "deribit"])
  }

  @Test("g puts the profiles of a host below one another, the host that needs attention first, and takes that back")
  func grouped() {
    var model = Sample.model(width: 200, height: 40, statuses: Self.statuses)
    let before = model.visible
    _ = Sample.press(&model, "g")
    #expect(model.choice.isGrouped)
    let hosts = model.lines.compactMap { line -> String? in
      if case .host(let group) = line { group.host } else { nil }
    }
    #expect(hosts == ["10.0.0.12", "10.0.0.11"])
    let lines = text(model)
    let head = lines.first { $0.contains("10.0.0.12  4 profiles") } ?? ""
    #expect(head.contains("not reached since 11-20 11:49") && head.contains("did not answer on port 22"))
    #expect(lines.contains { $0.contains("10.0.0.11  2 profiles") && $0.contains("reached 10m ago") })
    _ = Sample.press(&model, "g")
    #expect(!model.choice.isGrouped && model.visible == before)
  }

  @Test("the cursor stands on profiles only, by keys and by the mouse, and stays on its profile")
  func cursor() {
    var model = Sample.model(width: 200, height: 40, statuses: Self.statuses)
    _ = Sample.press(&model, "down", "g")
    #expect(model.selectedName == "deribit")
    _ = Sample.press(&model, "home", "up", "up")
    #expect(model.selectedName == "bybit" && model.table.offset == 0)
    var seen: [String] = []
    for _ in 0..<8 {
      seen += [model.selectedName ?? "-"]
      _ = Sample.press(&model, "down")
    }
    #expect(seen == ["bybit", "deribit", "gate", "okx", "binance", "kraken", "kraken", "kraken"])
    _ = Sample.press(&model, "up", "up")
    #expect(model.selectedName == "okx")
    let layout = DashboardLayout(model)
    let place = layout.rows.y + 5 - model.table.offset
    _ = update(&model, .key(.mouse(MouseEvent(kind: .press, x: layout.rows.x + 3, y: place))))
    #expect(model.selectedName == "binance")
  }

  @Test("in the pane the same key goes to the first line, as in a pager")
  func inThePane() {
    var model = Sample.model(width: 120, height: 40, statuses: Self.statuses)
    _ = Sample.press(&model, "tab", "g")
    #expect(!model.isGrouped && model.message == nil)
  }
}
