import SluiceCore
import Testing

@Suite("Room on the disk")
struct DiskFitTests {
  @Test(
    "counts what is needed and what has to stay free against what is free",
    arguments: [
      (100, 300, 200, nil), (101, 300, 200, 1), (100, 0, 0, 100), (100, 50, 200, 250),
      // What needs nothing fits on the fullest disk.
      (0, 0, 200, nil), (0, 300, 200, nil),
      // A file system that reports nonsense, and figures beyond any disk, give a figure all the same.
      (100, -5, 0, 100), (.max, 0, 1, .max),
    ] as [(Int64, Int64, Int64, Int64?)])
  func missing(needed: Int64, free: Int64, reserve: Int64, missing: Int64?) {
    let fit = DiskFit(needed: ByteCount(needed), free: ByteCount(free), reserve: ByteCount(reserve))
    #expect(fit.missing?.bytes == missing)
    #expect(fit.fits == (missing == nil))
  }

  @Test("an update in place fits where a second copy would not")
  func inPlace() throws {
    var plan = PlanSummary()
    (plan.bytes, plan.neededBytes, plan.freeBytes, plan.reservedBytes) = (5000, 10, 1000, 900)
    #expect(try #require(plan.fit).fits)
    plan.neededBytes = 5000
    #expect(try #require(plan.fit).missing == ByteCount(4900))
    // A plan of an earlier version says only what comes.
    plan.neededBytes = nil
    #expect(try #require(plan.fit).missing == ByteCount(4900))
    plan.freeBytes = nil
    #expect(plan.fit == nil)
  }
}
