import FoundationEssentials
import SluiceCore
import TerminalUI

/// Asks for a few words that an action needs.
struct TextDialog: Sendable, Equatable {
  /// What the words are for.
  enum Purpose: Sendable, Equatable {
    /// How long these runs are held.
    case pause([SteeredRun])
    /// The file that the log's text goes to.
    case saveLog(String)
    /// What this filter is called from now on.
    case nameFilter(String)
  }

  let purpose: Purpose
  var field: TextField

  /// The words without blanks at their ends; nil while there are none.
  var words: String? {
    let words = field.text.split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// The span that was typed, or that ends at the time of day that was typed; nil while it is neither.
  ///
  /// - Parameter now: What a time of day is counted from.
  func span(now: Date) -> Duration? {
    let text = field.text.replacing(" ", with: "")
    if let time = ClockTime(text.hasPrefix("until") ? text.dropFirst(5) : text[...]) {
      return .seconds(Int(time.next(after: now).timeIntervalSince(now).rounded(.up)))
    }
    return DurationText.parse(field.text).flatMap { $0 > .zero ? $0 : nil }
  }
}

/// A filter with a name, kept over starts.
package struct NamedFilter: Sendable, Equatable {
  /// What the operator calls it.
  package let name: String
  /// The filter as it was typed.
  package let words: String

  /// A filter of that name.
  package init(name: String, words: String) {
    self.name = name
    self.words = words
  }
}

/// Columns to choose from; what is chosen is seen at once.
struct ColumnChooser: Sendable, Equatable {
  var place = ScrollState(count: TableColumn.choosable.count, height: TableColumn.choosable.count)

  var selected: TableColumn { TableColumn.choosable[min(place.selection, TableColumn.choosable.count - 1)] }
}
