import CLinux
import Foundation
import LakeFiles
import Testing

@Suite("Writing all of a text")
struct OutputBytesTests {
  @Test("waits for a reader of a pipe that does not block, where the rest had been dropped")
  func nonBlocking() async throws {
    var ends: [Int32] = [-1, -1]
    try #require(sluice_pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    try #require(fcntl(writing, F_SETFL, O_NONBLOCK) == 0)
    let text = String(repeating: "a line of some length\n", count: 20_000)
    async let written = OwnThread.run("writer") {
      defer { close(writing) }
      return OutputBytes.write(text, to: writing)
    }
    let read = await OwnThread.run("reader") { () -> [UInt8] in
      var all: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while case let count = Foundation.read(reading, &buffer, buffer.count), count > 0 { all += buffer[..<count] }
      close(reading)
      return all
    }
    #expect(await written == 0)
    #expect(read.count == text.utf8.count && read == Array(text.utf8))
  }

  @Test("tells why it could not")
  func full() {
    let file = open("/dev/full", O_WRONLY)
    defer { close(file) }
    #expect(OutputBytes.write("x", to: file) == ENOSPC)
    #expect(OutputBytes.write("", to: file) == 0)
    #expect(OutputBytes.write("x", to: -1) == EBADF)
  }
}
