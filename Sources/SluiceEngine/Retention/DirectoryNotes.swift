import LakeFiles
package import SluiceCore

/// Directories whose names carry a date that retention does not go by; for `validate`.
package enum DirectoryNotes {
  /// One line a profile that has such directories and a retention.
  ///
  /// Lists the top level of each profile's directory; blocks as the disk does.
  package static func lines(_ lake: Lake) -> [String] {
    lake.profiles.compactMap { profile in
      guard let days = profile.retentionDays, let names = try? names(profile), !names.isEmpty else { return nil }
      return RetentionSentences.otherForm(profile, days: days, names: names)
    }
  }

  private static func names(_ profile: Profile) throws(FileFailure) -> [String] {
    guard let directory = try ProfileDirectory.open(profile) else { return [] }
    let names = try directory.entries().filter { $0.kind == .directory }.compactMap(\.name.text)
    return names.filter { DatedDirectory(name: $0) == nil && DatedDirectory.dayInOtherForm($0) != nil }.sorted()
  }
}
