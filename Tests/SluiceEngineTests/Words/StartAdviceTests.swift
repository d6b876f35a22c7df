import Foundation
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("A program the system did not start")
struct StartAdviceTests {
  private func problem(_ code: Int32) throws -> (failure: TransferFailure, problem: RunProblem) {
    let failure = try #require(RsyncRun.notStarted(FileFailure(.start, path: "/usr/bin/rsync", code: code)))
    let profile = Profile(
      name: "ticks", source: Source(host: "collector", user: "u", remoteRoot: "/x"), localSubdirectory: "ticks",
      localPath: "/l/ticks", checkpointFile: "/l/c.json")
    let lake = Lake(configurationPath: "/l/lake.yml", rootDirectory: "/l", profiles: [profile])
    return (failure, TransferSentences(profile: profile, lake: lake).problem(failure))
  }

  @Test(
    "is told with the system's reason and what helps, and tried again where that may pass by itself",
    arguments: [
      (E2BIG, "argument list too long", "shorten `rsync_args`", false), (EAGAIN, "temporarily", "ulimit -u", true),
      (ENOMEM, "memory", "free -m", true), (EACCES, "permission denied", "noexec", false),
      (EPERM, "not permitted", "seccomp", false), (ENOEXEC, "exec format", "install it anew", false),
      (EMFILE, "too many open files", "LimitNOFILE", true), (ENFILE, "too many open files", "LimitNOFILE", true),
      (ENOENT, "no such file", "PATH", false),
    ])
  func reasons(code: Int32, reason: String, advice: String, retries: Bool) throws {
    let (failure, problem) = try problem(code)
    #expect(failure.meaning == .notStarted && failure.isRetryable == retries)
    #expect(problem.code == "not-started")
    #expect(problem.message.contains("/usr/bin/rsync: ") && problem.message.contains(reason), "\(problem)")
    #expect(problem.message.contains("on this machine") && !problem.message.contains("collector"), "\(problem)")
    #expect(problem.advice?.contains(advice) == true, "\(problem)")
  }

  @Test("one that is here without the right to execute it is not told as missing")
  func barred() throws {
    let lake = try TempLake("bin")
    let path = try lake.write("ssh", "#!/bin/sh\n")
    chmod(path, 0o644)
    let environment = ["PATH": "/nowhere:\(lake.path)"]
    #expect(RsyncProcess.locate("ssh", environment: environment) == nil)
    #expect(RsyncProcess.fault(of: "ssh", environment: environment) == .barredProgram(path: path))
    #expect(RsyncProcess.fault(of: "rsync", environment: environment) == .missingProgram("rsync"))
    chmod(path, 0o755)
    #expect(RsyncProcess.locate("ssh", environment: environment) == path)
  }

  @Test("is so where its words are too long, for every child")
  func tooLong() throws {
    let words = ["true", String(repeating: "x", count: 200_000)]
    let failure = #expect(throws: FileFailure.self) { try Subprocess(starting: words) }
    #expect(failure?.code == E2BIG && failure?.operation == .start)
  }
}
