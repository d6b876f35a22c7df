import SluiceCore
import TerminalUI

/// A line of the table.
enum TableLine: Sendable, Equatable {
  /// A profile, by its place in `DashboardModel.rows`.
  case profile(Int)
  /// What stands over the profiles of a host.
  case host(HostGroup)

  var profile: Int? {
    if case .profile(let index) = self { return index }
    return nil
  }
}

/// The profiles of one host that are shown.
struct HostGroup: Sendable, Equatable {
  let host: String
  /// Their places in `DashboardModel.rows`, in the table's order; never empty.
  fileprivate(set) var members: [Int]
}

/// A failure that several profiles of one host have, in the same words.
struct SharedFailure: Sendable, Equatable {
  let host: String
  let sentence: String
  /// The profiles in the table's order, at least two; the first tells it for all.
  fileprivate(set) var names: [String]

  /// The sentence with how many it is about.
  func told(_ labels: Labels) -> String {
    let many = labels.profiles(names.count)
    let sentence = ChineseWords.text(sentence, in: labels.language)
    // Most of these sentences name the host themselves.
    return sentence.contains(host)
      ? labels("\(many): \(sentence)", "\(many)：\(sentence)")
      : labels("\(many) of \(host): \(sentence)", "\(host) 的 \(many)：\(sentence)")
  }
}

extension DashboardModel {
  /// Puts the profiles of a host below one another where that is wanted; the host that needs attention most comes first.
  mutating func group() {
    guard isGrouped else {
      lines = visible.map { .profile($0) }
      return
    }
    var order: [HostGroup] = []
    var places: [String: Int] = [:]
    for index in visible {
      let host = rows[index].status.profile.source.host
      if let place = places[host] {
        order[place].members.append(index)
      } else {
        places[host] = order.count
        order.append(HostGroup(host: host, members: [index]))
      }
    }
    lines = order.flatMap { group in [TableLine.host(group)] + group.members.map(TableLine.profile) }
    visible = order.flatMap(\.members)
  }

  /// Notes which failures are to be told once, for they are the host's.
  mutating func noteShared() {
    shared = [:]
    var found: [String: SharedFailure] = [:]
    for index in visible {
      guard let sentence = rows[index].fault else { continue }
      let host = rows[index].status.profile.source.host
      found["\(host)\n\(sentence)", default: SharedFailure(host: host, sentence: sentence, names: [])]
        .names.append(rows[index].name)
    }
    for failure in found.values where failure.names.count > 1 {
      for name in failure.names { shared[name] = failure }
    }
  }

  /// Moves the table's cursor; it stands on profiles only, never on a host.
  mutating func moveTable(_ change: (inout ScrollState) -> Void) {
    let before = table.selection
    change(&table)
    leaveHost(upwards: table.selection < before)
  }

  mutating func leaveHost(upwards: Bool) {
    guard lines.indices.contains(table.selection), lines[table.selection].profile == nil else { return }
    // Above the first line there is nothing; it stays in sight all the same.
    table.move(by: upwards && table.selection > 0 ? -1 : 1)
  }

  /// Groups the table by host, or no longer.
  mutating func toggleGrouping() {
    isGrouped.toggle()
    arrange()
    say(.grouped(isGrouped))
  }
}
