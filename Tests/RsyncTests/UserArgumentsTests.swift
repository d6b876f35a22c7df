import Rsync
import Testing

@Suite("The user's own rsync options")
struct UserArgumentsTests {
  @Test(
    "passes on what is allowed, as written",
    arguments: [
      ("-a", ["-a"]), ("-az", ["-a", "-z"]), ("-rlptgoD", ["-r", "-l", "-p", "-t", "-g", "-o", "-D"]),
      ("--archive --compress", ["--archive", "--compress"]),
      ("-cSHAXOJy", ["-c", "-S", "-H", "-A", "-X", "-O", "-J", "-y"]),
      ("-z --zc=zstd --zl 1", ["-z", "--compress-choice=zstd", "--compress-level=1"]),
      ("--skip-compress=zip/gz", ["--skip-compress=zip/gz"]), ("--chmod=D755,F644", ["--chmod=D755,F644"]),
      ("--checksum --size-only --min-size=1k", ["--checksum", "--size-only", "--min-size=1k"]),
      ("--modify-window=1 -@2 -@ 3", ["--modify-window=1", "--modify-window=2", "--modify-window=3"]),
      ("-axm --numeric-ids", ["-a", "-x", "-m", "--numeric-ids"]), ("--safe-links", ["--safe-links"]),
      ("--chown=data:data --usermap=a:b", ["--chown=data:data", "--usermap=a:b"]),
      ("-E -B 700 --cc md5", ["-E", "--block-size=700", "--checksum-choice=md5"]),
      ("-W", ["-W"]), ("-a --delete", ["-a", "--delete"]), ("-a --delete-after", ["-a", "--delete-after"]),
      ("-a --no-owner --no-g", ["-a", "--no-owner", "--no-g"]), ("", ["-rlpt"]), ("   ", ["-rlpt"]),
      ("-avzP --stats -h --progress", ["-a", "-z"]), ("--partial", ["-rlpt"]),
      ("-a --exclude '*.tmp' --exclude=/x\\ y/", ["-a", "--exclude=*.tmp", "--exclude=/x y/"]),
      ("-a --include='*/' --include '*.zip' --exclude='*'", ["-a", "--include=*/", "--include=*.zip", "--exclude=*"]),
      (
        "-a -f '- *.tmp' --filter='+ a' -f'P b' -f=-_c",
        [
          "-a", "--filter=- *.tmp", "--filter=+ a", "--filter=P b", "--filter=-_c",
        ]
      ),
    ])
  func accepted(text: String, options: [String]) {
    let arguments = UserArguments(text)
    #expect(arguments.refusals == [])
    #expect(arguments.options == options)
  }

  @Test(
    "names the option that takes one process for the whole transfer",
    arguments: [
      ("-a --delete --inplace --partial", nil), ("-az", nil), ("-aH", "-H"), ("-a --hard-links", "--hard-links"),
      ("-aH --no-H", nil), ("-a --no-H -H", "-H"), ("-ay", "-y"), ("--fuzzy --no-fuzzy", nil),
      ("-a --delete-before", "--delete-before"), ("-a --delete-after", nil), ("-a --delete-during", nil),
    ] as [(String, String?)])
  func singleProcess(text: String, option: String?) {
    #expect(UserArguments(text).singleProcessOption == option)
  }

  /// Every option that was tried and found to break a run, silently or not, and more of the kind.
  @Test(
    "refuses by name what breaks a run",
    arguments: [
      "-q", "--quiet", "--info=NONE", "--info=progress0", "--msgs2stderr", "--stderr=all", "--out-format=x",
      "--log-format=x", "-n", "--dry-run", "--list-only", "--files-from=x", "--no-r", "--no-recursive", "--max-size=1",
      "--only-write-batch=x", "--write-batch=x", "--read-batch=x", "--compare-dest=/x", "--copy-dest=/x",
      "--link-dest=/x", "-R", "--relative", "--inc-recursive", "--i-r", "--daemon", "--version", "-V", "--help",
      "-M--foo", "--remote-option=x", "--rsync-path=x", "--remove-source-files", "--remove-sent-files",
      "--delete-excluded", "--append", "--append-verify", "-e", "--rsh=x", "--log-file=/x", "--log-file-format=x",
      "-u", "--update", "-I", "--ignore-times", "--existing", "--ignore-existing", "--ignore-errors", "--force",
      "-b", "--backup", "--backup-dir=/x", "-L", "-k", "-K", "--copy-unsafe-links", "-T/x", "--temp-dir=/x", "-C",
      "-F", "--delay-updates", "-d", "--no-t", "--no-times", "-4", "-6", "--port=1", "--address=x", "--sockopts=x",
      "--contimeout=1", "--protocol=1", "--stop-after=1", "--super", "--trust-sender", "--old-args", "--exclude-from=x",
      "--include-from=x", "-0", "--write-devices", "--iconv=x", "--ignore-missing-args", "--delete-missing-args",
      "--no-archive", "--no-a",
    ])
  func refused(word: String) throws {
    let refusal = try #require(UserArguments("-a \(word)").refusals.first)
    let name = word.hasPrefix("--") ? String(word.prefix { $0 != "=" }) : String(word.prefix(2))
    #expect(refusal.word == name)
    #expect(refusal.reason.count > 10)
    #expect(UserArguments("-a \(word)").refusals.count == 1)
  }

  @Test(
    "refuses what it does not know",
    arguments: [
      ("--nonsense", "--nonsense"), ("-aY", "-Y"), ("--", "--"), ("-", "-"), ("/etc/passwd", "/etc/passwd"),
      ("-a host:/x", "host:/x"), ("--a", "--a"), ("--D", "--D"), ("--delete=5", "--delete=5"), ("-a=5", "-="),
      ("--chmod", "--chmod"), ("--bwlimit", "--bwlimit"), ("-f", "-f"), ("--no-sense", "--no-sense"),
      ("'-a", "'-a"), ("\"-a", "\"-a"), ("-a\\", "-a\\"), ("'-a b'", "- "), ("--max-delete=x", "--max-delete=x"),
      ("--bwlimit=fast", "--bwlimit=fast"), ("--partial-dir=/tmp/x", "--partial-dir=/tmp/x"),
      ("--partial-dir=../x", "--partial-dir=../x"), ("--partial-dir=..", "--partial-dir=.."),
      ("--partial-dir=", "--partial-dir="),
    ])
  func unknown(text: String, word: String) {
    #expect(UserArguments(text).refusals.contains { $0.word == word })
  }

  @Test(
    "refuses filters that reach for the lake's own state",
    arguments: [
      "--filter=!", "-f !", "--exclude=!", "--include=!", "-f '! '", "--filter='. rules'", "--filter=': .rules'",
      "--filter='merge x'", "--filter='R /_ingested/'", "--filter='H *'", "--filter='S *'", "--filter='-s *'",
      "--filter='-! x'", "--filter=", "--exclude=", "--filter='clear'", "--exclude=*", "--exclude='- *'", "-f '- /**'",
      "--include='- *'",
    ])
  func refusedFilters(text: String) {
    #expect(UserArguments("-a \(text)").refusals.count == 1)
  }

  @Test(
    "takes a bandwidth limit out of the options",
    arguments: [
      ("--bwlimit=10000", 10_000), ("--bwlimit 10000", 10_000), ("--bwlimit=10m", 10_240), ("--bwlimit=1.5M", 1536),
      ("--bwlimit=1MB", 977), ("--bwlimit=2MiB", 2048), ("--bwlimit=1b", 1), ("--bwlimit=0.2", 1),
      ("--bwlimit=0", nil), ("--bwlimit=1g", 1_048_576), ("-a", nil), ("--bwlimit=5 --bwlimit=7", 7),
    ] as [(String, Int?)])
  func bandwidth(text: String, limit: Int?) {
    let arguments = UserArguments(text)
    #expect(arguments.refusals == [])
    #expect(arguments.bandwidthLimit == limit)
    #expect(!arguments.options.contains { $0.contains("bwlimit") })
  }

  @Test("honours --inplace, with a warning, and says what -W costs")
  func inPlace() {
    let documents = UserArguments("-az --partial --inplace --delete")
    #expect(documents.isInPlace && documents.deletes)
    #expect(documents.options == ["-a", "-z", "--delete"])
    #expect(documents.notes.filter(\.isWarning).map(\.word) == ["--inplace"])
    #expect(UserArguments("-aW").notes.map(\.word) == ["-W"])
    #expect(!UserArguments("-avzP").isInPlace)
    #expect(UserArguments("-avzP").notes == [])
  }

  @Test(
    "says so when a word is left out",
    arguments: [
      "--timeout=60", "--bwlimit=5", "--partial-dir=.other", "--no-partial",
    ])
  func notes(word: String) throws {
    let arguments = UserArguments("-a \(word)")
    #expect(arguments.refusals == [])
    #expect(arguments.options == ["-a"])
    #expect(arguments.notes.count == 1)
    #expect(!(try #require(arguments.notes.first).isWarning))
  }

  @Test("keeps the user's bound on deletions apart")
  func maxDelete() {
    #expect(UserArguments("-a --delete --max-delete=5").maxDelete == 5)
    #expect(UserArguments("-a --delete --max-delete -1").maxDelete == nil)
    #expect(UserArguments("-a --delete --max-delete=5").options == ["-a", "--delete"])
  }

  @Test(
    "splits words as a shell does, and runs nothing",
    arguments: [
      (#"--exclude="a b""#, ["--exclude=a b"]), (#"--exclude='a "b"'"#, [#"--exclude=a "b""#]),
      (#"--exclude="a \"b\" \c \\""#, [#"--exclude=a "b" \c \"#]), (#"--exclude=a'b'"c"\ d"#, ["--exclude=abc d"]),
      ("--exclude=$HOME", ["--exclude=$HOME"]), ("--exclude=`id`;ls", ["--exclude=`id`;ls"]),
      ("-a\t-z\n-c\r\n-H", ["-a", "-z", "-c", "-H"]), ("--exclude=x\\\ny", ["--exclude=xy"]),
      ("--exclude=数据", ["--exclude=数据"]),
    ])
  func splitting(text: String, options: [String]) {
    #expect(UserArguments(text).refusals == [])
    #expect(UserArguments(text).options == options)
  }
}
