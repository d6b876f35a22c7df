import Foundation
import SluiceCore
import Testing

@Suite("A limit that ends")
struct LaterLimitsTests {
  private static let start = Date(timeIntervalSince1970: 1_800_000_000)

  /// An order at a second, and how long it lasts.
  typealias Order = (at: Double, limit: Int?, seconds: Double?)

  @Test(
    "gives way to the order before it that lasts longer, else to the run's own limit",
    arguments: [
      ([(0, 100, nil), (1, 2048, 3)], [(2, 2048), (4, 100), (99, 100)]),
      ([(0, 2048, 3)], [(2, 2048), (3, nil)]),
      ([(0, 100, 3600), (1, 2048, 3)], [(2, 2048), (4, 100), (3599, 100), (3600, nil)]),
      ([(0, 100, nil), (1, 200, 60), (2, 300, 3)], [(3, 300), (5, 200), (60, 200), (61, 100)]),
      ([(0, 100, nil), (1, 200, 3), (2, 300, 60)], [(3, 300), (10, 300), (62, 100)]),
      ([(0, 100, nil), (1, 200, 3), (2, 300, nil)], [(3, 300), (99, 300)]),
      ([(0, 100, nil), (1, 0, 3)], [(2, 0), (4, 100)]),
      ([(0, 100, nil), (1, 200, 3), (2, nil, nil)], [(3, nil), (99, nil)]),
      // Nobody looked while both ended.
      ([(0, 100, nil), (1, 200, 60), (2, 300, 3)], [(99, 100)]),
    ] as [([Order], [(Double, Int?)])])
  func earlierOrders(orders: [Order], looks: [(Double, Int?)]) throws {
    var control = RunControl()
    for order in orders { control.limit(order.limit, until: order.seconds.map { Self.start + order.at + $0 }) }
    for (second, limit) in looks {
      control.dropOver(at: Self.start + second)
      // As the next one to order finds it.
      control = try JSONDecoder().decode(RunControl.self, from: JSONEncoder().encode(control))
      #expect(control.bandwidthLimit == limit, "at \(second)")
      let isLast = control.limitedUntil == nil
      #expect(!isLast || control.laterLimits == nil)
    }
  }
}
