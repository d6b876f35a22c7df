import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("A search for what a dead run's rsync left")
struct TransferStopperTests {
  private let run = SampleRun(stateDirectory: "/no/such/lake/.sluice").directory

  /// A leader of a session that is nobody's rsync; the caller ends it.
  private func stranger() throws -> Subprocess { try Subprocess(starting: ["sleep", "60"], inOwnSession: true) }

  private func end(_ child: Subprocess) {
    kill(child.processID, SIGKILL)
    child.wait()
  }

  private func found(_ process: ProcessIdentity, isFromHere: Bool = true) -> TransferStopper.Straggler {
    TransferStopper(process: process, run: run).endStraggler(isFromHere: isFromHere)
  }

  @Test("leaves a stranger alone that has the number by now, as a leader of a session too")
  func replaced() throws {
    let other = try stranger()
    defer { end(other) }
    var noted = other.identity
    noted.start -= 1
    #expect(found(noted) == .replaced)
    // As earlier programs noted it: the ticks may be the same by chance after a new start of the machine.
    #expect(found(ProcessIdentity(processID: other.processID, start: other.identity.start)) == .replaced)
    #expect(other.identity.isAlive)
  }

  @Test("takes nothing of this boot for a process of another boot, machine or container")
  func elsewhere() throws {
    let other = try stranger()
    defer { end(other) }
    var (rebooted, contained) = (other.identity, other.identity)
    rebooted.boot = "c0ffee00-0000-0000-0000-000000000000"
    contained.namespace = "pid:[1]"
    #expect(!rebooted.isAlive && !contained.isAlive)
    #expect(found(rebooted) == .gone && found(rebooted, isFromHere: false) == .unseen)
    #expect(found(contained) == .unseen)
    #expect(other.identity.isAlive)
  }

  @Test("ends the rsync that was noted")
  func noted() throws {
    let child = try stranger()
    let waiting = Thread { child.wait() }
    waiting.start()
    #expect(found(child.identity) == .ended)
    #expect(found(child.identity) == .gone)
  }

  @Test(
    "ends what outlived the rsync that was noted, if its words name the run, and nothing else",
    arguments: [true, false])
  func orphans(isOurs: Bool) async throws {
    let mark = isOurs ? run.path : "/another"
    // The leader goes at once; what it started stays in its session.
    let leader = try Subprocess(
      starting: ["sh", "-c", "sh -c 'sleep 3000; true' rsync \"$1\" & true", "sh", mark], inOwnSession: true)
    let noted = leader.identity
    leader.wait()
    try await waitUntil("the orphan to run") { ProcessTable.members(ofSession: noted.processID).count == 2 }
    let orphans = ProcessTable.members(ofSession: noted.processID)
    defer { for orphan in orphans { kill(orphan.processID, SIGKILL) } }
    #expect(found(noted) == (isOurs ? .ended : .replaced))
    // Whose parent does not ask stays as a zombie.
    let left = ProcessTable.members(ofSession: noted.processID).filter { $0.state != "Z" }
    #expect(left.isEmpty == isOurs)
  }
}
