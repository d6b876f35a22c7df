import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import LakeConfiguration

@Suite("Configurations nobody wrote on purpose")
struct ConfigurationRobustnessTests {
  static let example = "\(ConfigurationFixtures.directory)/every-key.yml"

  /// Either a lake or at least one error with a sentence; never a crash, never silence.
  func load(_ content: Data, _ scratch: ScratchDirectory) throws {
    let path = "\(scratch.path)/lake.yml"
    try content.write(to: URL(filePath: path))
    do throws(ConfigurationFailure) {
      _ = try ConfigurationLoader.load(path: path, environment: ConfigurationFixtures.environment)
    } catch {
      #expect(error.problems.contains { !$0.isWarning && !$0.message.isEmpty })
    }
  }

  @Test("a file cut off anywhere loads or is refused")
  func truncated() throws {
    let whole = try Data(contentsOf: URL(filePath: Self.example))
    let scratch = try ScratchDirectory()
    for length in stride(from: 0, to: whole.count, by: 7) { try load(whole.prefix(length), scratch) }
  }

  @Test(
    "a file with any byte replaced loads or is refused",
    arguments: [0x00, 0x09, 0x0a, 0x22, 0x26, 0x2a, 0x2d, 0x3a, 0x3f, 0x5b, 0x7b, 0x7d, 0xff] as [UInt8])
  func replaced(_ byte: UInt8) throws {
    let whole = try Data(contentsOf: URL(filePath: Self.example))
    let scratch = try ScratchDirectory()
    for place in stride(from: Int(byte) % 29, to: whole.count, by: 29) {
      var changed = whole
      changed[changed.startIndex + place] = byte
      try load(changed, scratch)
    }
  }

  @Test("lines left out, doubled or swapped load or are refused")
  func lines() throws {
    let lines = try String(contentsOfFile: Self.example, encoding: .utf8).split(separator: "\n")
    let scratch = try ScratchDirectory()
    for index in lines.indices {
      var without = lines
      without.remove(at: index)
      var doubled = lines
      doubled.insert(lines[index], at: index)
      var swapped = lines
      swapped.swapAt(index, (index + 7) % lines.count)
      for variant in [without, doubled, swapped] {
        try load(Data(variant.joined(separator: "\n").utf8), scratch)
      }
    }
  }

  @Test("a thousand profiles are a lake like any other")
  func large() throws {
    var text = "data_lake:\n  root_dir: /lake\n  profiles:\n"
    for number in 0..<1000 {
      text += "    p\(number): {source: {type: ssh, host: h, user: u, remote_root: /r}, local_subdir: p\(number)}\n"
    }
    let scratch = try ScratchDirectory()
    let path = try scratch.file("lake.yml", text)
    let lake = try ConfigurationLoader.load(path: path, environment: ConfigurationFixtures.environment).lake
    #expect(lake.profiles.count == 1000)
    try scratch.file("lake.yml", text.replacingOccurrences(of: "local_subdir: p999", with: "local_subdir: p5/x"))
    let told = ConfigurationFixtures.problems(of: path).filter { $0.hasPrefix("error") }
    #expect(told.count == 1)
    #expect(told.first?.contains("p999.local_subdir: this directory and that of the profile p5 lie inside") == true)
  }
}
