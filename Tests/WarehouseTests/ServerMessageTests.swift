import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import Warehouse

/// What a server says is kept whole: what to do may stand at its end.
@Suite(.serialized) struct ServerMessageTests {
  private static let server = Result { try ClickHouseServer() }
  private static let hourly = KlineSeries(market: .um, interval: .h1)

  @Test(
    "its words are kept to the end, on one line, without what only its makers can read",
    arguments: [
      (
        "Code: 60, e.displayText() = DB::Exception: Table d.t doesn't exist., e.what() = DB::Exception\n",
        "Table d.t doesn't exist."
      ),
      // What to do stands in the last line.
      (
        "Code: 452, e.displayText() = DB::Exception: Setting max_memory_usage should not be greater than 10.\n"
          + "Ask for another profile:\n  ALTER USER u SETTINGS PROFILE 'large', e.what() = DB::Exception\n",
        "Setting max_memory_usage should not be greater than 10. Ask for another profile: "
          + "ALTER USER u SETTINGS PROFILE 'large'"
      ),
      (
        "Code: 210, e.displayText() = DB::NetException: All connection tries failed. Log: \n\n"
          + "Code: 210, e.displayText() = DB::NetException: Connection refused: (127.0.0.1:1), e.what() = DB::NetException\n"
          + "Code: 210, e.displayText() = DB::NetException: Connection refused: (127.0.0.1:2), e.what() = DB::NetException\n"
          + "\n, e.what() = DB::NetException\n",
        "All connection tries failed. Log: "
          + "Code: 210, e.displayText() = DB::NetException: Connection refused: (127.0.0.1:1) Code: 210, e.displayText() = DB::NetException: Connection refused: (127.0.0.1:2)"
      ),
      (
        "Code: 36. DB::Exception: Received from h:9000. DB::Exception: No. Stack trace:\n\n"
          + "0. 0x5d3 StackTrace::StackTrace() in clickhouse\n1. 0x5d4 main in clickhouse\n"
          + "Use ON CLUSTER two. (BAD_ARGUMENTS) (version 26.9.2.1)",
        "Received from h:9000. DB::Exception: No. Use ON CLUSTER two. (BAD_ARGUMENTS) (version 26.9.2.1)"
      ),
      (
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<h1>502</h1><hr>nginx</body></html>",
        "502 Bad Gateway 502 nginx"
      ),
      ("upstream not ready\n", "upstream not ready"), ("", ""),
    ])
  func words(answer: String, words: String) { #expect(ServerMessage.words(of: answer) == words) }

  @Test("a page of any length is cut, a server's message is not")
  func length() {
    #expect(ServerMessage.words(of: String(repeating: "x ", count: 4000)).count == 501)
    let long = (0..<800).map { "column\($0)" }.joined(separator: ", ")
    let words = "None of \(long). Do this."
    #expect(ServerMessage.words(of: "Code: 16. DB::Exception: " + words) == words)
  }

  @Test("a real server's refusal over several lines comes to the one who reads the fault")
  func real() throws {
    let server = try Self.server.get()
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    _ = try server.query("CREATE DATABASE \(database)")
    let warehouse = ClickHouseWarehouse(
      ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database))
    _ = try warehouse.connect()
    let fault = #expect(throws: WarehouseFault.self) { try warehouse.ask("SELECT 1 +\n+ FROM\n!\nWHERE the_last_word") }
    #expect(fault?.sentence.contains("the_last_word") == true, "\(fault?.sentence ?? "")")
    #expect(fault?.sentence.contains("\n") == false)
  }

  // MARK: A proxy's path

  @Test("behind a proxy that knows one path, that path is before everything asked and sent")
  func path() throws {
    let server = try Self.server.get()
    let proxy = try PathProxy(below: "/tools/clickhouse", to: server.httpPort)
    defer { proxy.stop() }
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    var settings = ClickHouseSettings(host: "127.0.0.1", port: proxy.port, database: database)
    settings.path = "/tools/clickhouse"
    let warehouse = ClickHouseWarehouse(settings)
    #expect(try warehouse.connect() != nil)
    try warehouse.prepare(Self.hourly)
    let columns = KlineColumns()
    columns.reserve(2)
    for row in 0..<2 {
      for column in KlineColumns.Whole.allCases { columns[column][row] = Int64(row + 1) * 3_600_000 }
      for column in KlineColumns.Value.allCases { columns[column][row] = 1.5 }
    }
    columns.extend(to: 2)
    let batch = KlineBatch(
      columns: columns, segments: [KlineSegment(series: Self.hourly, symbol: "BTCUSDT", rows: 0..<2, version: 7)])
    try warehouse.send(batch)
    let span = KlineSpan(series: Self.hourly, symbol: "BTCUSDT", openTimes: 0...9_000_000, version: 7)
    #expect(try warehouse.figures(of: [span]).first?.agrees(with: KlineFigures(of: columns, rows: 0..<2)) == true)
    #expect(try server.query("SELECT count() FROM \(database).klines_1h") == "2")
    #expect(Set(proxy.paths) == ["/tools/clickhouse/"])

    settings.path = "/other"
    let fault = #expect(throws: WarehouseFault.self) { try ClickHouseWarehouse(settings).connect() }
    #expect(
      fault?.sentence
        == "The warehouse at http://127.0.0.1:\(proxy.port)/other answered HTTP 404: 404 Not Found tiny proxy")
  }
}
