import Foundation
import TestSupport
import Testing

@testable import LakeFiles

@Suite("An open directory")
struct DirectoryDescriptorTests {
  let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  @Test("lists every entry with its kind, links as links")
  func lists() throws {
    try scratch.file("file")
    try scratch.directory("directory")
    try scratch.link("to-directory", to: "directory")
    try scratch.link("dangling", to: "nowhere")
    let entries = try DirectoryDescriptor.open(scratch.path).entries()
    let kinds = Dictionary(uniqueKeysWithValues: entries.map { ($0.name.description, $0.kind) })
    #expect(kinds == ["file": .file, "directory": .directory, "to-directory": .link, "dangling": .link])
  }

  @Test("two listings at once do not disturb each other")
  func independentListings() throws {
    for number in 0..<20 { try scratch.file("f\(number)") }
    let directory = try DirectoryDescriptor.open(scratch.path)
    var inner = 0
    var outer = 0
    try directory.forEachEntry { (_, _, _) throws(FileFailure) in
      outer += 1
      inner += try directory.entries().count
    }
    #expect(outer == 20)
    #expect(inner == 400)
  }

  @Test("refuses to walk through a link")
  func refusesLinks() throws {
    try scratch.directory("real")
    try scratch.link("link", to: "real")
    let directory = try DirectoryDescriptor.open(scratch.path)
    #expect(throws: FileFailure.self) { try directory.directory(FileName("link")) }
    #expect(throws: FileFailure.self) { try DirectoryDescriptor.open("\(scratch.path)/link") }
    #expect(try DirectoryDescriptor.open("\(scratch.path)/link", followingLinks: true).entries().isEmpty)
    #expect(try directory.directory(FileName("real")).entries().isEmpty)
  }

  @Test("names that are not UTF-8 can be listed, examined and removed")
  func foreignNames() throws {
    let bytes: [CChar] = [CChar(bitPattern: 0xff), CChar(bitPattern: 0xfe), 0]
    let name = bytes.withUnsafeBufferPointer { $0.baseAddress.map { FileName(copying: $0) } }
    let foreign = try #require(name)
    let path = Array(scratch.path.utf8CString.dropLast()) + [CChar(UInt8(ascii: "/"))] + bytes
    close(creat(path, 0o600))
    let directory = try DirectoryDescriptor.open(scratch.path)
    #expect(foreign.text == nil)
    #expect(try directory.entries().map(\.name) == [foreign])
    #expect(try directory.status(of: foreign).kind == .file)
    try directory.remove(foreign, isDirectory: false)
    #expect(try directory.entries().isEmpty)
  }

  @Test("removing a link leaves what it points to")
  func removesLinkOnly() throws {
    try scratch.file("real/inside")
    try scratch.link("link", to: "real")
    let directory = try DirectoryDescriptor.open(scratch.path)
    try directory.remove(FileName("link"), isDirectory: false)
    #expect(try scratch.names() == ["real"])
    let failure = #expect(throws: FileFailure.self) { try directory.remove(FileName("real"), isDirectory: true) }
    #expect(failure?.reason == "something was added to it meanwhile")
  }
}
