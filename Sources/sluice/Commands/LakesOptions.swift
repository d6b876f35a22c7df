import ArgumentParser
import SluiceCore

/// The lakes that the dashboard shows beside that of `--config`; a second `--config` is read as `--further-config`.
struct LakesOptions: ParsableArguments {
  @Option(name: .customLong("further-config"), help: .hidden, completion: .configurations)
  var furtherConfigs: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      """
      A lake of another machine, over ssh, by the sluice there: user@host or user@host:CONFIG. May be given again, as \
      --config may.
      """,
      valueName: "HOST"))
  var host: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("sluice, as the machines of --host call it.", valueName: "PROGRAM"))
  var remoteProgram = "sluice"

  func validate() throws {
    for text in host where FleetHost(text) == nil { throw ValidationError(FleetSentences.badHost(text)) }
  }

  /// Whether their common table is wanted.
  var areSeveral: Bool { !furtherConfigs.isEmpty || !host.isEmpty }

  /// The lakes; those of this machine first.
  ///
  /// - Parameter first: The configuration that is named first; nil without one.
  /// - Throws: `CommandFailure` with every problem of a configuration.
  func chosen(first: String?) throws -> [FleetLake] {
    let here = try ([first].compactMap(\.self) + furtherConfigs).map { FleetLake.here(try LakeAccess(path: $0)) }
    return here + host.compactMap { FleetHost($0) }.map { FleetLake.host($0) }
  }
}
