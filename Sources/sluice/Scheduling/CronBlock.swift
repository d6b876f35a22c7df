import FoundationEssentials
import SluiceCore

/// The lines of one configuration in a crontab, between two lines that mark them: no other byte of it is ever changed.
struct CronBlock: Equatable {
  /// What is before the block and behind it; a crontab need not be UTF-8.
  private let before: Data
  private let after: Data
  /// Each profile's line, by its name, in their order.
  private(set) var lines: [(profile: String, line: String)] = []

  private let begin: String
  private let end: String

  static func == (left: CronBlock, right: CronBlock) -> Bool { left.data == right.data }

  /// Finds a configuration's block in a crontab; an empty one when there is none.
  ///
  /// - Throws: `CommandFailure` when the block begins and does not end, so that nobody knows what is ours.
  init(_ crontab: Data, configuration: String) throws(CommandFailure) {
    let begin = "# BEGIN sluice schedule \(TextFormat.escaped(configuration))"
    let end = "# END sluice schedule \(TextFormat.escaped(configuration))"
    (self.begin, self.end) = (begin, end)
    let parts = crontab.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let first = parts.firstIndex { $0.elementsEqual(begin.utf8) }
    let last = parts.lastIndex { $0.elementsEqual(end.utf8) }
    guard let first, let last, first < last else {
      guard first == nil, last == nil else { throw CommandFailure(.brokenBlock(begin, end)) }
      before = crontab
      after = Data()
      return
    }
    before = Self.joined(parts[..<first], isLast: false)
    after = Self.joined(parts[(last + 1)...], isLast: true)
    var profile: String?
    for part in parts[(first + 1)..<last] {
      let line = String(decoding: part, as: UTF8.self)
      if line.hasPrefix(Self.naming) {
        profile = String(line.dropFirst(Self.naming.count))
      } else if let name = profile {
        lines.append((name, line))
        profile = nil
      }
    }
  }

  private static let naming = "# profile "

  /// Puts a profile's line in the place of the one that is there, or last.
  mutating func put(_ line: String, for profile: String) {
    if let place = lines.firstIndex(where: { $0.profile == profile }) {
      lines[place].line = line
    } else {
      lines.append((profile, line))
    }
  }

  /// Takes a profile's line away.
  mutating func remove(_ profile: String) { lines.removeAll { $0.profile == profile } }

  /// The whole crontab with the block as it is now; without lines there is no block.
  var data: Data {
    guard !lines.isEmpty else { return before + after }
    let block = [begin] + lines.flatMap { [Self.naming + $0.profile, $0.line] } + [end]
    // A last line without an end would run into ours.
    let gap = before.isEmpty || before.last == UInt8(ascii: "\n") ? "" : "\n"
    return before + Data((gap + block.joined(separator: "\n") + "\n").utf8) + after
  }

  /// A profile's line: `30 2 * * * [USER] PROGRAM sync …`.
  ///
  /// What a sync says goes to the lake's log; what goes wrong is mailed, where mail is set up.
  static func line(_ command: ScheduledCommand) -> String {
    // A percent sign is a line feed to cron.
    let words = ShellLine.text(command.words).replacing("%", with: "\\%")
    return "\(command.times.fields) \(command.user.map { "\($0) " } ?? "")\(words) >/dev/null"
  }

  private static func joined(_ parts: ArraySlice<Data.SubSequence>, isLast: Bool) -> Data {
    var data = Data()
    for (index, part) in parts.enumerated() {
      data += part
      if !isLast || index < parts.count - 1 { data.append(UInt8(ascii: "\n")) }
    }
    return data
  }
}
