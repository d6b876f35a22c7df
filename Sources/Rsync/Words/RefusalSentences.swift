extension UserArguments.Refusal {
  /// Why the word may not be used, and what to do instead: a clause without a capital and a full stop.
  package var reason: String {
    switch cause {
    case .unclosedQuote(let quote): "the quote \(quote) is not closed; close it"
    case .trailingBackslash: "it ends in a backslash; remove it"
    case .notAnOption: "it is not an option, and sluice names source and directory itself; remove it"
    case .holdsNUL: "it holds a NUL byte; remove it"
    case .unknown: "it is not among the options sluice passes on; remove it"
    case .takesNoValue(let option): "this option has no value; write --\(option)"
    case .missingValue: "its value is missing; add it"
    case .forbidden(let option): OptionSentences.refused[option] ?? "it is not allowed; remove it"
    case .notANumber: "it needs a number; write one"
    case .notARate: "it is not a rate; write KB/s, like 10000, or 10m"
    case .outsideDirectory: "it may lie outside the profile's directory; write --partial"
    case .filter(let fault): fault.reason
    }
  }
}

extension FilterRule.Fault {
  fileprivate var reason: String {
    switch self {
    case .emptyPattern: "the pattern is empty; write one"
    case .clearsRules: "it would clear the rules that protect the lake's own state; remove it"
    case .unknownRule:
      "only the rules `+ PATTERN`, `- PATTERN` and `P PATTERN` are passed on; write one of these"
    case .excludesEverything: "nothing would come; put an --include before it"
    }
  }
}
