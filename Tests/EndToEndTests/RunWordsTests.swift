import ArgumentParser
import Foundation
import LakeFiles
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@testable import sluice

@Suite("The words a run is shown with")
struct RunWordsTests {
  @Test("ask for the very task they show, when they are typed", arguments: TaskSamples.all)
  func typed(task: RunTask) throws {
    let command = try CommandRunner.parsed(task.words(profile: "ticks"))
    let asked: RunTask? =
      switch command {
      case let command as SyncCommand: .sync(command.task)
      case let command as CleanupCommand: .cleanup(command.task)
      case let command as IngestCommand: .ingest(try command.task)
      case let command as VerifyCommand: .verify(try command.task)
      default: nil
      }
    #expect(asked == task)
  }

  @Test("`--json` prints a run as the records had it before their form had a number, key for key")
  func json() throws {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/records/run")
    let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
    #expect(files.count == 12)
    for file in files {
      let data = try Data(contentsOf: file)
      let record = try JSONFile.decode(RunRecord.self, data)
      let printed = try JSONFile.encode(RunRecordJSON(record))
      #expect(
        String(decoding: printed, as: UTF8.self)
          == String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines), "\(file.lastPathComponent)")
    }
  }

  @Test(
    "commands that only read files are no tasks, so that they run on a thread of their own",
    arguments: [
      ["check"], ["stats"], ["coverage"], ["history"], ["status"], ["status", "--follow"], ["metrics"],
      ["stop", "ticks"], ["pause", "ticks"], ["resume", "ticks"], ["limit", "ticks", "5"], ["attach", "ticks"], [],
    ])
  func blocking(words: [String]) throws {
    #expect(!(try CommandRunner.parsed(words) is any AsyncParsableCommand))
  }
}
