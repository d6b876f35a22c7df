import FoundationEssentials
import SluiceCore

/// What the table is sorted by.
enum SortOrder: String, Sendable, CaseIterable {
  /// What needs the operator comes first.
  case attention
  case name, rate, age, size, pending

  /// The next one `o` leads to.
  var next: SortOrder {
    let all = Self.allCases
    let position = all.firstIndex(of: self) ?? 0
    return all[(position + 1) % all.count]
  }

  /// A row's rank, smallest first; equal ranks fall back to the name.
  func rank(_ row: ProfileRow) -> Double {
    switch self {
    case .attention: Double(row.rank)
    case .name: 0
    case .rate: -row.figures.bytesPerSecond
    case .age: -(row.lastSync?.timeIntervalSince1970 ?? .infinity)
    case .size: -Double(row.status.usage?.sizeBytes ?? -1)
    case .pending: -Double(row.status.markers.pending)
    }
  }
}
