import ArgumentParser
import SluiceCore

/// The lakes that the dashboard shows: one, or several of this machine and of others.
struct LakesOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "The configuration file (default: the places the guide lists, in order); several show several lakes.",
    completion: .configurations)
  var config: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A lake of another machine, over ssh, by the sluice there: user@host or user@host:CONFIG. May be given again.",
      valueName: "HOST"))
  var host: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("sluice, as the machines of --host call it.", valueName: "PROGRAM"))
  var remoteProgram = "sluice"

  @Flag(name: .long, help: "Log to stderr as well.")
  var verbose = false

  func validate() throws {
    for text in host where FleetHost(text) == nil { throw ValidationError(FleetSentences.badHost(text)) }
  }

  /// Whether their common table is wanted.
  var areSeveral: Bool { config.count > 1 || !host.isEmpty }

  /// The lakes; those of this machine first.
  ///
  /// - Throws: `CommandFailure` with every problem of a configuration.
  func chosen() throws -> [FleetLake] {
    let here = try config.map { FleetLake.here(try LakeAccess(path: $0)) }
    return here + host.compactMap { FleetHost($0) }.map { FleetLake.host($0) }
  }
}
