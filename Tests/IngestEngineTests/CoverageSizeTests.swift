import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite("How much of a series lies on a day")
struct CoverageSizeTests {
  private static let stem = "data/futures/um/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2024-01-0"

  @Test("is the sum of its directory's files, and none of what is missing")
  func directories() throws {
    let lake = try IngestFixture()
    for (day, bytes) in [(1, 100), (2, 40), (4, 100)] {
      try lake.put("a_B_2024010\(day)/part.bin", Data(repeating: 1, count: bytes))
      try lake.put("a_B_2024010\(day)/deep/other.bin", Data(repeating: 1, count: 7))
    }
    try lake.put("c_D_20240103/part.bin", Data(repeating: 1, count: 3))
    var profile = lake.profile
    profile.ingest = nil
    let table = CoverageScan.table(lake: lake.lake, profile: profile)
    #expect(table.series.map(\.name) == ["a_B", "c_D"])
    #expect(table.bytes == [[107, 47, 0, 107], [0, 0, 3, 0]])
    let second = try #require(CalendarDay(iso: "2024-01-02"))
    let files = DayFilesReading.files(of: profile, series: "a_B", day: second, lake: lake.lake)
    #expect(files.files.map(\.path) == ["a_B_20240102/part.bin", "a_B_20240102/deep/other.bin"])
    #expect(files.files.map(\.bytes) == [40, 7] && files.count == 2 && files.bytes == 47 && files.problem == nil)
    let none = DayFilesReading.files(of: profile, series: "a_B", day: second.adding(days: 1), lake: lake.lake)
    #expect(none.files.isEmpty && none.problem == nil)
  }

  @Test("is that of its archives where it is one of candles, and the day's file is found wherever it lies")
  func archives() throws {
    let lake = try IngestFixture()
    for day in 1...3 { try lake.put("\(Self.stem)\(day).zip", Data(repeating: 1, count: 100 * day)) }
    let table = CoverageScan.table(lake: lake.lake, profile: lake.profile)
    #expect(table.series.map(\.name) == ["um BTCUSDT 1h"] && table.bytes == [[100, 200, 300]])
    let day = try #require(CalendarDay(iso: "2024-01-02"))
    let files = DayFilesReading.files(of: lake.profile, series: "um BTCUSDT 1h", day: day, lake: lake.lake)
    #expect(files.files == [DayFiles.File(path: "\(Self.stem)2.zip", bytes: 200)])
  }

  @Test("of what cannot be read says why, and names no more files than it keeps")
  func bounds() throws {
    let lake = try IngestFixture()
    var profile = lake.profile
    profile.ingest = nil
    profile.localPath = lake.path("loop")
    try FileManager.default.createSymbolicLink(atPath: profile.localPath, withDestinationPath: profile.localPath)
    let day = try #require(CalendarDay(iso: "2024-01-02"))
    #expect(DayFilesReading.files(of: profile, series: "a", day: day, lake: lake.lake).problem != nil)
    profile.localPath = lake.path("nowhere")
    #expect(DayFilesReading.files(of: profile, series: "a", day: day, lake: lake.lake).problem == nil)
    let many = (0..<6000).map { DayFiles.File(path: "\($0)", bytes: Int64($0)) }
    let files = DayFiles(series: "a", day: day, files: many)
    #expect(files.files.count == DayFiles.kept && files.count == 6000 && files.files.first?.bytes == 5999)
  }
}
