import SluiceCore

/// Makes inputs of known ones: bytes changed, pieces left out, doubled, swapped, or taken from another input.
struct Mutator {
  /// Bytes on which readers turn.
  private static let telling: [UInt8] =
    [0, 9, 10, 13, 27, 32, 0x7f, 0x80, 0xc2, 0xe2, 0xff] + Array("\"'#&*,-.:/0189<>?@[]{}|~!%PKeE+".utf8)
  private static let longest = 200_000

  let corpus: [[UInt8]]

  /// The input of that number.
  func input(seed: UInt64, number: UInt64) -> [UInt8] {
    var generator = SplitMix64(seed: seed, number: number)
    var bytes = corpus.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...8, using: &generator) { change(&bytes, &generator) }
    return Array(bytes.prefix(Self.longest))
  }

  private func change(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    let end = min(bytes.count, place + (1 << Int.random(in: 0...10, using: &generator)))
    let piece = Array(bytes[place..<end])
    switch Int.random(in: 0..<8, using: &generator) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1 where place < bytes.count: bytes[place] = Self.telling.randomElement(using: &generator) ?? 0
    case 2: bytes.insert(Self.telling.randomElement(using: &generator) ?? 0, at: place)
    case 3: bytes.removeSubrange(place..<end)
    case 4: bytes.insert(contentsOf: piece, at: place)
    case 5: bytes.removeSubrange(place...)
    case 6:
      bytes.removeSubrange(place..<end)
      bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &generator))
    default:
      let other = corpus.randomElement(using: &generator) ?? []
      let start = Int.random(in: 0...other.count, using: &generator)
      bytes.replaceSubrange(place..<end, with: other[start..<min(other.count, start + piece.count + 16)])
    }
  }
}

extension SplitMix64 {
  /// A sequence of its own for each input of a search.
  init(seed: UInt64, number: UInt64) {
    self.init(seed: seed &* 0x9e37_79b9_7f4a_7c15 ^ number &* 0xd134_2543_de82_ef95)
  }
}
