import SluiceCore

/// Random numbers that the same seed gives again.
struct Draw: RandomNumberGenerator, Sendable {
  private var numbers: SplitMix64

  init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

  mutating func next() -> UInt64 { numbers.next() }

  /// 0 to `limit` - 1.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

  mutating func chance(percent: Int) -> Bool { below(100) < percent }

  /// One of these; nil of none.
  mutating func one<Element>(of list: [Element]) -> Element? { list.isEmpty ? nil : list[below(list.count)] }

  /// One of these by its weight; the list must not be empty.
  mutating func weighted<Element>(_ choices: [(weight: Int, value: Element)]) -> Element {
    var left = below(choices.reduce(0) { $0 + $1.weight })
    for choice in choices {
      if left < choice.weight { return choice.value }
      left -= choice.weight
    }
    return choices[0].value
  }
}
