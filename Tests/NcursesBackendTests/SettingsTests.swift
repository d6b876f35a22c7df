import TerminalUI
import Testing

@testable import NcursesBackend

@Suite("Locale, terminal type and colours")
struct SettingsTests {
  @Test(
    "judges the charset by the first variable that is set",
    arguments: [
      ([:], LocaleChoice.unicode(locale: "C.UTF-8")),
      (["LANG": ""], .unicode(locale: "C.UTF-8")),
      (["LANG": "C"], .ascii),
      (["LANG": "POSIX"], .ascii),
      (["LANG": "de_DE.UTF-8"], .unicode(locale: "de_DE.UTF-8")),
      (["LANG": "zh_CN.UTF-8"], .unicode(locale: "C.UTF-8")),
      (["LANG": "zh_CN.utf8@x"], .unicode(locale: "C.UTF-8")),
      (["LANG": "zh_CN.GBK"], .ascii),
      (["LANG": "en_US"], .ascii),
      (["LANG": "de_DE.UTF-8", "LC_CTYPE": "C"], .ascii),
      (["LANG": "C", "LC_CTYPE": "C", "LC_ALL": "de_DE.UTF-8"], .unicode(locale: "de_DE.UTF-8")),
      (["LANG": "latin"], .ascii),
      (["LANG": "@"], .ascii),
    ])
  func locale(_ variables: [String: String], _ expected: LocaleChoice) {
    let installed = ["C.UTF-8": "UTF-8", "de_DE.UTF-8": "UTF-8", "latin": "ISO-8859-1"]
    #expect(LocaleChoice.decide(variables, charset: { installed[$0] }) == expected)
  }

  @Test("falls back to ASCII when no UTF-8 locale is installed at all")
  func noLocale() {
    #expect(LocaleChoice.decide([:], charset: { _ in nil }) == .ascii)
  }

  @Test("honours NO_COLOR, over it the user's choice, over that FORCE_COLOR")
  func colors() {
    #expect(ColorDecision.isWanted(.automatic, environment: [:]))
    #expect(!ColorDecision.isWanted(.automatic, environment: ["NO_COLOR": "1"]))
    #expect(ColorDecision.isWanted(.always, environment: ["NO_COLOR": "1"]))
    #expect(ColorDecision.isWanted(.automatic, environment: ["NO_COLOR": "1", "FORCE_COLOR": "1"]))
    #expect(!ColorDecision.isWanted(.never, environment: ["FORCE_COLOR": "1"]))
  }

  @Test(
    "encodes base64 with its padding",
    arguments: [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"), ("abcd", "YWJjZA==")])
  func base64(_ text: String, _ expected: String) {
    #expect(Base64.encoded(Array(text.utf8)) == Array(expected.utf8))
  }

  @Test("says in every failure what failed and what to do")
  func sentences() {
    let failures: [TerminalFailure] = [
      .notATerminal(descriptor: 1), .notFullScreen(term: "dumb"), .unknownTerminal(term: "", tried: ["xterm"]),
      .unknownTerminal(term: "x\u{1B}", tried: ["xterm", "vt100"]), .alreadyOpen,
      .system(call: "newterm", errno: 5),
    ]
    for failure in failures {
      #expect(failure.sentence.hasSuffix("."))
      #expect(SafeText.isPlainASCII(failure.sentence))
    }
  }
}
