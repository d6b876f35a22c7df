import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// Why ssh cannot use a private key's file, as far as a look at it tells; ssh itself often says no more than that the
/// host refused.
enum KeyFault: Sendable, Equatable {
  case missing
  /// The file cannot be opened or read.
  case unreadable(FileFailure)
  /// Others may read it, and so ssh leaves it alone.
  case tooOpen(mode: UInt32)
  /// It is the half that belongs to the host.
  case publicHalf
  /// Its lines end as Windows ends them.
  case windowsLines
  /// The end of its last line is missing, without which ssh does not read it.
  case noLastNewline
  /// It is cut off or no key at all.
  case damaged
  /// A run has nobody who could type it.
  case needsPassphrase

  /// What is wrong with the key a source names; nil when nothing is seen, or none is named.
  static func of(_ source: Source) -> KeyFault? { source.sshKey.flatMap(of(path:)) }

  static func of(path: String) -> KeyFault? {
    let content: Data
    do throws(FileFailure) {
      let status = try FileStatus(at: path, followingLinks: true)
      // As ssh has it: the keys of other owners are theirs to guard.
      if status.kind == .file, status.owner == geteuid(), status.mode & 0o077 != 0, !isPublicHalf(at: path) {
        return .tooOpen(mode: status.mode)
      }
      content = try JSONFile.contents(of: path, limit: 1 << 20)
    } catch {
      return error.isMissing ? .missing : .unreadable(error)
    }
    return fault(in: String(decoding: content, as: UTF8.self))
  }

  private static func isPublicHalf(at path: String) -> Bool {
    (try? JSONFile.contents(of: path, limit: 1 << 20)).map { fault(in: String(decoding: $0, as: UTF8.self)) }
      == .publicHalf
  }

  /// What is wrong with a key's text; formats that are not known pass.
  static func fault(in text: String) -> KeyFault? {
    if ["ssh-", "ecdsa-", "sk-"].contains(where: text.hasPrefix) { return .publicHalf }
    if text.utf8.contains(UInt8(ascii: "\r")) { return .windowsLines }
    let lines = text.split(separator: "\n")
    guard let first = lines.first, first.hasPrefix("-----BEGIN "), let end = lines.last, end.hasPrefix("-----END ")
    else {
      // PuTTY's and others' are not ssh's, but a PKCS#11 or agent may stand behind a name; an empty file is no key.
      return .damaged
    }
    if text.contains("ENCRYPTED") { return .needsPassphrase }
    guard first.contains("OPENSSH PRIVATE KEY") else { return nil }
    guard let body = Data(base64Encoded: lines.dropFirst().dropLast().joined()) else { return .damaged }
    return fault(inOpenSSH: body) ?? (text.last == "\n" ? nil : .noLastNewline)
  }

  /// Reads the form of PROTOCOL.key: a magic text, then cipher, key derivation and its options, the number of keys, and
  /// as many public halves and one private part, each with its length before it.
  private static func fault(inOpenSSH body: Data) -> KeyFault? {
    let magic = Data("openssh-key-v1\0".utf8)
    guard body.starts(with: magic) else { return .damaged }
    var rest = body.dropFirst(magic.count)
    func number() -> Int? {
      guard rest.count >= 4 else { return nil }
      defer { rest = rest.dropFirst(4) }
      return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    func field() -> Data? {
      guard let length = number(), length <= rest.count else { return nil }
      defer { rest = rest.dropFirst(length) }
      return Data(rest.prefix(length))
    }
    guard let cipher = field(), field() != nil, field() != nil, number() == 1, field() != nil, field() != nil else {
      return .damaged
    }
    return cipher == Data("none".utf8) ? nil : .needsPassphrase
  }
}
