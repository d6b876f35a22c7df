import ArgumentParser

/// The dashboard's options on the command line.
struct DashboardOptions: ParsableArguments {
  @Flag(name: .long, help: "No key that starts, stops or steers anything works.")
  var readOnly = false

  @Option(
    name: .long, help: ArgumentHelp("The theme; `t` in the dashboard lists them.", valueName: "NAME"),
    completion: .themes)
  var theme: String?

  @OptionGroup var choice: FilterOption

  @Option(
    name: .long, help: ArgumentHelp("Put the cursor on this profile at the start.", valueName: "NAME"),
    completion: .profiles)
  var profile: String?

  @Flag(
    name: .long,
    help: "Figures move every second instead of every five; about four times the bytes on a slow link (key L).")
  var lively = false

  @Flag(name: .long, help: "Draw with ASCII only.")
  var ascii = false

  @Flag(name: .long, help: "Print the table once as plain text and end.")
  var once = false

  @Flag(name: .long, help: "Print a line for everything that happens; no full screen.")
  var plain = false

  func validate() throws {
    if once, plain { throw ValidationError("--once ends at once, and --plain goes on: use one of them.") }
    if profile != nil, once || plain {
      throw ValidationError("--profile puts the cursor on a profile, and there is none without a full screen.")
    }
  }

  var look: DashboardLook {
    DashboardLook(
      isReadOnly: readOnly, theme: theme, filter: choice.filter, profile: profile, isLively: lively, isASCII: ascii)
  }
}
