import Foundation
import Testing

@testable import sluice

@Suite("The process's variables")
struct ProcessVariablesTests {
  @Test("are those Foundation tells of")
  func same() { #expect(ProcessVariables.all == ProcessInfo.processInfo.environment) }
}
