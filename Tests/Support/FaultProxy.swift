import Foundation
import Synchronization

/// A TCP proxy on 127.0.0.1 that breaks connections on purpose; closed when the last reference goes.
///
/// Each connection has two threads of its own, which end with it.
package final class FaultProxy: Sendable {
  /// What the proxy does to the bytes.
  private struct Behaviour: Sendable {
    var isFrozen = false
    /// Bytes to the server, of all connections together, after which everything is held back.
    var freezeAt: Int?
    /// Bytes to the client after which its connection is cut; each connection counts for itself.
    var cutAfter: Int?
    /// To the client, of all connections together; nil is as fast as it goes.
    var bytesPerSecond: Int?
    /// Milliseconds each piece is held back, both ways.
    var delay = 0
    var bytesToClient = 0
    var bytesToServer = 0
    var connections: [Int32] = []
    var connectionCount = 0
    var isClosed = false
  }

  private final class Shared: Sendable {
    let behaviour = Mutex(Behaviour())
  }

  /// The port to connect to.
  package let port: Int
  private let listener: Int32
  private let shared = Shared()

  /// Listens, and hands on to a port of 127.0.0.1.
  package init(to target: Int) throws {
    let (descriptor, port) = try LoopbackSocket.listen()
    listener = descriptor
    self.port = port
    let shared = shared
    Thread.detachNewThread { Self.accept(descriptor, target, shared) }
  }

  deinit { close() }

  /// Bytes that came from the server so far.
  package var bytesToClient: Int { shared.behaviour.withLock { $0.bytesToClient } }
  /// Bytes that went to the server so far.
  package var bytesToServer: Int { shared.behaviour.withLock { $0.bytesToServer } }
  /// Connections that were made so far.
  package var connectionCount: Int { shared.behaviour.withLock { $0.connectionCount } }

  /// Cuts each connection after so many bytes to the client; nil lets them be.
  package func cut(after bytes: Int?) { shared.behaviour.withLock { $0.cutAfter = bytes } }

  /// Holds all bytes back, the connections staying open.
  package func freeze() { shared.behaviour.withLock { $0.isFrozen = true } }

  /// Holds all bytes back once so many more went to the server: in the middle of a request that is longer.
  package func freeze(afterToServer bytes: Int) {
    shared.behaviour.withLock { $0.freezeAt = $0.bytesToServer + bytes }
  }

  /// Whether bytes are held back now.
  package var isFrozen: Bool { shared.behaviour.withLock { $0.isFrozen } }

  /// Lets the bytes go on.
  package func thaw() { shared.behaviour.withLock { $0.isFrozen = false } }

  /// Slows the way to the client down; nil lifts the limit.
  package func limit(bytesPerSecond: Int?) { shared.behaviour.withLock { $0.bytesPerSecond = bytesPerSecond } }

  /// Makes the way longer: each piece is held back for so long, both ways.
  ///
  /// A piece waits for those before it.
  package func delay(milliseconds: Int) { shared.behaviour.withLock { $0.delay = milliseconds } }

  /// Cuts every open connection now; new ones are taken.
  package func cutAll() {
    let open = shared.behaviour.withLock { $0.connections }
    for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
  }

  /// Takes no more connections and cuts the open ones.
  package func close() {
    let wasOpen = shared.behaviour.withLock { behaviour in
      defer { behaviour.isClosed = true }
      return !behaviour.isClosed
    }
    guard wasOpen else { return }
    // The accepting thread closes the descriptor; closing it here would let another file take its number under it.
    shutdown(listener, Int32(SHUT_RDWR))
    cutAll()
  }

  private static func accept(_ listener: Int32, _ target: Int, _ shared: Shared) {
    while true {
      let client = Foundation.accept(listener, nil, nil)
      if client < 0 {
        if errno == EINTR { continue }
        Foundation.close(listener)
        return
      }
      guard let server = LoopbackSocket.connect(port: target) else {
        Foundation.close(client)
        continue
      }
      let isWanted = shared.behaviour.withLock { behaviour in
        behaviour.connections += [client, server]
        behaviour.connectionCount += 1
        return !behaviour.isClosed
      }
      if !isWanted { for end in [client, server] { shutdown(end, Int32(SHUT_RDWR)) } }
      let pair = Pair(client: client, server: server, shared: shared)
      Thread.detachNewThread { pair.pump(from: client, to: server, toClient: false) }
      Thread.detachNewThread { pair.pump(from: server, to: client, toClient: true) }
    }
  }

  /// One connection; its descriptors are closed when both directions are done.
  private final class Pair: Sendable {
    let client: Int32
    let server: Int32
    let shared: Shared

    init(client: Int32, server: Int32, shared: Shared) {
      self.client = client
      self.server = server
      self.shared = shared
    }

    deinit {
      let ends = [client, server]
      shared.behaviour.withLock { $0.connections.removeAll { ends.contains($0) } }
      for end in ends { Foundation.close(end) }
    }

    func pump(from: Int32, to: Int32, toClient: Bool) {
      var buffer = [UInt8](repeating: 0, count: 16_384)
      var carried = 0
      while true {
        let count = read(from, &buffer, buffer.count)
        guard count > 0 else { break }
        let allowed = allowed(count, carried: carried, toClient: toClient)
        guard LoopbackSocket.send(buffer[..<allowed], to: to) else { break }
        carried += allowed
        shared.behaviour.withLock {
          if toClient { $0.bytesToClient += allowed } else { $0.bytesToServer += allowed }
        }
        if allowed < count { break }
      }
      for end in [from, to] { shutdown(end, Int32(SHUT_RDWR)) }
    }

    /// How many of the bytes may go on, after waiting for a thaw and for the limit.
    private func allowed(_ count: Int, carried: Int, toClient: Bool) -> Int {
      shared.behaviour.withLock { behaviour in
        guard let limit = behaviour.freezeAt, behaviour.bytesToServer >= limit else { return }
        behaviour.isFrozen = true
        behaviour.freezeAt = nil
      }
      while shared.behaviour.withLock({ $0.isFrozen && !$0.isClosed }) { usleep(5000) }
      let (rate, cut, delay) = shared.behaviour.withLock { ($0.bytesPerSecond, $0.cutAfter, $0.delay) }
      if delay > 0 { usleep(UInt32(delay * 1000)) }
      guard toClient else { return count }
      if let rate { usleep(UInt32(min(1_000_000, count * 1_000_000 / max(1, rate)))) }
      return cut.map { min(count, max(0, $0 - carried)) } ?? count
    }
  }
}
