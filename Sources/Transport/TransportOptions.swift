/// What `sluice transport` was asked to do.
struct TransportOptions: Sendable, Equatable {
  var runDirectory: String?
  /// Where the orders lie when the run's directory takes no file.
  var spareOrders: String?
  var owner: Int32?
  /// KB/s of 1024 bytes; 0 is unlimited.
  var limit = 0
  /// Which of several transports of one run this is; 0 stands alone.
  var lane = 0
  /// How many lanes share the limit at the start.
  var lanes = 1
  /// The named pipe that says when rsync may go on; nil holds nothing.
  var hold: String?
  var command: [String]

  init(command: [String]) { self.command = command }

  /// Reads the words up to `--` and takes the rest as the command; nil when they make no sense.
  init?(_ words: [String]) {
    guard let separator = words.firstIndex(of: "--"), separator + 1 < words.count, separator.isMultiple(of: 2) else {
      return nil
    }
    self.init(command: Array(words[(separator + 1)...]))
    for index in stride(from: 0, to: separator, by: 2) {
      let value = words[index + 1]
      switch words[index] {
      case "--run-dir": runDirectory = value
      case "--spare-orders": spareOrders = value
      case "--owner":
        guard let number = Int32(value), number > 0 else { return nil }
        owner = number
      case "--limit":
        guard let number = Int(value), number >= 0 else { return nil }
        limit = number
      case "--lane":
        guard let number = Int(value), (0..<TransportCounters.mostLanes).contains(number) else { return nil }
        lane = number
      case "--lanes":
        guard let number = Int(value), (1..<TransportCounters.mostLanes).contains(number) else { return nil }
        lanes = number
      case "--hold": hold = value
      default: return nil
      }
    }
  }
}
