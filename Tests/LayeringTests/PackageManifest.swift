import Foundation

/// The targets of `Package.swift` and what each depends on, as its text says.
struct PackageManifest {
  /// The dependencies of each target with Swift files of its own below `Sources`.
  private(set) var dependencies: [String: Set<String>] = [:]

  init(text: String) {
    var products: [Substring: String] = [:]
    for match in text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/) {
      products[match.1] = String(match.2)
    }
    let targets = /(?:module\(\s*|\.executableTarget\(\s*name: )"(\w+)",\s*(?:dependencies: )?\[([^\]]*)\]/
    for match in text.matches(of: targets) {
      let words = match.2.split { ", \n".contains($0) }
      dependencies[String(match.1)] = Set(words.map { products[$0] ?? $0.trimmingCharacters(in: ["\""]) })
    }
  }

  /// The repository's own.
  static let ofRepository: PackageManifest = {
    let path = SourceTree.repository.appending(path: "Package.swift")
    return PackageManifest(text: (try? String(contentsOf: path, encoding: .utf8)) ?? "")
  }()
}
