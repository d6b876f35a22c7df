/// Members of an archive of which nothing is read.
package struct OtherMembers: Sendable, Equatable {
  /// How many there are.
  package private(set) var count = 0
  /// The names of the first of them.
  package private(set) var first: [String] = []

  /// None.
  package init() {}

  mutating func add(_ name: UnsafeRawBufferPointer) {
    count += 1
    if first.count < 3 { first.append(String(decoding: name, as: UTF8.self)) }
  }
}
