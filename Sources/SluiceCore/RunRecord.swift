package import FoundationEssentials

/// `run.json`: what the run is, who started it, and the process it is.
///
/// Written once, at the start.
package struct RunRecord: Sendable, Equatable {
  /// The run's name, and its directory's.
  package var id: RunID
  /// The profile it is about, by name.
  package var profile: String
  /// What it does, whole.
  package var task: RunTask
  /// The command as typed, or as it would be typed; without secrets.
  package var command: [String]
  /// `terminal`, `cron`, `dashboard` or `service`: where it was started.
  package var origin: String
  /// The login name it runs as.
  package var user: String
  /// The machine it runs on, by its host name.
  package var host: String
  /// Its process, on that machine.
  package var processID: Int32
  /// Clock ticks since boot at which the process started: tells a reused process id apart.
  package var processStart: UInt64
  /// When it began.
  package var startedAt: Date

  /// Whether it only looked: its outcome says nothing of the lake's state.
  package var isRehearsal: Bool { task.isRehearsal }

  /// A record of a run that begins.
  package init(
    id: RunID, profile: String, task: RunTask, command: [String], origin: String, user: String, host: String,
    processID: Int32, processStart: UInt64, startedAt: Date
  ) {
    self.id = id
    self.profile = profile
    self.task = task
    self.command = command
    self.origin = origin
    self.user = user
    self.host = host
    self.processID = processID
    self.processStart = processStart
    self.startedAt = startedAt
  }
}

extension RunRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, profile, task, command, origin, user, host, processID, processStart, startedAt
  }

  /// Reads a record of this form, or one from before forms had numbers, which had kind and options for a task.
  ///
  /// Without id, profile and task it would be the record of no run; all else has defaults.
  /// - Throws: `NewerForm` when a newer program wrote it, `DecodingError` when it is no record.
  package init(from decoder: any Decoder) throws {
    let form = try Form.run.check(in: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(RunID.self, forKey: .id)
    profile = try container.decode(String.self, forKey: .profile)
    task = form == 0 ? try FlatTask(from: decoder).task : try container.decode(RunTask.self, forKey: .task)
    command = try container.decode(.command, default: [])
    origin = try container.decode(.origin, default: "")
    user = try container.decode(.user, default: "")
    host = try container.decode(.host, default: "")
    processID = try container.decode(.processID, default: 0)
    processStart = try container.decode(.processStart, default: 0)
    startedAt = try container.decode(.startedAt, default: id.start ?? Date(timeIntervalSince1970: 0))
  }

  /// Writes the record.
  ///
  /// - Throws: `EncodingError` when the encoder takes no object.
  package func encode(to encoder: any Encoder) throws {
    try Form.run.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(profile, forKey: .profile)
    try container.encode(task, forKey: .task)
    try container.encode(command, forKey: .command)
    try container.encode(origin, forKey: .origin)
    try container.encode(user, forKey: .user)
    try container.encode(host, forKey: .host)
    try container.encode(processID, forKey: .processID)
    try container.encode(processStart, forKey: .processStart)
    try container.encode(startedAt, forKey: .startedAt)
  }
}
