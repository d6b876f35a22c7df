import FoundationEssentials
import LakeFiles
import SluiceCore

/// Reads `schedule` and `schedule_grace`, a profile's over the lake's own.
struct ScheduleReader {
  private var times: CronSchedule?
  private var grace = SyncSchedule.usualGrace
  /// When the file was last written; nil where there is none yet.
  private let writtenAt: Date?

  /// The lake's own, for profiles that do not set theirs.
  init(lake section: ConfigurationSection, path: String) {
    writtenAt = (try? FileStatus(at: path, followingLinks: true)).map {
      Date(timeIntervalSince1970: Double($0.modified) / 1e9)
    }
    times = read(section)
    grace = section.duration("schedule_grace") ?? grace
  }

  /// A profile's schedule; nil when neither it nor the lake has one, and where it is written as `null`.
  func schedule(_ section: ConfigurationSection) -> SyncSchedule? {
    let own = read(section)
    let allowed = section.duration("schedule_grace") ?? grace
    if section.isNull("schedule") { return nil }
    return (own ?? times).map { SyncSchedule(times: $0, grace: allowed, writtenAt: writtenAt) }
  }

  private func read(_ section: ConfigurationSection) -> CronSchedule? {
    guard let text = section.text("schedule", as: Self.what) else { return nil }
    do throws(CronFault) {
      return try CronSchedule(text)
    } catch {
      section.fail("schedule", "must be \(Self.what), not \(section.shown(text)): \(Self.sentence(error))")
      return nil
    }
  }

  private static let what =
    #"five fields of cron like "30 2 * * *", a calendar event of systemd like "*-*-* 02:30", or @daily, @hourly, @weekly, @monthly or @yearly"#

  /// What is wrong with a schedule and what is allowed there, without a full stop.
  private static func sentence(_ fault: CronFault) -> String {
    switch fault {
    case .fieldCount(let count): "it has \(TextFormat.counted(count, "field"))"
    case .unknownWord(let word): "\(TextFormat.escaped(word)) stands for no times"
    case .notPart(let field, let part):
      "the \(field.name) has \"\(TextFormat.escaped(part))\", which is no \(allowed(field))"
    case .outOfRange(let field, let number):
      "the \(field.name) is \(field.range.lowerBound) to \(field.range.upperBound), not \(number)"
    case .turnedRange(let field, let part): "the \(field.name) has \"\(part)\", which ends before it begins"
    case .badStep(let field, let part):
      "the \(field.name) has \"\(TextFormat.escaped(part))\", whose step is not 1 to \(lastStep(field))"
    case .stepOfOne(let field, let part):
      "the \(field.name) has \"\(part)\", and a step follows a star or a range"
    case .neverComes: "no month of it has such a day"
    }
  }

  private static func lastStep(_ field: CronField) -> Int { field == .weekday ? 6 : field.range.upperBound }

  private static func allowed(_ field: CronField) -> String {
    let names = field.names.isEmpty ? "" : ", name like \(field.names[0])"
    return "number\(names), range like \(field.range.lowerBound)-\(field.range.lowerBound + 4), star or step like */2"
  }
}
