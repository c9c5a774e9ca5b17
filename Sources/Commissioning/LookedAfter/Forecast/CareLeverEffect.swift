extension ResolvedLever {
  /// Changes the rates of one future.
  ///
  /// - Parameters:
  ///   - path: the future; nil for the means of what levers hold.
  ///   - base: the entry rates before any lever, by which added entries are shared out.
  ///   - categories: the number of categories.
  ///   - entries: entries a day, by state.
  ///   - exits: exits per child-day, by state.
  ///   - moves: moves per child-day, by state and category moved to.
  func apply(
    path: Int?, base: [Double], categories: Int, entries: inout [Double], exits: inout [Double],
    moves: inout [Double]
  ) {
    switch (change, kind) {
    case (.children, _): return
    case (.multiply(let draws), .entry): for state in states { entries[state] *= draws.value(path) }
    case (.multiply(let draws), .exit): for state in states { exits[state] *= draws.value(path) }
    case (.multiply(let draws), .move):
      for state in states { moves[state * categories + destination] *= draws.value(path) }
    case (.add(let draws), .exit): for state in states { exits[state] += draws.value(path) }
    case (.add(let draws), .move):
      for state in states { moves[state * categories + destination] += draws.value(path) }
    case (.add(let draws), .entry):
      var sum = 0.0
      for state in states { sum += base[state] }
      for state in states {
        let share = sum > 0 ? base[state] / sum : 1 / Double(states.count)
        entries[state] += draws.value(path) * share
      }
    }
  }
}

extension Draws {
  /// The value in a future that is known to be there: a forecast checks how many its inputs hold.
  @inline(__always)
  func value(_ path: Int?) -> Double { path.map { self[$0] ?? .nan } ?? mean }
}

extension PlacementForecast {
  /// The people of a band, or its years of age where entries are absolute.
  @inline(__always)
  func people(band: Int, year: Int, path: Int) -> Double {
    guard let population else { return rates.hasAges ? rates.scheme.bands[band].width : 1 }
    return population[band, year].value(path)
  }
}
