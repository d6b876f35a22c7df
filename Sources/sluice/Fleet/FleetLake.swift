import SluiceCore

/// One of the lakes of a common screen.
enum FleetLake {
  case here(LakeAccess)
  case host(FleetHost)

  /// What the lakes are called, each differently where that can be.
  static func names(_ lakes: [FleetLake]) -> [String] {
    let short = lakes.map { lake in
      switch lake {
      case .here(let access): access.lake.rootDirectory.split(separator: "/").last.map(String.init) ?? "/"
      case .host(let host): host.name
      }
    }
    return lakes.indices.map { index in
      guard short.count(where: { $0 == short[index] }) > 1, case .here(let access) = lakes[index] else {
        return short[index]
      }
      return access.lake.rootDirectory
    }
  }
}
