import Foundation
import Klines
import LakeFiles
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("A file held against itself") struct SelfCheckTests {
  private let scratch: TempLake
  private static let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  private static let wrong = String(repeating: "0", count: 64)

  init() throws { scratch = try TempLake("self") }

  private func check(_ path: String, accepted: [String: String] = [:]) throws -> SelfCheck.Result {
    SelfCheck(try DirectoryDescriptor.open(scratch.path), accepted: accepted).check(FileName(path))
  }

  @Test("one without any sum or form of its own is nothing to check, and no name of a sum's file is one")
  func nothing() throws {
    try scratch.write("a/x.csv", "1,2\n")
    try scratch.write("a/x.csv.CHECKSUM.CHECKSUM", Self.wrong)
    #expect(try check("a/x.csv") == .nothingToCheck)
    #expect(try check("a/x.csv.CHECKSUM.CHECKSUM") == .nothingToCheck)
  }

  @Test("a wrong sum is a finding, unless those very bytes were accepted")
  func accepted() throws {
    try scratch.write("a/x.bin", "abc")
    try scratch.write("a/x.bin.CHECKSUM", "\(Self.wrong)  x.bin")
    let fault = VerifyFault.archive(.wrongChecksum(declared: Self.wrong, actual: Self.sum))
    #expect(try check("a/x.bin") == .bad(fault))
    #expect(try check("a/x.bin", accepted: ["a/x.bin": Self.wrong]) == .bad(fault))
    #expect(try check("a/x.bin", accepted: ["a/y.bin": Self.sum]) == .bad(fault))
    #expect(try check("a/x.bin", accepted: ["a/x.bin": Self.sum]) == .good)
  }

  @Test("a link, a directory or a pipe with an archive's name is told without waiting for it")
  func others() throws {
    try scratch.write("real.zip", KlineFixtures.archive("x", "text\n"))
    #expect(try check("real.zip") == .good)
    symlink("real.zip", scratch.path("link.zip"))
    mkfifo(scratch.path("pipe.zip"), 0o600)
    try scratch.makeDirectory("directory.zip")
    #expect(try check("link.zip") == .bad(.unreadable(errno: ELOOP)))
    #expect(try check("pipe.zip") == .bad(.archive(.notAZip)))
    #expect(try check("directory.zip") == .bad(.archive(.notAZip)))
    #expect(try check("gone.zip") == .bad(.unreadable(errno: ENOENT)))
  }

  @Test("reading leaves the access time as it was")
  func accessTime() throws {
    let path = try scratch.write("real.zip", KlineFixtures.archive("x", "text\n"))
    let old = timespec(tv_sec: 1_000_000_000, tv_nsec: 0)
    #expect(utimensat(AT_FDCWD, path, [old, timespec(tv_sec: 1_500_000_000, tv_nsec: 0)], 0) == 0)
    #expect(try check("real.zip") == .good)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_atim.tv_sec == old.tv_sec)
  }
}
