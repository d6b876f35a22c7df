package import FoundationEssentials

/// A file that is not as it should be.
package struct VerifyFinding: Sendable, Hashable, Codable {
  /// What is wrong with it; the raw value is the word for machines.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// The source has it, the lake has not.
    case missing
    /// The source has other bytes.
    case differs
    /// It contradicts itself: its own sums, its form, or the `.CHECKSUM` beside it.
    case damaged
    /// It cannot be read here.
    case unreadable
  }

  /// Relative to the profile's directory.
  package var path: String
  /// What is wrong with it.
  package var kind: Kind
  /// The same in words, without a full stop.
  package var reason: String
  /// Whether the source has other bytes than the lake, so that fetching the file again may help.
  package var isRepairable: Bool

  /// A finding of these facts.
  package init(path: String, kind: Kind, reason: String, isRepairable: Bool) {
    self.path = path
    self.kind = kind
    self.reason = reason
    self.isRepairable = isRepairable
  }

  /// The file and what is wrong, control characters escaped.
  package var sentence: String { "\(TextFormat.escaped(path)): \(reason)" }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    path = try keys.decode(String.self, forKey: .path)
    // A kind of a newer program: what is known is that the file is not right.
    kind = (try? keys.decode(Kind.self, forKey: .kind)) ?? .differs
    reason = try keys.decode(.reason, default: "")
    isRepairable = try keys.decode(.isRepairable, default: false)
  }
}

/// What a verification looked at and found.
package struct VerifyTotals: Sendable, Equatable, Codable {
  /// How many findings a result names.
  package static let namesKept = 200

  /// Files held against the source byte for byte.
  package var filesCompared = 0
  /// Their bytes.
  package var bytesCompared: Int64 = 0
  /// Files held against their own sums, form or `.CHECKSUM`.
  package var filesChecked = 0
  /// Files that are not as they should be, those included that are not named.
  package var findings = 0
  /// The first of them, at most `namesKept`.
  package var named: [VerifyFinding] = []
  /// Files that are new or changed at the source since the last sync, which will fetch them.
  package var notSyncedYet = 0
  /// Files here that the source does not list: kept after they went there, or excluded.
  package var keptHere = 0
  /// Files that could not be read at the source, so that nothing is known of them.
  package var unreadAtSource = 0
  /// Files that were fetched again and are right now.
  package var repaired = 0

  /// Nothing was looked at yet.
  package init() {}

  /// Whether there was no file to look at: then nothing is known to be right.
  package var isNothing: Bool { filesCompared == 0 && filesChecked == 0 && findings == 0 }

  /// `300 files compared, no finding`.
  package var sentence: String {
    if isNothing { return "nothing compared" }
    let files = "\(TextFormat.counted(filesCompared, "file")) compared"
    let repaired = repaired > 0 ? ", \(TextFormat.grouped(repaired)) repaired" : ""
    return files + repaired + (findings == 0 ? ", no finding" : ", \(TextFormat.counted(findings, "finding"))")
  }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    filesCompared = try keys.decode(.filesCompared, default: 0)
    bytesCompared = try keys.decode(.bytesCompared, default: 0)
    filesChecked = try keys.decode(.filesChecked, default: 0)
    findings = try keys.decode(.findings, default: 0)
    named = try keys.decode(.named, default: [])
    notSyncedYet = try keys.decode(.notSyncedYet, default: 0)
    keptHere = try keys.decode(.keptHere, default: 0)
    unreadAtSource = try keys.decode(.unreadAtSource, default: 0)
    repaired = try keys.decode(.repaired, default: 0)
  }
}

/// What the verifications of a profile have found so far.
package struct VerificationStatus: Sendable, Equatable {
  /// Since when every file was verified and right: the oldest of the shares, where it goes by shares; nil before all
  /// have been.
  package var wholeSince: Date?
  /// When a verification last came to its end, whatever it found.
  package var lastEnded: Date?
  /// Files that were not as they should be and have not been repaired nor found right since.
  package var findings = 0
  /// The first of them.
  package var named: [VerifyFinding] = []
  /// A sentence when the record of verifications could not be read: then nothing is known of findings.
  package var problem: String?

  /// Whether fetching again may help with some of the findings, as far as they are named.
  package var isRepairable: Bool { named.contains(where: \.isRepairable) }

  /// A profile that was never verified.
  package init() {}

  /// `2d ago`, or what is not right: the one answer of `stats` and the dashboard; nil before the first verification.
  package func sentence(now: Date) -> String? {
    guard findings == 0 else {
      let files = TextFormat.counted(findings, "file")
      return "\(files) not right: \(TextFormat.listed(named.map(\.path), of: findings, limit: 3))"
    }
    if let wholeSince { return "\(TextFormat.age(now.timeIntervalSince(wholeSince))) ago, all right" }
    return lastEnded.map { "a part, \(TextFormat.age(now.timeIntervalSince($0))) ago" }
  }
}
