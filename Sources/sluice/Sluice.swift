import ArgumentParser
import CLinux
import Foundation
import SluiceCore
import Transport

/// The entry: decides which face of sluice this process is.
@main
enum Sluice {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    let words = Array(CommandLine.arguments.dropFirst())
    // rsync starts this for every transfer: nothing else may run before it.
    if words.first == "transport" { exit(TransportProgram.run(arguments: Array(words.dropFirst()))) }
    // Before any thread: signals are read where the entry thread waits, never delivered in the middle of something.
    SignalWait.blockSignals()
    exit(CommandRunner.run(words))
  }
}
