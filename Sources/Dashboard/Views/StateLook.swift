import SluiceCore
import TerminalUI

/// A state as it is shown: always a glyph and a word, the colour only helps.
struct StateLook: Sendable, Equatable {
  var glyph: String
  var word: String
  var role: ColorRole

  init(glyph: String, word: String, role: ColorRole) {
    self.glyph = glyph
    self.word = word
    self.role = role
  }

  /// A profile's state in the table.
  init(_ row: ProfileRow, launches: LaunchQueue, labels: Labels, glyphs: Glyphs) {
    if let run = row.liveRun {
      self.init(run, labels: labels, glyphs: glyphs)
    } else if launches.isStarting(row.name) {
      self.init(glyph: glyphs.queued, word: labels[.starting], role: .running)
    } else if launches.isWaiting(row.name) {
      self.init(glyph: glyphs.queued, word: labels[.queued], role: .info)
    } else {
      self.init(row.state, labels: labels, glyphs: glyphs)
    }
  }

  /// A state that is not a run's.
  init(_ state: ProfileState, labels: Labels, glyphs: Glyphs) {
    let (glyph, role): (String, ColorRole) =
      switch state {
      case .failed: (glyphs.failure, .bad)
      case .refused: (glyphs.refused, .bad)
      case .interrupted: (glyphs.interrupted, .warning)
      case .partial: (glyphs.partial, .warning)
      case .stale: (glyphs.stale, .warning)
      case .late: (glyphs.late, .warning)
      case .gaps: (glyphs.partial, .warning)
      case .running: (glyphs.running, .running)
      case .never: (glyphs.queued, .info)
      case .acknowledged: (glyphs.partial, .muted)
      case .fine: (glyphs.success, .good)
      case .disabled: (glyphs.disabled, .muted)
      }
    self.init(glyph: glyph, word: labels[state.label], role: role)
  }

  /// What a live run is doing.
  init(_ run: LiveRun, labels: Labels, glyphs: Glyphs) {
    if run.isSuspended {
      self.init(glyph: glyphs.paused, word: labels[.suspended], role: .warning)
    } else if run.progress.isPaused {
      self.init(glyph: glyphs.paused, word: labels[.paused], role: .warning)
    } else if run.progress.phase == .waiting {
      self.init(glyph: glyphs.queued, word: labels[.waiting], role: .warning)
    } else {
      self.init(glyph: glyphs.running, word: labels[run.label], role: .running)
    }
  }

  /// How a run ended.
  init(_ outcome: RunOutcome, labels: Labels, glyphs: Glyphs) {
    let (glyph, role): (String, ColorRole) =
      switch outcome {
      case .success: (glyphs.success, .good)
      case .partial: (glyphs.partial, .warning)
      case .failed: (glyphs.failure, .bad)
      case .interrupted: (glyphs.interrupted, .warning)
      case .refused: (glyphs.refused, .bad)
      }
    self.init(glyph: glyph, word: labels[outcome.label], role: role)
  }
}
