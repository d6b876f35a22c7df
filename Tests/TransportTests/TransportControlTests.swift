import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import Transport

@Suite("What a transport reads of control.json")
struct TransportControlTests {
  static let controls: [(limit: Int?, isPaused: Bool, stoppedBy: String?)] = [
    (nil, false, nil), (0, false, nil), (700, true, nil), (nil, true, #"a "user" with \ and é"#),
    (-5, false, "x"), (100_000_000, false, nil),
  ]

  @Test("it is what a run writes there", arguments: controls)
  func agrees(_ limit: Int?, _ isPaused: Bool, _ stoppedBy: String?) throws {
    let lake = try TempLake("control")
    var written = RunControl()
    (written.bandwidthLimit, written.isPaused, written.stoppedBy, written.stop) = (limit, isPaused, stoppedBy, true)
    for isPretty in [false, true] {
      try JSONFile.write(written, to: lake.path("control.json"), isPretty: isPretty)
      var control = TransportControl(runDirectory: lake.path, startLimit: 300)
      control.refresh()
      #expect(control.limit == max(0, limit ?? 300))
      #expect(control.isPaused == isPaused)
    }
  }

  @Test(
    "a file that is not whole or of another kind changes nothing",
    arguments: [
      "", "{", #"{"isPaused":true"#, #"{"isPaused":true,}"#, #"{"isPaused":"yes"}"#, "[true]", #"{"isPaused":true} x"#,
      #"{"isPaused":tru}"#, #"{"bandwidthLimit":{"a":1},"isPaused":true}"#, #"{"isPaused":true,"stoppedBy":"x\"}"#,
    ])
  func broken(_ text: String) throws {
    let lake = try TempLake("control")
    try lake.write("control.json", text)
    var control = TransportControl(runDirectory: lake.path, startLimit: 300)
    control.refresh()
    #expect(control.limit == 300)
    #expect(!control.isPaused)
  }

  @Test("a limit above all that are written is held to the highest, so that no number is too large for it")
  func highest() throws {
    let lake = try TempLake("control")
    try lake.write("control.json", #"{"bandwidthLimit":9223372036854775807}"#)
    var control = TransportControl(runDirectory: lake.path, startLimit: 300)
    control.refresh()
    #expect(control.limit == BandwidthLimit.range.upperBound)
  }

  @Test(
    "the timetable's limit stands where nobody has ordered one", arguments: [(nil, 70), (500, 500)] as [(Int?, Int)])
  func timetable(_ ordered: Int?, _ limit: Int) throws {
    let lake = try TempLake("control")
    var written = RunControl()
    written.timetableLimit = 70
    written.limit(ordered, until: .distantFuture)
    try JSONFile.write(written, to: lake.path("control.json"))
    var control = TransportControl(runDirectory: lake.path, startLimit: 300)
    control.refresh()
    #expect(control.limit == limit)
  }

  @Test("one of a newer form changes nothing, one of this form is obeyed", arguments: [(1, 50), (2, 300)])
  func form(_ form: Int, _ limit: Int) throws {
    #expect(TransportControl.form == Form.control.number)
    let lake = try TempLake("control")
    try lake.write("control.json", #"{"bandwidthLimit":50,"form":\#(form)}"#)
    var control = TransportControl(runDirectory: lake.path, startLimit: 300)
    control.refresh()
    #expect(control.limit == limit)
  }

  @Test("one written again in the same place is read again, though it has its old size and time of change")
  func rewritten() throws {
    let lake = try TempLake("control")
    var control = TransportControl(runDirectory: lake.path, startLimit: 300)
    for limit in [100, 200] {
      try lake.write("control.json", #"{"bandwidthLimit":\#(limit)}"#)
      let path = lake.path("control.json")
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
      control.refresh()
      #expect(control.limit == limit)
    }
  }

  @Test("one that is replaced is read again, one that went away is obeyed further")
  func replaced() throws {
    let lake = try TempLake("control")
    var control = TransportControl(runDirectory: lake.path, startLimit: 300)
    for (limit, name) in [(100, "a"), (200, "b")] {
      // Both are there at once, so that they have different inodes.
      try lake.write(name, #"{"bandwidthLimit":\#(limit)}"#)
    }
    for (limit, name) in [(100, "a"), (200, "b")] {
      #expect(rename(lake.path(name), lake.path("control.json")) == 0)
      control.refresh()
      #expect(control.limit == limit)
    }
    #expect(unlink(lake.path("control.json")) == 0)
    control.refresh()
    #expect(control.limit == 200)
  }

  @Test("learns from the run how many lanes share the limit, and only as one of them")
  func shares() throws {
    let lake = try TempLake("shares")
    var lane = TransportControl(runDirectory: lake.path, startLimit: 0, lane: 2, lanes: 4)
    var alone = TransportControl(runDirectory: lake.path, startLimit: 0)
    #expect(lane.sharers == 4)
    let shares = TransportShares(runDirectory: lake.path)
    for number in [3, 1, 8] {
      shares.write(number)
      lane.refresh()
      alone.refresh()
      #expect(lane.sharers == number && alone.sharers == 1)
    }
    shares.remove()
    lane.refresh()
    #expect(lane.sharers == 8)
    #expect(try lake.listing() == [])
  }
}
