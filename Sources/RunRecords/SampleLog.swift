import FoundationEssentials
import Glibc
import LakeFiles
package import SluiceCore

/// Writes how far a run was, moment by moment: `samples.jsonl`, never larger than its limit.
///
/// A time in which nothing comes costs two lines, however long it is. When the file is full, every other moment is left
/// out, and from then on they are twice as far apart. Nothing of it is worth more than the run: what cannot be written is
/// left out.
struct SampleLog: Sendable {
  /// Bytes of the file at most.
  static let limit = 65_536
  /// Seconds between two looks.
  private static let pace = 0.15

  private let path: String
  private let maximum: Int
  private var descriptor: Int32 = -1
  private var kept: [RunSample] = []
  private var size = 0
  /// Seconds between two that are kept, the ends of silences excepted.
  private(set) var step = 1.0
  /// What was seen last, kept or not.
  private var newest = RunSample(at: 0)
  private var hasTornLine = false

  init(path: String, maximum: Int = SampleLog.limit) {
    self.path = path
    self.maximum = maximum
  }

  /// Whether it is time for another look; a clock that was set back stops the looks until it has caught up.
  func isDue(_ at: Double) -> Bool { at - newest.at >= Self.pace }

  /// Takes a moment of the run.
  mutating func take(_ sample: RunSample) {
    defer { newest = sample }
    let last = kept.last ?? RunSample(at: 0)
    guard !sample.isStill(since: last), sample.at - last.at >= step else { return }
    let endsSilence = newest.isStill(since: last) && newest.at - last.at >= step
    let endsAbsence = sample.at - newest.at >= step && newest.at > last.at
    if endsSilence || endsAbsence { keep(newest) }
    keep(sample)
  }

  /// Takes the run's last moment, and lets go of the file.
  mutating func finish(_ sample: RunSample) {
    let last = kept.last ?? RunSample(at: 0)
    // What came in the last second counts; a run that moved nothing leaves no file.
    if sample != last, !kept.isEmpty || !sample.isStill(since: last) {
      if newest.isStill(since: last), !sample.isStill(since: last), newest.at - last.at >= step { keep(newest) }
      if sample.at >= last.at { keep(sample) }
    }
    close()
  }

  mutating func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  private mutating func keep(_ sample: RunSample) {
    guard let line = Self.line(sample, after: kept.last) else { return }
    guard size + line.count + 1 <= maximum else {
      makeRoom(for: sample)
      return
    }
    if descriptor < 0, let opened = try? openForAppending(path) { descriptor = opened }
    guard descriptor >= 0 else { return }
    let text = (hasTornLine ? Data([UInt8(ascii: "\n")]) : Data()) + line
    hasTornLine = !writeAll(descriptor, text)
    size += text.count
    if !hasTornLine { kept.append(sample) }
  }

  private mutating func makeRoom(for sample: RunSample) {
    var fewer = kept + [sample]
    var text = Data()
    repeat {
      step *= 2
      fewer = RunSample.thinned(fewer, step: step)
      text = Self.text(fewer)
    } while text.count > maximum / 2 && fewer.count > 2
    guard (try? AtomicFile.write(text, to: path, isDurable: false)) != nil else { return }
    close()
    (kept, size, hasTornLine) = (fewer, text.count, false)
  }

  private static func text(_ samples: [RunSample]) -> Data {
    var text = Data()
    var last: RunSample?
    for sample in samples {
      text += line(sample, after: last) ?? Data()
      last = sample
    }
    return text
  }

  /// A file's name is written where it is another one than in the line before; an empty one is none.
  private static func line(_ sample: RunSample, after last: RunSample?) -> Data? {
    var sample = sample
    if sample.file == last?.file { sample.file = nil } else { sample.file = sample.file ?? "" }
    return (try? JSONFile.encode(sample)).map { $0 + [UInt8(ascii: "\n")] }
  }
}

extension RunDirectory {
  /// How far the run was, moment by moment; empty for a run of an older program, and for one that moved nothing.
  package func samples() -> [RunSample] {
    guard let data = try? JSONFile.contents(of: samplesPath, limit: 4 * SampleLog.limit) else { return [] }
    var samples: [RunSample] = []
    for var sample in Self.decodeLines(RunSample.self, data) where sample.at.isFinite {
      guard sample.at >= samples.last?.at ?? 0 else { continue }
      sample.file = sample.file ?? samples.last?.file
      if sample.file?.isEmpty == true { sample.file = nil }
      samples.append(sample)
    }
    return samples
  }
}
