import ArgumentParser
import FoundationEssentials
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice init`: writes a lake file by asking.
struct InitCommand: ParsableCommand, EntryThreadCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a lake file by asking a few questions.")

  @Option(name: .long, help: "Where to write it.", completion: .configurations)
  var output: String = "config/data_lake.yml"

  func runOnEntryThread() -> Int32 {
    do {
      guard !FileManager.default.fileExists(atPath: output) else {
        throw CommandFailure(.fileExists(output))
      }
      let path = output.hasPrefix("/") ? output : FileManager.default.currentDirectoryPath + "/" + output
      let text = try LakeQuestions(path: path).asked().text
      let directory = AtomicFile.split(output).directory
      if !directory.isEmpty {
        try AtomicFile.createDirectory(directory)
      }
      try AtomicFile.write(Data(text.utf8), to: path)
      Console.shared.print(
        "", "Wrote \(output). Next:", "  sluice validate --connect --config \(output)",
        "  sluice sync --dry-run --config \(output)")
      return 0
    } catch {
      return CommandRunner.finish(error)
    }
  }
}
