import Foundation
import TestSupport
import Testing

@testable import LakeFiles

@Suite("Putting a file system on the disk")
struct DirectorySyncTests {
  @Test("waits for the file systems mounted below as well, and for none beside")
  func mounts() {
    let table = MountTable(
      """
      22 1 8:1 / / rw - ext4 /dev/sda1 rw
      23 22 8:2 / /lake rw - ext4 /dev/sda2 rw
      24 22 8:3 / /lake/ticks rw - ext4 /dev/sda3 rw
      25 24 8:4 / /lake/ticks/data rw,relatime shared:3 - xfs /dev/sda4 rw
      26 24 8:5 / /lake/ticks/a\\040b\\134c rw - xfs /dev/sda5 rw
      27 22 8:6 / /lake/ticks2 rw - ext4 /dev/sda6 rw
      torn
      """)
    #expect(
      DirectoryDescriptor.mounts(below: "/lake/ticks", table: table) == ["/lake/ticks/data", "/lake/ticks/a b\\c"])
  }

  @Test("is done for a directory of any file system here")
  func real() throws {
    let scratch = try ScratchDirectory()
    try DirectoryDescriptor.open(scratch.path).syncFileSystem()
    try DirectoryDescriptor.open("/dev/shm", followingLinks: true).syncFileSystem()
  }
}
