package import SluiceCore

/// What a pattern of `expect` can promise and what not; for `validate`.
package enum ExpectationNotes {
  /// One line a profile that has patterns.
  package static func lines(_ lake: Lake) -> [String] {
    lake.profiles.compactMap { profile in
      let patterns = profile.expectations.flatMap(\.patterns)
      guard !patterns.isEmpty else { return nil }
      let promise = TextFormat.counted(patterns.count, "pattern promises", "patterns promise")
      let place = "data_lake.profiles.\(profile.name).expect"
      return "\(place): \(promise) that something matches (\(TextFormat.listed(patterns))), and that what has once "
        + "come under it goes on; what never came is not missed. Name each series to have that "
        + "too (sluice coverage \(profile.name) --learn), and one that has ended with its `until`."
    }
  }
}
