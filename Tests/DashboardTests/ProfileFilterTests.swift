import SluiceCore
import Testing

@testable import Dashboard

@Suite("Filtering profiles")
struct ProfileFilterTests {
  private func names(_ text: String) -> [String] {
    let filter = ProfileFilter(text)
    return Sample.statuses.filter { filter.passes($0, now: Sample.now) }.map(\.profile.name)
  }

  static let all = Sample.statuses.map(\.profile.name)

  @Test(
    "shows the profiles that every word fits",
    arguments: [
      ("", all), ("cxt", ["cex_ticks"]), ("kli", ["klines"]), ("10.0.0.11", all), ("FUND", ["funding_rates"]),
      ("state:failed", ["dex_swaps"]), ("state:fail,part", ["dex_swaps", "funding_rates"]), ("state:失败", ["dex_swaps"]),
      ("failed", ["dex_swaps"]),
      ("!failed !fine !disabled", ["cex_ticks", "futures_depth", "funding_rates", "new_source"]),
      ("age>2d", ["futures_depth", "new_source", "旧行情_okx"]), ("age<1h", ["klines", "options"]),
      ("age>1d age<2d", ["dex_swaps", "funding_rates"]), ("size>500G", ["futures_depth"]),
      ("!size>1G", ["funding_rates", "new_source", "旧行情_okx"]), ("pending>0", ["klines"]), ("pending<1", []),
      ("host:10.0", all), ("!host:10.0", []), ("host:tokyo", []), ("行情", ["旧行情_okx"]),
      ("_ !state:stale !swaps", ["cex_ticks", "funding_rates", "new_source", "旧行情_okx"]),
      // What is still being typed asks for nothing yet.
      ("state:", all), ("age>", all), ("!", all), ("!age<", all), ("host:", all),
      // A colon that is no word of ours is text.
      ("x:y", []), ("zzz", []),
    ] as [(String, [String])])
  func passes(text: String, expected: [String]) {
    #expect(names(text) == expected)
    #expect(ProfileFilter(text).problems.isEmpty)
  }

  @Test(
    "a word that nothing can fit says why, and nothing passes",
    arguments: [
      ("age>soon", "age>soon: age is compared with a span such as 2d, 6h or 30m."),
      ("size<big", "size<big: size is compared with a size such as 10G or 500M."),
      ("!pending>x", "pending>x: pending is compared with a whole number."),
      (
        "state:odd",
        "state:odd: there is no such state; they are failed, refused, interrupted, partial, stale, late, gaps,"
          + " running, never, known, fine, disabled."
      ),
    ])
  func problems(text: String, sentence: String) {
    #expect(ProfileFilter(text).problems == [sentence])
    #expect(names(text).isEmpty)
  }

  @Test("what is left out is left out by what is written, not by a few of its letters")
  func inverseIsLiteral() { #expect(names("!cxt").contains("cex_ticks")) }
}
