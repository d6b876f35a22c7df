import FoundationEssentials
import SluiceCore

/// What the table is sorted by.
///
/// The raw value is what is kept over starts, and what the screen calls it in English.
package enum SortOrder: String, Sendable, CaseIterable {
  /// What needs the operator comes first.
  case attention
  case name, rate, age, size, pending, files, gaps
  /// When a sync is due, the missed ones first.
  case due
  /// Days that are kept, the longest first.
  case retention

  /// What the screen calls it.
  var words: Bilingual {
    switch self {
    case .attention: Bilingual(rawValue, "关注程度")
    case .name: Bilingual(rawValue, "名称")
    case .rate: Bilingual(rawValue, "速率")
    case .age: Bilingual(rawValue, "同步时间")
    case .size: Bilingual(rawValue, "大小")
    case .pending: Bilingual(rawValue, "待入库")
    case .files: Bilingual(rawValue, "文件数")
    case .gaps: Bilingual(rawValue, "缺口")
    case .due: Bilingual(rawValue, "下次运行")
    case .retention: Bilingual(rawValue, "保留期")
    }
  }

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
    // The oldest first, by the time the column and the filter go by; never is older than all.
    case .age: row.lastSuccess?.timeIntervalSince1970 ?? -.infinity
    case .size: -Double(row.status.usage?.sizeBytes ?? -1)
    case .pending: -Double(row.status.markers.pending)
    case .files: -Double(row.status.usage?.files ?? -1)
    case .gaps: -Double(row.status.coverage?.holes ?? -1)
    case .due: (row.outlook?.missedSince ?? row.outlook?.next)?.timeIntervalSince1970 ?? .infinity
    case .retention: -Double(row.status.profile.retentionDays ?? .max)
    }
  }
}

/// Which profiles the table shows, and in what order: what is kept over starts.
package struct TableChoice: Sendable, Equatable {
  /// The filter as it was typed; empty shows all.
  package var filter: String
  /// What it is sorted by.
  package var sort: SortOrder
  /// Whether the order is turned round.
  package var isReversed: Bool
  /// Whether the profiles of a host stand below one another.
  package var isGrouped: Bool
  /// Names of the columns that are not shown.
  package var hiddenColumns: [String]
  /// Filters the operator has named, in the order of their naming.
  package var namedFilters: [NamedFilter]

  /// A choice; without values all profiles, those that need attention first.
  package init(
    filter: String = "", sort: SortOrder = .attention, isReversed: Bool = false, isGrouped: Bool = false,
    hiddenColumns: [String] = [], namedFilters: [NamedFilter] = []
  ) {
    self.filter = filter
    self.sort = sort
    self.isReversed = isReversed
    self.isGrouped = isGrouped
    self.hiddenColumns = hiddenColumns
    self.namedFilters = namedFilters
  }

  /// Whether the order is another one than the table begins with.
  var isSorted: Bool { sort != .attention || isReversed }
}
