// The form the tasks have in files: one key that names the kind, its options below. Absent options take their defaults,
// unknown ones are passed over.

extension RunTask: Codable {
  private enum Kind: String, CodingKey {
    case sync, cleanup, ingest, verify
  }

  /// Reads a task.
  ///
  /// - Throws: `DecodingError` when no kind this program knows is named, or an option holds something else.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Kind.self)
    if let task = try container.decodeIfPresent(SyncTask.self, forKey: .sync) {
      self = .sync(task)
    } else if let task = try container.decodeIfPresent(CleanupTask.self, forKey: .cleanup) {
      self = .cleanup(task)
    } else if let task = try container.decodeIfPresent(IngestTask.self, forKey: .ingest) {
      self = .ingest(task)
    } else if let task = try container.decodeIfPresent(VerifyTask.self, forKey: .verify) {
      self = .verify(task)
    } else {
      throw PlainReason.corrupted("no kind of task that is known", at: decoder.codingPath)
    }
  }

  /// Writes the task.
  ///
  /// - Throws: `EncodingError` when the encoder takes no object.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Kind.self)
    switch self {
    case .sync(let task): try container.encode(task, forKey: .sync)
    case .cleanup(let task): try container.encode(task, forKey: .cleanup)
    case .ingest(let task): try container.encode(task, forKey: .ingest)
    case .verify(let task): try container.encode(task, forKey: .verify)
    }
  }
}

extension SyncTask: Decodable {
  private enum Option: String, CodingKey {
    case isRehearsal, ingests, cleansUp, forcesDeletion, bandwidthLimit, lanes, maxDuration, confirmedPlan
  }

  /// Reads the options.
  ///
  /// - Throws: `DecodingError` when one holds something else.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Option.self)
    isRehearsal = try container.decode(.isRehearsal, default: false)
    ingests = try container.decode(.ingests, default: true)
    cleansUp = try container.decode(.cleansUp, default: true)
    forcesDeletion = try container.decode(.forcesDeletion, default: false)
    bandwidthLimit = try container.decodeIfPresent(Int.self, forKey: .bandwidthLimit)
    lanes = try container.decodeIfPresent(LaneChoice.self, forKey: .lanes)
    maxDuration = try container.decodeIfPresent(Int.self, forKey: .maxDuration)
    confirmedPlan = try container.decodeIfPresent(String.self, forKey: .confirmedPlan)
  }
}

extension CleanupTask: Decodable {
  private enum Option: String, CodingKey {
    case isRehearsal, forcesDeletion, confirmedPlan
  }

  /// Reads the options.
  ///
  /// - Throws: `DecodingError` when one holds something else.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Option.self)
    isRehearsal = try container.decode(.isRehearsal, default: false)
    forcesDeletion = try container.decode(.forcesDeletion, default: false)
    confirmedPlan = try container.decodeIfPresent(String.self, forKey: .confirmedPlan)
  }
}

extension IngestTask: Decodable {
  private enum Option: String, CodingKey {
    case isRehearsal, isForced, selection, acceptance, withdrawn
  }

  /// Reads the options.
  ///
  /// - Throws: `DecodingError` when one holds something else.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Option.self)
    isRehearsal = try container.decode(.isRehearsal, default: false)
    isForced = try container.decode(.isForced, default: false)
    selection = try container.decode(.selection, default: .pending)
    acceptance = try container.decodeIfPresent(FileAcceptance.self, forKey: .acceptance)
    withdrawn = try container.decode(.withdrawn, default: [])
  }
}

extension RunRequest: Codable {
  private enum CodingKeys: String, CodingKey {
    case profile, task
  }

  /// Reads a request, `request.json`.
  ///
  /// - Throws: `NewerForm` when a newer program wrote it, `DecodingError` when it is none.
  package init(from decoder: any Decoder) throws {
    try Form.request.check(in: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    profile = try container.decode(String.self, forKey: .profile)
    task = try container.decode(RunTask.self, forKey: .task)
  }

  /// Writes the request.
  ///
  /// - Throws: `EncodingError` when the encoder takes no object.
  package func encode(to encoder: any Encoder) throws {
    try Form.request.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(profile, forKey: .profile)
    try container.encode(task, forKey: .task)
  }
}
