import Foundation

@testable import LakeConfiguration

/// The example files and the broken ones, found from this file's own place.
enum ConfigurationFixtures {
  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path(percentEncoded: false)

  static let directory = "\(repository)Tests/Fixtures/configuration"

  /// A home that does not exist, so that no test depends on the machine's keys.
  static let environment = ["HOME": "/home/operator"]

  /// The names of the broken files, without `.yml`.
  static let invalidNames: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/invalid")) ?? []
    return names.filter { $0.hasSuffix(".yml") }.map { String($0.dropLast(4)) }.sorted()
  }()

  /// Every problem of a file, warnings too, as lines that do not depend on where the repository lies.
  static func problems(of path: String, environment: [String: String] = environment) -> [String] {
    let found: [ConfigurationProblem]
    do {
      found = try ConfigurationLoader.load(path: path, environment: environment).warnings
    } catch {
      found = error.problems
    }
    // Whether others can read a checked-out file depends on the umask it was checked out with.
    return found.filter { !$0.message.contains("read by others") }.map { problem in
      let text = problem.description.replacingOccurrences(of: path, with: "FILE")
      return (problem.isWarning ? "warning " : "error ") + text
    }
  }
}
