// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with.
///
/// Warnings are errors for our targets only: the setting does not reach the dependencies.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], path: "Tests/\(name)", exclude: exclude,
    swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "sluice",
  products: [
    .executable(name: "sluice", targets: ["sluice"]),
    .library(name: "SluiceEngine", targets: ["SluiceEngine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // C libraries, seen through module maps of our own.
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CDeflate"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CCrypto"),
    .systemLibrary(name: "CSQLite"),
    .systemLibrary(name: "CYaml"),
    // libcurl, found at run time.
    .target(name: "CCurl"),
    // Linux calls that Swift's Glibc module does not show.
    .target(name: "CLinux"),

    // The modules and arrows of the guide; LayeringTests checks the import lines against this picture.
    module("SluiceCore", []),
    module("Rsync", ["SluiceCore"]),
    module("Klines", ["SluiceCore", "CDeflate", "CZlib", "CCrypto"]),
    module("SQLiteStore", ["CSQLite"]),
    module("Warehouse", ["SluiceCore", "Klines", "LakeFiles", "SQLiteStore", "CCurl", "CSQLite"]),
    module("Transport", ["CLinux"]),
    module("LakeFiles", ["SluiceCore", "CLinux"]),
    module("RunRecords", ["LakeFiles", "SluiceCore"]),
    module("IngestEngine", ["Warehouse", "Klines", "LakeFiles", "SluiceCore", "SQLiteStore"]),
    module("LakeConfiguration", ["LakeFiles", "Rsync", "SluiceCore", "CYaml"]),
    module(
      "SluiceEngine",
      [
        "SluiceCore", "IngestEngine", "Klines", "LakeConfiguration", "RunRecords", "LakeFiles", "Transport", "Rsync",
        "CCurl", "CLinux",
      ]),
    module("TerminalUI", []),
    module("NcursesBackend", ["TerminalUI", "CNcurses", "CLinux"]),
    module("Dashboard", ["SluiceCore", "TerminalUI"]),
    .executableTarget(
      name: "sluice",
      dependencies: [
        "SluiceEngine", "IngestEngine", "LakeConfiguration", "RunRecords", "LakeFiles", "Transport", "Dashboard",
        "NcursesBackend", "SluiceCore", "TerminalUI", "CLinux", argumentParser,
      ],
      // The demo's real archives: installed below share/sluice, and found here by a program that was not installed.
      exclude: ["Resources"],
      swiftSettings: strict),

    // Parsing and checking alone, and SQLite alone, for `make bench-ingest`.
    .executableTarget(
      name: "parse-bench", dependencies: ["Klines", "SluiceCore", "Warehouse"], path: "Tests/Benchmarks/Parse",
      swiftSettings: strict),

    // A seeded search for bytes that a reader cannot stand, for `make fuzz`.
    .executableTarget(
      name: "fuzz",
      dependencies: ["Klines", "LakeConfiguration", "LakeFiles", "Rsync", "RunRecords", "SluiceCore", "TerminalUI"],
      path: "Tests/Fuzz", swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["SluiceCore", "CLinux", "CZlib"], path: "Tests/Support", swiftSettings: strict
    ),
    tests("SluiceCoreTests", ["SluiceCore"]),
    tests("RsyncTests", ["Rsync", "SluiceCore"]),
    tests("KlinesTests", ["Klines", "SluiceCore"]),
    tests("SQLiteStoreTests", ["SQLiteStore"]),
    tests("WarehouseTests", ["Warehouse", "Klines", "SluiceCore", "SQLiteStore"]),
    tests("TransportTests", ["Transport", "LakeFiles", "Rsync", "SluiceCore", "sluice"]),
    tests("LakeConfigurationTests", ["LakeConfiguration", "LakeFiles", "SluiceCore"]),
    tests("IngestEngineTests", ["IngestEngine", "LakeFiles", "Warehouse", "Klines", "SluiceCore", "SQLiteStore"]),
    tests("RunRecordsTests", ["RunRecords", "LakeFiles", "SluiceCore"]),
    tests("LakeFilesTests", ["LakeFiles", "SluiceCore", "CLinux"]),
    tests("SluiceEngineTests", ["SluiceEngine", "Klines", "RunRecords", "LakeFiles", "SluiceCore", "Rsync"]),
    tests(
      "SimulationTests",
      [
        "SluiceEngine", "IngestEngine", "Warehouse", "Klines", "RunRecords", "LakeFiles", "Rsync", "SluiceCore",
        "SQLiteStore",
      ]),
    tests("TerminalUITests", ["TerminalUI"]),
    tests("NcursesBackendTests", ["NcursesBackend", "TerminalUI", "CLinux"]),
    tests("DashboardTests", ["Dashboard", "TerminalUI", "SluiceCore"], exclude: ["Snapshots"]),
    tests(
      "IntegrationTests",
      [
        "SluiceEngine", "RunRecords", "LakeConfiguration", "Transport", "LakeFiles", "SluiceCore", "Rsync", "Warehouse",
        "sluice",
      ]),
    tests("EndToEndTests", ["LakeFiles", "SluiceCore", "sluice"]),
    tests("LayeringTests", []),
  ],
  swiftLanguageModes: [.v6]
)
