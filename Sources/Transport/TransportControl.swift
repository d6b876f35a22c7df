import Glibc

/// What is asked of a run, as far as its transport obeys it: limit and pause of `control.json`.
struct TransportControl {
  private let path: String?
  private let startLimit: Int
  private var seen: Stamp?
  /// KB/s of 1024 bytes; 0 is unlimited.
  private(set) var limit: Int
  private(set) var isPaused = false

  /// The highest form of the file that is understood, as `RunControl` has it.
  static let form = 1
  /// More than any such file has.
  private static let longest = 65_536

  init(runDirectory: String?, startLimit: Int) {
    path = runDirectory.map { "\($0)/control.json" }
    self.startLimit = startLimit
    limit = startLimit
  }

  /// Reads the file if it was replaced since; one that is missing or cannot be read changes nothing.
  mutating func refresh() {
    guard let path else { return }
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    let now = Stamp(status)
    guard seen != now else { return }
    seen = now
    guard let bytes = Self.contents(of: path), let members = FlatJSON.members(of: bytes) else { return }
    // Of a form this program may misread: the run tells it; limit and pause stay as they are.
    if case .number(let form) = members["form"], form > Self.form { return }
    // Without the word the run's own limit and no pause, as `RunControl` has it.
    switch (members["isPaused"] ?? .bool(false), members["bandwidthLimit"] ?? .number(startLimit)) {
    case (.bool(let isPaused), .number(let limit)):
      self.limit = max(0, limit)
      self.isPaused = isPaused
    case (.bool(let isPaused), .other):
      limit = startLimit
      self.isPaused = isPaused
    default: return
    }
  }

  private static func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: longest)
    var length = 0
    while length < longest {
      let count = bytes[length...].withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return Array(bytes[..<length]) }
      length += count
    }
    return nil
  }

  /// Tells a file that was replaced from the one before; the inode alone does not, for it comes back.
  private struct Stamp: Equatable {
    let device, inode: UInt
    let size, changed, changedNanoseconds, modified, modifiedNanoseconds: Int

    init(_ status: stat) {
      device = UInt(status.st_dev)
      inode = UInt(status.st_ino)
      size = Int(status.st_size)
      (changed, changedNanoseconds) = (Int(status.st_ctim.tv_sec), Int(status.st_ctim.tv_nsec))
      (modified, modifiedNanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    }
  }
}
