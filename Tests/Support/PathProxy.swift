import Foundation
import Synchronization

/// An HTTP proxy on 127.0.0.1 that knows one path: what lies below it goes to a server, all else is not found.
///
/// Each connection carries one request, on a thread of its own.
package final class PathProxy: Sendable {
  /// The port to connect to.
  package let port: Int
  private let listener: Int32
  private let prefix: String
  private let target: Int
  private let seen = Mutex<[String]>([])

  /// Listens.
  ///
  /// - Parameters:
  ///   - prefix: The path it knows, such as `/tools/clickhouse`; the server behind it does not see it.
  ///   - target: The server's port of 127.0.0.1.
  /// - Throws: When there is no port to be had.
  package init(below prefix: String, to target: Int) throws {
    (listener, port) = try LoopbackSocket.listen()
    self.prefix = prefix
    self.target = target
    Thread.detachNewThread { [listener, self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        Thread.detachNewThread { self.serve(client) }
      }
    }
  }

  /// The paths that were asked for, without what follows their question mark, in order.
  package var paths: [String] { seen.withLock { $0 } }

  /// Takes no more connections.
  package func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func serve(_ client: Int32) {
    defer { close(client) }
    guard let (head, body) = readHead(client) else { return }
    var lines = head.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ").map(String.init)
    guard words.count == 3 else { return }
    seen.withLock { $0.append(String(words[1].prefix { $0 != "?" })) }
    guard words[1].hasPrefix(prefix + "/") else {
      let page = "<html>\n<head><title>404 Not Found</title></head>\n<body><hr>tiny proxy</body>\n</html>\n"
      send(
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: \(page.utf8.count)\r\n"
          + "Connection: close\r\n\r\n\(page)", to: client)
      return
    }
    guard let server = LoopbackSocket.connect(port: target) else { return }
    defer { close(server) }
    lines[0] = "\(words[0]) \(words[1].dropFirst(prefix.utf8.count)) \(words[2])"
    // The server's answer then ends with the connection.
    lines = lines.filter { !$0.lowercased().hasPrefix("connection:") } + ["Connection: close"]
    send(lines.joined(separator: "\r\n") + "\r\n\r\n", to: server)
    let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) }
    relay(body, length ?? 0, from: client, to: server)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(server, &buffer, buffer.count)
      guard count > 0, LoopbackSocket.send(buffer[..<count], to: client) else { return }
    }
  }

  /// The head without its empty line, and what came of the body with it.
  private func readHead(_ client: Int32) -> (head: String, body: ArraySlice<UInt8>)? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = bytes.indices.first(where: { bytes[$0...].starts(with: [13, 10, 13, 10]) }) {
        return (String(decoding: bytes[..<end], as: UTF8.self), bytes[(end + 4)...])
      }
      let count = read(client, &buffer, buffer.count)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
    }
  }

  private func relay(_ first: ArraySlice<UInt8>, _ length: Int, from client: Int32, to server: Int32) {
    var left = length - first.count
    guard LoopbackSocket.send(first, to: server) else { return }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while left > 0 {
      let count = read(client, &buffer, min(left, buffer.count))
      guard count > 0, LoopbackSocket.send(buffer[..<count], to: server) else { return }
      left -= count
    }
  }

  private func send(_ text: String, to descriptor: Int32) {
    _ = LoopbackSocket.send(Array(text.utf8)[...], to: descriptor)
  }
}
