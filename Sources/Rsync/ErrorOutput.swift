/// rsync's and ssh's error output, line by line.
struct ErrorOutput {
  /// A text that gives a fault away: a line that holds all the parts, in order.
  struct Clue {
    let meaning: TransferFailure.Meaning
    let parts: [String]
    /// Which end of the transfer must have said it; nil for any.
    var side: Side?

    init(_ meaning: TransferFailure.Meaning, _ parts: String..., side: Side? = nil) {
      self.meaning = meaning
      self.parts = parts
      self.side = side
    }
  }

  /// Whom a line is about: rsync here, rsync at the source, or ssh and the source's shell.
  enum Side { case here, source, ssh }

  let lines: [Substring]

  init(_ text: String) { lines = text.split { $0.isNewline } }

  /// Whether rsync says it had got something before the connection went.
  var receivedBytes: Bool {
    lines.contains { $0.contains("bytes received so far)") && !$0.contains("(0 bytes received") }
  }

  /// Whether nobody but rsync itself said anything, and it had got nothing.
  var isSilent: Bool { lines.allSatisfy { $0.hasPrefix("rsync") } && !receivedBytes }

  /// The first clue that fits any line; the order of the clues decides, not the lines'.
  func clue(in clues: [Clue]) -> (TransferFailure.Meaning, String?)? {
    for clue in clues {
      if let line = lines.first(where: { Self.fits($0, clue) }) { return (clue.meaning, String(line)) }
    }
    return nil
  }

  /// The first line that is not only rsync's closing remark.
  var firstTellingLine: String {
    let telling = lines.first { !$0.hasPrefix("rsync error:") && !$0.hasPrefix("@@@") }
    return (telling ?? lines.last).map(String.init) ?? ""
  }

  /// The paths in quotes, without repetition, as the files are really named.
  var paths: [String] {
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
    guard line.hasPrefix("rsync: ") else { return .ssh }
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

  /// The path a line names in quotes, as the file is really named.
  static func path(_ line: Substring) -> String? {
    guard line.hasPrefix("rsync: ") || line.hasPrefix("file has vanished: "),
      let open = line.firstIndex(of: "\"")
    else { return nil }
    let after = line[line.index(after: open)...]
    // A name may hold quotes itself: what ends it is the last quote before rsync's own words go on.
    let ends = ["\" failed", "\" -> \"", "\": "].compactMap { after.firstRange(of: $0)?.lowerBound }
    guard let end = ends.min() ?? after.lastIndex(of: "\"") else { return nil }
    var printed = String(after[..<end])
    let name = printed.withUTF8 { EscapedFileName.decoded(UnsafeRawBufferPointer($0)) }
    return line.contains("mkstemp") ? withoutTemporaryName(name) : name
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
    case 3, 11, 23, 24: disk + directories + permissions
    // Complaints about single files do not explain a link that broke later on.
    default: link + disk
    }
  }

  private static let disk: [Clue] = [
    Clue(.localDiskFull, "No space left on device", side: .here),
    Clue(.localDiskFull, "Disk quota exceeded", side: .here),
  ]

  private static let directories: [Clue] = [
    Clue(.remoteDirectoryMissing, "change_dir", "failed: No such file or directory", side: .source),
    Clue(.remoteDirectoryMissing, "change_dir", "failed: Not a directory", side: .source),
    Clue(.remoteDirectoryUnreadable, "change_dir", "failed: Permission denied", side: .source),
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

  /// The more telling clue stands before the one that is only its consequence.
  private static let link: [Clue] = [
    Clue(.hostKeyChanged, "REMOTE HOST IDENTIFICATION HAS CHANGED"),
    Clue(.hostKeyChanged, "REVOKED HOST KEY DETECTED"),
    Clue(.hostKeyUnknown, "host key is known for"),
    Clue(.hostKeyUnknown, "Host key verification failed"),
    Clue(.sshMissing, "sluice transport: cannot start"),
    Clue(.sshMissing, "Failed to exec"),
    Clue(.sshConfiguration, "Bad configuration option"),
    Clue(.sshConfiguration, "Bad owner or permissions on"),
    Clue(.sshConfiguration, "Can't open user config file"),
    Clue(.sshConfiguration, "Unable to negotiate with"),
    Clue(.accountRefused, "account has expired"),
    Clue(.accountRefused, "password has expired"),
    Clue(.accountRefused, "required to change your password"),
    Clue(.accountRefused, "account is currently not available"),
    Clue(.accountRefused, "allows sftp connections only"),
    Clue(.accountRefused, "sudo: ", "password is required"),
    Clue(.accountRefused, "sudo: ", "terminal is required"),
    Clue(.accountRefused, "sudo: ", "no tty present"),
    Clue(.accountRefused, "is not allowed to", "sudo"),
    Clue(.accountRefused, "is not in the sudoers file"),
    Clue(.authentication, "Permission denied (", side: .ssh),
    Clue(.authentication, "Permission denied, please try again", side: .ssh),
    Clue(.authentication, "Too many authentication failures"),
    Clue(.authentication, "No more authentication methods"),
    Clue(.connectionRefused, "onnect", "Connection refused"),
    Clue(.unresolvedHost, "Could not resolve hostname"),
    Clue(.connectTimeout, "Connection timed out", side: .ssh),
    Clue(.connectTimeout, "Operation timed out", side: .ssh),
    Clue(.badOption, "rsync: on remote machine: ", "unknown option"),
    Clue(.remoteRsyncMissing, "rsync: No such file or directory", side: .ssh),
    Clue(.remoteRsyncMissing, "rsync: Permission denied", side: .ssh),
    Clue(.remoteRsyncMissing, "rsync: command not found", side: .ssh),
    Clue(.remoteRsyncMissing, "rsync: not found", side: .ssh),
    Clue(.remoteRsyncMissing, "command not found: rsync", side: .ssh),
    Clue(.remoteShellChatty, "is your shell clean?"),
  ]
}
