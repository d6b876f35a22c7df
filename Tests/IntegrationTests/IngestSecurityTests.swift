import Foundation
import TestSupport
import Testing

/// TLS and secrets of the built program, against a real server with a certificate of a throwaway authority.
@Suite(.serialized) struct IngestSecurityTests {
  private static let password = "Geheim-7f3a9c"

  /// A server that takes connections over TLS, and the directory with its authority.
  private final class SecureServer: Sendable {
    let server: ClickHouseServer
    let port: Int
    let keys: TempLake

    init() async throws {
      keys = try TempLake("keys")
      try await Self.makeCertificates(keys)
      port = try ClickHouseServer.freePort()
      let ssl =
        "<certificateFile>\(keys.path)/server.pem</certificateFile><privateKeyFile>\(keys.path)/server.key"
        + "</privateKeyFile><verificationMode>none</verificationMode><loadDefaultCAFile>false</loadDefaultCAFile>"
      server = try ClickHouseServer(password: IngestSecurityTests.password, https: (port, ssl))
    }

    private static func makeCertificates(_ keys: TempLake) async throws {
      try keys.write("names", "subjectAltName=IP:127.0.0.1\n")
      let steps = [
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=Authority",
        "req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -days 2 -subj /CN=Other",
        "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=server",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem",
      ]
      for step in steps {
        let made = try await ProcessRunner.run(
          "openssl", step.split(separator: " ").map(String.init), directory: keys.path)
        guard made.code == 0 else { throw TempLake.Failure(description: "openssl \(step): \(made)") }
      }
    }

    func warehouse(_ more: String..., host: String = "127.0.0.1") -> [String] {
      ["engine: clickhouse", "host: \(host)", "port: \(port)", "database: lake", "secure: true"] + more
    }
  }

  private static func lake(_ warehouse: [String], environment: [String: String] = [:]) throws -> KlineLake {
    let lake = try KlineLake(warehouse: warehouse, environment: environment)
    try lake.putRealArchives()
    return lake
  }

  @Test("a server whose certificate comes from an own authority is used with ca_file and refused without it")
  func ownAuthority() async throws {
    let secure = try await SecureServer()
    let variables = ["CLICKHOUSE_PASSWORD": Self.password]
    let trusted = try Self.lake(secure.warehouse("ca_file: \(secure.keys.path)/ca.pem"), environment: variables)
    let run = try await trusted.ingest("--backfill")
    #expect(run.code == 0, "\(run)")
    #expect(try secure.server.query("SELECT count() FROM lake.klines_1m FINAL") == "6359")

    _ = try secure.server.query("DROP DATABASE lake")
    let otherName = secure.warehouse("ca_file: \(secure.keys.path)/ca.pem", host: "localhost")
    for warehouse in [secure.warehouse(), secure.warehouse("ca_file: \(secure.keys.path)/other.pem"), otherName] {
      let refused = try await Self.lake(warehouse, environment: variables).ingest("--backfill")
      let said = refused.text + refused.errors
      #expect(refused.code == 1, "\(refused)")
      #expect(said.contains("The certificate of the warehouse at https://"), "\(said)")
      #expect(said.contains("Set warehouse.ca_file to the authority's PEM file"), "\(said)")
    }
    #expect(try secure.server.query("SELECT count() FROM system.databases WHERE name = 'lake'") == "0")
  }

  @Test("a server that speaks no TLS is a failed ingest with a sentence, and gets no password")
  func plainServer() async throws {
    let server = try ClickHouseServer(password: Self.password)
    let lake = try Self.lake(
      ["engine: clickhouse", "host: 127.0.0.1", "port: \(server.httpPort)", "secure: true"],
      environment: ["CLICKHOUSE_PASSWORD": Self.password])
    let refused = try await lake.ingest("--backfill")
    #expect(refused.code == 1)
    #expect((refused.text + refused.errors).contains("cannot be reached"), "\(refused)")
  }

  @Test("a password file others may read is refused; with mode 0600 the password shows nowhere")
  func passwordFile() async throws {
    let secure = try await SecureServer()
    let path = try secure.keys.write("password", Self.password + "\n")
    let lake = try Self.lake(
      secure.warehouse("ca_file: \(secure.keys.path)/ca.pem", "password_file: \(path)"))
    for mode in [0o644, 0o640, 0o604, 0o660] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      let refused = try await lake.ingest("--backfill")
      let said = refused.text + refused.errors
      #expect(refused.code == 1, "\(refused)")
      #expect(said.contains("has mode 0\(String(mode, radix: 8))") && said.contains("chmod 600 \(path)"), "\(said)")
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let ingest = try lake.start("--backfill", "--verbose")
    var words: Set<String> = []
    // As long as it runs, its arguments and what it was started with are looked at.
    while ingest.isRunning {
      words.formUnion(["cmdline", "environ"].map { Self.text("/proc/\(ingest.processID)/\($0)") })
      await Task.yield()
    }
    let run = try await ingest.ending()
    #expect(run.code == 0, "\(run)")
    #expect(words.contains { $0.contains("ingest") })
    #expect(!words.contains { $0.contains(Self.password) })
    try Self.expectNoSecret(in: lake, run)
    #expect(try secure.server.query("SELECT count() FROM lake.klines_1h FINAL") == "1488")
  }

  @Test("a password from the environment or the lake file shows in no log, journal or message, also when it is refused")
  func nowhere() async throws {
    let secure = try await SecureServer()
    let authority = "ca_file: \(secure.keys.path)/ca.pem"
    let lakes = [
      try Self.lake(secure.warehouse(authority), environment: ["CLICKHOUSE_PASSWORD": Self.password]),
      try Self.lake(secure.warehouse(authority, "password: \(Self.password)")),
      try Self.lake(secure.warehouse(authority, "user: unknown", "password: \(Self.password)")),
      try Self.lake(secure.warehouse(authority, "cluster: nowhere", "password: \(Self.password)")),
    ]
    for (lake, code) in zip(lakes, [0, 0, 1, 1] as [Int32]) {
      let run = try await lake.ingest("--backfill", "--verbose")
      #expect(run.code == code, "\(run)")
      try Self.expectNoSecret(in: lake, run)
    }
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  /// Looks through all the program said and wrote, for the password and for the form in which a header carries it.
  private static func expectNoSecret(in lake: KlineLake, _ run: ChildProcess.Outcome) throws {
    let written = try lake.everythingWritten()
    #expect(written.contains { $0.path.contains("/logs/") })
    #expect(written.contains { $0.path.contains("/runs/") })
    for word in [password, Data("default:\(password)".utf8).base64EncodedString()] {
      #expect(!(run.text + run.errors).contains(word))
      for (path, content) in written { #expect(content.range(of: Data(word.utf8)) == nil, "\(path)") }
    }
  }
}
