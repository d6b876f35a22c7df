import Glibc

/// What is asked of a run, as far as its transport obeys it: limit and pause of `control.json`.
struct TransportControl {
  /// The places where orders may lie; the first that is there counts.
  private let places: [Place]
  private let startLimit: Int
  private var seen: Stamp?
  /// KB/s of 1024 bytes; 0 is unlimited.
  private(set) var limit: Int
  private(set) var isPaused = false
  /// How many transports share the limit, 1 or more.
  private(set) var sharers: Int
  /// Where the run says how many; nil for a transport that stands alone.
  private let shares: TransportShares?

  /// The highest form of the file that is understood, as `RunControl` has it.
  static let form = 1
  /// No limit above it is written by sluice, and none is needed: KB/s of 1024 bytes.
  private static let highest = 100_000_000
  /// More than any such file has.
  private static let longest = 65_536

  private struct Place {
    var path: String
    /// Whether anybody may make files there, so that only those of our own user and root count.
    var isPublic: Bool
  }

  init(runDirectory: String?, spare: String? = nil, startLimit: Int, lane: Int = 0, lanes: Int = 1) {
    shares = lane > 0 && lanes > 1 ? runDirectory.map(TransportShares.init) : nil
    sharers = lane > 0 ? lanes : 1
    places =
      [
        spare.map { Place(path: $0, isPublic: true) },
        runDirectory.map { Place(path: "\($0)/control.json", isPublic: false) },
      ]
      .compactMap { $0 }
    self.startLimit = startLimit
    limit = startLimit
  }

  /// Reads the file if it was replaced since; one that is missing or cannot be read changes nothing.
  mutating func refresh() {
    if let number = shares?.read() { sharers = number }
    guard let (path, status) = Self.first(of: places) else { return }
    let now = Stamp(status)
    guard seen != now else { return }
    seen = now
    guard let bytes = Self.contents(of: path), let members = FlatJSON.members(of: bytes) else { return }
    // Of a form this program may misread: the run tells it; limit and pause stay as they are.
    if case .number(let form) = members["form"], form > Self.form { return }
    // Without the word the run's own limit and no pause, as `RunControl` has it.
    var ownLimit = startLimit
    if case .number(let limit) = members["timetableLimit"] { ownLimit = limit }
    switch (members["isPaused"] ?? .bool(false), members["bandwidthLimit"] ?? .number(ownLimit)) {
    case (.bool(let isPaused), .number(let limit)):
      self.limit = min(max(0, limit), Self.highest)
      self.isPaused = isPaused
    case (.bool(let isPaused), .other):
      limit = min(max(0, ownLimit), Self.highest)
      self.isPaused = isPaused
    default: return
    }
  }

  private static func first(of places: [Place]) -> (String, stat)? {
    for place in places {
      var status = stat()
      if place.isPublic {
        guard lstat(place.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o022 == 0,
          [0, geteuid()].contains(status.st_uid)
        else { continue }
        return (place.path, status)
      }
      if stat(place.path, &status) == 0 { return (place.path, status) }
    }
    return nil
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
