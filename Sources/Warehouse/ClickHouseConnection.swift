import CCurl
import FoundationEssentials
import Glibc
import SluiceCore

/// One HTTP(S) connection to a ClickHouse server, kept open from request to request.
///
/// User and password travel in the Authorization header, never in a URL; a URL holds the statement at most. Belongs to
/// one thread, blocks in `perform`.
final class ClickHouseConnection {
  let address: String
  private let settings: ClickHouseSettings
  private let handle: UnsafeMutableRawPointer
  private let password: String?

  /// What is sent: nothing, or exactly `count` bytes that `read` gives piece by piece.
  protocol Body: AnyObject {
    var count: Int { get }
    /// Fills the buffer from its start and says how much; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int
  }

  init(_ settings: ClickHouseSettings) throws(WarehouseFault) {
    self.settings = settings
    let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
    address = "\(settings.isSecure ? "https" : "http")://\(host):\(settings.port)\(settings.path)"
    if let reason = sluice_curl_load() { throw .noLibrary(detail: String(cString: reason)) }
    guard let handle = sluice_curl_open() else { throw .noLibrary(detail: nil) }
    self.handle = handle
    do throws(WarehouseFault) {
      password = try Self.password(settings)
    } catch {
      sluice_curl_close(handle)
      throw error
    }
  }

  deinit { sluice_curl_close(handle) }

  /// Runs a statement and gives the answer's body.
  ///
  /// - Parameters:
  ///   - statement: Goes into the URL when there is a body, else into the request itself.
  ///   - parameters: ClickHouse settings and the like, for the URL.
  ///   - limit: Seconds the whole request may take; nil when only a stall ends it.
  /// - Throws: `WarehouseFault` for no connection, a refused login, and whatever the server calls an error.
  func perform(
    _ statement: String, parameters: [(String, String)] = [], body: (any Body)? = nil, limit: Int? = nil
  ) throws(WarehouseFault) -> String {
    var query = parameters + [("wait_end_of_query", "1")]
    if body != nil { query.append(("query", statement)) }
    let url = address + "/?" + query.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
    let exchange = Exchange(body: body ?? TextBody(statement))
    configure(url, exchange, limit: limit)
    var headers = sluice_curl_list_append(nil, "Content-Type: application/octet-stream")
    // Without this curl waits a second for a "100 Continue" that old servers never send.
    headers = sluice_curl_list_append(headers, "Expect:")
    defer { sluice_curl_list_free(headers) }
    _ = sluice_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
    let result = sluice_curl_perform(handle)
    withExtendedLifetime(exchange) {}
    if result != CURLE_OK, result != CURLE_WRITE_ERROR { throw failure(result, exchange) }
    var status = 0
    _ = sluice_curl_response_code(handle, &status)
    let text = String(decoding: exchange.answer, as: UTF8.self)
    if result == CURLE_WRITE_ERROR { throw .badAnswer(address: address, problem: .tooLong) }
    guard status == 200, !text.hasPrefix("Code: ") else { throw refusal(status, text) }
    return text
  }

  // MARK: Set up

  private func configure(_ url: String, _ exchange: Exchange, limit: Int?) {
    sluice_curl_reset(handle)
    _ = sluice_curl_set_string(handle, CURLOPT_URL, url)
    _ = sluice_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    // A warehouse is named on purpose: an http_proxy meant for the web must not get its rows.
    _ = sluice_curl_set_string(handle, CURLOPT_PROXY, "")
    _ = sluice_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = sluice_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 10)
    _ = sluice_curl_set_long(handle, CURLOPT_TIMEOUT, limit ?? 0)
    // A server may think for minutes; ten without a byte means that it is gone.
    _ = sluice_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    _ = sluice_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, 600)
    _ = sluice_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
    // Servers close an idle connection after three seconds: sending into one that is closing would lose the request.
    _ = sluice_curl_set_long(handle, CURLOPT_MAXAGE_CONN, 2)
    _ = sluice_curl_set_long(handle, CURLOPT_UPLOAD_BUFFERSIZE, 1 << 20)
    _ = sluice_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1)
    _ = sluice_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2)
    if let authority = settings.certificateAuthority { _ = sluice_curl_set_string(handle, CURLOPT_CAINFO, authority) }
    _ = sluice_curl_set_long(handle, CURLOPT_HTTPAUTH, 1)  // CURLAUTH_BASIC, an unsigned long that is not imported
    _ = sluice_curl_set_string(handle, CURLOPT_USERNAME, settings.user)
    _ = sluice_curl_set_string(handle, CURLOPT_PASSWORD, password ?? "")
    _ = sluice_curl_set_long(handle, CURLOPT_POST, 1)
    _ = sluice_curl_set_large(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(exchange.body.count))
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    _ = sluice_curl_set_pointer(handle, CURLOPT_READDATA, context)
    _ = sluice_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    _ = sluice_curl_set_callback(handle, CURLOPT_READFUNCTION) { data, size, count, context in
      guard let data, let context else { return Int(CURL_READFUNC_ABORT) }
      let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
      return exchange.body.read(into: UnsafeMutableRawBufferPointer(start: data, count: size * count))
    }
    _ = sluice_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { data, size, count, context in
      guard let data, let context else { return 0 }
      let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
      return exchange.take(UnsafeRawBufferPointer(start: data, count: size * count))
    }
  }

  private static func password(_ settings: ClickHouseSettings) throws(WarehouseFault) -> String? {
    if let password = settings.password { return password }
    guard let path = settings.passwordFile else { return nil }
    var status = stat()
    guard stat(path, &status) == 0 else { throw .password(path: path, problem: .unreadable(errno: errno)) }
    guard status.st_mode & 0o077 == 0 else {
      throw .password(path: path, problem: .tooOpen(mode: status.st_mode & 0o777))
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .password(path: path, problem: .unreadable(errno: EACCES))
    }
    // Line ends alone: a blank at either end may be the password's own.
    var text = Substring(String(decoding: data, as: UTF8.self)).drop { $0.isNewline }
    while let last = text.last, last.isNewline { text.removeLast() }
    guard !text.isEmpty else { throw .password(path: path, problem: .empty) }
    return String(text)
  }

  // MARK: Faults

  private func failure(_ code: CURLcode, _ exchange: Exchange) -> WarehouseFault {
    let detail = String(cString: sluice_curl_reason(code))
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
      return .notTrusted(address: address, detail: detail)
    // A server that refuses a request may answer and close before it has read it all.
    case CURLE_SEND_ERROR where !exchange.answer.isEmpty, CURLE_RECV_ERROR where !exchange.answer.isEmpty:
      return refusal(0, String(decoding: exchange.answer, as: UTF8.self))
    // Curl would have had to send again what it cannot: the connection ended in the middle.
    case CURLE_SEND_FAIL_REWIND: return .broken(address: address, detail: nil)
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
      return .broken(address: address, detail: detail)
    default: return .unreachable(address: address, detail: detail)
    }
  }

  /// `Code: 60, e.displayText() = DB::Exception: …` of an answer; servers give the number in the text only.
  private func refusal(_ status: Int, _ text: String) -> WarehouseFault {
    let code = text.hasPrefix("Code: ") ? Int(text.dropFirst(6).prefix { $0.isNumber }) ?? 0 : 0
    // A 403 without a server's own error is a proxy's, or a server's that lets this address not in.
    if [192, 193, 194, 516].contains(code) || status == 401 || status == 403 && code == 0 {
      return .loginRefused(address: address, user: settings.user)
    }
    let message = ServerMessage.words(of: text)
    if Self.denied.contains(code) {
      return .denied(address: address, user: settings.user, grant: Self.grant(in: message), message: message)
    }
    return .server(address: address, code: code, status: status, message: message)
  }

  /// Codes of "not allowed": a read-only user, a database or a right that is withheld.
  private static let denied: Set<Int> = [164, 291, 497]

  /// The right a server says it would take: `INSERT(symbol) ON market.klines_1h`.
  static func grant(in message: String) -> String? {
    guard
      let start = message.firstRange(of: "necessary to have the grant ")
        ?? message.firstRange(of: "necessary to have grant ")
    else { return nil }
    let rest = message[start.upperBound...]
    let end = [". ", " (ACCESS", ", while"].compactMap { rest.firstRange(of: $0)?.lowerBound }.min() ?? rest.endIndex
    let grant = rest[..<end]
    return grant.hasSuffix(".") ? String(grant.dropLast()) : String(grant)
  }

  /// What goes out and what comes back in one request.
  private final class Exchange {
    let body: any Body
    var answer: [UInt8] = []
    private static let limit = 64 << 20

    init(body: any Body) { self.body = body }

    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
      guard answer.count + bytes.count <= Self.limit else { return 0 }
      answer.append(contentsOf: bytes)
      return bytes.count
    }
  }

  /// A statement as a request's body.
  private final class TextBody: Body {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var count: Int { bytes.count }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
      let part = bytes[offset...].prefix(buffer.count)
      buffer.copyBytes(from: part)
      offset += part.count
      return part.count
    }
  }
}
