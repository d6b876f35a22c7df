extension Keymap {
  /// The table with keys of the user's choice, and what could not be followed.
  ///
  /// A value holds one or more keys, separated by blanks or commas, and replaces all keys of its action. What is wrong
  /// leaves its action as it was, so there is always a table that works.
  /// - Parameter overrides: keys by the action's configuration name.
  package func overridden(by overrides: [String: String]) -> (keymap: Keymap, problems: [KeymapProblem]) {
    var problems: [KeymapProblem] = []
    var changed = bindings
    var touched: Set<String> = []
    for (name, text) in overrides.sorted(by: { $0.key < $1.key }) {
      guard let index = changed.firstIndex(where: { $0.name == name }) else {
        problems.append(.unknownAction(name: name, nearest: nearestName(to: name)))
        continue
      }
      switch Self.keys(text, name: name) {
      case .success(let keys):
        changed[index].keys = keys
        touched.insert(name)
      case .failure(let problem): problems.append(problem)
      }
    }
    // A choice that collides is taken back; that can uncover another collision, hence the loop, at most once a choice.
    var result = Keymap(changed).givingWay(to: touched)
    while !touched.isEmpty {
      let found = result.conflicts
      var takenBack: Set<String> = []
      for problem in found {
        guard case .conflict(_, let names) = problem else { continue }
        let guilty = names.filter(touched.contains)
        guard !guilty.isEmpty else { continue }
        if !problems.contains(problem) { problems.append(problem) }
        takenBack.formUnion(guilty)
      }
      guard !takenBack.isEmpty else { break }
      touched.subtract(takenBack)
      for index in changed.indices where takenBack.contains(changed[index].name) {
        changed[index].keys = bindings[index].keys
      }
      result = Keymap(changed).givingWay(to: touched)
    }
    return (result, problems)
  }

  /// The table without the keys that actions which give way have in common with those of the user's choice.
  private func givingWay(to chosen: Set<String>) -> Keymap {
    let taken = Set(bindings.filter { chosen.contains($0.name) }.flatMap(\.keys))
    return Keymap(
      bindings.map { binding in
        guard binding.givesWay, !chosen.contains(binding.name) else { return binding }
        var changed = binding
        changed.keys.removeAll(where: taken.contains)
        return changed
      })
  }

  private static func keys(_ text: String, name: String) -> Result<[Key], KeymapProblem> {
    var words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    // A comma separates too, but alone it is a key.
    words = words.flatMap { $0 == "," ? [$0] : $0.split(separator: ",").map(String.init) }
    guard !words.isEmpty else { return .failure(.noKey(name: name)) }
    var keys: [Key] = []
    for word in words {
      guard let key = Key(spelling: word) else { return .failure(.unknownKey(name: name, spelling: word)) }
      if !keys.contains(key) { keys.append(key) }
    }
    return .success(keys)
  }

  private func nearestName(to name: String) -> String? {
    let ranked = bindings.map { (name: $0.name, distance: Self.distance(Array($0.name), Array(name.prefix(64)))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(2, name.count / 3) else {
      return nil
    }
    return best.name
  }

  /// Levenshtein's edit distance, one row at a time.
  private static func distance(_ one: [Character], _ other: [Character]) -> Int {
    var row = Array(0...other.count)
    for (i, left) in one.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in other.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
        diagonal = above
      }
    }
    return row[other.count]
  }
}
