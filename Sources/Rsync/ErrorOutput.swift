/// rsync's and ssh's error output, line by line.
struct ErrorOutput {
  /// A text that gives a fault away: a line that holds all the parts, in order.
  struct Clue {
    /// Which line says why.
    enum Telling { case itself, before }

    let meaning: TransferFailure.Meaning
    let parts: [String]
    /// Which end of the transfer must have said it; nil for any.
    var side: Side?
    /// Whether trying again may help, where that differs from what the meaning says.
    var retries: Bool?
    /// A closing remark comes after the line that says why, if there is one.
    var tells: Telling

    init(
      _ meaning: TransferFailure.Meaning, _ parts: String..., side: Side? = nil, retries: Bool? = nil,
      tells: Telling = .itself
    ) {
      self.meaning = meaning
      self.parts = parts
      self.side = side
      self.retries = retries
      self.tells = tells
    }
  }

  /// What a text was found to mean.
  struct Finding {
    var meaning: TransferFailure.Meaning
    /// The line that says why; nil for the whole's telling line.
    var detail: String?
    /// Whether trying again may help, where that differs from what the meaning says.
    var retries: Bool?

    init(_ meaning: TransferFailure.Meaning, _ detail: String? = nil, retries: Bool? = nil) {
      self.meaning = meaning
      self.detail = detail
      self.retries = retries
    }
  }

  /// Whom a line is about: rsync here, what it may not set here, rsync at the source, or ssh and the source's shell.
  enum Side { case here, attributes, source, ssh }

  let lines: [Substring]

  init(_ text: String) { lines = text.split { $0.isNewline } }

  /// Whether rsync says it had got something before the connection went.
  var receivedBytes: Bool {
    lines.contains { $0.contains("bytes received so far)") && !$0.contains("(0 bytes received") }
  }

  /// Whether nobody but rsync itself said anything, and it had got nothing.
  var isSilent: Bool { lines.allSatisfy { $0.hasPrefix("rsync") } && !receivedBytes }

  /// Whether rsync says that the other end was gone before it had said a byte.
  var nothingCame: Bool { lines.contains { $0.contains("(0 bytes received so far)") } }

  /// Whether a shell there complains, and not about rsync.
  var blamesAnotherProgram: Bool {
    let told = lines.filter { !$0.hasPrefix("rsync: ") && !$0.hasPrefix("rsync error: ") }
    return !told.isEmpty && !told.contains { $0.contains("rsync") }
  }

  /// The first clue that fits any line; the order of the clues decides, not the lines'.
  func clue(in clues: [Clue]) -> Finding? {
    for clue in clues {
      guard let first = lines.first(where: { Self.fits($0, clue) }) else { continue }
      var line = first
      // The last of them is ssh's own; an earlier one is a jump host's, and a reason.
      if clue.tells == .before, let last = lines.lastIndex(where: { Self.fits($0, clue) }) {
        line = reason(before: last) ?? first
      }
      return Finding(clue.meaning, String(line), retries: clue.retries)
    }
    return nil
  }

  /// Whether what failed is a jump host or a proxy, and not the host itself: ssh then says no more than that its
  /// connection ended before the other side had greeted, and what stands before that is not its own.
  var isOnTheWay: Bool {
    guard let end = lines.lastIndex(where: { $0.contains("_exchange_identification: ") }) else { return false }
    return lines[end...].contains { $0.contains(" by UNKNOWN port ") } || reason(before: end) != nil
  }

  /// The last line before another that says why something ended.
  private func reason(before index: Int) -> Substring? {
    lines[..<index].last { line in
      Self.isTelling(line) && !Self.consequences.contains(where: line.contains) && !line.hasPrefix("rsync: ")
    }
  }

  /// The line that tells why: ssh's last one before rsync speaks, for its warnings and a server's banner come first;
  /// else rsync's first that is no closing remark.
  var tellingLine: String {
    let telling = lines.filter(Self.isTelling)
    let bySSH = telling.prefix { !$0.hasPrefix("rsync: ") }
    return (bySSH.last ?? telling.first ?? lines.last).map(String.init) ?? ""
  }

  private static func isTelling(_ line: Substring) -> Bool {
    !noise.contains { line.hasPrefix($0) } && !asides.contains(where: line.contains)
  }

  /// How lines begin that never say why something ended.
  private static let noise = [
    "rsync error:", "rsync warning:", "@@@", "Warning:", "WARNING:", "** ", "debug", "Disconnected from ",
  ]
  /// What ssh says of options that it leaves out.
  private static let asides = [": Deprecated option \"", ": Unsupported option \""]
  /// What follows from something that was said before.
  private static let consequences = [
    "stdio forwarding failed", "Host key verification failed", "_exchange_identification: ", "mux_client_",
  ]

  /// What kept files from coming when rsync ended with 23, and the first line about it: the source first, for what it
  /// does not send cannot fail here; what is only a right or an owner last.
  var failedFiles: Finding {
    let order: [(Side, TransferFailure.Meaning)] = [
      (.source, .someFilesFailed), (.here, .localFilesFailed), (.attributes, .attributesRefused),
    ]
    for (side, meaning) in order {
      if let line = lines.first(where: { Self.side(of: $0) == side }) { return Finding(meaning, String(line)) }
    }
    return Finding(.someFilesFailed)
  }

  /// The paths that a fault is about, without repetition, as the files are really named; and how many are named in all.
  func paths(about meaning: TransferFailure.Meaning) -> (found: [String], all: Int) {
    let side: Side? =
      switch meaning {
      case .someFilesFailed: .source
      case .localFilesFailed: .here
      case .attributesRefused: .attributes
      default: nil
      }
    let all = paths(in: lines)
    guard let side else { return (all, all.count) }
    let blamed = paths(in: lines.filter { Self.side(of: $0) == side })
    return (blamed.isEmpty ? all : blamed, all.count)
  }

  private func paths(in lines: [Substring]) -> [String] {
    var seen: Set<String> = []
    return lines.compactMap(Self.path).filter { seen.insert($0).inserted }
  }

  private static func fits(_ line: Substring, _ clue: Clue) -> Bool {
    if let side = clue.side, side != Self.side(of: line) { return false }
    var rest = line
    for part in clue.parts {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  /// rsync from 3.2 names who speaks; before, the call that failed tells it.
  private static func side(of line: Substring) -> Side {
    if line.hasPrefix(wayBarred) { return .here }
    guard line.hasPrefix("rsync: ") else { return .ssh }
    if !line.hasPrefix("rsync: [sender]"), attributeCalls.contains(where: line.contains) { return .attributes }
    if line.hasPrefix("rsync: [sender]") { return .source }
    if line.hasPrefix("rsync: [") { return .here }
    return ["send_files", "opendir", "change_dir \"", "link_stat", "readlink_stat", "read errors mapping"]
      .contains { line.contains($0) } ? .source : .here
  }

  /// Whether a file that was listed as fetched is not there all the same: it could not be put in place, or what came of
  /// it was not what the source has.
  static func tellsDiscarded(_ line: String) -> Bool {
    line.contains("failed verification -- update") || (line.hasPrefix("rsync: ") && line.contains("rename \""))
  }

  /// A directory stands where a file is to come, or the other way round; followed by the path, without quotes.
  private static let wayBarred = "could not make way for "
  /// What rsync cannot do where a file system keeps no owners, rights or times of its own.
  private static let attributeCalls = [
    " chown \"", " chgrp \"", " failed to set permissions on \"", " failed to set times on \"",
  ]

  /// The path a line names, as the file is really named.
  static func path(_ line: Substring) -> String? {
    if line.hasPrefix(wayBarred) {
      guard let colon = line.firstRange(of: ": ") else { return nil }
      var printed = String(line[colon.upperBound...])
      return printed.withUTF8 { EscapedFileName.decoded(UnsafeRawBufferPointer($0)) }
    }
    guard line.hasPrefix("rsync: ") || line.hasPrefix("file has vanished: "),
      let open = line.firstIndex(of: "\"")
    else { return nil }
    let after = line[line.index(after: open)...]
    // A name may hold quotes itself: what ends it is the last quote before rsync's own words go on.
    let ends = ["\" failed", "\" -> \"", "\": "].compactMap { after.firstRange(of: $0)?.lowerBound }
    guard let end = ends.min() ?? after.lastIndex(of: "\"") else { return nil }
    var printed = String(after[..<end])
    let name = printed.withUTF8 { EscapedFileName.decoded(UnsafeRawBufferPointer($0)) }
    // The receiver builds every file under a temporary name; before 3.2 it did not say that it is the receiver.
    let isTemporary =
      line.contains("[receiver]") || line.contains("mkstemp") || attributeCalls.contains(where: line.contains)
    return isTemporary ? withoutTemporaryName(name) : name
  }

  /// `…/.part.parquet.aB3dE6`, rsync's temporary file, is meant to become `…/part.parquet`.
  private static func withoutTemporaryName(_ path: String) -> String {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let name = path[slash...]
    guard name.hasPrefix("."), let dot = name.lastIndex(of: "."), name.distance(from: dot, to: name.endIndex) == 7
    else { return path }
    return String(path[..<slash]) + name[..<dot].dropFirst()
  }
}

extension ErrorOutput {
  /// The clues worth looking for when rsync ended with this code.
  static func clues(exitCode: Int32) -> [Clue] {
    switch exitCode {
    // rsync did its work, or tried to: these say which file failed it, on which end.
    case 3, 11, 23, 24: disk + directories + permissions + (exitCode == 11 ? writing : [])
    // Complaints about single files do not explain a link that broke later on, but for a write that failed: it ends all.
    default: SSHTexts.all + source + disk + writing
    }
  }

  private static let disk: [Clue] = [
    Clue(.localDiskFull, "No space left on device", side: .here),
    Clue(.localDiskFull, "Disk quota exceeded", side: .here),
  ]

  /// Whatever the reason is: what a receiver cannot write has nothing to do with the link it came over.
  private static let writing: [Clue] = [Clue(.localFilesFailed, "write failed on \"", side: .here)]

  private static let directories: [Clue] = [
    Clue(.remoteDirectoryMissing, "change_dir", "failed: No such file or directory", side: .source),
    Clue(.remoteDirectoryMissing, "change_dir", "failed: Not a directory", side: .source),
    Clue(.remoteDirectoryUnreadable, "change_dir", "failed: Permission denied", side: .source),
    // Only the directory that was asked for is named with a dot; one below it is one that did not come.
    Clue(.remoteDirectoryUnreadable, "opendir \"", "/.\" failed: Permission denied", side: .source),
    Clue(.localDirectoryMissing, "mkdir", "failed: No such file or directory", side: .here),
    Clue(.localDirectoryMissing, "mkdir", "failed: Not a directory", side: .here),
    Clue(.localDirectoryMissing, "change_dir", "failed: No such file or directory", side: .here),
    Clue(.localDirectoryMissing, "change_dir", "failed: Not a directory", side: .here),
  ]

  private static let permissions: [Clue] = [
    Clue(.localPermission, "Permission denied", side: .here),
    Clue(.localPermission, "Operation not permitted", side: .here),
    Clue(.localPermission, "Read-only file system", side: .here),
  ]

  /// What the source's shell and rsync say of a link that is there.
  private static let source: [Clue] = [
    Clue(.badOption, "rsync: on remote machine: ", "unknown option"),
    Clue(.remoteRsyncMissing, "rsync: No such file or directory", side: .ssh),
    Clue(.remoteRsyncBarred, "rsync: Permission denied", side: .ssh),
    Clue(.remoteRsyncMissing, "rsync: command not found", side: .ssh),
    Clue(.remoteRsyncMissing, "rsync: not found", side: .ssh),
    Clue(.remoteRsyncMissing, "command not found: rsync", side: .ssh),
    Clue(.remoteShellChatty, "is your shell clean?"),
  ]
}
