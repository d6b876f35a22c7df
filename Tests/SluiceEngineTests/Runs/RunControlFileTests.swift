import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords
@testable import SluiceEngine

@Suite("Orders to a run")
struct RunControlFileTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  @Test("several that change a run's orders at once lose none, and a stop stays a stop")
  func orders() throws {
    let directory = try SampleRun(stateDirectory: scratch.path).begin().directory
    for round in 1...40 {
      unlink(directory.controlPath)
      let group = DispatchGroup()
      let orders: [@Sendable (inout RunControl) -> Void] = [
        {
          $0.stop = true
          $0.stoppedBy = "ops"
        }, { $0.bandwidthLimit = round }, { $0.isPaused = true },
      ]
      for order in orders {
        group.enter()
        Thread.detachNewThread {
          try? directory.controlFile.update(order)
          group.leave()
        }
      }
      group.wait()
      let control = directory.controlFile.read().control
      #expect(control.stop && control.stoppedBy == "ops" && control.bandwidthLimit == round && control.isPaused)
    }
    try directory.controlFile.update { $0 = RunControl() }
    #expect(directory.controlFile.read().control.stop)
  }
}
