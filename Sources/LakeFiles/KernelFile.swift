/// Files that the kernel writes while they are read (proc(5)): their size is said to be 0.
enum KernelFile {
  /// The whole text; nil when it cannot be read.
  ///
  /// Read piece by piece to its end: one `read` gives a page of it at most, which is not all of a long list.
  static func text(_ path: String) -> String? {
    (try? JSONFile.contents(of: path)).map { String(decoding: $0, as: UTF8.self) }
  }
}
