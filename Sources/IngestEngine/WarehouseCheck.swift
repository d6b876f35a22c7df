import LakeFiles
package import SluiceCore
import Warehouse

/// Looks whether an ingest could begin: the warehouse reached, its login taken; for `validate`.
package enum WarehouseCheck {
  /// The server of a lake that ingests; nil where there is none to be reached.
  package static func address(of lake: Lake) -> String? {
    guard case .clickHouse(let settings) = lake.warehouse,
      lake.profiles.contains(where: { $0.isEnabled && $0.ingest != nil })
    else { return nil }
    return settings.identity
  }

  /// Why the server of a lake cannot be used; nil when it can, or when there is none.
  ///
  /// Changes nothing there. Blocks a thread of its own.
  package static func problem(of lake: Lake) async -> RunProblem? {
    guard address(of: lake) != nil, case .clickHouse(let settings) = lake.warehouse else { return nil }
    return await OwnThread.run("sluice warehouse") {
      do throws(WarehouseFault) {
        try ClickHouseWarehouse(settings).reach()
        return nil
      } catch {
        return IngestWords.problem(error)
      }
    }
  }
}
