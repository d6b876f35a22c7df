package import FoundationEssentials

/// A marker as the Markers pane lists it.
package struct MarkerEntry: Sendable, Equatable, Codable {
  /// What has become of a marker's files; the raw value is the word in JSON output.
  package enum State: String, Sendable, Codable { case pending, ingested, quarantined, noFiles = "no-files", invalid }

  /// The marker's file name.
  package var name: String
  /// What has become of its files.
  package var state: State
  /// Data files its manifest names; 0 without a manifest.
  package var files: Int
  /// Rows of these files in the warehouse; 0 without a manifest.
  package var rows: Int
  /// When its manifest was written; nil without one.
  package var ingestedAt: Date?
  /// Files put aside: path and reason.
  package var quarantined: [QuarantinedFile]
  /// Files taken though their `.CHECKSUM` says otherwise.
  package var accepted: [AcceptedFile]

  /// An entry with these facts.
  package init(
    name: String, state: State, files: Int = 0, rows: Int = 0, ingestedAt: Date? = nil,
    quarantined: [QuarantinedFile] = [], accepted: [AcceptedFile] = []
  ) {
    self.name = name
    self.state = state
    self.files = files
    self.rows = rows
    self.ingestedAt = ingestedAt
    self.quarantined = quarantined
    self.accepted = accepted
  }
}

/// A data file that could not be ingested, and why.
package struct QuarantinedFile: Sendable, Equatable, Codable {
  /// The file, relative to the profile's directory.
  package var path: String
  /// What is wrong with it, as a sentence without a full stop.
  package var reason: String

  /// A file with the reason why it was put aside.
  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
