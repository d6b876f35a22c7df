import Foundation
import TestSupport
import Testing

@testable import LakeFiles

@Suite("The mounts, and the names a directory has by them")
struct MountTableTests {
  private static let table = MountTable(
    """
    22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
    23 22 254:2 / /data rw - ext4 /dev/vdb rw
    24 22 254:1 /srv/lake/p/x_20261120 /mnt/bind rw - ext4 /dev/vda1 rw
    25 22 254:2 /sub /mnt/a\\040b rw - ext4 /dev/vdb rw
    26 25 254:3 / /mnt/a\\040b/inner rw - tmpfs tmpfs rw
    nonsense
    """)

  @Test(
    "say every other way to a directory",
    arguments: [
      ("/mnt/bind/d", ["/srv/lake/p/x_20261120/d"]), ("/mnt/bind", ["/srv/lake/p/x_20261120"]),
      ("/srv/lake/p/x_20261120/d/e", ["/mnt/bind/d/e"]), ("/srv/lake/p/x_20261121", []), ("/srv/lake/p", []),
      ("/data/sub/t", ["/mnt/a b/t"]), ("/data/t", []), ("/mnt/a b/t", ["/data/sub/t"]), ("/", []),
      // What is mounted in a mount lies below both names of that.
      ("/mnt/a b/inner/t", ["/data/sub"]),
    ] as [(String, [String])])
  func names(path: String, others: [String]) {
    #expect(Self.table.aliases(of: path).map(\.name) == others)
  }
}
