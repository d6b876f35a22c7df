import Foundation
import Testing

@testable import LakeConfiguration

@Suite("Broken configurations")
struct InvalidConfigurationTests {
  /// `RECORD_SNAPSHOTS=1` writes what is found as what is expected; read the difference before committing it.
  static let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

  @Test("are told with every problem, its line and what would be right", arguments: ConfigurationFixtures.invalidNames)
  func fixture(_ name: String) throws {
    let stem = "\(ConfigurationFixtures.directory)/invalid/\(name)"
    let found = ConfigurationFixtures.problems(of: "\(stem).yml")
    #expect(found.contains { $0.hasPrefix("error ") })
    if Self.isRecording {
      try Data((found.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: "\(stem).expected"))
    }
    let expected = try String(contentsOfFile: "\(stem).expected", encoding: .utf8)
    #expect(found == expected.split(separator: "\n").map(String.init))
  }

  @Test("never repeat a password", arguments: ConfigurationFixtures.invalidNames.filter { $0.hasPrefix("warehouse") })
  func passwords(_ name: String) {
    let found = ConfigurationFixtures.problems(of: "\(ConfigurationFixtures.directory)/invalid/\(name).yml")
    #expect(!found.joined().contains("hunter"))
  }

  @Test("there are fixtures")
  func fixturesAreThere() {
    #expect(ConfigurationFixtures.invalidNames.count > 80)
  }
}
