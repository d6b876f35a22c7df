import Foundation

/// Runs programs to their end.
package enum ProcessRunner {
  /// Runs a program and gives what it said.
  ///
  /// - Parameters:
  ///   - program: A path, or a name to be found in PATH.
  ///   - environment: Set over the test's own environment; nil takes a variable away.
  ///   - input: What it reads on its standard input.
  ///   - deadline: After this it is killed.
  /// - Throws: When it cannot be started, and `DeadlineExceeded`.
  package static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String?] = [:], directory: String? = nil,
    input: String = "", deadline: Duration = .seconds(60)
  ) async throws -> ChildProcess.Outcome {
    let child = try ChildProcess(program, arguments, environment: environment, directory: directory)
    if !input.isEmpty { try child.write(input) }
    try child.closeInput()
    return try await child.ending(within: deadline)
  }

  /// Where the build put the programs: beside the tests themselves.
  package static var productsDirectory: String {
    let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let directory = (executable as NSString).deletingLastPathComponent
    if FileManager.default.isExecutableFile(atPath: "\(directory)/sluice") { return directory }
    // The toolchain's own test helper may run the bundle, which is then named among the arguments.
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return (bundle as NSString).deletingLastPathComponent
  }

  /// The built `sluice`.
  package static var sluice: String { "\(productsDirectory)/sluice" }
}
