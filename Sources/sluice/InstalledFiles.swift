import Glibc
import LakeFiles
import SluiceEngine

/// Where the files are that are installed with the program.
struct InstalledFiles {
  /// Directories that may hold them, the nearest first.
  let places: [String]

  /// The places for a program: `../share/sluice` of an installed one, its own sources for one that was just built.
  init(executable: String = RunLauncher.ownExecutable) {
    let program = AtomicFile.split(executable).directory
    // .build/TRIPLE/CONFIGURATION/sluice
    let checkout = [program, "..", "..", ".."].joined(separator: "/")
    places = [
      AtomicFile.split(program).directory + "/share/sluice", checkout, checkout + "/Sources/sluice/Resources",
    ]
  }

  /// The directory of that name; nil when it was not installed.
  func directory(_ name: String) -> String? {
    places.map { $0 + "/" + name }.first { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
  }
}
