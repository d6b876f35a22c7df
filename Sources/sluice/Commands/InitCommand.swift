import ArgumentParser
import FoundationEssentials
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice init`: writes a lake file by asking, and by looking at the source.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a lake file by asking a few questions.",
    discussion: """
      Each answer is checked as it is given. The host's key is shown with its fingerprint and kept in the file; the login \
      is tried, and the directories there are listed to choose from. What they hold proposes a retention, and whether there \
      are klines to ingest. The file is written after the last answer and not before. Where nobody can be asked, the options \
      are the answers.
      """)

  @Option(name: .long, help: "Where to write it.", completion: .configurations)
  var output: String = "config/data_lake.yml"

  @Flag(name: .long, help: "Write over a file that is there.")
  var force = false

  @OptionGroup var options: InitOptions

  func run() async throws {
    let prompt = LakePrompt()
    let isThere = FileManager.default.fileExists(atPath: output)
    var mayReplace = force
    if !prompt.isInteractive, !options.missing.isEmpty { throw CommandFailure(.optionsMissing(options.missing)) }
    if isThere, !force {
      guard prompt.isInteractive else { throw CommandFailure(.fileExists(output)) }
      mayReplace = try await prompt.confirms("\(output) is there already. Write over it at the end?", offer: false)
      guard mayReplace else { throw CommandFailure(.fileExists(output)) }
    }
    let place = try TemporaryPlace()
    defer { place.remove() }
    SignalWait.shared.atInterruption { place.remove() }
    let path = output.hasPrefix("/") ? output : FileManager.default.currentDirectoryPath + "/" + output
    var questions = LakeQuestions(path: path, options: options, prompt: prompt, place: place)
    try await questions.askAll()
    let text = questions.draft.text
    if prompt.isInteractive {
      Console.shared.print(
        ["", "This goes into \(output):", ""] + text.split(separator: "\n").map { "  " + $0 } + [""])
      guard try await prompt.confirms("Write it?", offer: true) else { return prompt.say("Nothing was written.") }
    }
    try write(text, to: path, mayReplace: mayReplace)
    for line in await InitReport(questions: questions, output: output, path: path).lines() {
      Console.shared.print(line)
    }
  }

  private func write(_ text: String, to path: String, mayReplace: Bool) throws {
    // Somebody may have written one while the questions were answered.
    guard mayReplace || !FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure(.fileExists(output))
    }
    let directory = AtomicFile.split(path).directory
    if !directory.isEmpty { try AtomicFile.createDirectory(directory) }
    try AtomicFile.write(Data(text.utf8), to: path)
  }
}
