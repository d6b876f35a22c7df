import Foundation
import TestSupport
import Testing

@testable import LakeFiles

@Suite("Files that are replaced as a whole")
struct AtomicFileTests {
  let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  @Test("writes a new file, replaces it, and leaves nothing else behind")
  func replaces() throws {
    let path = "\(scratch.path)/state.json"
    try AtomicFile.write(Data("first, and longer".utf8), to: path)
    try AtomicFile.write(Data("second".utf8), to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
    #expect(try scratch.names() == ["state.json"])
  }

  @Test("what a killed writer left goes, what a living one is writing and every other name stay")
  func leftovers() throws {
    let gone = try Subprocess(starting: ["true"])
    _ = gone.wait()
    let names = [
      ".sluice-\(getpid())-a.tmp", ".sluice--1-a.tmp", ".sluice-x-a.tmp", ".sluice-1.tmp",
      "sluice-\(gone.processID)-a.tmp",
      ".sluice-\(gone.processID)-a", ".sluice-\(gone.processID)-a-b.tmp",
    ]
    for name in names + [".sluice-\(gone.processID)-a.tmp"] {
      try AtomicFile.write(Data(), to: "\(scratch.path)/\(name)")
    }
    // A writer that cannot be seen from here may have made it just now.
    #expect(AtomicFile.removeLeftovers(in: scratch.path, olderThan: 3600) == 0)
    #expect(AtomicFile.removeLeftovers(in: scratch.path, olderThan: 0) == 1)
    #expect(try scratch.names() == names.sorted())
    #expect(AtomicFile.removeLeftovers(in: scratch.path + "/none", olderThan: 0) == 0)
  }

  @Test("gives the new file the mode asked for", arguments: [UInt32(0o600), 0o644])
  func mode(_ mode: UInt32) throws {
    let path = "\(scratch.path)/secret"
    try AtomicFile.write(Data(), to: path, mode: mode, isDurable: false)
    #expect(try FileStatus(at: path).mode == mode)
  }

  @Test("replaces a link instead of writing through it")
  func link() throws {
    let victim = try scratch.file("victim", "keep")
    let link = try scratch.link("link", to: victim)
    try AtomicFile.write(Data("new".utf8), to: link)
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "keep")
    #expect(try FileStatus(at: link).kind == .file)
  }

  @Test("keeps the old content and cleans up when the target cannot be replaced")
  func failure() throws {
    try scratch.file("target/inside")
    let failure = #expect(throws: FileFailure.self) {
      try AtomicFile.write(Data("x".utf8), to: "\(scratch.path)/target")
    }
    #expect(failure?.operation == .rename)
    #expect(failure?.description.contains("\(scratch.path)/target: cannot be put in place") == true)
    #expect(try scratch.names() == ["target"])
  }

  @Test("says which directory is missing")
  func missingDirectory() {
    let failure = #expect(throws: FileFailure.self) {
      try AtomicFile.write(Data(), to: "\(scratch.path)/none/file")
    }
    #expect(failure?.isMissing == true)
    #expect(failure?.path == "\(scratch.path)/none")
  }

  @Test("takes a name as long as the file system allows")
  func longName() throws {
    let name = String(repeating: "n", count: 255)
    try AtomicFile.write(Data("x".utf8), to: "\(scratch.path)/\(name)")
    #expect(try scratch.names() == [name])
  }

  @Test("makes missing directories, and is content when they are there")
  func directories() throws {
    for _ in 0..<2 { try AtomicFile.createDirectory("\(scratch.path)/a/b/c") }
    #expect(scratch.has("a/b/c"))
    try scratch.file("plain")
    let failure = #expect(throws: FileFailure.self) { try AtomicFile.createDirectory("\(scratch.path)/plain") }
    #expect(failure?.reason == "something of that name is there, and no directory")
  }

  @Test("a file that is not to be written over is told as what it is, with what to do")
  func existing() {
    let failure = FileFailure(.write, path: "/d/run.log", code: EEXIST)
    #expect(failure.description == "/d/run.log: cannot be written: there is a file of that name already")
    #expect(failure.advice == "Choose another name")
  }

  @Test(
    "splits a path at its last slash",
    arguments: [
      ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("/a/b/", "/a", "b"), ("a/b", "a", "b"), ("/", "/", ""),
    ])
  func split(_ path: String, _ directory: String, _ name: String) {
    let parts = AtomicFile.split(path)
    #expect(parts.directory == directory)
    #expect(parts.name == name)
  }

  @Test("finds the free space of a path that is not there yet")
  func space() throws {
    let here = try DiskSpace(at: scratch.path)
    let below = try DiskSpace(at: "\(scratch.path)/not/there/yet")
    #expect(here.totalBytes > 0)
    #expect(here.freeBytes <= here.totalBytes)
    #expect(below.totalBytes == here.totalBytes)
  }
}
