/// Counts and exposures pooled over the windows of a reference period, and the rates they leave.
struct RateEstimation {
  private let scheme: PlacementScheme
  /// Weighted child-days by state.
  private(set) var childDays: [Double]
  private var personDays: [Double]
  private var entries: [Double]
  private var exits: [Double]
  private var moves: [Double]

  init(scheme: PlacementScheme) {
    self.scheme = scheme
    childDays = [Double](repeating: 0, count: scheme.stateCount)
    entries = childDays
    exits = childDays
    moves = [Double](repeating: 0, count: scheme.stateCount * scheme.categories.count)
    personDays = [Double](repeating: 0, count: scheme.bands.count)
  }

  mutating func add(_ tally: CareTally, personDays people: [Double]) {
    let weight = tally.window.weight
    for state in childDays.indices {
      childDays[state] += weight * tally.childDays[state]
      entries[state] += weight * tally.entries[state]
      exits[state] += weight * tally.exits[state]
    }
    for move in moves.indices { moves[move] += weight * tally.moves[move] }
    for band in personDays.indices { personDays[band] += weight * people[band] }
  }

  /// A transition at every age: where its rates lie among the rates, its counts and exposures, and the comparator's means.
  private struct Transition {
    var name: String
    var places: [Int]
    var counts: [Double]
    var exposures: [Double]
    var comparator: [Double]?
    /// Whether it is possible though it was never seen.
    var isAlwaysPossible = false
  }

  /// Entry rates by state and the number of categories without any.
  func entryRates(_ centre: RateCentre) throws(CommissioningError) -> ([GammaRate], Int) {
    var rates = [GammaRate](repeating: .zero, count: entries.count)
    var unseen = 0
    for category in scheme.categories.indices {
      let places = places(category)
      let transition = Transition(
        name: "entry into \(scheme.categories[category].id)", places: places,
        counts: places.map { entries[$0] },
        exposures: personDays,
        comparator: comparator(centre) { $0.entries }.map { means in places.map { means[$0] } })
      unseen += try fill(&rates, transition) ? 0 : 1
    }
    return (rates, unseen)
  }

  /// Exit rates by state.
  func exitRates(_ centre: RateCentre) throws(CommissioningError) -> ([GammaRate], Int) {
    var rates = [GammaRate](repeating: .zero, count: exits.count)
    var unseen = 0
    for category in scheme.categories.indices {
      let places = places(category)
      let transition = Transition(
        name: "exit from \(scheme.categories[category].id)", places: places, counts: places.map { exits[$0] },
        exposures: places.map { childDays[$0] },
        comparator: comparator(centre) { $0.exits }.map { means in places.map { means[$0] } },
        isAlwaysPossible: true)
      unseen += try fill(&rates, transition) ? 0 : 1
    }
    return (rates, unseen)
  }

  /// Move rates by state and category moved to, and the number of moves never seen from where children were.
  func moveRates(_ centre: RateCentre) throws(CommissioningError) -> ([GammaRate], Int) {
    var rates = [GammaRate](repeating: .zero, count: moves.count)
    var unseen = 0
    let categories = scheme.categories.count
    for from in 0..<categories {
      for to in 0..<categories where to != from {
        let states = places(from)
        let cells = states.map { $0 * categories + to }
        let transition = Transition(
          name: "move from \(scheme.categories[from].id) to \(scheme.categories[to].id)", places: cells,
          counts: cells.map { moves[$0] }, exposures: states.map { childDays[$0] },
          comparator: comparator(centre) { $0.moves }.map { means in cells.map { means[$0] } })
        unseen += try fill(&rates, transition) ? 0 : 1
      }
    }
    return (rates, unseen)
  }

  /// The states of a category, band by band.
  private func places(_ category: Int) -> [Int] {
    scheme.bands.indices.map { $0 * scheme.categories.count + category }
  }

  private func comparator(_ centre: RateCentre, _ rates: (CareRateValues) -> [Double]) -> [Double]? {
    if case .comparator(let other) = centre { rates(other.mean) } else { nil }
  }

  /// Puts the posterior rates of a transition in their places; false where it is taken never to happen.
  private func fill(
    _ rates: inout [GammaRate], _ transition: Transition
  ) throws(CommissioningError) -> Bool {
    let (counts, exposures) = (transition.counts, transition.exposures)
    var centres: [Double]
    if let comparator = transition.comparator {
      centres = comparator
      for (index, centre) in centres.enumerated() where centre == 0 && counts[index] > 0 {
        throw PlacementScheme.refusal(
          "\(transition.name) at \(scheme.bands[index].name) happened \(plainText(counts[index])) times here and never in "
            + "the comparator; take a larger comparator, or all ages as the centre")
      }
    } else {
      let (events, exposure) = (counts.reduce(0, +), exposures.reduce(0, +))
      guard exposure > 0, events > 0 || transition.isAlwaysPossible else { return false }
      // Half an event, after Jeffreys, for children of whom none has left yet.
      let centre = max(events, 0.5) / exposure
      centres = counts.map { _ in centre }
    }
    guard centres.contains(where: { $0 > 0 }) else { return false }
    let strength = RateSpread(
      counts: counts, expected: zip(centres, exposures).map { $0 * $1 }, scale: 1
    ).strength
    for (index, place) in transition.places.enumerated() where centres[index] > 0 {
      rates[place] = GammaRate(
        shape: strength + counts[index], exposure: strength / centres[index] + exposures[index])
    }
    return true
  }

  /// How much entries and exits of windows of about a year differ beyond chance; nil for fewer than three of them, or where
  /// some are longer or shorter: quarters differ by season, and more.
  ///
  /// A window expects what the pooled rates make of its own exposure.
  func yearlyVariation(_ windows: [(CareTally, personDays: [Double])]) -> CareRates.YearlyVariation? {
    let areYears = windows.allSatisfy { (350...380).contains($0.0.window.days) }
    guard windows.count >= 3, areYears else { return nil }
    let entryRates = entries.indices.map { state in
      let exposure = personDays[state / scheme.categories.count]
      return exposure > 0 ? entries[state] / exposure : 0
    }
    let exitRates = exits.indices.map { childDays[$0] > 0 ? exits[$0] / childDays[$0] : 0 }
    var (counts, expected): ([Double], [Double]) = ([], [])
    var (left, expectedToLeave): ([Double], [Double]) = ([], [])
    for (tally, people) in windows {
      counts.append(tally.entries.reduce(0, +))
      expected.append(
        entryRates.indices.reduce(0) { $0 + entryRates[$1] * people[$1 / scheme.categories.count] })
      left.append(tally.exits.reduce(0, +))
      expectedToLeave.append(zip(exitRates, tally.childDays).reduce(0) { $0 + $1.0 * $1.1 })
    }
    return CareRates.YearlyVariation(
      entries: RateSpread(counts: counts, expected: expected, scale: YearlyScale.prior).deviation,
      exits: RateSpread(counts: left, expected: expectedToLeave, scale: YearlyScale.prior).deviation)
  }
}

/// What is taken of the variation between years before any is seen.
enum YearlyScale {
  /// The median of the prior: a tenth.
  static let prior = 0.1
}
