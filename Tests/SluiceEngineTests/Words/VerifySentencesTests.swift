import Klines
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("What a verification says")
struct VerifySentencesTests {
  private static let profile = Profile(
    name: "ticks", source: Source(host: "collector", user: "ops", remoteRoot: "/data/ticks"),
    localSubdirectory: "ticks", localPath: "/lake/ticks", checkpointFile: "/lake/ticks.json")

  private static func totals(_ count: Int, isRepairable: Bool) -> VerifyTotals {
    var totals = VerifyTotals()
    totals.findings = count
    totals.named = (1...min(count, 3)).map {
      VerifyFinding(path: "x/\($0)", kind: .differs, reason: "", isRepairable: isRepairable)
    }
    return totals
  }

  @Test("is as recorded")
  func recorded() throws {
    var sentences = RecordedSentences()
    let words = VerifySentences(profile: Self.profile)
    sentences.add("nothing here", words.problem(.nothingHere))
    sentences.add("unsaved", words.problem(.unsaved(FileFailure(.write, path: "/d/f", code: 28))))
    for (count, isRepairable, repair) in [
      (1, true, .notAsked), (1204, true, .finished), (3, true, .unfinished), (2, false, .notAsked),
    ] as [(Int, Bool, VerifySentences.Repair)] {
      sentences.add(
        "\(count) findings, repairable: \(isRepairable), repair: \(repair)",
        words.problem(.findings(Self.totals(count, isRepairable: isRepairable), repair, doubted: nil)))
    }
    var mixed = Self.totals(3, isRepairable: true)
    mixed.named[1].isRepairable = false
    sentences.add("of both kinds", words.problem(.findings(mixed, .notAsked, doubted: nil)))
    sentences.add(
      "doubted by its checksum",
      words.problem(.findings(Self.totals(1, isRepairable: false), .notAsked, doubted: "x/1.zip")))
    let faults: [VerifyFault] = [
      .missing, .notAFile, .otherSize(here: 1, source: 2_000), .otherBytes, .otherLink, .unreadable(errno: 5),
      .archive(.truncatedZip), .archive(.wrongCRC(declared: 1, actual: 2)), .parquet(.tooShort(bytes: 3)),
      .parquet(.noMagicAtStart), .parquet(.noMagicAtEnd), .parquet(.footerBeyondStart(bytes: 9_000)),
      .parquet(.unreadable(errno: 5)),
    ]
    for fault in faults {
      for source in [VerifyFindings.File.Source.same, .notListed, .unknown] {
        var file = VerifyFindings.File()
        if fault.isOfSource { file.bySource = fault } else { file.byItself = fault }
        file.source = source
        sentences.add("\(fault), source: \(source)", words.finding("a\nb", file).sentence)
      }
    }
    var both = VerifyFindings.File()
    (both.bySource, both.byItself) = (.otherBytes, .archive(.truncatedZip))
    sentences.add("both", words.repairing(words.finding("a", both)))
    sentences.add("more", words.more(1))
    sentences.add("unread", words.unreadAtSource("a\tb"))
    #expect(sentences.text == (try sentences.recorded("SluiceEngine-verify")))
  }
}
