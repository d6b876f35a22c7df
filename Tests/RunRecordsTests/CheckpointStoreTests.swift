import Foundation
import LakeFiles
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords

@Suite("The checkpoint file")
struct CheckpointStoreTests {
  /// The document's own example, word for word.
  static let documented = """
    {
      "profile_name": "cex_ticks",
      "last_sync_time": "2024-11-28T14:30:45Z",
      "last_sync_status": "success",
      "files_transferred": 142,
      "bytes_transferred": 1234567890,
      "duration_seconds": 45.2,
      "errors": []
    }
    """
  static let now = Date(timeIntervalSince1970: 1_732_804_245)

  @Test("a value that is not known is told with its place, never in a library's words")
  func unknownValue() throws {
    try AtomicFile.createDirectory("\(scratch.path)/.checkpoints")
    for (old, new, reason) in [
      ("\"success\"", "\"splendid\"", "a value that this sluice does not know at last_sync_status"),
      ("142", "\"many\"", "a value of the wrong kind at files_transferred"),
    ] {
      try Data(Self.documented.replacing(old, with: new).utf8).write(to: URL(filePath: store.path))
      let message = try #require(store.load().problem?.message)
      #expect(message.contains(reason), "\(message)")
    }
  }

  let scratch: ScratchDirectory
  let store: CheckpointStore

  init() throws {
    scratch = try ScratchDirectory()
    store = CheckpointStore(path: "\(scratch.path)/.checkpoints/cex_ticks.json")
  }

  @Test("reads the document's example")
  func documentedExample() throws {
    try scratch.file(".checkpoints/cex_ticks.json", Self.documented)
    let checkpoint = try #require(store.load().checkpoint)
    #expect(checkpoint.profileName == "cex_ticks")
    #expect(checkpoint.lastSyncStatus == .success)
    #expect(checkpoint.filesTransferred == 142)
    #expect(checkpoint.bytesTransferred == 1_234_567_890)
    #expect(checkpoint.lastSync == Self.now)
  }

  @Test("writes what it reads, with the document's keys, making the directory")
  func roundTrip() throws {
    let checkpoint = Checkpoint(
      profileName: "cex_ticks", lastSyncTime: "2024-11-28T14:30:45Z", lastSyncStatus: .partial, filesTransferred: 7,
      lastSuccessTime: "2024-11-27T14:30:45Z", wireBytes: 99, runID: "r")
    try store.save(checkpoint)
    #expect(store.load() == CheckpointStore.Loaded(checkpoint: checkpoint))
    let text = try String(contentsOfFile: store.path, encoding: .utf8)
    for key in [
      "profile_name", "last_sync_time", "last_sync_status", "files_transferred", "bytes_transferred",
      "duration_seconds", "errors",
    ] {
      #expect(text.contains("\"\(key)\":"))
    }
  }

  @Test("a profile never synced has no checkpoint and no problem")
  func never() {
    #expect(store.load() == CheckpointStore.Loaded())
    #expect(store.loadSettingAside(now: Self.now) == CheckpointStore.Loaded())
  }

  @Test(
    "a broken checkpoint is set aside and reported, and the next one can be written",
    arguments: [
      "", "\u{0}\u{0}\u{0}", "{\"profile_name\":", "[]", "{}",
      documented.replacingOccurrences(of: "\"success\"", with: "\"splendid\""),
    ])
  func broken(_ content: String) throws {
    try scratch.file(".checkpoints/cex_ticks.json", content)
    #expect(store.load().problem?.code == "checkpoint-corrupt")
    #expect(try scratch.names(".checkpoints") == ["cex_ticks.json"])
    let loaded = store.loadSettingAside(now: Self.now)
    #expect(loaded.checkpoint == nil)
    #expect(loaded.problem?.code == "checkpoint-corrupt")
    #expect(loaded.problem?.message.contains("cex_ticks.json.corrupt-20241128T143045Z") == true)
    #expect(try scratch.names(".checkpoints") == ["cex_ticks.json.corrupt-20241128T143045Z"])
    try store.save(
      Checkpoint(profileName: "cex_ticks", lastSyncTime: "2024-11-28T14:30:45Z", lastSyncStatus: .success))
    #expect(store.load().checkpoint != nil)
  }

  @Test("a directory in the checkpoint's place is reported and left alone")
  func directory() throws {
    try scratch.directory(".checkpoints/cex_ticks.json")
    let loaded = store.loadSettingAside(now: Self.now)
    #expect(loaded.problem?.message.contains("it is a directory") == true)
    #expect(try scratch.names(".checkpoints") == ["cex_ticks.json"])
  }
}
