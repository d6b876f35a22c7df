import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice metrics`: Prometheus text.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "Print Prometheus metrics, or write them to a file by rename.")

  @OptionGroup var global: GlobalOptions

  @Option(name: .long, help: ArgumentHelp("The file to replace.", valueName: "FILE"), completion: .file())
  var output: String?

  func run() throws {
    let access = try LakeAccess(global)
    // Zeros, and another disk's free space, would be believed.
    try access.requireLake()
    let text = try text(access)
    guard let output else {
      Console.shared.print(text: text)
      return
    }
    do throws(FileFailure) {
      try PrometheusText.write(text, to: output, waits: true)
    } catch {
      throw CommandFailure(.failed, [error.problem])
    }
  }

  private func text(_ access: LakeAccess) throws -> String {
    do throws(FileFailure) {
      return try MetricsRecorder(lake: access.lake).text()
    } catch {
      throw CommandFailure(.failed, [error.problem])
    }
  }
}
