import CLinux
import FoundationEssentials
import Glibc

extension Subprocess {
  /// What a program said and how it ended.
  package struct Answer: Sendable, Equatable {
    /// How it ended.
    package var ending: Ending
    /// The beginning of its stdout.
    package var output: String
    /// The beginning of its stderr.
    package var errors: String
  }

  /// Runs a program in a session of its own to its end, both its outputs handed on as they come.
  ///
  /// Blocks, on a thread of its own; the outputs are read until nobody can write to them any more, or nobody of the
  /// session is left: a program may have handed its descriptors to another one, as ssh does to the keeper of a shared
  /// login. Ending the program early is a signal to the process that `started` names.
  ///
  /// - Parameters:
  ///   - words: The program's path, or a name looked up in PATH, and its arguments; at least one.
  ///   - environment: All of it.
  ///   - started: Told the process once it runs.
  ///   - output: Told every piece of stdout, in order; on the calling thread.
  ///   - errors: Told every piece of stderr, in order; on the calling thread.
  /// - Throws: Operation `start` when it cannot be started.
  package static func run(
    _ words: [String], environment: [String: String], started: (ProcessIdentity) -> Void = { _ in },
    output: (UnsafeRawBufferPointer) -> Void, errors: (UnsafeRawBufferPointer) -> Void
  ) throws(FileFailure) -> Ending {
    let outputPipe = try Pipe(for: words)
    let errorPipe: Pipe
    let child: Subprocess
    do throws(FileFailure) {
      errorPipe = try Pipe(for: words)
    } catch {
      outputPipe.close()
      throw error
    }
    do throws(FileFailure) {
      child = try Subprocess(
        starting: words, environment: environment, output: .descriptor(outputPipe.writing),
        errors: .descriptor(errorPipe.writing), inOwnSession: true)
    } catch {
      outputPipe.close()
      errorPipe.close()
      throw error
    }
    // Else the end would never be seen.
    close(outputPipe.writing)
    close(errorPipe.writing)
    started(child.identity)
    drain(child.identity, outputPipe.reading, output, errorPipe.reading, errors)
    return child.wait()
  }

  /// Runs a program in a session of its own and returns what it said.
  ///
  /// - Parameters:
  ///   - words: The program's path, or a name looked up in PATH, and its arguments; at least one.
  ///   - environment: All of it.
  ///   - limit: Bytes kept of each output; what follows is read and dropped.
  /// - Throws: Operation `start` when it cannot be started.
  package static func answer(
    of words: [String], environment: [String: String] = ChildEnvironment.variables, limit: Int = 65_536
  ) async throws(FileFailure) -> Answer {
    let result = await OwnThread.run("sluice child") { () -> Result<Answer, FileFailure> in
      var output: [UInt8] = []
      var errors: [UInt8] = []
      do throws(FileFailure) {
        let ending = try run(
          words, environment: environment, output: { output += $0.prefix(limit - output.count) },
          errors: { errors += $0.prefix(limit - errors.count) })
        return .success(
          Answer(
            ending: ending, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self)))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private struct Pipe {
    let reading: Int32
    let writing: Int32

    init(for words: [String]) throws(FileFailure) {
      var ends: [Int32] = [-1, -1]
      guard sluice_pipe(&ends) == 0 else { throw FileFailure(.start, path: words.first ?? "") }
      (reading, writing) = (ends[0], ends[1])
    }

    func close() {
      Glibc.close(reading)
      Glibc.close(writing)
    }
  }

  /// Milliseconds between two looks for survivors of a program that has ended and left its outputs open.
  private static let pace: Int32 = 200

  /// Reads both to their ends, whichever has something, and closes them.
  private static func drain(
    _ child: ProcessIdentity, _ output: Int32, _ takeOutput: (UnsafeRawBufferPointer) -> Void, _ errors: Int32,
    _ takeErrors: (UnsafeRawBufferPointer) -> Void
  ) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { buffer.deallocate() }
    let watch = sluice_pidfd_open(child.processID)
    defer { if watch >= 0 { close(watch) } }
    var waiting = [output, errors, watch].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while waiting[0].fd >= 0 || waiting[1].fd >= 0 {
      let count = poll(&waiting, nfds_t(waiting.count), waiting[2].fd < 0 ? pace : -1)
      if count < 0, errno != EINTR { break }
      if waiting[2].revents != 0 { (waiting[2].fd, waiting[2].revents) = (-1, 0) }
      if count == 0, !ProcessTable.members(ofSession: child.processID).contains(where: { $0.state != "Z" }) { break }
      for index in 0...1 where waiting[index].fd >= 0 && waiting[index].revents != 0 {
        let count = read(waiting[index].fd, buffer.baseAddress, buffer.count)
        if count > 0 {
          let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
          if index == 0 { takeOutput(piece) } else { takeErrors(piece) }
        } else if count == 0 || errno != EINTR {
          waiting[index].fd = -1
        }
        waiting[index].revents = 0
      }
    }
    close(output)
    close(errors)
  }
}
