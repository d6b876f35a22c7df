import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("Planning retention")
struct RetentionPlannerTests {
  @Test("plans what is older than the cut-off, with sizes, and keeps the directory dated exactly at it")
  func plans() throws {
    let lake = try RetentionLake()
    for name in ["gate_A_20241028", "gate_A_20241029", "gate_A_20241030", "20200101", "x_20240231", "notes"] {
      try lake.day(name)
    }
    try lake.scratch.file("ticks/loose_20200101", "a file is no directory")
    let plan = try lake.plan()
    #expect(plan.cutoff?.description == "2024-10-29")
    #expect(plan.expired.map(\.name) == ["20200101", "gate_A_20241028"])
    #expect(plan.expired.map(\.bytes) == [8, 8])
    #expect(plan.expired.map(\.files) == [2, 2])
    #expect(plan.keptCount == 2)
    #expect(plan.undated == ["notes", "x_20240231"])
  }

  @Test("links are neither followed nor counted, the lake's own directories not shown")
  func links() throws {
    let lake = try RetentionLake()
    try lake.day("gate_A_20200101")
    try lake.scratch.file("outside/large", String(repeating: "x", count: 1000))
    try lake.scratch.link("ticks/gate_A_20200101/link", to: "\(lake.scratch.path)/outside")
    try lake.scratch.link("ticks/gate_B_20200101", to: "\(lake.scratch.path)/outside")
    for own in [".sluice", ".checkpoints", "_ingested", ".rsync-partial"] { try lake.scratch.directory("ticks/\(own)") }
    let plan = try lake.plan()
    #expect(plan.expired.map(\.name) == ["gate_A_20200101"])
    #expect(plan.expiredBytes == 8)
    #expect(plan.undated.isEmpty)
  }

  @Test("a directory a pending marker vouches for stays")
  func pending() throws {
    let lake = try RetentionLake()
    try lake.day("a_20240101")
    try lake.day("a_20240215")
    let plan = try lake.plan(pending: [.month(year: 2024, month: 2)])
    #expect(plan.expired.map(\.name) == ["a_20240101"])
    #expect(plan.heldByMarkers == ["a_20240215"])
  }

  @Test("nothing goes without retention, and a directory that is not there yet is an empty plan")
  func nothing() throws {
    var lake = try RetentionLake(retentionDays: nil)
    try lake.day("a_20000101")
    #expect(try lake.plan().expired.isEmpty)
    #expect(try lake.plan().keptCount == 1)
    lake.profile.retentionDays = 1
    lake.profile.localPath = "\(lake.scratch.path)/later"
    lake.profile.localSubdirectory = "later"
    #expect(try lake.plan().expired.isEmpty)
  }

  @Test("a name that is not UTF-8 is kept and shown")
  func foreignName() throws {
    let lake = try RetentionLake()
    let path =
      Array("\(lake.profile.localPath)/".utf8CString.dropLast()) + [CChar(bitPattern: 0xff)]
      + Array("_20200101".utf8CString)
    mkdir(path, 0o755)
    let plan = try lake.plan()
    #expect(plan.expired.isEmpty)
    #expect(plan.undated == ["\u{FFFD}_20200101"])
  }

  @Test("a directory that became a link out of the lake is refused")
  func escaped() throws {
    let lake = try RetentionLake()
    try FileManager.default.removeItem(atPath: lake.profile.localPath)
    let elsewhere = try ScratchDirectory()
    try elsewhere.file("a_20000101/part")
    try lake.scratch.link("ticks", to: elsewhere.path)
    let failure = #expect(throws: FileFailure.self) { try lake.plan() }
    #expect(failure?.reason.contains("leads out of the lake") == true)
    let day = try #require(CalendarDay(compact: "20000101"))
    let plan = RetentionPlan(
      cutoff: RetentionLake.today, expired: [ExpiredDirectory(name: "a_20000101", day: day)])
    #expect(lake.apply(plan).problems.first?.message.contains("leads out of the lake") == true)
    #expect(elsewhere.has("a_20000101/part"))
  }
}
