import Rsync
import SluiceCore
import Testing

@Suite("rsync's argument vector")
struct TransferCommandTests {
  private func command(
    _ options: String = "-a --delete",
    source: Source = Source(host: "10.0.0.11", user: "ubuntu", remoteRoot: "/var/data")
  ) -> TransferCommand {
    TransferCommand(
      source: source, userArguments: UserArguments(options), localPath: "/data/lake/x", remoteShell: ["ssh", "-T"])
  }

  @Test("puts our filters first, the user's options next, ours last")
  func order() throws {
    var command = command("-az --exclude=*.tmp --delete")
    command.excludesMarkers = true
    command.cutoff = CalendarDay(compact: "20000101")
    command.protectedPaths = ["state[1]/x"]
    command.maxDelete = 500
    #expect(
      command.arguments(for: .transfer) == [
        "--filter=- /_ingested", "--filter=- /.checkpoints", "--filter=- /.sluice", "--filter=- /state\\[1]/x",
        "--filter=+ /_SUCCESS__*/", "--filter=- /_SUCCESS__*", "--filter=-p .rsync-partial/",
        "--filter=- /*_[0-1][0-9][0-9][0-9][0-9][0-9][0-9][0-9]/",
        "--filter=- /*_200000[0-9][0-9]/", "--filter=- /*_20000100/",
        "--filter=- /[0-1][0-9][0-9][0-9][0-9][0-9][0-9][0-9]/",
        "--filter=- /200000[0-9][0-9]/", "--filter=- /20000100/",
        "-a", "-z", "--exclude=*.tmp", "--delete", "--recursive", "--times", "--partial-dir=.rsync-partial",
        "--no-inc-recursive", "--timeout=0", "--no-human-readable", "-8", "--out-format=@F %i %l %b %n",
        "--max-delete=500", "--info=progress2,stats2,name1,del1", "--rsh=ssh -T", "--", "ubuntu@10.0.0.11:/var/data/",
        "/data/lake/x/",
      ])
  }

  @Test(
    "protects a path whatever its characters and slashes",
    arguments: [
      ("state", "- /state"), ("/a/b/", "- /a/b"), ("100%", "- /100%"), ("back\\slash", "- /back\\slash"),
      ("st*r\\", "- /st\\*r\\\\"), ("a?[b]", "- /a\\?\\[b]"),
    ])
  func protected(path: String, rule: String) {
    var command = command()
    command.protectedPaths = [path]
    #expect(command.arguments(for: .transfer).contains("--filter=\(rule)"))
  }

  @Test("plans with the same filters and options, without a bound on deletions")
  func plan() {
    var command = command("-a --delete --max-delete=3")
    command.maxDelete = 5
    let plan = command.arguments(for: .plan)
    #expect(!plan.contains { $0.hasPrefix("--debug") })
    let transfer = command.arguments(for: .transfer)
    #expect(plan.contains("--dry-run"))
    #expect(!plan.contains { $0.hasPrefix("--max-delete") })
    #expect(transfer.contains("--max-delete=3"))
    let own = ["--max-delete=3", "--info=progress2,stats2,name1,del1", "--out-format=@F %i %l %b %n"]
    #expect(Set(transfer).subtracting(own).isSubset(of: plan))
  }

  @Test(
    "lists the times of a plan's files, and checksums where the transfer compares them",
    arguments: [
      ("-a", "@P %M @F %i %l %b %n"), ("-a --checksum", "@P %M %C @F %i %l %b %n"),
      ("-ac", "@P %M %C @F %i %l %b %n"), ("-ac --no-checksum", "@P %M @F %i %l %b %n"),
    ])
  func planFormat(options: String, format: String) {
    #expect(command(options).arguments(for: .plan).contains("--out-format=\(format)"))
    #expect(command(options).arguments(for: .transfer).contains("--out-format=@F %i %l %b %n"))
  }

  @Test(
    "takes -z back where it is told to and nothing more is said of how to compress, in what fetches alone",
    arguments: [
      ("-az", true), ("-a --compress", true), ("-a", false), ("-az --no-z", false), ("-az --zc=zstd", false),
      ("-az --compress-level=1", false), ("-az --skip-compress=gz/zip", false), ("-a --compress-choice=lz4", false),
    ])
  func compression(options: String, isTakenBack: Bool) {
    var command = command(options + " --exclude=x")
    let stages: [TransferCommand.Stage] = [
      .markers, .plan, .transfer, .probe, .lane(fileList: "/l"), .inventory, .comparison(fileList: "/l"),
      .repair(fileList: "/l"),
    ]
    let before = stages.map(command.arguments)
    command.leavesOutCompression = true
    for (stage, words) in zip(stages, before) {
      let fetches = stage == .transfer || stage == .lane(fileList: "/l")
      let after = command.arguments(for: stage)
      if fetches, isTakenBack {
        #expect(after.filter { $0 != "--no-compress" } == words, "\(stage)")
        let place = after.firstIndex(of: "--no-compress")
        #expect(place != nil && place == after.firstIndex(of: "--exclude=x").map { $0 + 1 }, "behind the user's")
      } else {
        #expect(after == words, "\(stage)")
      }
    }
  }

  @Test("leaves the partial directory out with --inplace")
  func inPlace() {
    let words = command("-a --inplace").arguments(for: .transfer)
    #expect(words.contains("--inplace") && words.contains("--partial"))
    #expect(!words.contains { $0.hasPrefix("--partial-dir") })
  }

  @Test("gives no bound on deletions when nothing may be deleted")
  func noDeletion() {
    var command = command("-a --max-delete=3")
    command.maxDelete = 5
    #expect(!command.arguments(for: .transfer).contains { $0.hasPrefix("--max-delete") || $0 == "--delete" })
  }

  @Test("fetches markers alone, and no user option with them")
  func markers() {
    #expect(
      command("-a --delete --exclude=_*").arguments(for: .markers) == [
        "--filter=- */", "--filter=+ /_SUCCESS__*", "--filter=- *", "--dirs", "--links", "--times", "--timeout=0",
        "--no-human-readable", "-8", "--out-format=@F %i %l %b %n", "--info=stats2,name1", "--rsh=ssh -T", "--",
        "ubuntu@10.0.0.11:/var/data/", "/data/lake/x/",
      ])
  }

  @Test("compares and repairs by bytes alone, whatever the user's options say of sizes and times, and deletes nothing")
  func verification() {
    let command = command("-aH --delete --size-only --fuzzy --modify-window=5 --exclude=*.tmp -c")
    for stage in [
      TransferCommand.Stage.inventory, .comparison(fileList: "/l"), .repair(fileList: "/l"),
    ] {
      let words = command.arguments(for: stage)
      #expect(Set(words).isDisjoint(with: ["--delete", "--size-only", "--fuzzy", "-H", "-c"]), "\(stage)")
      #expect(!words.contains { $0.hasPrefix("--modify-window") || $0.hasPrefix("--max-delete") }, "\(stage)")
      #expect(words.contains("--exclude=*.tmp") && words.contains("--filter=- /.sluice"), "\(stage)")
    }
    let (list, comparison) = (command.arguments(for: .inventory), command.arguments(for: .comparison(fileList: "/l")))
    let repair = command.arguments(for: .repair(fileList: "/l"))
    #expect(list.contains("--dry-run") && !list.contains("--checksum"))
    #expect(Set(comparison).isSuperset(of: ["--dry-run", "--checksum", "--files-from=/l", "--from0"]))
    #expect(Set(repair).isSuperset(of: ["--ignore-times", "--files-from=/l", "--from0"]))
    #expect(!repair.contains("--dry-run"))
  }

  @Test("deletes nothing in a lane")
  func lane() {
    let words = command("-a --delete-after").arguments(for: .lane(fileList: "/l"))
    #expect(words.contains("--files-from=/l") && words.contains("--from0"))
    #expect(!words.contains { $0.hasPrefix("--del") })
  }

  @Test(
    "writes the source's address as rsync reads it",
    arguments: [
      (Source(host: "alias", user: nil, remoteRoot: "/d/"), "alias:/d/", false),
      (Source(host: "::1", user: "u", remoteRoot: "/d"), "u@[::1]:/d/", false),
      (Source(host: "[::1]", user: "u", remoteRoot: "/d"), "u@[::1]:/d/", false),
      (Source(host: "h", user: "u", remoteRoot: "~/d"), "u@h:~/d/", false),
      (Source(host: "h", user: "u", remoteRoot: "/sp ace/d'q"), "u@h:/sp ace/d'q/", true),
      (Source(host: "h", user: "u", remoteRoot: "/数据"), "u@h:/数据/", true),
    ])
  func addresses(source: Source, address: String, isProtected: Bool) {
    let words = command(source: source).arguments(for: .transfer)
    #expect(words.dropLast().last == address)
    #expect(words.contains("--protect-args") == isProtected)
  }

  @Test(
    "quotes the remote shell's words as rsync splits them",
    arguments: [
      (["ssh", "-T"], "ssh -T"), (["/a b/sluice", "x"], "'/a b/sluice' x"), (["it's", ""], "'it''s' ''"),
      ([#"-oX="a b""#], #"'-oX="a b"'"#),
    ])
  func remoteShell(words: [String], value: String) {
    var command = command()
    command.remoteShell = words
    #expect(command.arguments(for: .transfer).contains("--rsh=\(value)"))
  }
}

@Suite("How ssh is started")
struct SSHCommandTests {
  @Test("checks the key, never asks, forwards nothing")
  func always() {
    let words = SSHCommand(source: Source(host: "h", user: "u", remoteRoot: "/d")).vector
    for expected in [
      "-T", "-oBatchMode=yes", "-oStrictHostKeyChecking=yes", "-oConnectTimeout=30", "-oServerAliveInterval=15",
      "-oServerAliveCountMax=6", "-oLogLevel=INFO", "-oClearAllForwardings=yes", "-oForwardAgent=no",
    ] {
      #expect(words.contains(expected))
    }
    #expect(words.contains("-p") && words.contains("6677"))
    #expect(!words.contains { $0.contains("StrictHostKeyChecking=no") || $0.hasPrefix("-i") })
  }

  @Test("leaves to ssh_config what a kline-sync file leaves out")
  func alias() {
    let words = SSHCommand(source: Source(host: "cryptodata", port: nil, user: nil, remoteRoot: "/d")).vector
    for option in ["-p", "-i", "-l", "-F", "-oIdentitiesOnly=yes"] { #expect(!words.contains(option)) }
  }

  @Test("names key, configuration and port")
  func named() {
    let source = Source(host: "h", port: 22, user: "u", sshKey: "/k/id a", remoteRoot: "/d", sshConfig: "/c/ssh config")
    let words = SSHCommand(source: source).vector
    #expect(
      words.starts(with: ["ssh", "-T", "-F", "/c/ssh config", "-p", "22", "-i", "/k/id a", "-oIdentitiesOnly=yes"]))
  }

  @Test("believes a pinned key alone")
  func pinned() {
    var source = Source(host: "alias", user: "u", remoteRoot: "/d", knownHosts: .key("ssh-ed25519 AAAA"))
    var command = SSHCommand(source: source, pinnedKeyFile: "/s/100% safe/known")
    #expect(command.pinnedKeyLine == "sluice-pinned ssh-ed25519 AAAA")
    #expect(command.vector.contains("-oHostKeyAlias=sluice-pinned"))
    #expect(command.vector.contains(#"-oUserKnownHostsFile="/s/100%% safe/known""#))
    #expect(command.vector.contains("-oGlobalKnownHostsFile=/dev/null"))
    command.pinnedKeyFile = nil
    #expect(command.vector.contains(#"-oUserKnownHostsFile="/dev/null""#))
    source.knownHosts = .file("/k/hosts")
    #expect(SSHCommand(source: source).vector.contains(#"-oUserKnownHostsFile="/k/hosts""#))
    #expect(SSHCommand(source: source).pinnedKeyLine == nil)
  }

  @Test("uses a login that is offered, and offers one without running anything there")
  func sharedLogin() throws {
    var command = SSHCommand(source: Source(host: "h", user: "u", remoteRoot: "/d"))
    #expect(command.vector.contains("-oControlPath=none"))
    command.controlPath = "/r/100% mine/login"
    #expect(command.vector.contains("-oControlMaster=no") && command.vector.contains("-oLogLevel=ERROR"))
    #expect(command.vector.contains(#"-oControlPath="/r/100%% mine/login""#))
    let words = command.openingLogin
    #expect(words.filter { $0.hasPrefix("-oControlMaster") } == ["-oControlMaster=yes"])
    #expect(words.contains("-oStrictHostKeyChecking=yes") && words.contains("-oControlPersist=no"))
    #expect(words.contains("-N") && words.suffix(4) == ["-l", "u", "--", "h"])
    // ssh refuses it beside -N.
    #expect(!words.contains { $0.hasPrefix("-oSessionType") } && words.contains("-oLogLevel=INFO"))
  }

  @Test("keeps a host that looks like an option from being one")
  func hostileHost() throws {
    let source = Source(host: "-oProxyCommand=id", port: nil, user: "u", remoteRoot: "/d")
    let words = SSHCommand(source: source).running("true")
    let separator = try #require(words.lastIndex(of: "--"))
    #expect(words[(separator + 1)...] == ["-oProxyCommand=id", "true"])
  }
}
