/// What was waited for did not happen in time.
package struct DeadlineExceeded: Error, CustomStringConvertible {
  package let description: String
}

/// Waits until something is so, looking fifty times a second.
///
/// - Parameters:
///   - what: What is waited for, for the error's text.
///   - deadline: How long at most.
///   - condition: Looked at until it is true.
/// - Throws: `DeadlineExceeded`, or what the condition throws.
package func waitUntil(
  _ what: String, within deadline: Duration = .seconds(60), isolation: isolated (any Actor)? = #isolation,
  _ condition: () async throws -> Bool
) async throws {
  let clock = ContinuousClock()
  let end = clock.now.advanced(by: deadline)
  while try await !condition() {
    guard clock.now < end else { throw DeadlineExceeded(description: "not within \(deadline): \(what)") }
    try await Task.sleep(for: .milliseconds(60))
  }
}

/// Looks fifty times a second whether a value stays as it is.
///
/// - Returns: Whether it did for the whole time.
package func staysUnchanged<Value: Equatable>(
  for time: Duration, isolation: isolated (any Actor)? = #isolation, _ value: () throws -> Value
) async throws -> Bool {
  let clock = ContinuousClock()
  let end = clock.now.advanced(by: time)
  let first = try value()
  while clock.now < end {
    try await Task.sleep(for: .milliseconds(60))
    guard try value() == first else { return false }
  }
  return true
}
