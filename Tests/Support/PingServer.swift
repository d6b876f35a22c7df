import Foundation
import Synchronization

/// A web server that is slow to answer, and keeps what was asked.
package final class PingServer: Sendable {
  /// The port of 127.0.0.1 it listens on.
  package let port: Int
  private let descriptor: Int32
  private let answered = Mutex<[String]>([])
  private let status: String

  /// Starts it.
  ///
  /// - Parameters:
  ///   - delay: How long every answer takes, in seconds.
  ///   - status: What every answer says.
  /// - Throws: When there is no port to be had.
  package init(delay: Double, status: String = "200 OK") throws {
    self.status = status
    (descriptor, port) = try LoopbackSocket.listen()
    Thread.detachNewThread { [descriptor, self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        self.answer(connection, after: delay)
      }
    }
  }

  /// The method and address of every request that was answered, in their order.
  package var requests: [String] { answered.withLock { $0 } }

  /// Ends it.
  package func stop() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  private func answer(_ connection: Int32, after delay: Double) {
    defer { close(connection) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(connection, &buffer, buffer.count)
    guard count > 0 else { return }
    let line = String(decoding: buffer[..<count], as: UTF8.self).prefix { $0 != "\r\n" }
    poll(nil, 0, Int32(delay * 1000))
    let reply = Array("HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
    // The caller may be gone; only what it could still read counts.
    guard send(connection, reply, reply.count, Int32(MSG_NOSIGNAL)) == reply.count else { return }
    answered.withLock { $0.append(line.split(separator: " ").prefix(2).joined(separator: " ")) }
  }
}
