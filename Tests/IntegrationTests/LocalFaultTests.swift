import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("Faults at the lake's own end", .serialized)
struct LocalFaultTests {
  /// Runs `sync --json` with a system call of rsync failing.
  private func sync(_ collector: Collector, calls: String, error: String) async throws -> (
    ending: ChildProcess.Outcome, problems: [(code: String, message: String, advice: String, paths: [String])]
  ) {
    // Only rsync's own: its name stands before the program's words in PATH.
    let real = try await collector.tool("sh", "-c", "command -v rsync").filter { $0 != "\n" }
    try collector.files.write(
      "bin/rsync",
      "#!/bin/sh\nexec strace -f -qq -o /dev/null -e trace=\(calls) -e inject=\(calls):error=\(error) \(real) \"$@\"\n")
    chmod(collector.files.path("bin/rsync"), 0o755)
    var environment = collector.environment
    environment["PATH"] = collector.files.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let ending = try await ProcessRunner.run(
      ProcessRunner.sluice, ["sync", "--json", "--config", collector.configurationPath], environment: environment,
      deadline: .seconds(60))
    return (ending, Collector.problems(try collector.object(ending)))
  }

  @Test("owners that cannot be set are told as that, with the options that ask for none", .enabled(if: getuid() == 0))
  func owners() async throws {
    let collector = try await Collector()
    let path = try collector.files.write("source/part.parquet", bytes: 100)
    chown(path, 1234, 1234)
    try collector.configure()
    let (ending, problems) = try await sync(collector, calls: "chown,lchown,fchownat,fchown", error: "EPERM")
    let problem = try #require(problems.first, "\(ending)")
    #expect(ending.code == 3 && problem.code == "attributes-refused", "\(problem)")
    #expect(problem.message.contains("The owners of 1 file or directory cannot be set below "), "\(problem)")
    #expect(
      problem.advice.contains("`--no-o --no-g`") && problem.paths == [collector.files.path("lake/ticks/part.parquet")])
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    try collector.editConfiguration("-a --partial", "-a --partial --no-o --no-g")
    #expect(try await sync(collector, calls: "chown,lchown,fchownat,fchown", error: "EPERM").ending.code == 0)
  }

  @Test("a rename that fails here is not blamed on the source")
  func rename() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try collector.configure()
    let (ending, problems) = try await sync(collector, calls: "rename,renameat,renameat2", error: "EIO")
    let problem = try #require(problems.first, "\(ending)")
    #expect(ending.code == 3 && problem.code == "local-files-failed", "\(problem)")
    #expect(
      problem.message.contains("could not be put in place below \(collector.files.path("lake/ticks"))"), "\(problem)")
    #expect(problem.message.contains("input/output error") && problem.paths == [collector.files.path("lake/ticks/a")])
    #expect(!problem.advice.contains("127.0.0.1"))
  }

  @Test("a file larger than this user may write is no broken link, and not tried again")
  func tooLarge() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 6_000_000)
    try collector.configure()
    let script = "ulimit -f 4000; exec '\(ProcessRunner.sluice)' sync --config '\(collector.configurationPath)'"
    let ending = try await ProcessRunner.run("sh", ["-c", script], environment: collector.environment)
    let said = ending.text + ending.errors
    #expect(ending.code == 1 && said.contains("could not be put in place below "), "\(ending)")
    #expect(said.contains("(file too large)") && said.contains("`ulimit -f`"), "\(ending)")
    #expect(!said.contains("Retry"), "\(ending)")
  }

  @Test("a run begins where the directory it was started in is gone")
  func noDirectory() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try collector.configure()
    for words in ["validate --connect", "sync"] {
      let gone = try collector.files.makeDirectory("gone")
      let script =
        "cd '\(gone)' && rmdir '\(gone)' && exec '\(ProcessRunner.sluice)' \(words) --config "
        + "'\(collector.configurationPath)'"
      let ending = try await ProcessRunner.run("sh", ["-c", script], environment: collector.environment)
      #expect(ending.code == 0, "\(ending)")
    }
  }

  @Test("a file in the place of a directory is told by `validate`, and by a sync as that")
  func fileInPlace() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try collector.configure()
    let place = try collector.files.write("lake/ticks", "")
    for words in [["validate"], ["sync"]] {
      let ending = try await collector.sluice(words)
      #expect(ending.code == 1, "\(ending)")
      #expect(
        (ending.text + ending.errors).contains(
          "\(place): cannot be created: something of that name is there, and no directory → Move it"),
        "\(ending)")
    }
  }

  @Test("a directory here in a file's place is not blamed on the source")
  func barred() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try collector.files.write("lake/ticks/a/inner", bytes: 100)
    try collector.configure()
    let (ending, json) = try await collector.syncJSON()
    let problem = try #require(Collector.problems(json).first, "\(ending)")
    #expect(ending.code == 3 && problem.code == "local-files-failed", "\(problem)")
    #expect(
      problem.message.contains("something else is there") && problem.advice.contains("move it away"), "\(problem)")
  }

  @Test(
    "too few inodes refuse the plan, and are named when they run out meanwhile", .enabled(if: MemoryDisk.isPossible))
  func inodes() async throws {
    let collector = try await Collector()
    let disk = try await MemoryDisk(at: collector.files.path("lake"), megabytes: 24)
    try collector.configure()
    try collector.files.write("source/first", bytes: 100)
    #expect(try await collector.sluice("sync").code == 0)
    for number in 0..<600 { try collector.files.write("source/n/\(number)", bytes: 10) }
    _ = try await collector.tool("mount", "-o", "remount,nr_inodes=500", collector.files.path("lake"))
    let (ending, json) = try await collector.syncJSON()
    let problem = try #require(Collector.problems(json).first, "\(ending)")
    #expect(ending.code == 12 && problem.code == "disk-inodes", "\(problem)")
    #expect(problem.message.contains("the plan brings 601 new names"), "\(problem)")
    #expect(problem.advice.contains("df -i"))
    _ = try await collector.tool("mount", "-o", "remount,nr_inodes=5000", collector.files.path("lake"))
    #expect(try await collector.sluice("sync").code == 0)
    withExtendedLifetime(disk) {}
  }

  @Test("checksums of a source that reads for longer than the stall timeout are no stall")
  func checksums() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try collector.configure(
      [.init(arguments: "-a --partial --checksum")],
      lakeLines: ["stall_timeout: 2s", "retry: {attempts: 0, delay: 1s}"])
    // The source says nothing for 5 s, as while it reads a large file.
    try collector.server.answer(with: "sleep 5; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"")
    let run = try await collector.sluice("sync")
    #expect(run.code == 0, "\(run)")
  }

  @Test("records that this user may not read are not taken for none", .enabled(if: UnprivilegedUser.isPossible))
  func hidden() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 100)
    try collector.configure()
    #expect(try await collector.sluice("sync").code == 0)
    _ = try await collector.tool("chmod", "-R", "go-rwx", collector.stateDirectory)
    _ = try await collector.tool("chmod", "a+rx", collector.files.path, collector.files.path("lake"))
    _ = try await collector.tool("chmod", "-R", "a+rX", collector.files.path("data_lake.yml"))
    for words in [["history"], ["stats"], ["status"], ["metrics"], ["check"]] {
      let answer = try await ProcessRunner.run(
        "setpriv",
        ["--reuid=\(UnprivilegedUser.userID)", "--clear-groups", ProcessRunner.sluice] + words
          + ["--config", collector.configurationPath], environment: ["HOME": "/", "XDG_STATE_HOME": "/nonexistent"])
      #expect(answer.code == 1 && answer.errors.contains("permission denied"), "\(words): \(answer)")
    }
  }
}
