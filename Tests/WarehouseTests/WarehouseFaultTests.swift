import Testing

@testable import Warehouse

@Suite("Warehouse faults")
struct WarehouseFaultTests {
  @Test("a missing libcurl says what it is for and how to get it")
  func noLibrary() {
    let fault = WarehouseFault.noLibrary(detail: "libcurl.so.4: cannot open shared object file")
    #expect(
      fault.sentence
        == "libcurl, which speaks to ClickHouse, cannot be used: libcurl.so.4: cannot open shared object file.")
    #expect(fault.advice.contains("apt install libcurl4"))
    #expect(fault.code == "warehouse-library")
  }
}
