import Foundation
import TestSupport
import Testing

@Suite("The gate of the benchmarks")
struct BenchmarkGateTests {
  @Test("judges ratios as its own tests say, which need no benchmark")
  func judges() async throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let ending = try await ProcessRunner.run(
      "python3", ["-B", "-m", "unittest", "-v", "test_ratios"], directory: tests.appending(path: "Benchmarks").path)
    #expect(ending.code == 0, "\(ending)")
    #expect(ending.errors.contains("test_a_row_is_worse_from_more_than_15_percent_on"), "\(ending)")
  }
}
