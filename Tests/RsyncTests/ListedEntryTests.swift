import SluiceCore
import Testing

@testable import Rsync

@Suite("A source's directory as rsync lists it")
struct ListedEntryTests {
  @Test("each entry has its kind and its whole name")
  func entries() {
    let output = """
      receiving incremental file list
      drwxr-xr-x           4096 2026/11/30 15:14:29 .
      drwx------           4096 2026/11/30 15:14:29 a b
      -rw-r--r--             52 2026/11/30 15:14:29 tab\\#011here
      lrwxrwxrwx             11 2026/11/30 15:14:29 here -> /mnt/there
      prw-r--r--              0 2026/11/30 15:14:29 pipe
      drwxr-xr-x           4096 2026/11/30 15:14:29  blank before

      """
    let expected: [ListedEntry?] = [
      .init(kind: .directory, path: "a b"), .init(kind: .file, path: "tab\there"), .init(kind: .link, path: "here"),
      .init(kind: .other, path: "pipe"), .init(kind: .directory, path: " blank before"),
    ]
    #expect(ListedEntry.all(in: output) == expected.compactMap(\.self))
  }

  @Test("the host's key is asked for by ssh itself, which tries no login and looks at no other file")
  func asking() {
    var ssh = SSHCommand(source: Source(host: "collector", port: 22, user: "ops", remoteRoot: "/"))
    ssh.source.knownHosts = .key("ssh-ed25519 AAAA")
    let words = ssh.askingHostKey(into: "/tmp/a b")
    for (word, later) in [
      ("-oStrictHostKeyChecking=accept-new", "-oStrictHostKeyChecking=yes"), ("-oPreferredAuthentications=none", "-l"),
      ("-oUserKnownHostsFile=\"/tmp/a b\"", "--"), ("-oBatchMode=yes", "--"),
    ] {
      let (first, second) = (words.firstIndex(of: word), words.firstIndex(of: later))
      #expect(first != nil && second != nil && first ?? 0 < second ?? 0, "\(word) before \(later): \(words)")
    }
    #expect(!words.contains { $0.contains("/dev/null") && $0.hasPrefix("-oUserKnownHostsFile") })
    #expect(SSHCommand.key(inFile: "other ssh-rsa B\nsluice-pinned ssh-ed25519 AAAA\n") == "ssh-ed25519 AAAA")
    #expect(SSHCommand.key(inFile: "") == nil)
  }
}
