import FoundationEssentials
import LakeFiles
import SluiceCore
import SluiceEngine

/// A value as JSON: its line feeds end lines, where those of a line are shown.
struct JSONText {
  let text: String
}

/// What `--json` prints of runs: one object for one, an array for several.
enum RunJSON {
  /// One run.
  struct Document: Encodable {
    var profile: String
    var task: RunTask
    var runID: String?
    var outcome: String
    var exitCode: Int32
    var result: RunResult?
    var error: String?
    /// Only of a dry run.
    var plan: PlanJSON?

    enum CodingKeys: String, CodingKey {
      case profile, kind, outcome, error
      case runID = "run_id"
      case exitCode = "exit_code"
      case filesTransferred = "files_transferred"
      case bytesTransferred = "bytes_transferred"
      case wireBytes = "wire_bytes"
      case filesDeleted = "files_deleted"
      case durationSeconds = "duration_seconds"
      case retries, resumed
      case markersPublished = "markers_published"
      case ingest, verify, problems, plan
      case deletedDirs = "deleted_dirs"
      case deletedFiles = "deleted_files"
      case freedBytes = "freed_bytes"
      case cutoffDate = "cutoff_date"
      case directories
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(profile, forKey: .profile)
      try container.encode(task.word, forKey: .kind)
      try container.encodeIfPresent(runID, forKey: .runID)
      try container.encode(outcome, forKey: .outcome)
      try container.encode(exitCode, forKey: .exitCode)
      try container.encodeIfPresent(error, forKey: .error)
      try container.encodeIfPresent(plan, forKey: .plan)
      guard let result else { return }
      try container.encode(result.durationSeconds, forKey: .durationSeconds)
      try container.encode(result.problems, forKey: .problems)
      try container.encode(result.retries, forKey: .retries)
      if case .verify(let task) = task, task.repairs {
        try container.encode(result.filesTransferred, forKey: .filesTransferred)
        try container.encode(result.bytesTransferred, forKey: .bytesTransferred)
      }
      if task.transfers {
        try container.encode(result.filesTransferred, forKey: .filesTransferred)
        try container.encode(result.bytesTransferred, forKey: .bytesTransferred)
        try container.encode(result.wireBytes, forKey: .wireBytes)
        try container.encode(result.filesDeleted, forKey: .filesDeleted)
        try container.encode(result.wasResumed, forKey: .resumed)
        try container.encode(result.markersPublished, forKey: .markersPublished)
      }
      try container.encodeIfPresent(result.ingest, forKey: .ingest)
      if case .verify(let task) = task {
        try container.encodeIfPresent(result.verify.map { VerifyJSON($0, of: task) }, forKey: .verify)
      }
      guard let cleanup = result.cleanup else { return }
      try container.encode(cleanup.deletedDirs, forKey: .deletedDirs)
      try container.encode(cleanup.deletedFiles, forKey: .deletedFiles)
      try container.encode(cleanup.freedBytes, forKey: .freedBytes)
      try container.encodeIfPresent(cleanup.cutoffDate, forKey: .cutoffDate)
      try container.encode(cleanup.directories, forKey: .directories)
    }
  }

  /// The text: an object for one, an array for several.
  static func text(_ documents: [some Encodable]) -> JSONText {
    if documents.count == 1, let only = documents.first { return text(of: only) }
    return text(of: documents)
  }

  /// Any value, indented; names from outside are in it whole, and none can reach a terminal's controls.
  ///
  /// Every key is `in_snake_case`, whatever the file of the lake that a value also lies in calls it.
  static func text(of value: some Encodable) -> JSONText {
    let encoder = JSONFile.encoder(isPretty: true)
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return JSONText(text: (try? encoder.encode(value)).map { inert(String(decoding: $0, as: UTF8.self)) } ?? "null")
  }

  /// The same on one line, for a stream of them.
  static func line(of value: some Encodable) -> JSONText {
    let encoder = JSONFile.encoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return JSONText(text: (try? encoder.encode(value)).map { inert(String(decoding: $0, as: UTF8.self)) } ?? "null")
  }

  /// Writes as `\u…` what JSON allows in a string and a terminal would obey; the value stays the same.
  private static func inert(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x7F }) else { return text }
    return text.unicodeScalars.map { scalar in
      guard scalar.value >= 0x7F, TextFormat.isUnsafe(scalar) else { return String(scalar) }
      return String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }.joined()
  }
}
