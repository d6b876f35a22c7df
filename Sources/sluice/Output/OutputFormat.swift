import ArgumentParser

/// How a command that lists something prints it.
struct OutputFormat: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  // The documents' form, which scripts use.
  @Option(name: .long, help: .hidden)
  var format: Format?

  var isJSON: Bool { json || format == .json }

  func validate() throws {
    if json, format == .table { throw ValidationError("--json and --format table exclude each other.") }
  }
}
