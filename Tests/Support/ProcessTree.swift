import Foundation

/// Processes below another one, by proc(5).
package enum ProcessTree {
  /// All descendants of a process, parents before children.
  package static func descendants(of ancestor: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    var children: [Int32: [Int32]] = [:]
    for process in names.compactMap({ Int32($0) }) {
      guard let parent = parent(of: process) else { continue }
      children[parent, default: []].append(process)
    }
    var found: [Int32] = []
    var next = children[ancestor] ?? []
    while !next.isEmpty {
      found += next
      next = next.flatMap { children[$0] ?? [] }
    }
    return found
  }

  private static func parent(of process: Int32) -> Int32? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
    let text = String(decoding: data, as: UTF8.self)
    // The name may hold blanks and brackets: it ends at the last one.
    guard let close = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    return fields.count > 1 ? Int32(fields[1]) : nil
  }
}
