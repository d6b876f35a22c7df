import Foundation
import Klines
import SluiceCore

// How fast rows are parsed and checked, on one core: every archive given is inflated, and only what comes after is timed.
//
//     parse-bench FILE...        prints rows, seconds of CPU to parse, seconds of CPU to check and to add up

/// Seconds of CPU this thread has used.
func cpu() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

let extractor = ZipExtractor()
let parser = KlineParser()
let columns = KlineColumns()
columns.reserve(300_000)
var rows = 0
var parsing = 0.0
var checking = 0.0
for path in CommandLine.arguments.dropFirst() {
  let name = path.split(separator: "/").last.map(String.init) ?? path
  guard let archive = KlineArchiveName(fileName: name), let data = FileManager.default.contents(atPath: path) else {
    print("\(path): no archive")
    exit(1)
  }
  // As an ingest does: a few hundred files fill the columns, then they are used again.
  if columns.count > 250_000 { columns.truncate(to: 0) }
  let base = columns.count
  do {
    try data.withUnsafeBytes { bytes in
      try extractor.withContent(named: String(name.dropLast(4)) + ".csv", of: bytes) { (text) throws(KlineFault) in
        let start = cpu()
        _ = try parser.parse(text, into: columns)
        let parsed = cpu()
        _ = RowCheck.apply(to: columns, from: base, archive: archive)
        _ = KlineFigures(of: columns, rows: base..<columns.count)
        parsing += parsed - start
        checking += cpu() - parsed
      }
    }
  } catch {
    print("\(path): \(error)")
    exit(1)
  }
  rows += columns.count - base
}
print(rows, parsing, checking)
