import SluiceCore
import Testing

@testable import LakeConfiguration

@Suite("A warehouse's host as people write it")
struct ServerAddressTests {
  @Test("is read with its port, protocol and path")
  func read() throws {
    let found = { (text: String) in
      ServerAddress(text).map { "\($0.host) \($0.port ?? 0) \($0.isSecure.map(String.init) ?? "-") \($0.path)" }
    }
    #expect(found("localhost") == "localhost 0 - ")
    #expect(found("localhost:8123") == "localhost 8123 - ")
    #expect(found("::1") == "::1 0 - ")
    #expect(found("[::1]") == "::1 0 - ")
    #expect(found("[fe80::1]:9000") == "fe80::1 9000 - ")
    #expect(found("http://ch") == "ch 0 false ")
    #expect(found("HTTPS://ch.example:444/") == "ch.example 444 true ")
    #expect(found("https://proxy.example/clickhouse/") == "proxy.example 0 true /clickhouse")
  }

  @Test(
    "is refused when it is none",
    arguments: ["", "a b", "ch:", "ch:0", "ch:99999", "[::1", "[ch]", "[::1]x", "user@ch", "ch/db", "http://", "ch?x"])
  func refused(text: String) { #expect(ServerAddress(text) == nil) }
}
