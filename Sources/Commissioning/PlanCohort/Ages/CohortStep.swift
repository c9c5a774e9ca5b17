import Statistics

/// One year of one simulated future, in whole children.
struct CohortStep {
  let settings: Int
  let ages: Int
  /// Plans by cell at the opening census.
  var stock: UnsafeMutableBufferPointer<Double>
  /// Plans by cell at the closing census.
  var next: UnsafeMutableBufferPointer<Double>
  /// New plans by closing age.
  let new: UnsafeMutableBufferPointer<Double>
  /// Ceased plans by opening age.
  let ceased: UnsafeMutableBufferPointer<Double>
  /// Net transfers and late data by opening age.
  let transfers: UnsafeMutableBufferPointer<Double>
  var requests = 0.0

  init(_ shape: CohortShape) {
    settings = shape.settings.count
    ages = shape.ages.count
    func room(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
      buffer.initialize(repeating: 0)
      return buffer
    }
    stock = room(shape.cells)
    next = room(shape.cells)
    new = room(ages)
    ceased = room(ages)
    transfers = room(ages)
  }

  func deallocate() { for buffer in [stock, next, new, ceased, transfers] { buffer.deallocate() } }

  /// What moves a year, in one path.
  struct Year {
    /// The share of requests that are assessed.
    let assessed: Double
    /// The share of those that lead to a plan.
    let issued: Double
    /// Net transfers as a share of those who stay.
    let transfers: Double
    /// What all requests are multiplied by.
    let requestFactor: Double
  }

  /// Runs a year; `stream` gives the stream of an age, so that scenarios stay in step with each other by age.
  mutating func run(
    _ draw: CohortDraw, _ levers: CohortYearLevers, _ year: Year, path: Int, people: (Int) -> Double,
    stream: (Int) -> RandomStream
  ) {
    let moves = levers.changesRates ? draw.yearMoves : draw.moves
    let placement = levers.changesRates ? draw.yearPlacement : draw.placement
    for cell in next.indices { next[cell] = 0 }
    requests = 0
    for place in 0..<ages {
      var chance = stream(place)
      var mean = draw.requests[place] * people(place) * year.requestFactor
      for lever in levers.requests where lever.ages.contains(place) { mean *= lever.factor.at(path) }
      let asked = chance.poisson(mean: mean)
      let issued = chance.binomial(
        trials: chance.binomial(trials: asked, probability: year.assessed), probability: year.issued)
      requests += asked
      new[place] = issued
      scatter(issued, placement, row: place, into: place * settings, first: 0, &chance)

      var gone = 0.0
      var moved = 0.0
      for setting in 0..<settings {
        let cell = place * settings + setting
        let here = stock[cell]
        guard here > 0 else { continue }
        let left = chance.binomial(trials: here, probability: draw.ceasing[cell])
        gone += left
        var stay = here - left
        if place + 1 < ages, stay > 0 {
          if year.transfers != 0 {
            let net =
              year.transfers < 0
              ? -chance.binomial(trials: stay, probability: min(-year.transfers, 1))
              : chance.poisson(mean: year.transfers * stay)
            moved += net
            stay += net
          }
          scatter(stay, moves, row: cell, into: (place + 1) * settings, first: setting, &chance)
        }
      }
      ceased[place] = gone
      transfers[place] = moved
    }
    swap(&stock, &next)
  }

  /// Shares a number out by a row of weights: a binomial for each setting of what the ones before have left,
  /// beginning with `first`, which most stay in.
  private func scatter(
    _ number: Double, _ weights: UnsafeMutableBufferPointer<Double>, row: Int, into start: Int, first: Int,
    _ stream: inout RandomStream
  ) {
    guard number > 0 else { return }
    let base = row * settings
    var weight = 0.0
    for setting in 0..<settings { weight += weights[base + setting] }
    var left = number
    var last = first
    for turn in 0..<settings {
      let setting = turn == 0 ? first : (turn <= first ? turn - 1 : turn)
      let share = weights[base + setting]
      guard share > 0 else { continue }
      last = setting
      if share >= weight { break }
      if left <= Self.few {
        singly(left, weights, base: base, weight: weight, turn: turn, start: start, first: first, &stream)
        return
      }
      let taken = stream.binomial(trials: left, probability: share / weight)
      next[start + setting] += taken
      left -= taken
      if left <= 0 { return }
      weight -= share
    }
    next[start + last] += left
  }

  /// The number up to which each child is placed by itself: one uniform each is cheaper than a binomial each
  /// setting.
  private static let few = 6.0

  /// Places each child by itself in one of the settings from a turn on, whose weights sum to `weight`.
  @inline(__always)
  private func singly(
    _ number: Double, _ weights: UnsafeMutableBufferPointer<Double>, base: Int, weight: Double, turn: Int,
    start: Int, first: Int, _ stream: inout RandomStream
  ) {
    var left = number
    while left > 0 {
      left -= 1
      var rest = stream.uniform() * weight
      var chosen = first
      for later in turn..<settings {
        let setting = later == 0 ? first : (later <= first ? later - 1 : later)
        let share = weights[base + setting]
        guard share > 0 else { continue }
        chosen = setting
        rest -= share
        if rest <= 0 { break }
      }
      next[start + chosen] += 1
    }
  }
}
