import SluiceCore

extension RunProblem {
  /// A checkpoint's error, of which only the sentence is known.
  static func told(_ sentence: String) -> RunProblem { RunProblem(code: "", message: sentence) }
}
