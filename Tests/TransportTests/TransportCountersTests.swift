import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite("A transport's counters")
struct TransportCountersTests {
  @Test("read as they were written, lanes added up")
  func roundTrip() throws {
    let lake = try TempLake("counters")
    #expect(TransportCounters.read(from: lake.path) == nil)
    var counters = TransportCounters()
    counters.bytesIn = 1 << 40
    counters.bytesOut = 12
    counters.lastIncomingAt = 99
    counters.limit = 500
    counters.processID = 4711
    var file = TransportCountersFile(runDirectory: lake.path, lane: 0)
    file.write(counters)
    #expect(TransportCounters.read(from: lake.path) == counters)
    var second = counters
    second.lastIncomingAt = 100
    var other = TransportCountersFile(runDirectory: lake.path, lane: 1)
    other.write(second)
    #expect(TransportCounters.read(from: lake.path) == counters)
    let sum = try #require(TransportCounters.read(from: lake.path, lanes: 2))
    #expect(sum.bytesIn == 2 << 40)
    #expect(sum.lastIncomingAt == 100)
    file.close()
    other.close()
    TransportCounters.remove(from: lake.path, lanes: 2)
    #expect(try lake.listing() == [])
  }

  @Test("are not believed when they are torn, short or foreign", arguments: [0, 8, 55, 56, 200])
  func damaged(count: Int) throws {
    let lake = try TempLake("counters")
    try lake.write("transport-0.counters", Data((0..<count).map { UInt8($0 & 0xFF) }))
    #expect(TransportCounters.read(from: lake.path) == nil)
  }
}
