import Foundation
import Glibc

/// Two real clickhouse-servers, a shard each, with a ZooKeeper of their own.
package final class ClickHouseCluster {
  package let nodes: [ClickHouseServer]
  private let zooKeeper: ServerProcess

  /// Starts ZooKeeper and both nodes; the cluster is called `two`.
  ///
  /// - Throws: `ClickHouseServer.Failure` when a program is missing or does not answer.
  package init() throws {
    let zooKeeperPort = try ClickHouseServer.freePort()
    let directory = FileManager.default.temporaryDirectory.appending(path: "zookeeper-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let configuration = """
      tickTime=2000
      dataDir=\(directory)/data
      clientPort=\(zooKeeperPort)
      clientPortAddress=127.0.0.1
      admin.enableServer=false
      """
    try Data(configuration.utf8).write(to: URL(filePath: directory + "/zoo.cfg"))
    zooKeeper = try ServerProcess(
      "exec java -Xmx256m -cp '/etc/zookeeper/conf:/usr/share/java/zookeeper.jar:/usr/share/java/*' "
        + "org.apache.zookeeper.server.quorum.QuorumPeerMain \"$0/zoo.cfg\"", directory: directory)
    // A node that finds no ZooKeeper when it starts gives up later, in the middle of a statement.
    try Self.waitForListener(port: zooKeeperPort)
    let ports = try (0..<4).map { _ in try ClickHouseServer.freePort() }
    let interserver = try (0..<2).map { _ in try ClickHouseServer.freePort() }
    let shards = [1, 3].map { tcp in
      "<shard><internal_replication>true</internal_replication>"
        + "<replica><host>127.0.0.1</host><port>\(ports[tcp])</port></replica></shard>"
    }.joined()
    nodes = try (0..<2).map { node in
      let extra = """
        <interserver_http_port>\(interserver[node])</interserver_http_port>
        <interserver_http_host>127.0.0.1</interserver_http_host>
        <zookeeper><node><host>127.0.0.1</host><port>\(zooKeeperPort)</port></node></zookeeper>
        <macros><cluster>two</cluster><shard>0\(node + 1)</shard><replica>r1</replica></macros>
        <distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl>
        <remote_servers><two>\(shards)</two></remote_servers>
        """
      return try ClickHouseServer(ports: (ports[2 * node], ports[2 * node + 1]), extra: extra)
    }
  }

  private static func waitForListener(port: Int) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      let client = try ServerProcess.spawn(
        ["/usr/bin/curl", "-s", "--noproxy", "*", "--max-time", "1", "telnet://127.0.0.1:\(port)"], output: "/dev/null")
      var status: Int32 = 0
      waitpid(client, &status, 0)
      // 7 is "could not connect"; anything else means that somebody took the connection.
      if status >> 8 & 0xff != 7 { return }
      usleep(50_000)
    }
    throw ClickHouseServer.Failure(description: "ZooKeeper does not listen (Debian packages zookeeper, a JRE)")
  }
}
