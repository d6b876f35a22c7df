import Glibc

/// The two ends of a terminal without a screen: tests type into one and read there what a program drew.
final class PseudoTerminal {
  struct Failure: Error { var call: String }

  /// Linux' request numbers, which the C headers make of macros Swift does not see.
  private enum Request {
    static let lock: UInt = 0x4004_5431  // TIOCSPTLCK
    static let number: UInt = 0x8004_5430  // TIOCGPTN
    static let settings: UInt = 0x5401  // TCGETS
  }

  let program: Int32
  /// The path of the program's end.
  let name: String
  private(set) var operatorSide: Int32

  init(width: Int, height: Int) throws {
    operatorSide = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: UInt32 = 0
    var unlocked: Int32 = 0
    guard operatorSide >= 0, ioctl(operatorSide, Request.lock, &unlocked) == 0,
      ioctl(operatorSide, Request.number, &number) == 0
    else { throw Failure(call: "open /dev/ptmx") }
    name = "/dev/pts/\(number)"
    program = Glibc.open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard program >= 0 else { throw Failure(call: "open") }
    resize(width: width, height: height)
  }

  deinit {
    hangUp()
    close(program)
  }

  func resize(width: Int, height: Int) {
    var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(operatorSide, UInt(TIOCSWINSZ), &size)
  }

  /// Types bytes, as if they came from a keyboard.
  func type(_ text: String) { type(Array(text.utf8)) }

  func type(_ bytes: [UInt8]) { _ = bytes.withUnsafeBytes { write(operatorSide, $0.baseAddress, $0.count) } }

  /// What has been written to the screen since the last look; what a program wrote is there at once.
  func written() -> String {
    var all: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 65536)
    while true {
      var descriptor = pollfd(fd: operatorSide, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, 0) == 1, descriptor.revents & Int16(POLLIN) != 0 else { break }
      let count = bytes.withUnsafeMutableBytes { read(operatorSide, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      all += bytes[..<count]
    }
    return String(decoding: all, as: UTF8.self)
  }

  /// Closes the operator's end, as a lost connection does.
  func hangUp() {
    guard operatorSide >= 0 else { return }
    close(operatorSide)
    operatorSide = -1
  }

  /// The terminal's present settings: input, output, control and local flags.
  var settings: Settings {
    var words = [UInt32](repeating: 0, count: 16)
    _ = ioctl(program, Request.settings, &words)
    return Settings(input: words[0], output: words[1], control: words[2], local: words[3])
  }

  struct Settings: Equatable {
    var input: UInt32
    var output: UInt32
    var control: UInt32
    var local: UInt32
  }
}
