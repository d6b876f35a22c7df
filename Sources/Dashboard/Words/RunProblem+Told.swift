import SluiceCore

extension RunProblem {
  /// A checkpoint's error, of which only the sentence is known.
  static func told(_ sentence: String) -> RunProblem { RunProblem(code: "", message: sentence) }

  /// What a profile's directory has lost, in the operator's language.
  ///
  /// - Parameter syncKey: The key that starts a sync, as it is shown.
  static func lost(_ data: LostData, of directory: String, syncKey: String, _ labels: Labels) -> RunProblem {
    let told = labels.told(data, of: directory)
    return RunProblem(
      code: "", message: told.prefix(1).uppercased() + told.dropFirst() + labels(".", "。"),
      advice: labels.advice(data, of: directory, syncKey: syncKey))
  }
}
