import Foundation
import TestSupport
import Testing

@testable import SQLiteStore

@Suite("SQLite, one connection lent to one caller after the other")
struct DatabaseTests {
  let scratch: ScratchDirectory
  let path: String

  init() throws {
    scratch = try ScratchDirectory()
    path = "\(scratch.path)/store.sqlite"
  }

  @Test("a file is closed with the last reference to its queue, whatever statements were kept")
  func closed() throws {
    for _ in 0..<3 {
      try DatabaseQueue(path: path).write { database in
        try database.cachedStatement(sql: "CREATE TABLE IF NOT EXISTS t (v)").execute()
        _ = try Row.fetchAll(database, sql: "SELECT * FROM t")
      }
    }
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
    #expect(open.filter { $0.hasPrefix(path) } == [])
  }

  @Test(
    "a value comes back as it was given",
    arguments: [
      .null, .integer(0), .integer(.min), .integer(.max), .real(0.1), .real(-1e300), .text(""), .text("a"),
      .text("no\u{0}end"), .text("键 é 🧂"), .text(String(repeating: "x", count: 100_000)),
    ] as [DatabaseValue])
  func values(_ value: DatabaseValue) throws {
    let queue = try DatabaseQueue(path: path)
    let found = try queue.write { database in
      try database.execute(sql: "CREATE TABLE t (v)")
      let statement = try database.cachedStatement(sql: "INSERT INTO t VALUES (?)")
      try statement.execute(StatementArguments([Given(databaseValue: value)]))
      return try Row.fetchAll(database, sql: "SELECT v, 1 AS one, 2 AS one FROM t")
    }
    #expect(found.map(\.values) == [[value, .integer(1), .integer(2)]])
    #expect(found.first.map { $0["one"] as Int } == 1)
  }

  /// Any value, as somebody's type would give it.
  struct Given: DatabaseValueConvertible {
    var databaseValue: DatabaseValue
  }

  @Test("NULL and what is not there are nil where nil may be, and SQLite's empty value where not")
  func missing() throws {
    let row = try #require(
      try DatabaseQueue.inMemory().read { try Row.fetchOne($0, sql: "SELECT NULL AS a, '7' AS b") })
    #expect(row["a"] as String? == nil && row["none"] as Int? == nil && row[9] as Double? == nil)
    #expect(row["a"] as String == "" && row["a"] as Int64 == 0 && row["a"] as Bool == false)
    #expect(row["b"] as Int == 7 && row["b"] as String == "7")
  }

  @Test("what a body did is kept when it returns, and taken back when it throws")
  func transactions() throws {
    struct Refused: Error {}
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE t (v); INSERT INTO t VALUES (1)") }
    #expect(throws: Refused.self) {
      try queue.write { database in
        try database.execute(sql: "INSERT INTO t VALUES (2)")
        throw Refused()
      }
    }
    let others = try DatabaseQueue(path: path)
    #expect(try others.read { try Int.fetchAll($0, sql: "SELECT v FROM t") } == [1])
    // The queue goes on.
    try queue.write { try $0.execute(sql: "INSERT INTO t VALUES (?)", arguments: [3]) }
    #expect(try others.read { try Int.fetchAll($0, sql: "SELECT v FROM t ORDER BY v") } == [1, 3])
  }

  @Test("another process that writes is waited for, and named when it takes too long")
  func busy() throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE t (v)") }
    var options = DatabaseOptions()
    options.busyTimeout = 0
    let other = try DatabaseQueue(path: path, options: options)
    let error = try queue.write { _ in
      #expect(throws: DatabaseError.self) { try other.write { try $0.execute(sql: "INSERT INTO t VALUES (1)") } }
    }
    #expect(error?.code == 5 && error?.message == "database is locked")
  }

  @Test("a file that is only read is not made, and not written")
  func readOnly() throws {
    var options = DatabaseOptions()
    options.isReadOnly = true
    #expect(throws: DatabaseError.self) { try DatabaseQueue(path: path, options: options) }
    #expect(!FileManager.default.fileExists(atPath: path))
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (v)") }
    let queue = try DatabaseQueue(path: path, options: options)
    #expect(queue.isReadOnly)
    #expect(throws: DatabaseError.self) { try queue.read { try $0.execute(sql: "INSERT INTO t VALUES (1)") } }
  }

  @Test(
    "a path is the same one as an address, whatever characters it has", arguments: ["a", "50%41?b=1#c", "键 é", "//d"])
  func address(_ name: String) throws {
    let path = "\(scratch.path)/\(name)"
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (v); INSERT INTO t VALUES (7)") }
    var options = DatabaseOptions()
    options.isReadOnly = true
    for way in ["readonly_shm=1", "immutable=1"] {
      let database = try Database(DatabaseReading.address(path) + "?" + way, options, isAddress: true)
      #expect(try Int.fetchOne(database, sql: "SELECT v FROM t") == 7)
    }
  }

  @Test("a file that is none, SQL that is none and a key that is there are told in SQLite's words")
  func errors() throws {
    try Data("no database, but text that is long enough".utf8).write(to: URL(filePath: path))
    let none = #expect(throws: DatabaseError.self) {
      try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") }
    }
    #expect(none?.code == 26 && none?.message == "file is not a database")
    let queue = try DatabaseQueue.inMemory()
    let wrong = #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: "SELEKT 1") } }
    #expect(wrong?.message == "near \"SELEKT\": syntax error")
    let twice = #expect(throws: DatabaseError.self) {
      try queue.write { try $0.execute(sql: "CREATE TABLE t (v PRIMARY KEY); INSERT INTO t VALUES (1), (1)") }
    }
    #expect(twice?.code == 19)
  }

  @Test(
    "as many values are wanted as there are marks: none becomes NULL without a word", arguments: [[], [1], [1, 2, 3]])
  func values(_ values: [Int]) throws {
    let queue = try DatabaseQueue.inMemory()
    try queue.write { try $0.execute(sql: "CREATE TABLE t (a, b)") }
    let error = #expect(throws: DatabaseError.self) {
      try queue.write { database in
        let statement = try database.cachedStatement(sql: "INSERT INTO t VALUES (?, ?)")
        try statement.execute(StatementArguments(values))
      }
    }
    #expect(error?.code == 25)
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM t") } == 0)
  }

  @Test("a long answer is read row by row, and a statement begins from its start each time")
  func cursor() throws {
    let queue = try DatabaseQueue.inMemory()
    let sql = "WITH RECURSIVE n(v) AS (SELECT ? UNION ALL SELECT v + 1 FROM n WHERE v < 1000) SELECT v FROM n"
    try queue.read { database in
      for start in [1, 990] {
        let cursor = try Row.fetchCursor(try database.cachedStatement(sql: sql), arguments: [start])
        var sum = 0
        while let row = try cursor.next() { sum += row[0] as Int }
        #expect(sum == (start...1000).reduce(0, +))
        #expect(try cursor.next()?.count == nil)
      }
      // Left in the middle.
      _ = try Row.fetchOne(try database.cachedStatement(sql: sql), arguments: [1])
      #expect(try Int.fetchOne(database, sql: sql, arguments: [7]) == 7)
    }
  }

  @Test("tables, columns and indexes are told as they are; an index over some rows is none over all")
  func schema() throws {
    try DatabaseQueue.inMemory().write { database in
      try database.execute(
        sql: """
          CREATE TABLE Klines (a, b);
          CREATE UNIQUE INDEX whole ON Klines (b, a);
          CREATE INDEX plain ON Klines (a);
          CREATE UNIQUE INDEX some ON Klines (a) WHERE b > 0;
          """)
      #expect(try database.tableExists("klines") && !database.tableExists("whole"))
      #expect(try database.columns(in: "klines").map(\.name) == ["a", "b"])
      #expect(try database.columns(in: "none").isEmpty)
      let indexes = try database.indexes(on: "klines")
      #expect(indexes.count == 2)
      #expect(indexes.contains(.init(columns: ["b", "a"], isUnique: true)))
      #expect(indexes.contains(.init(columns: ["a"], isUnique: false)))
    }
  }
}
