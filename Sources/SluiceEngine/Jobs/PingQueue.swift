import CCurl
import Dispatch
import LakeFiles

/// Sends requests one after the other, beside everything else.
struct PingQueue: Sendable {
  /// Seconds a request may take, the connection included.
  private static let timeout = 10
  /// Seconds all that are left may take once the process wants to end: one request, and a little.
  private static let patience = 12.0

  private let queue = DispatchQueue(label: "sluice ping")
  private let group = DispatchGroup()

  /// Sends a request.
  ///
  /// - Parameter failed: Told why it did not arrive, on a thread of the queue's; the address is not repeated, for it may
  ///   hold a token.
  func send(_ address: String, failed: @escaping @Sendable (String) -> Void) {
    queue.async(group: group) {
      guard sluice_curl_load() == nil, let handle = sluice_curl_open() else { return failed("libcurl cannot be used") }
      defer { sluice_curl_close(handle) }
      _ = sluice_curl_set_string(handle, CURLOPT_URL, address)
      _ = sluice_curl_set_long(handle, CURLOPT_TIMEOUT, Self.timeout)
      _ = sluice_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
      _ = sluice_curl_set_long(handle, CURLOPT_NOBODY, 1)
      let result = sluice_curl_perform(handle)
      guard result == CURLE_OK else { return failed(String(cString: sluice_curl_reason(result))) }
      var status = 0
      _ = sluice_curl_response_code(handle, &status)
      if status >= 400 { failed("HTTP \(status)") }
    }
  }

  /// Waits for those that were sent, no longer than one of them may take.
  func settle() async {
    let group = self.group
    await OwnThread.run("sluice pings") { _ = group.wait(timeout: .now() + Self.patience) }
  }
}
