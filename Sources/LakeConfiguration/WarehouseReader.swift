import LakeFiles
import SluiceCore

/// Reads where klines go, and lets the `CLICKHOUSE_*` variables override it.
struct WarehouseReader {
  let environment: [String: String]
  let stateDirectory: String

  private enum Engine: String, CaseIterable { case sqlite, clickhouse }
  private static let serverKeys = [
    "host", "port", "database", "user", "password", "password_file", "secure", "ca_file", "cluster", "table", "path",
  ]

  /// A lake file's `warehouse`; SQLite when there is none and no server is named.
  func warehouse(_ section: ConfigurationSection?, report: ConfigurationReport) -> WarehouseSettings {
    let engine = section?.choice("engine", of: Engine.self)
    let settings = section.map { server($0, userKey: "user") } ?? ClickHouseSettings()
    let written = section.map { section in Self.serverKeys.filter(section.has) } ?? []
    section?.finish()
    if engine == .sqlite {
      if let section, let key = written.first {
        section.fail(key, "belongs to ClickHouse, but the engine is sqlite", advice: "Remove it, or the engine")
      }
      if environment["CLICKHOUSE_HOST", default: ""] != "" {
        section?.warn("engine", "CLICKHOUSE_HOST is set and ignored, because the engine is named here")
      }
      return .sqlite(path: "\(stateDirectory)/warehouse.sqlite")
    }
    guard engine == .clickhouse || !written.isEmpty || isServerNamed else {
      return .sqlite(path: "\(stateDirectory)/warehouse.sqlite")
    }
    return .clickHouse(overridden(settings, report: report))
  }

  /// A kline-sync file's `clickhouse`.
  func klineWarehouse(_ section: ConfigurationSection?, report: ConfigurationReport) -> WarehouseSettings {
    let settings = section.map { server($0, userKey: "username") }
    // The document's own project has gone on adding keys here.
    section?.ignoreOthers()
    section?.finish()
    guard settings != nil || isServerNamed else { return .sqlite(path: "\(stateDirectory)/warehouse.sqlite") }
    return .clickHouse(overridden(settings ?? ClickHouseSettings(), report: report))
  }

  private var isServerNamed: Bool { environment["CLICKHOUSE_HOST", default: ""] != "" }

  private func server(_ section: ConfigurationSection, userKey: String) -> ClickHouseSettings {
    var settings = ClickHouseSettings()
    let port = section.integer("port", in: 1...65_535, "a port number")
    var isSecure: Bool?
    settings.database = section.text("database").flatMap { checkedName($0, section, "database") } ?? settings.database
    settings.user = section.text(userKey) ?? settings.user
    settings.password = section.text("password")
    // A kline-sync file knows only the keys of its document; the rest is of the lake file.
    if userKey == "user" {
      settings.passwordFile = section.file("password_file", environment: environment)
      isSecure = section.flag("secure")
      settings.isSecure = isSecure ?? false
      settings.certificateAuthority = section.file("ca_file", environment: environment)
      settings.cluster = section.text("cluster").flatMap { checkedName($0, section, "cluster") }
      settings.path = section.text("path").flatMap { checkedPath($0, section) } ?? settings.path
      settings.table = section.text("table").flatMap { checkedTable($0, section) } ?? settings.table
      if settings.password != nil, settings.passwordFile != nil {
        section.fail("password", "is given twice, here and in password_file", advice: "Keep one of them")
      }
      if let file = settings.passwordFile { warnIfReadable(section, "password_file", file) }
    }
    if settings.password != nil { warnIfReadable(section, "password", section.report.file) }
    if settings.isSecure { settings.port = 8443 }
    if let text = section.text("host") {
      if let address = ServerAddress(text) {
        for (key, own, named) in [
          ("port", port.map(String.init), address.port.map(String.init)),
          ("secure", isSecure.map(String.init), address.isSecure.map(String.init)),
          ("path", section.has("path") ? settings.path : nil, address.path.isEmpty ? nil : address.path),
        ] {
          // Neither is likelier to be meant.
          guard let own, let named, own != named else { continue }
          section.fail(
            key, "is \(own), but host \(section.shown(text)) says \(named)", advice: "Keep one of the two")
        }
        Self.apply(address, to: &settings, keepsPort: false)
      } else if text.contains("@") {
        // What stands before it may be a password, and a message goes into mails and logs.
        section.fail(
          "host", "holds a user or a password before its @",
          advice: "Write the server's name alone, and the rest as `user` and `password_file`")
      } else {
        section.fail("host", "\(section.shown(text)) is not a host name or an address")
      }
    }
    settings.port = port ?? settings.port
    return settings
  }

  /// A table's name with its places for interval and market.
  private func checkedTable(_ text: String, _ section: ConfigurationSection) -> String? {
    let plain = text.replacing("{interval}", with: "").replacing("{market}", with: "")
    guard plain.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
      section.fail(
        "table", "\(section.shown(text)) is no table's name",
        advice: "It has letters, digits and _, {interval}, and {market} where each market is to have its own tables")
      return nil
    }
    // Candles of two lengths open at the same moments: in one table one would replace the other.
    guard text.contains("{interval}") else {
      section.fail("table", "must contain {interval}", advice: "Write it like klines_{market}_{interval}")
      return nil
    }
    return text
  }

  /// A proxy's path before the server's own, with a slash before it and none behind.
  private func checkedPath(_ text: String, _ section: ConfigurationSection) -> String? {
    guard !text.contains(where: { $0.isWhitespace || "?#".contains($0) }), !section.hasControlCharacter(text) else {
      section.fail(
        "path", "\(text.contains("?") ? "it" : section.shown(text)) is no path of a URL",
        advice: "Write it like /clickhouse")
      return nil
    }
    let names = text.split(separator: "/")
    return names.isEmpty ? "" : "/" + names.joined(separator: "/")
  }

  /// Takes over what the text of a host says beyond the host.
  ///
  /// - Parameter keepsPort: Whether a port that is known stays where the text names neither port nor protocol.
  private static func apply(
    _ address: ServerAddress, to settings: inout ClickHouseSettings, keepsPort: Bool
  ) {
    settings.host = address.host
    if let isSecure = address.isSecure { settings.isSecure = isSecure }
    let usual = settings.isSecure ? 8443 : 8123
    settings.port = address.port ?? (keepsPort && address.isSecure == nil ? settings.port : usual)
    if !address.path.isEmpty { settings.path = address.path }
  }

  private func overridden(_ settings: ClickHouseSettings, report: ConfigurationReport) -> ClickHouseSettings {
    var result = settings
    if let host = variable("CLICKHOUSE_HOST") {
      if let address = ServerAddress(host) {
        if let own = variable("CLICKHOUSE_PORT"), let named = address.port, own != String(named) {
          report.error(
            "", line: nil, "the variable CLICKHOUSE_PORT is \(own), but CLICKHOUSE_HOST says \(named)",
            advice: "Keep one of the two")
        }
        Self.apply(address, to: &result, keepsPort: true)
      } else {
        report.error("", line: nil, "the variable CLICKHOUSE_HOST is not a host name or an address")
      }
    }
    if let database = variable("CLICKHOUSE_DB") { result.database = database }
    if let user = variable("CLICKHOUSE_USER") { result.user = user }
    if let password = variable("CLICKHOUSE_PASSWORD") { (result.password, result.passwordFile) = (password, nil) }
    if let text = variable("CLICKHOUSE_PORT") {
      if let port = Int(text), (1...65_535).contains(port) {
        result.port = port
      } else {
        report.error("", line: nil, "the variable CLICKHOUSE_PORT must be a port number, 1 to 65535")
      }
    }
    return result
  }

  /// A name that becomes an identifier of the server.
  private func checkedName(_ name: String, _ section: ConfigurationSection, _ key: String) -> String? {
    if name.contains(where: { "`\"'\\/;".contains($0) }) || section.hasControlCharacter(name) {
      section.fail(key, "holds a character that a name cannot have")
      return nil
    }
    return name
  }

  private func warnIfReadable(_ section: ConfigurationSection, _ key: String, _ path: String) {
    guard let status = try? FileStatus(at: path, followingLinks: true), status.mode & 0o077 != 0 else { return }
    section.warn(key, "the file \(path) can be read by others", advice: "Close it: chmod 600 '\(path)'")
  }

  private func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
