import SluiceCore
import Testing

@testable import LakeConfiguration

@Suite("Words of a configuration")
struct ConfigurationWordsTests {
  @Test(
    "spans of time are read with their units",
    arguments: [
      ("120s", Duration.seconds(120)), ("2m", .seconds(120)), ("26h", .seconds(93_600)), ("2d", .seconds(172_800)),
      ("1w", .seconds(604_800)), ("250ms", .milliseconds(250)), ("1h30m", .seconds(5400)), ("1.5h", .seconds(5400)),
      ("2 d", .seconds(172_800)), ("0s", .zero), ("5H", .seconds(18_000)),
    ])
  func spans(_ text: String, _ span: Duration) {
    #expect(DurationText.parse(text) == span)
  }

  @Test(
    "what is no span is refused", arguments: ["", "s", "12", "-1s", "1y", "1s2", "1..5s", "9e9d", "99999999999d", "٣s"])
  func noSpans(_ text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(
    "a slip finds the name that was meant, a strange word finds none",
    arguments: [
      ("hots", "host"), ("prot", "port"), ("retention-days", "retention_days"), ("RetentionDays", "retention_days"),
      ("remote_rot", "remote_root"), ("usr", "user"), ("colour", nil), ("x", nil), ("", nil),
      ("retention", "retention_days"), ("statu", "status"), ("stat", "stats"), ("stts", "stats"), ("h", nil),
    ] as [(String, String?)])
  func suggestions(_ name: String, _ meant: String?) {
    let known = ["host", "port", "user", "retention_days", "remote_root", "local_subdir", "stats", "status"]
    #expect(NameSuggestion.nearest(to: name, among: known) == meant)
  }
}
