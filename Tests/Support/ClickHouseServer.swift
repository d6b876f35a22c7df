import Foundation
import Glibc

/// A real clickhouse-server in a directory of its own, on ports that are free, stopped when it is let go.
package final class ClickHouseServer: @unchecked Sendable {
  /// Why a server could not be started.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  package let httpPort: Int
  package let tcpPort: Int
  package let directory: String
  // Written by `start`, `kill` and `stop`, which tests call one after the other.
  private var program: ServerProcess?
  private let password: String

  /// Writes the configuration and starts the server.
  ///
  /// - Parameters:
  ///   - password: Of the user `default`.
  ///   - extra: More elements of the configuration, for clusters.
  /// - Throws: `Failure` when the program is not installed or does not answer within half a minute.
  package init(
    password: String = "", ports: (http: Int, tcp: Int)? = nil, extra: String = "",
    https: (port: Int, ssl: String)? = nil
  ) throws {
    let ports = try ports ?? (Self.freePort(), Self.freePort())
    httpPort = ports.http
    tcpPort = ports.tcp
    self.password = password
    directory = FileManager.default.temporaryDirectory.appending(path: "clickhouse-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let secure = https.map { "<https_port>\($0.port)</https_port><openSSL><server>\($0.ssl)</server></openSSL>" } ?? ""
    let configuration = """
      <yandex>
       <logger><level>warning</level><log>\(directory)/server.log</log>
       <errorlog>\(directory)/error.log</errorlog></logger>
       <listen_host>127.0.0.1</listen_host><http_port>\(httpPort)</http_port><tcp_port>\(tcpPort)</tcp_port>\(secure)
       <path>\(directory)/data/</path><tmp_path>\(directory)/tmp/</tmp_path>
       <mark_cache_size>67108864</mark_cache_size><timezone>Asia/Shanghai</timezone>
       <users_config>users.xml</users_config>\(extra)
      </yandex>
      """
    let users = """
      <yandex><profiles><default/></profiles><users><default><password>\(password)</password>
       <networks><ip>127.0.0.1</ip><ip>::1</ip></networks><profile>default</profile><quota>default</quota></default></users>
       <quotas><default/></quotas></yandex>
      """
    try Data(configuration.utf8).write(to: URL(filePath: directory + "/config.xml"))
    try Data(users.utf8).write(to: URL(filePath: directory + "/users.xml"))
    try start()
  }

  deinit {
    kill()
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Starts the server on its directory and waits until it answers.
  package func start() throws {
    program = try ServerProcess(
      "exec /usr/sbin/clickhouse-server --config-file=\"$0/config.xml\"", directory: directory)
    let deadline = ContinuousClock.now + .seconds(30)
    while (try? query("SELECT 1")) == nil {
      guard ContinuousClock.now < deadline, program?.isRunning ?? false else {
        let log = (try? String(contentsOfFile: directory + "/error.log", encoding: .utf8)) ?? ""
        throw Failure(description: "clickhouse-server does not answer: \(log.suffix(2000))")
      }
      usleep(20_000)
    }
  }

  /// SIGKILL, as a crash would end it, and waits until it is gone.
  package func kill() {
    program?.kill(keepsDirectory: true)
    program = nil
  }

  /// Runs a statement through an HTTP client that is not the project's.
  package func query(_ statement: String) throws -> String {
    try ClickHouseClient(port: httpPort, password: password, directory: directory).query(statement)
  }

  /// A port nobody listens on now.
  package static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard bound else { throw Failure(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
