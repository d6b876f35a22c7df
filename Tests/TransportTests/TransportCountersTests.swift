import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite("A transport's counters")
struct TransportCountersTests {
  @Test("read as they were written, each lane's own")
  func roundTrip() throws {
    let lake = try TempLake("counters")
    #expect(TransportCounters.read(from: lake.path) == nil)
    var counters = TransportCounters()
    counters.bytesIn = 1 << 40
    counters.bytesOut = 12
    counters.lastIncomingAt = 99
    counters.limit = 500
    counters.processID = 4711
    counters.lastAnswer = 51_000_000
    var file = TransportCountersFile(runDirectory: lake.path, lane: 0)
    file.write(counters)
    #expect(TransportCounters.read(from: lake.path) == counters)
    var second = counters
    second.lastIncomingAt = 100
    var other = TransportCountersFile(runDirectory: lake.path, lane: 1)
    other.write(second)
    #expect(TransportCounters.read(from: lake.path) == counters)
    #expect(TransportCounters.read(from: lake.path, lane: 1) == second)
    file.close()
    other.close()
    for lane in 0...1 { TransportCounters.remove(from: lake.path, lane: lane) }
    #expect(try lake.listing() == [])
  }

  @Test("are not believed when they are torn, short or foreign", arguments: [0, 8, 63, 64, 200])
  func damaged(count: Int) throws {
    let lake = try TempLake("counters")
    try lake.write("transport-0.counters", Data((0..<count).map { UInt8($0 & 0xFF) }))
    #expect(TransportCounters.read(from: lake.path) == nil)
  }
}
