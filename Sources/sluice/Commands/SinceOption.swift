import ArgumentParser
import FoundationEssentials
import Glibc
import SluiceCore

/// From when on something is asked for.
struct SinceOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("From this UTC day on, or for this long: 2026-02-14, 2d, 6h.", valueName: "DAY|SPAN"))
  var since: String?

  /// The moment; nil when none is given.
  ///
  /// - Throws: `CommandFailure` with exit code 2 when it is neither a day nor a span.
  func moment(now: Date) throws(CommandFailure) -> Date? {
    guard let since else { return nil }
    if let day = CalendarDay(iso: since) { return day.start }
    if let span = DurationText.parse(since) { return now - span.seconds }
    throw CommandFailure(.notSince(since))
  }
}
