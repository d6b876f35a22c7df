import SluiceCore

extension UserArguments.Note {
  /// What the user should know: a clause without a capital and a full stop.
  package var text: String {
    switch fact {
    case .inPlace: "readers can see half-written files, and an interrupted update tears the old one; leave it out"
    case .wholeFile: "an interrupted file is fetched from its start again"
    case .sparse: "whether a plan fits on the disk is not known before, for sizes do not tell what sparse files take"
    case .replaced(let option): OptionSentences.replaced[option] ?? "sluice does this by other means"
    case .partialDirectory: "sluice keeps interrupted files in \(PartialDirectory.name)"
    case .bandwidthLimit: "sluice limits the rate itself, so that it can be changed while a run goes on"
    }
  }

  /// Whether it means a risk, to be shown as a warning, or only that sluice does it by other means.
  package var isWarning: Bool {
    switch fact {
    case .inPlace, .wholeFile: true
    case .sparse, .replaced, .partialDirectory, .bandwidthLimit: false
    }
  }
}
