/// How a few typed letters fit a text: all of them in order, not necessarily side by side.
struct FuzzyMatch: Sendable, Equatable {
  /// Greater is better: beginnings of words and letters side by side count most.
  let score: Int
  /// The places of the letters among the text's characters, ascending.
  let places: [Int]
  /// Letters, the first one aside, that were found in the middle of a word and not beside the one before.
  let strayLetters: Int

  /// Whether few enough letters are strays that somebody who typed these can have meant the text.
  var isClose: Bool { strayLetters <= max(0, places.count - 1) / 2 }
}

/// Finds a text by a few of its letters.
struct FuzzySearch: Sendable, Equatable {
  /// One number a character, without regard to case.
  private let wanted: [UInt32]

  /// A search for these letters; none are found everywhere.
  init(_ letters: some StringProtocol) { wanted = Self.folded(letters) }

  /// The best way the letters fit the text; nil when they do not.
  func match(_ text: String) -> FuzzyMatch? {
    guard !wanted.isEmpty else { return FuzzyMatch(score: 0, places: [], strayLetters: 0) }
    let letters = Self.folded(text)
    guard Self.isSubsequence(wanted, of: letters) else { return nil }
    return best(in: letters)
  }

  /// Nearly every text fails here, at the cost of one look at each of its letters.
  private static func isSubsequence(_ wanted: [UInt32], of letters: [UInt32]) -> Bool {
    var found = 0
    for letter in letters where letter == wanted[found] {
      found += 1
      if found == wanted.count { return true }
    }
    return false
  }

  private static let pointsForWordStart = 8
  private static let pointsForNeighbor = 8
  private static let costOfJump = 2
  private static let none = Int.min / 2

  /// Row by row: the best score with so many letters placed and the last of them at this place.
  private func best(in letters: [UInt32]) -> FuzzyMatch? {
    let count = letters.count
    let starts = Self.wordStarts(letters)
    var scores = [[Int]](repeating: [Int](repeating: Self.none, count: count), count: wanted.count)
    var origins = [[Int]](repeating: [Int](repeating: -1, count: count), count: wanted.count)
    for row in wanted.indices {
      var (bestBefore, bestPlace) = (Self.none, -1)
      for place in letters.indices {
        // Letters side by side are looked at on their own: they need no jump.
        if row > 0, place >= 2, scores[row - 1][place - 2] > bestBefore {
          (bestBefore, bestPlace) = (scores[row - 1][place - 2], place - 2)
        }
        guard letters[place] == wanted[row] else { continue }
        let own = 1 + (starts[place] ? Self.pointsForWordStart : 0)
        guard row > 0 else {
          scores[row][place] = own + (place == 0 ? 2 : 0)
          continue
        }
        var (score, origin) = (Self.none, -1)
        if bestBefore > Self.none { (score, origin) = (bestBefore + own - Self.costOfJump, bestPlace) }
        if place >= 1, scores[row - 1][place - 1] > Self.none {
          let beside = scores[row - 1][place - 1] + own + Self.pointsForNeighbor
          if beside >= score { (score, origin) = (beside, place - 1) }
        }
        if score > Self.none / 2 { (scores[row][place], origins[row][place]) = (score, origin) }
      }
    }
    return traced(scores, origins, starts)
  }

  private func traced(_ scores: [[Int]], _ origins: [[Int]], _ starts: [Bool]) -> FuzzyMatch? {
    let last = scores[wanted.count - 1]
    guard var place = last.indices.max(by: { (last[$0], $1) < (last[$1], $0) }), last[place] > Self.none else {
      return nil
    }
    let score = last[place]
    var places = [place]
    for row in stride(from: wanted.count - 1, to: 0, by: -1) {
      place = origins[row][place]
      places.append(place)
    }
    places.reverse()
    let strays = zip(places, places.dropFirst()).filter { $1 != $0 + 1 && !starts[$1] }.count
    return FuzzyMatch(score: score, places: places, strayLetters: strays)
  }

  /// Whether a word, or a number in it, begins at each place.
  private static func wordStarts(_ letters: [UInt32]) -> [Bool] {
    letters.indices.map { place in
      guard place > 0 else { return true }
      let (before, here) = (kind(letters[place - 1]), kind(letters[place]))
      return here != .separator && before != here
    }
  }

  private enum Kind { case letter, digit, separator }

  private static func kind(_ letter: UInt32) -> Kind {
    switch letter {
    case 48...57: .digit
    case 97...122, 128...: .letter
    default: .separator
    }
  }

  /// A number for each character: its own in lower case, of several scalars the first.
  private static func folded(_ text: some StringProtocol) -> [UInt32] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.utf8.map { UInt32((65...90).contains($0) ? $0 + 32 : $0) }
    }
    return text.map { character in
      let scalar = character.unicodeScalars.first ?? " "
      return scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
    }
  }
}
