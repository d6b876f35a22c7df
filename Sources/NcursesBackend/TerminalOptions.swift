/// Whether colours are wanted.
package enum ColorPreference: Sendable, Hashable {
  /// As the terminal can, unless `NO_COLOR` is set and `FORCE_COLOR` is not.
  case automatic
  /// Asked for or refused on the command line or in the configuration: stronger than `NO_COLOR`.
  case always, never
}

/// How to open the terminal.
package struct TerminalOptions: Sendable {
  /// Descriptor that keys are read from; must be a terminal.
  package var input: Int32 = 0
  /// File descriptor of the terminal that is drawn on.
  package var output: Int32 = 1
  /// The variables to go by: `TERM`, `LC_ALL`, `LC_CTYPE`, `LANG`, `NO_COLOR`, `FORCE_COLOR`, `COLORTERM`.
  package var environment: [String: String]
  /// ASCII only, whatever the locale says.
  package var forcesASCII = false
  /// How many colours to use: the user's choice, or what the terminal is found to have.
  package var color = ColorPreference.automatic
  /// Where standard output and error go while the screen is up, appended; nil throws them away.
  package var logFile: String?
  /// Whether descriptors 1 and 2 are turned away from the screen while it is up.
  package var redirectsOutput = true

  /// The usual options with an environment, such as the process's own.
  package init(environment: [String: String]) { self.environment = environment }
}
