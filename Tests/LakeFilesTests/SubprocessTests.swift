import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LakeFiles

@Suite("A subprocess")
struct SubprocessTests {
  @Test("both its outputs are read to the end, whichever fills up first")
  func outputs() async throws {
    let script = "for i in 1 2 3 4; do head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; done; exit 3"
    let counts = Mutex((output: 0, errors: 0))
    let ending = try await own { () throws(FileFailure) in
      try Subprocess.run(
        ["sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"],
        output: { piece in counts.withLock { $0.output += piece.count } },
        errors: { piece in counts.withLock { $0.errors += piece.count } })
    }
    #expect(ending == Subprocess.Ending(exitCode: 3))
    #expect(counts.withLock { $0 } == (1_200_000, 1_200_000))
  }

  @Test("what it says is kept up to the limit, and the rest does not stop it")
  func limit() async throws {
    let answer = try await Subprocess.answer(of: ["sh", "-c", "head -c 500000 /dev/zero | tr '\\0' x"], limit: 10)
    #expect(answer == Subprocess.Answer(ending: Subprocess.Ending(exitCode: 0), output: "xxxxxxxxxx", errors: ""))
  }

  @Test("it has its own session, an empty stdin, the environment given, and no signal blocked or ignored")
  func surroundings() async throws {
    // The last by exec: a dash that waits for a child blocks all its signals until that child has begun.
    let script =
      "cut -d' ' -f6 /proc/$$/stat; echo $$; wc -c; echo \"$ONLY-$HOME\"; exec grep -E 'Sig(Blk|Ign)' /proc/self/status"
    let answer = try await own { () throws(FileFailure) in
      // The thread is gone afterwards, and the mask with it; ignoring holds for all the tests' process.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, SIGTERM)
      pthread_sigmask(SIG_BLOCK, &signals, nil)
      signal(SIGUSR2, SIG_IGN)
      defer { signal(SIGUSR2, SIG_DFL) }
      var text = ""
      _ = try Subprocess.run(
        ["/bin/sh", "-c", script], environment: ["ONLY": "this", "PATH": "/usr/bin:/bin"],
        output: { text += String(decoding: $0, as: UTF8.self) }, errors: { _ in })
      return text
    }
    let lines = answer.split(separator: "\n").map(String.init)
    try #require(lines.count == 6)
    #expect(lines[0] == lines[1])
    #expect(lines[2] == "0")
    #expect(lines[3] == "this-")
    for line in lines[4...] {
      let signals = try #require(line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) })
      // The C library keeps 32 and 33 for itself.
      #expect(signals & 0x7fff_ffff == 0, "\(line)")
    }
  }

  @Test("what has its outputs and left its session is not waited for, what stayed in it is")
  func handedOn() async throws {
    let start = ContinuousClock.now
    let answer = try await Subprocess.answer(of: [
      "/bin/sh", "-c", "setsid sleep 3000 & echo $! >&2; (sleep 1; echo late) & echo early",
    ])
    #expect(answer.output == "early\nlate\n" && answer.ending.exitCode == 0)
    #expect(start.duration(to: .now) < .seconds(2000))
    for process in answer.errors.split(separator: "\n").compactMap({ Int32($0) }) where process > 1 {
      kill(process, SIGKILL)
    }
  }

  @Test("the process that is named while it runs can be signalled, and its end says so")
  func signalled() async throws {
    let ending = try await own { () throws(FileFailure) in
      try Subprocess.run(
        ["sleep", "600"], environment: ["PATH": "/usr/bin:/bin"],
        started: { process in
          #expect(process.isAlive)
          kill(process.processID, SIGTERM)
        }, output: { _ in }, errors: { _ in })
    }
    #expect(ending == Subprocess.Ending(exitCode: 128 + SIGTERM, wasSignalled: true))
  }

  @Test("stderr can go to a file instead, which is its owner's alone")
  func errorFile() async throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path + "/errors"
    let ending = try await own { () throws(FileFailure) in
      try Subprocess(starting: ["sh", "-c", "echo no >&2; exit 7"], standardError: path).wait()
    }
    #expect(ending.exitCode == 7)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "no\n")
    #expect(try FileStatus(at: path).mode == 0o600)
  }

  @Test("a program that is not there is a failure with its name")
  func missing() async throws {
    await #expect(throws: FileFailure(.start, path: "/no/such/program", code: ENOENT)) {
      try await Subprocess.answer(of: ["/no/such/program"])
    }
    #expect(FileFailure(.start, path: "/x", code: ENOENT).description == "/x: cannot be started: it does not exist")
  }

  private func own<Value: Sendable>(
    _ body: @escaping @Sendable () throws(FileFailure) -> Value
  ) async throws(FileFailure) -> Value {
    let result = await OwnThread.run("child test") { () -> Result<Value, FileFailure> in
      do throws(FileFailure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try result.get()
  }
}
