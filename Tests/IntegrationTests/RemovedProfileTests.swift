import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("A profile taken out of the configuration while its run goes on", .serialized)
struct RemovedProfileTests {
  /// A lake whose profile `ticks` has left the configuration, its sync going on.
  private func removed(
    _ before: (Collector) throws -> Void = { _ in }
  ) async throws -> (collector: Collector, child: ChildProcess, run: RunDirectory) {
    let collector = try await Collector()
    let other = Collector.ProfileText(name: "other")
    try collector.configure([.init(), other])
    try collector.files.write("source/big", bytes: 6_000_000)
    try before(collector)
    let child = try collector.start("sync", "ticks", "--bwlimit", "300")
    let run = try await collector.transferring(bytes: 50_000)
    try collector.configure([other])
    return (collector, child, run)
  }

  @Test("its run is shown, followed, held, limited and stopped by name and by id; then only its history is left")
  func run() async throws {
    var following: ChildProcess?
    let (collector, child, run) = try await removed { following = try $0.start("status", "--follow") }
    let follower = try #require(following)
    try await waitUntil("the follower to name what goes on") {
      String(decoding: follower.output, as: UTF8.self).contains(
        "The sync of ticks goes on, though it is not in the configuration any more: `sluice stop ticks` ends it.")
    }
    let status = try await collector.sluice("status")
    #expect(status.text.contains("ticks: not in the configuration any more, and its sync since "), "\(status)")
    let objects = try collector.objects(await collector.sluice("status", "--json"))
    let object = objects.first { $0["profile"] as? String == "ticks" }
    #expect(object?["configured"] as? Bool == false && object?["run"] != nil, "\(String(describing: object))")
    let check = try await collector.sluice("check")
    #expect(check.text.contains("ok   ticks: not in the configuration any more, and its sync since "), "\(check)")
    let attached = try collector.start("attach", "ticks")
    try await waitUntil("attach to show the transfer") {
      String(decoding: attached.output, as: UTF8.self).contains("Executing rsync...")
    }
    for words in [["pause", "ticks"], ["resume", "ticks", "--run", run.id.text], ["limit", "ticks", "400"]] {
      let answer = try await collector.sluice(words)
      #expect(answer.code == 0, "\(words): \(answer)")
    }
    #expect(try await collector.sluice("sync", "ticks").code == 2)
    let stop = try await collector.sluice("stop", "ticks", "--run", run.id.text)
    #expect(stop.code == 0 && stop.text == "Stopped ticks: interrupted.\n", "\(stop)")
    #expect(try await child.ending().code == 130)
    #expect(try await attached.ending().code == 130)
    try await waitUntil("the follower to tell the end") {
      String(decoding: follower.output, as: UTF8.self).contains("last sync interrupted")
    }
    follower.signal(SIGINT)
    _ = try await follower.ending()
    #expect(try await !collector.sluice("status").text.contains("ticks"))
    #expect(try await collector.sluice("stop", "ticks").code == 2)
    let history = try await collector.sluice("history", "ticks")
    #expect(history.code == 0 && history.text.contains(run.id.text), "\(history)")
    #expect(try await collector.sluice("logs", "ticks").code == 0)
  }

  @Test("a dashboard opened afterwards shows it like any other")
  func dashboard() async throws {
    let (collector, child, _) = try await removed()
    let once = try await collector.sluice("dashboard", "--once")
    #expect(once.text.contains("not in the configuration any more"), "\(once)")
    #expect(try await collector.sluice("stop", "ticks").code == 0)
    #expect(try await child.ending().code == 130)
  }
}
