import Dashboard
import Foundation
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import sluice

@Suite("Lakes of other machines")
struct FleetHostTests {
  /// News in the order they came.
  private final class Heard: Sendable {
    private let news = Mutex<[FleetNews]>([])

    var all: [FleetNews] { news.withLock { $0 } }

    func add(_ news: FleetNews) { self.news.withLock { $0.append(news) } }
  }

  @Test(
    "are named as ssh names machines, with the configuration there behind a colon",
    arguments: [
      ("tokyo", "tokyo", nil), ("ops@tokyo", "ops@tokyo", nil), ("ops@tokyo:/etc/a b.yml", "ops@tokyo", "/etc/a b.yml"),
    ] as [(String, String, String?)])
  func names(_ text: String, _ destination: String, _ configuration: String?) throws {
    let host = try #require(FleetHost(text))
    #expect(host.destination == destination && host.configuration == configuration)
  }

  @Test(
    "are refused where ssh would take the name for something else", arguments: ["", "-oProxyCommand=x", "a b", "a:"])
  func refused(_ text: String) { #expect(FleetHost(text) == nil) }

  @Test("are asked in words that the shell there takes apart into the same")
  func words() async throws {
    let host = try #require(FleetHost("ops@tokyo:/etc/it's $(date).yml"))
    let dashboard = host.dashboardWords(program: "x", isReadOnly: true, profile: "a")
    for words in [host.statusWords(program: "/opt/my sluice"), dashboard] {
      let line = try #require(words.last)
      #expect(Array(words.suffix(3).prefix(2)) == ["--", "ops@tokyo"])
      let heard = try await ProcessRunner.run("/bin/sh", ["-c", "for word in \(line); do echo \"$word\"; done"])
      #expect(heard.text.contains("/etc/it's $(date).yml\n"))
    }
    #expect(host.statusWords(program: "x").contains("BatchMode=yes"))
    let opened = host.dashboardWords(program: "x", isReadOnly: false, profile: "行情 b").last
    #expect(opened?.hasPrefix("x dashboard --profile '行情 b' --config ") == true, "\(opened ?? "")")
    #expect(host.dashboardWords(program: "x", isReadOnly: true, profile: nil).last?.contains("--profile") == false)
  }

  /// A profile of which nothing else is known yet.
  private static let status = ProfileStatus(
    profile: Profile(
      name: "ticks", source: Source(host: "h", user: nil, remoteRoot: "/r"), localSubdirectory: "a",
      localPath: "/lake/a", checkpointFile: "/lake/a.json"))

  @Test("tell of themselves in lines that are read as they were meant; other words are passed over")
  func lines() throws {
    var status = Self.status
    status.usage = DirectoryUsage(scannedAt: Date())
    status.usage?.sizeBytes = 4096
    let line = RunJSON.line(of: StatusDocument(status, now: Date())).text
    #expect(!line.contains("\n"))
    guard case .row(let row) = FleetDocument.news(Array(line.utf8), language: .english) else {
      Issue.record("no row in \(line)")
      return
    }
    #expect(row.sourceHost == "h" && row.pending == 0)
    #expect(row.profile == "ticks" && row.sizeBytes == 4096 && row.state == status.state(now: Date()))
    let removal = RunJSON.line(of: StatusStream.Removal(profile: "ticks")).text
    #expect(FleetDocument.news(Array(removal.utf8), language: .english) == .removed(profile: "ticks"))
    #expect(FleetDocument.news(Array("Welcome to tokyo!".utf8), language: .english) == nil)
  }

  @Test("say of missing days what is said of them in a lake of this machine, in the operator's language")
  func gaps() throws {
    var status = Self.status
    let first = try #require(CalendarDay(iso: "2024-11-01"))
    let series = (1...5).map { CoverageSeries(name: "s\($0)", cells: [.arrived, .missing, .missing, .arrived]) }
    let counts = CoverageCounts(CoverageTable(firstDay: first, series: series), computedAt: Date())
    status.coverage = counts
    var document = StatusDocument(status, now: Date())
    document.state = "gaps"
    let line = RunJSON.line(of: document).text
    for language in [Lake.Language.english, .chinese] {
      guard case .row(let row) = FleetDocument.news(Array(line.utf8), language: language) else {
        Issue.record("no row in \(line)")
        return
      }
      #expect(row.state == .gaps && row.holes == 10)
      #expect(!row.note.isEmpty && row.note == FleetRow.note(of: counts, language: language))
    }
  }

  @Test("are heard by ssh until it ends, which says why, and logged in to again when that is asked")
  func feed() async throws {
    let lake = try TempLake()
    let line = RunJSON.line(of: StatusStream.Removal(profile: "swaps")).text
    let program = "#!/bin/sh\necho 'Welcome!'\necho '\(line)'\necho 'Connection closed by tokyo' >&2\nexit 255\n"
    try lake.write("ssh", program)
    let heard = Heard()
    // Read by the shell, not executed: a child of another test may still hold the file that was just written.
    let feed = FleetHostFeed(["/bin/sh", lake.path("ssh")], language: .english) { heard.add($0) }
    feed.start()
    try await waitUntil("the end of the first login") { heard.all.count == 2 }
    feed.askAgain()
    try await waitUntil("the second login") { heard.all.count == 4 }
    feed.stop()
    let once: [FleetNews] = [.removed(profile: "swaps"), .gone(reason: "Connection closed by tokyo")]
    #expect(heard.all == once + once)
  }
}
