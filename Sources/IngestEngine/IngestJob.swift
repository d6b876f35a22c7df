package import FoundationEssentials
import Klines
import LakeFiles
package import SluiceCore
package import Warehouse

/// Brings a profile's klines into the lake's warehouse, each file exactly once.
///
/// Reads, sends and waits on threads of its own; nothing blocks the global pool.
package struct IngestJob: Sendable {
  let lake: Lake
  let profile: Profile
  let task: IngestTask
  let reporter: any IngestReporter
  let now: @Sendable () -> Date
  /// Bytes up to which a file is read in one go; tests make it small.
  var wholeLimit = KlineFileReader.usualLimit

  /// An ingest of one profile.
  ///
  /// - Parameters:
  ///   - task: What of it, and how.
  ///   - now: Wall clock, for records and versions.
  package init(
    lake: Lake, profile: Profile, task: IngestTask, reporter: any IngestReporter,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.lake = lake
    self.profile = profile
    self.task = task
    self.reporter = reporter
    self.now = now
  }

  /// Does the whole job; never throws: what went wrong is in the report.
  ///
  /// - Important: Deletes rows of the warehouse that an earlier version of a file left and its new version lacks.
  package func run() async -> IngestReport {
    await run(warehouse: configuredWarehouse)
  }

  /// The same with another way to make the warehouse, which is called on the job's thread.
  ///
  /// - Important: Deletes rows as `run` does.
  package func run(
    warehouse make: @escaping @Sendable (WarehouseSettings) throws(WarehouseFault) -> any KlineWarehouse
  ) async -> IngestReport {
    await OwnThread.run("sluice ingest") {
      let pass = IngestPass(self)
      pass.run(make)
      return pass.report
    }
  }
}

/// The warehouse a lake is configured with.
private func configuredWarehouse(_ settings: WarehouseSettings) -> any KlineWarehouse {
  switch settings {
  case .sqlite(let path): return SQLiteWarehouse(path: path)
  case .clickHouse(let settings): return ClickHouseWarehouse(settings)
  }
}
