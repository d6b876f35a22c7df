import ArgumentParser
import CLinux
import FoundationEssentials
import Glibc
import SluiceCore
import Transport

/// The entry: decides which face of sluice this process is.
@main
enum Sluice {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    openStandardDescriptors()
    let words = Array(CommandLine.arguments.dropFirst())
    // rsync starts this for every transfer: nothing else may run before it.
    if words.first == "transport" { exit(TransportProgram.run(arguments: Array(words.dropFirst()))) }
    // Before any thread: signals are read where the entry thread waits, never delivered in the middle of something.
    SignalWait.blockSignals()
    exit(CommandRunner.ended(CommandRunner.run(words)))
  }

  /// Gives standard descriptors that are closed to the null device: the next file opened would be one of them, and take
  /// what is printed.
  ///
  /// A stdout that was closed stays one that cannot be written, so that the loss is told.
  private static func openStandardDescriptors() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR)
    }
  }
}
