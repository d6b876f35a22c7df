import Testing

@testable import Rsync

@Suite("Why files did not come when rsync ends with 23")
struct FailedFilesTests {
  private static let closing =
    "rsync error: some files/attrs were not transferred (code 23) at main.c(1394) [sender=3.5.0]"
  private static let atSource = #"rsync: [sender] send_files failed to open "/s/x": Permission denied (13)"#
  private static let owner = #"rsync: [receiver] chown "/d/.f.I8d7jp" failed: Operation not permitted (1)"#
  private static let rename = #"rsync: [receiver] rename "/d/.f.2hrTQL" -> "f": Input/output error (5)"#

  @Test(
    "it is said of the end that is to blame, with that end's files",
    arguments: [
      ([atSource], .someFilesFailed, ["/s/x"]), ([owner], .attributesRefused, ["/d/f"]),
      (
        [#"rsync: [generator] failed to set permissions on "/d/sub": Operation not permitted (1)"#], .attributesRefused,
        ["/d/sub"]
      ),
      ([#"rsync: chgrp "/d/.g.I8d7jp" failed: Invalid argument (22)"#], .attributesRefused, ["/d/g"]),
      ([rename], .localFilesFailed, ["/d/f"]), ([owner, rename], .localFilesFailed, ["/d/f"]),
      (["could not make way for new regular file: f"], .localFilesFailed, ["f"]),
      ([owner, rename, atSource], .someFilesFailed, ["/s/x"]),
      (
        [owner, #"rsync: [receiver] mkstemp "/d/.f.I8d7jp" failed: Permission denied (13)"#], .localPermission, ["/d/f"]
      ),
      ([#"rsync: [receiver] write failed on "/d/f": Disk quota exceeded (122)"#], .localDiskFull, ["/d/f"]),
    ] as [([String], TransferFailure.Meaning, [String])])
  func blamed(lines: [String], meaning: TransferFailure.Meaning, paths: [String]) throws {
    let text = (lines + [Self.closing]).joined(separator: "\n")
    let failure = try #require(TransferFailure(.exited(23), standardError: text))
    #expect(failure.meaning == meaning, "\(failure)")
    if meaning != .localPermission { #expect(failure.paths == paths, "\(failure)") }
    #expect(failure.isPartial == (meaning != .localDiskFull))
  }

  @Test("ssh's reason is its last word before rsync speaks, whatever it and the server said first")
  func reason() throws {
    let text = """
      Warning: Permanently added 'h' (ED25519) to the list of known hosts.
      ** WARNING: connection is not using a post-quantum key exchange algorithm.
      Authorised use only.
      client_loop: send disconnect: Broken pipe
      rsync: connection unexpectedly closed (4711 bytes received so far) [receiver]
      rsync error: unexplained error (code 255) at io.c(285) [receiver=3.5.0]
      """
    let failure = try #require(TransferFailure(.exited(255), standardError: text, receivedBytes: true))
    #expect(failure.meaning == .linkLost && failure.detail == "client_loop: send disconnect: Broken pipe")
  }
}
