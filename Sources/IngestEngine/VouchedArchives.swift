import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SluiceCore

/// The archives on disk that vouch for rows of the warehouse, read again where others' rows have covered theirs.
///
/// On the job's thread.
final class VouchedArchives {
  private let lake: Lake
  private let profile: Profile
  private let ledger: IngestLedger
  private let reader: KlineFileReader
  private var accepted: [String: [String: String]] = [:]

  /// How a file and those beside it stand.
  struct Precedences {
    var own: FilePrecedence
    var others: [FilePrecedence]
  }

  init(_ job: IngestJob, _ ledger: IngestLedger, partRows: Int) {
    lake = job.lake
    profile = job.profile
    self.ledger = ledger
    reader = KlineFileReader(
      partRows: partRows, wholeLimit: job.wholeLimit, now: { Int64(job.now().timeIntervalSince1970 * 1000) })
  }

  /// The precedence of a file and of those that vouch beside it.
  func precedences(_ file: ReadFile, _ vouchers: [IngestLedger.Voucher]) -> Precedences {
    var modified: Int64 = 0
    if case .rows(let content, _) = file.outcome { modified = content.stamp.modified }
    // Only between files of one period does it matter when they were published.
    let periods = [file.key.archive.period] + vouchers.map(\.entry.key.archive.period)
    let hasCopies = Set(periods).count < periods.count
    let make = { (key: LedgerKey, holder: String, modified: Int64) in
      FilePrecedence(
        key.archive, published: hasCopies ? self.published(key, holder) : 0, modified: modified,
        path: holder + "/" + key.path)
    }
    return Precedences(
      own: make(file.key, profile.name, modified),
      others: vouchers.map { make($0.entry.key, $0.profile, $0.entry.stamp.modified) })
  }

  /// What one of several copies counts.
  func precedence(of copy: IngestLedger.Copy) -> FilePrecedence {
    let key = copy.entry.key
    return FilePrecedence(
      key.archive, published: published(key, copy.profile), modified: copy.entry.stamp.modified,
      path: copy.profile + "/" + key.path)
  }

  private var presence: ArchivePresence { ArchivePresence(lake: lake, profile: profile) }

  /// Whether there is no such file any more.
  func isGone(_ voucher: IngestLedger.Voucher) -> Bool {
    presence.isGone(voucher.entry.key.path, of: voucher.profile)
  }

  /// What people know a file by.
  func name(of voucher: IngestLedger.Voucher) -> String {
    presence.name(voucher.entry.key.path, of: voucher.profile)
  }

  private func published(_ key: LedgerKey, _ holder: String) -> Int64 {
    path(key, holder).flatMap { reader.publicationTime(path: $0, fileName: key.fileName) } ?? 0
  }

  private func path(_ key: LedgerKey, _ holder: String) -> String? {
    lake.profile(named: holder).map { $0.localPath + "/" + key.path }
  }

  /// Those of which there is no file any more, or another one than the ledger speaks of.
  func unreadable(_ vouchers: [IngestLedger.Voucher]) -> [IngestLedger.Voucher] {
    vouchers.filter { voucher in
      path(voucher.entry.key, voucher.profile).flatMap { ContentStamp(path: $0) } != voucher.entry.stamp
    }
  }

  /// The rows of a file that are wanted; nil when there are none, or it is not the file that was sent.
  ///
  /// - Parameters:
  ///   - areFilled: Whether those are looked for that were put into its holes, or those the exchange has.
  ///   - isWanted: Says it of an open time.
  func rows(
    of voucher: IngestLedger.Voucher, areFilled: Bool, where isWanted: (Int64) -> Bool
  ) -> KlineColumns? {
    let key = voucher.entry.key
    // What was refused when the file was sent, because it was not over, is none of its rows by now either.
    func isOne(_ time: Int64, _ content: KlineFileContent) -> Bool {
      content.report.fills.contains(time) == areFilled && voucher.openTimes.contains(time) && isWanted(time)
    }
    guard let holder = lake.profile(named: voucher.profile) else { return nil }
    let (found, part) = (KlineColumns(), KlineColumns())
    do throws(KlineFault) {
      let reading = try reader.read(
        path: holder.localPath + "/" + key.path, fileName: key.fileName, archive: key.archive, into: part,
        fillGaps: holder.ingest?.fillGaps ?? false, accepted: hash(key.path, accepted: voucher.profile))
      switch reading {
      case .whole(let content):
        guard isSame(content, voucher) else { return nil }
        keep(part) { isOne($0, content) }
        found.append(part)
      case .large(let large):
        let content = try large.check(using: part)
        guard isSame(content, voucher) else { return nil }
        _ = try large.give(part) { columns, _ in
          keep(columns) { isOne($0, content) }
          found.append(columns)
          columns.truncate(to: 0)
          return columns
        }
      }
    } catch {
      // A file that has gone bad since has no rows to repeat; it is seen to when its own turn comes.
      return nil
    }
    return found.count > 0 ? found : nil
  }

  private func isSame(_ content: KlineFileContent, _ voucher: IngestLedger.Voucher) -> Bool {
    // Of a file that an earlier tool brought there is no hash.
    voucher.entry.sha256.map { $0 == content.sha256 } ?? (content.stamp == voucher.entry.stamp)
  }

  private func keep(_ columns: KlineColumns, _ isWanted: (Int64) -> Bool) {
    guard columns.count > 0 else { return }
    let times = columns[.openTime]
    columns.rearrange(from: 0, order: (0..<columns.count).filter { isWanted(times[$0]) })
  }

  private func hash(_ path: String, accepted profile: String) -> String? {
    if accepted[profile] == nil {
      let known = (try? ledger.acceptances(profile: profile)) ?? []
      accepted[profile] = Dictionary(known.map { ($0.file.path, $0.file.sha256) }, uniquingKeysWith: { $1 })
    }
    return accepted[profile]?[path]
  }
}
