import CLinux
import Glibc
import TerminalUI

/// What a terminal answers when it is asked.
enum TerminalAnswer {
  /// Asks for the colour behind the text (OSC 11).
  static let backgroundQuestion = Array("\u{1B}]11;?\u{1B}\\".utf8)

  /// The colour of an answer's text such as `11;rgb:ffff/ffff/dddd`; nil for any other answer.
  static func background(_ bytes: ArraySlice<UInt8>) -> RGB? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("11;") else { return nil }
    let color = text.dropFirst(3)
    if color.hasPrefix("#") { return RGB(hex: String(color)) }
    guard color.hasPrefix("rgb"), let colon = color.firstIndex(of: ":") else { return nil }
    let channels = color[color.index(after: colon)...].split(separator: "/").map(channel)
    // rgba has the opacity behind the three.
    guard channels.count >= 3, let red = channels[0], let green = channels[1], let blue = channels[2] else {
      return nil
    }
    return RGB(red, green, blue)
  }

  /// What `COLORFGBG` says, which some terminals set: numbers of text and background colour, `0;15`.
  ///
  /// - Returns: Black or white; nil where it is not set, or was set by the terminal around a multiplexer, which may be
  ///   another one by now.
  static func background(in environment: [String: String]) -> RGB? {
    guard Multiplexer(environment) == nil, let text = environment["COLORFGBG"],
      let number = text.split(separator: ";").last.flatMap({ Int($0) }), (0...15).contains(number)
    else { return nil }
    return number == 7 || number > 8 ? .white : .black
  }

  /// One to four hexadecimal digits as a share of their largest value.
  private static func channel(_ digits: Substring) -> UInt8? {
    guard (1...4).contains(digits.count), let value = Int(digits, radix: 16), value >= 0 else { return nil }
    return UInt8(value * 255 / (1 << (4 * digits.count) - 1))
  }
}

extension Terminal {
  /// How long after the question its answer is waited for on the way out, and how long then.
  private static let answerTime = Duration.seconds(1)
  private static let lastWait: Int32 = 250
  /// How long for a second answer behind the first.
  private static let nextWait: Int32 = 50

  /// Takes an answer that is still on its way, or the shell would find it typed.
  func awaitAnswer() {
    guard let asked, .now - asked < Self.answerTime else { return }
    self.asked = nil
    var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    var bytes = [UInt8](repeating: 0, count: 256)
    var wait = Self.lastWait
    while Glibc.poll(&descriptor, 1, wait) == 1, descriptor.revents & Int16(POLLIN) != 0 {
      guard bytes.withUnsafeMutableBytes({ read(input, $0.baseAddress, $0.count) }) > 0 else { return }
      wait = Self.nextWait
    }
  }
}
