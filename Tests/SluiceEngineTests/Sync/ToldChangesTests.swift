import SluiceCore
import Testing

@testable import SluiceEngine

@Suite("What lanes have told already")
struct ToldChangesTests {
  private func change(_ kind: FileChange.Kind, _ path: String) -> FileChange { FileChange(kind: kind, path: path) }

  @Test("a path is told once, whichever lane comes upon it first")
  func lanes() {
    let told = ToldChanges()
    let first = [change(.directory, "d/"), change(.create, "d/a")]
    #expect(told.add(first) == first)
    #expect(told.add([change(.directory, "d/"), change(.create, "d/b")]) == [change(.create, "d/b")])
    #expect(told.contains("d/a") && !told.contains("d/c"))
  }

  @Test("the ordinary pass tells what is new, every deletion, and counts no file twice")
  func ordinaryPass() {
    let told = ToldChanges()
    _ = told.add([change(.directory, "d/"), change(.create, "d/a")])
    let pass = [
      change(.attributes, "d/"), change(.update, "d/a"), change(.create, "d/small"), change(.delete, "d/a"),
      change(.delete, "old"),
    ]
    #expect(told.new(of: pass) == [pass[2], pass[3], pass[4]])
    #expect(told.repeatedFiles == 1)
  }

  @Test("without lanes everything passes")
  func none() {
    let told = ToldChanges()
    let pass = [change(.create, "a"), change(.create, "a")]
    #expect(told.new(of: pass) == pass && told.repeatedFiles == 0)
  }
}
