import Foundation
import SluiceCore
import Testing

@Suite("Lanes")
struct LaneTests {
  private static func files(_ sizes: [Int64]) -> [LaneFile] {
    sizes.enumerated().map { LaneFile(path: "f\($0.offset)", bytes: $0.element) }
  }

  @Test(
    "deals files out by their bytes, the largest first",
    arguments: [
      ([], 4, []), ([7], 4, [[7]]), ([1, 2, 3, 4], 1, [[1, 2, 3, 4]]),
      ([5, 5, 5, 5], 2, [[5, 5], [5, 5]]),
      // The largest alone, all the others against it.
      ([1, 1, 1, 9, 1, 1], 2, [[9], [1, 1, 1, 1, 1]]),
      ([8, 7, 6, 5, 4], 2, [[8, 5, 4], [7, 6]]),
    ] as [([Int64], Int, [[Int64]])])
  func dealt(sizes: [Int64], lanes: Int, expected: [[Int64]]) {
    #expect(LaneDealing.deal(Self.files(sizes), to: lanes).map { $0.map(\.bytes) } == expected)
  }

  @Test("deals every file out once, and no lane more than the largest file above another", arguments: 1...8)
  func fair(lanes: Int) {
    var generator = SystemRandomNumberGenerator()
    let files = Self.files((0..<500).map { _ in .random(in: 1...1_000_000, using: &generator) })
    let dealt = LaneDealing.deal(files, to: lanes)
    #expect(dealt.flatMap(\.self).sorted { $0.path < $1.path } == files.sorted { $0.path < $1.path })
    let loads = dealt.map { $0.reduce(0) { $0 + $1.bytes } }
    #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= files.map(\.bytes).max() ?? 0)
    for part in dealt { #expect(part == files.filter(Set(part).contains)) }
  }

  @Test("keeps in mind files of some size that come, and nothing else of a plan")
  func candidates() {
    var candidates = LaneCandidates()
    let least = LaneCandidates.leastBytes
    for kind in [FileChange.Kind.create, .update, .delete, .directory, .link, .attributes] {
      candidates.add(FileChange(kind: kind, path: "\(kind)", bytes: least))
    }
    candidates.add(FileChange(kind: .create, path: "small", bytes: least - 1))
    #expect(candidates.files.map(\.path) == ["create", "update"] && candidates.bytes == 2 * least)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var choice = LaneChoice.auto
    var files = 100
    var megabytes: Int64 = 1000
    var milliseconds: Double?
    var limit: Int?
    var option: String?
    var sharesLogin = true
    var lanes: Int
    var reason: LaneDecision.Reason

    var testDescription: String { "\(choice), \(megabytes) MB, \(milliseconds ?? -1) ms, \(limit ?? 0) KB/s: \(lanes)" }
  }

  @Test(
    "as many as were asked for, or as distance and bytes call for, and one where only one can be",
    arguments: [
      Case(milliseconds: 9.9, lanes: 1, reason: .shortWay(roundTrip: 0.0099)),
      Case(milliseconds: nil, lanes: 1, reason: .shortWay(roundTrip: nil)),
      Case(milliseconds: 10, lanes: 8, reason: .distance(roundTrip: 0.010)),
      Case(megabytes: 31, milliseconds: 200, lanes: 1, reason: .littleToFetch),
      Case(megabytes: 32, milliseconds: 200, lanes: 8, reason: .distance(roundTrip: 0.2)),
      Case(files: 3, milliseconds: 200, lanes: 3, reason: .distance(roundTrip: 0.2)),
      // 2 MiB a round trip: at 200 ms one channel carries 10,240 KB/s.
      Case(milliseconds: 200, limit: 10_240, lanes: 1, reason: .limit),
      Case(milliseconds: 200, limit: 10_241, lanes: 2, reason: .distance(roundTrip: 0.2)),
      Case(milliseconds: 200, limit: 30_000, lanes: 3, reason: .distance(roundTrip: 0.2)),
      Case(milliseconds: 200, limit: 0, lanes: 8, reason: .distance(roundTrip: 0.2)),
      Case(choice: .count(1), milliseconds: 200, lanes: 1, reason: .asked),
      Case(choice: .count(4), megabytes: 1, milliseconds: nil, limit: 5, lanes: 4, reason: .asked),
      Case(choice: .count(4), files: 2, lanes: 2, reason: .asked),
      Case(choice: .count(4), files: 0, megabytes: 0, lanes: 1, reason: .fewFiles),
      Case(files: 1, milliseconds: 200, lanes: 1, reason: .fewFiles),
      Case(choice: .count(4), option: "-H", lanes: 1, reason: .option("-H")),
      Case(milliseconds: 200, option: "--fuzzy", lanes: 1, reason: .option("--fuzzy")),
      Case(choice: .count(4), sharesLogin: false, lanes: 1, reason: .noSharedLogin),
    ])
  func decided(_ given: Case) {
    var facts = LaneDecision.Facts()
    facts.files = given.files
    facts.bytes = given.megabytes * 1_000_000
    facts.roundTrip = given.milliseconds.map { $0 / 1000 }
    facts.limit = given.limit
    facts.singleProcessOption = given.option
    facts.sharesLogin = given.sharesLogin
    let decision = LaneDecision(given.choice, facts)
    #expect(decision.count == given.lanes && decision.reason == given.reason)
  }

  @Test("are never more than one where the way is short, little is to fetch, or one channel carries the limit")
  func neverWorse() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<5000 {
      var facts = LaneDecision.Facts()
      facts.files = .random(in: 0...20, using: &generator)
      facts.bytes = .random(in: 0...200_000_000, using: &generator)
      facts.roundTrip = Bool.random(using: &generator) ? nil : .random(in: 0...0.5, using: &generator)
      facts.limit = Bool.random(using: &generator) ? nil : .random(in: 0...200_000, using: &generator)
      facts.singleProcessOption = Int.random(in: 0..<8, using: &generator) == 0 ? "-H" : nil
      facts.sharesLogin = Int.random(in: 0..<8, using: &generator) > 0
      let count = LaneDecision(.auto, facts).count
      #expect((1...LaneChoice.most).contains(count) && count <= max(1, facts.files))
      let isShort = facts.roundTrip.map { $0 < 0.010 } ?? true
      let isNarrow = facts.limit.map { $0 > 0 && Double($0) * 1024 * (facts.roundTrip ?? 0) <= 2_097_152 } ?? false
      if isShort || isNarrow || facts.bytes < 32_000_000 || facts.singleProcessOption != nil || !facts.sharesLogin {
        #expect(count == 1, "\(facts)")
      } else if facts.files > 1 {
        #expect(count > 1 && Int64(count) * 4_000_000 <= facts.bytes, "\(facts)")
      }
      for number in 1...LaneChoice.most {
        #expect(LaneDecision(.count(number), facts).count <= number)
      }
    }
  }

  @Test("a login that was quick says that the way is short, and no way of 10 ms is taken for one")
  func quickLogin() {
    #expect(!LaneDecision.mayBeFar(login: nil) && !LaneDecision.mayBeFar(login: 0.02))
    for roundTrips in 6...15 {
      #expect(LaneDecision.mayBeFar(login: Double(roundTrips) * LaneDecision.shortWay))
    }
  }

  @Test(
    "are read as they are written",
    arguments: [
      ("auto", .auto), ("1", .count(1)), ("8", .count(8)), ("0", nil), ("9", nil), ("04", nil), ("Auto", nil),
      ("-1", nil), ("", nil), ("2.0", nil),
    ] as [(String, LaneChoice?)])
  func read(text: String, choice: LaneChoice?) throws {
    #expect(LaneChoice(text) == choice)
    guard let choice else { return }
    #expect(choice.description == text)
    #expect(try JSONDecoder().decode([LaneChoice].self, from: JSONEncoder().encode([choice])) == [choice])
  }
}
