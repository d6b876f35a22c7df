import Foundation
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("A key's file, looked at")
struct KeyFaultTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func key(_ type: String, passphrase: String = "", format: [String] = []) async throws -> String {
    let path = "\(scratch.path)/\(type)-\(passphrase.count)-\(format.count)"
    let made = try await ProcessRunner.run(
      "ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", "test", "-f", path] + format)
    try #require(made.code == 0, "\(made)")
    return path
  }

  /// The same key with other bytes, closed to others.
  private func changed(_ path: String, _ change: (String) -> String) throws -> String {
    let name = "changed-\(UInt32.random(in: 0...UInt32.max))"
    let copy = try scratch.file(name, change(try String(contentsOfFile: path, encoding: .utf8)))
    chmod(copy, 0o600)
    return copy
  }

  @Test("of any make is no fault, one with a passphrase is", arguments: ["ed25519", "rsa", "ecdsa"])
  func makes(_ type: String) async throws {
    for format in [[], ["-m", "PEM"]] {
      #expect(KeyFault.of(path: try await key(type, format: format)) == nil)
      #expect(KeyFault.of(path: try await key(type, passphrase: "longer", format: format)) == .needsPassphrase)
    }
  }

  @Test("tells what is wrong with it")
  func wrong() async throws {
    let path = try await key("ed25519")
    #expect(KeyFault.of(path: path + ".pub") == .publicHalf)
    #expect(KeyFault.of(path: path + ".gone") == .missing)
    #expect(KeyFault.of(path: try changed(path) { $0.replacing("\n", with: "\r\n") }) == .windowsLines)
    #expect(KeyFault.of(path: try changed(path) { String($0.prefix(200)) }) == .damaged)
    // Cut in the middle, its last line there all the same.
    #expect(
      KeyFault.of(
        path: try changed(path) {
          var lines = $0.split(separator: "\n")
          lines.remove(at: 2)
          return lines.joined(separator: "\n") + "\n"
        }) == .damaged)
    #expect(KeyFault.of(path: try changed(path) { _ in "" }) == .damaged)
    // Pasted out of a secret.
    #expect(KeyFault.of(path: try changed(path) { String($0.dropLast()) }) == .noLastNewline)
    chmod(path, 0o644)
    #expect(KeyFault.of(path: path) == .tooOpen(mode: 0o644))
    #expect(KeyFault.of(path: scratch.path) != nil)
  }
}
