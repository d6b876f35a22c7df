import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import LakeFiles

@Suite("JSON files")
struct JSONFileTests {
  struct Sample: Codable, Equatable {
    var zebra: String
    var apple: Date
  }

  let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  @Test("are written with sorted keys, plain slashes and UTC times, and read back the same")
  func roundTrip() throws {
    let sample = Sample(zebra: "/data/lake", apple: Date(timeIntervalSince1970: 1_732_804_245.5))
    let path = "\(scratch.path)/sample.json"
    try JSONFile.write(sample, to: path)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == #"{"apple":"2024-11-28T14:30:45.500Z","zebra":"/data/lake"}"# + "\n")
    #expect(try JSONFile.read(Sample.self, at: path) == sample)
  }

  @Test(
    "times keep their milliseconds",
    arguments: [
      (0.0, "1970-01-01T00:00:00Z"), (0.001, "1970-01-01T00:00:00.001Z"), (0.9996, "1970-01-01T00:00:01Z"),
      (-0.25, "1969-12-31T23:59:59.750Z"), (1_732_804_245.045, "2024-11-28T14:30:45.045Z"),
    ])
  func timestamps(_ seconds: Double, _ text: String) {
    #expect(JSONFile.timestamp(Date(timeIntervalSince1970: seconds)) == text)
  }

  @Test(
    "what cannot be read is told in a sentence",
    arguments: [
      ("", "it is not JSON"), ("{\"zebra\":", "it is not JSON"), ("{\"zebra\":\"z\"}", "the key apple is missing"),
      ("{\"zebra\":1,\"apple\":\"2024-11-28T14:30:45Z\"}", "a value of the wrong kind at zebra"),
      ("{\"zebra\":\"z\",\"apple\":\"yesterday\"}", "yesterday is not a time like 2024-11-28T14:30:45Z at apple"),
    ])
  func broken(_ content: String, _ reason: String) throws {
    let path = try scratch.file("broken.json", content)
    let failure = #expect(throws: FileFailure.self) { try JSONFile.read(Sample.self, at: path) }
    #expect(failure?.operation == .decode)
    #expect(failure?.reason == reason)
  }

  @Test("a missing file, a directory and a file that is too large are refusals of their own")
  func refusals() throws {
    let missing = #expect(throws: FileFailure.self) { try JSONFile.contents(of: "\(scratch.path)/none") }
    #expect(missing?.isMissing == true)
    let directory = #expect(throws: FileFailure.self) { try JSONFile.contents(of: scratch.path) }
    #expect(directory?.reason == "it is a directory")
    let path = try scratch.file("large", String(repeating: "x", count: 100))
    let large = #expect(throws: FileFailure.self) { try JSONFile.contents(of: path, limit: 99) }
    #expect(large?.reason == "it is larger than 99 B")
    #expect(try JSONFile.contents(of: path, limit: 100).count == 100)
  }
}
