import Foundation
import TestSupport
import Testing

@testable import LakeFiles

@Suite("What /proc tells of processes")
struct ProcessTableTests {
  @Test("of a list of the kernel's that is longer than a page all is read")
  func longList() throws {
    let text = try #require(KernelFile.text("/proc/self/smaps"))
    #expect(text.utf8.count > 8192 && text.contains("[stack]") && text.hasSuffix("\n"))
    #expect(KernelFile.text("/proc/self/nothing") == nil)
  }

  @Test("a family is found by asking for children, the same as by a walk over all processes of its session")
  func family() async throws {
    let program = try Subprocess(starting: ["sh", "-c", "sleep 3600 & (sleep 3600; :) & wait"], inOwnSession: true)
    let child = program.processID
    defer {
      for member in ProcessTable.members(ofSession: child) { kill(member.processID, SIGKILL) }
      _ = program.wait()
    }
    try await waitUntil("the sleepers") {
      ProcessTable.members(ofSession: child).filter { $0.name == "sleep" }.count == 2
    }
    let family = ProcessTable.family(of: child)
    #expect(family.first?.processID == child)
    let ids = { (members: [ProcessTable.Stat]) in Set(members.map(\.processID)) }
    #expect(ids(family) == ids(ProcessTable.members(ofSession: child)) && family.count == 4)
  }

  @Test("a process that is gone has no family")
  func gone() throws {
    let program = try Subprocess(starting: ["true"])
    _ = program.wait()
    #expect(ProcessTable.family(of: program.processID) == [])
  }
}
