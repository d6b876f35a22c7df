import Foundation
import SluiceCore
import Testing

@Suite("What is said, in Chinese")
struct ChineseWordsTests {
  private static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Recorded lines that are no sentences of the program.
  private static let others: Set<String> = [
    "Told as it is.", "$ rsync -a 'h:/a b'", "The link broke. → Sync again.", "  ✗ It broke. → Mend it.",
    "ticks (ops@collector:/data/ticks)",
  ]

  /// All sentences that the engine and the commands say of faults and notes, as `Tests/Fixtures/words` has them.
  static let recorded: [String] = {
    let folder = repository.appending(path: "Tests/Fixtures/words").path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let lines = names.filter { !$0.hasPrefix("Dashboard") }.sorted().flatMap { name in
      ((try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? "").split(separator: "\n")
    }
    let told = lines.filter { !$0.hasPrefix("# ") && !$0.hasPrefix("paths: ") && $0 != "(no line)" }.map { line in
      var text = String(line)
      if let match = text.firstMatch(of: #/^(\[[a-z-]+\]|→|debug:|info:|warning:|error:) /#) {
        text.removeSubrange(match.range)
      }
      return text
    }
    var seen = others
    return told.filter { seen.insert($0).inserted }
  }()

  private static let pairs = ChineseWords.sentences + ChineseWords.clauses

  @Test("stands in blocks of two lines: the English form, and the Chinese one below it")
  func blocks() {
    for text in ChineseWords.texts {
      for block in text.split(separator: "\n\n") { #expect(block.split(separator: "\n").count == 2, "\(block)") }
    }
    #expect(Self.pairs.count > 900)
  }

  @Test("has the same holes in both forms, each English form once, and Chinese in the second")
  func forms() {
    var seen: Set<String> = []
    for pair in Self.pairs {
      #expect(pair.holes == pair.chineseHoles, "\(pair.english)")
      #expect(seen.insert(pair.english).inserted, "twice: \(pair.english)")
      #expect(!pair.english.contains(/\p{Han}/), "\(pair.english)")
      let words = pair.english.replacing(/\{[^}]*\}/, with: "").contains(/[A-Za-z]{2}/)
      let isName = ["cron", "true or false", "sluice: {message~}"].contains(pair.english)
      let isFigures = ["{limit} KB/s until {time}"].contains(pair.english)
      #expect(!words || isName || isFigures || pair.chinese.contains(/\p{Han}/), "\(pair.english)")
    }
  }

  @Test("has every sentence that is recorded, message and advice", arguments: recorded)
  func complete(_ sentence: String) {
    let told = ChineseWords.text(sentence) ?? ChineseWords.part(sentence, in: .chinese)
    #expect(told.contains(/\p{Han}/), "\(sentence)")
    // Paths, counts and commands are taken over as they are.
    for match in sentence.replacing(#/I/O|[Ii]nput/output/#, with: "").matches(
      of: #/\/[\w\/.-]*\w|`[^`]+`|\d[\d,.:-]*\d|\d/#)
    {
      #expect(told.contains(match.output), "\(match.output) of: \(sentence)\n\(told)")
    }
  }

  @Test(
    "is found around what a line adds: blanks, signs, the profile's name, an advice behind an arrow",
    arguments: [
      ("  ticks: The run was stopped.", "  ticks：运行已被停止。"),
      ("✗ collector refuses connections on port 22.", "✗ collector 拒绝端口 22 上的连接。"),
      (
        "FAIL ticks: the last sync failed: There is no rsync on h.", "失败  ticks：上次同步失败：h 上没有 rsync。"
      ),
      ("ok   ticks", "正常  ticks"),
      (
        "  ✗ The key /k of a cannot be used: it does not exist. → Correct `ssh_key`; no other key is tried in its place.",
        "  ✗ a 的密钥 /k 无法使用：它不存在。 → 请更正 `ssh_key`；不会改试其他密钥。"
      ),
      (
        "/l.yml:7: x.retention_days: must be a number of days, 0 to 36500, not \"many\".",
        "/l.yml:7：x.retention_days：必须是天数，0 至 36500，而不是 \"many\"。"
      ),
      ("No such command. Did you mean check? `sluice --help` lists the commands.", nil),
      ("Did you mean check? `sluice --help` lists the commands.", "是否指 check？`sluice --help` 列出所有命令。"),
      (
        "  ticks: 3 days missing and 1 short in 2 series: a 3, b 1. → sluice coverage ticks",
        "  ticks：2 个序列缺少 3 天，1 天不全：a 3, b 1。 → sluice coverage ticks"
      ),
      (
        "  x: 12 days, missing 2026-01-02, short or unreadable 2026-01-05..2026-01-07",
        "  x：12 天，缺少 2026-01-02，不全或无法读取 2026-01-05..2026-01-07"
      ),
      (
        "  ticks: limited to 100 KB/s until 10:00, paused until 10:30.", "  ticks：限速 100 KB/s，至 10:00，已暂停，至 10:30。"
      ),
      (
        "FAIL a: last success 3h 00m ago, allowed 1h 00m (known until 2026-02-14 00:00:00: moved)",
        "失败  a：上次成功在 3h 00m 前，允许 1h 00m（已知，至 2026-02-14 00:00:00：moved）"
      ),
      (
        "/l.yml:3: data_lake.profiles.a.source.type: must be \"ssh\", not \"ftp\".",
        "/l.yml:3：data_lake.profiles.a.source.type：必须是\"ssh\"，而不是 \"ftp\"。"
      ),
      ("/l.yml:3: x: this key is not known. Did you mean y?", "/l.yml:3：x：没有此键。是否指 y？"),
      (
        "h refuses connections on port 39222. Retry 3 in 4s.", "h 拒绝端口 39222 上的连接。4s 后进行第 3 次重试。"
      ),
      ("  _SUCCESS__x: 1 file, 1,440 rows", "  _SUCCESS__x：1 个文件，1,440 行"),
      (
        "a.zip: its .CHECKSUM file holds no SHA-256; the source does not list it",
        "a.zip：其 .CHECKSUM 文件没有 SHA-256；来源没有列出它"
      ),
    ] as [(String, String?)])
  func lines(_ english: String, _ chinese: String?) {
    #expect(ChineseWords.text(english) == chinese)
    #expect(ChineseWords.text(english, in: .english) == english)
  }

  @Test("leaves names alone that read like words of it, and what is no sentence of the program")
  func names() {
    #expect(ChineseWords.text("Not in the configuration any more: sync, limit.") == "配置中已没有：sync, limit。")
    #expect(ChineseWords.text("Not in the configuration any more: sync.") == "配置中已没有：sync。")
    for text in ["", "   ", "quite something else", "a, b; c. d: e → f", "================"] {
      #expect(ChineseWords.text(text) == nil, "\(text)")
    }
  }

  @Test("comes to an end with a text of many separators")
  func patience() {
    let text = Array(repeating: "a: b, c; d. e", count: 200).joined(separator: ", ")
    #expect(ChineseWords.text(text) == nil)
  }
}

@Suite("A problem's headline")
struct ProblemHeadlineTests {
  @Test("stands in blocks of three lines: the codes, English, Chinese, each with its advice")
  func blocks() {
    let blocks = ProblemHeadline.tables.flatMap { $0.split(separator: "\n\n") }
    #expect(ProblemHeadline.all.count == blocks.count)
    for headline in ProblemHeadline.all {
      #expect(headline.chinese.what.contains(/\p{Han}/) && headline.chinese.advice.contains(/\p{Han}|sluice/))
      #expect(!headline.english.what.contains(/\p{Han}/) && !headline.english.advice.contains(/\p{Han}/))
      // What is to be typed is the same; a word that stands for a name is not.
      let typed = { (text: String) in
        Set(text.matches(of: /`[^`]+`/).map { String($0.output) }.filter { !$0.contains(/[A-Z]{3}|\p{Han}/) })
      }
      #expect(typed(headline.english.what) == typed(headline.chinese.what), "\(headline.codes)")
      #expect(typed(headline.english.advice) == typed(headline.chinese.advice), "\(headline.codes)")
    }
  }

  @Test("is there for every code of the page of messages, once")
  func complete() throws {
    let page = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/SluiceEngine/Documentation.docc/Troubleshooting.md")
    let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
    let first = lines.firstIndex { $0.hasPrefix("## The link") } ?? 0
    let codes = Set(
      lines[first...].filter { $0.hasPrefix("| `") }.flatMap { line in
        line.split(separator: "|")[0].matches(of: /`([a-z-]+)`/).map { String($0.1) }
      })
    #expect(codes.count > 130)
    let headlines = ProblemHeadline.all.flatMap(\.codes)
    #expect(codes.subtracting(headlines).sorted() == [])
    #expect(Set(headlines).subtracting(codes).sorted() == ["unknown"])
    #expect(headlines.count == Set(headlines).count)
  }

  @Test("is told where the sentence is not known, with the English one behind it")
  func told() {
    let known = RunProblem(code: "stopped", message: "The run was stopped.")
    #expect(known.told(.english) == known && known.told(.auto) == known)
    #expect(known.told(.chinese).message == "运行已被停止。")
    #expect(known.told(.chinese).advice == nil)
    let old = RunProblem(code: "disk-full", message: "No room for 3 files.", advice: "df -h /d", paths: ["a"])
    #expect(old.told(.chinese).message == "没有空间，或将没有空间：No room for 3 files.")
    #expect(old.told(.chinese).advice?.hasSuffix("（df -h /d）") == true)
    #expect(old.told(.chinese).paths == ["a"] && old.told(.chinese).code == "disk-full")
    let bare = RunProblem(code: "x", message: "Something.")
    #expect(bare.told(.chinese) == bare)
    #expect(ProblemHeadline.of("usage")?.chinese.what == "用法错误。")
  }
}
