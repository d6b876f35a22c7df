import Foundation
import SluiceCore

// A seeded search for bytes that a reader cannot stand.
//
//     fuzz FIXTURES READER SECONDS SEED      prints how many inputs were read; the number of one that fails
//     fuzz FIXTURES READER 0 SEED NUMBER     reads that one input again, and writes it to READER-NUMBER.bin

let words = Array(CommandLine.arguments.dropFirst())
guard words.count >= 4, let reader = Reader.all.first(where: { $0.name == words[1] }), let seconds = Double(words[2]),
  let seed = UInt64(words[3])
else {
  print("fuzz FIXTURES \(Reader.all.map(\.name).joined(separator: "|")) SECONDS SEED [NUMBER]")
  exit(2)
}

/// The files of a path, which may be a folder; not the large ones, of which few would be read in a second.
func files(_ path: String) -> [[UInt8]] {
  let below = try? FileManager.default.subpathsOfDirectory(atPath: path)
  let names = below.map { $0.filter { $0.hasSuffix(reader.ending) }.sorted().map { path + "/" + $0 } } ?? [path]
  return names.compactMap { FileManager.default.contents(atPath: $0) }.filter { !$0.isEmpty && $0.count < 65_536 }.map {
    Array($0)
  }
}

let corpus = reader.corpus.flatMap { files(words[0] + "/" + $0) }
guard !corpus.isEmpty else {
  print("\(reader.name): there is nothing to begin with")
  exit(2)
}
let mutator = Mutator(corpus: corpus)

/// Reads one input; a crash or a hang leaves its number in the last line.
func read(_ number: UInt64) -> String? {
  var generator = SplitMix64(seed: ~seed, number: number)
  do {
    try reader.read(mutator.input(seed: seed, number: number), &generator)
    return nil
  } catch let finding as Finding { return finding.text } catch { return "\(error)" }
}

if words.count > 4, let number = UInt64(words[4]) {
  let file = "\(reader.name)-\(number).bin"
  try Data(mutator.input(seed: seed, number: number)).write(to: URL(filePath: file))
  print("\(file): \(read(number) ?? "nothing")")
  Reader.cleanUp()
  exit(0)
}

/// At once, for the next input may end the process.
func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

let end = Date(timeIntervalSinceNow: seconds)
var number: UInt64 = 0
var findings = 0
while Date() < end, findings < 5 {
  // A reader that does not come back is ended by the alarm; the number says at which hundred.
  alarm(30)
  if number % 100 == 0 { FileHandle.standardError.write(Data("\r\(reader.name) \(number)".utf8)) }
  if let text = read(number) {
    findings += 1
    say("\n\(reader.name), seed \(seed), input \(number): \(text)")
  }
  number += 1
}
FileHandle.standardError.write(Data("\r".utf8))
say("\(reader.name): \(number) inputs of \(corpus.count) files, seed \(seed), \(findings) findings")
Reader.cleanUp()
exit(findings == 0 ? 0 : 1)
