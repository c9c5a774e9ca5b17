import Statistics
import TimeSeries

/// Carries children through one simulated future after another; its memory is taken once.
///
/// Time is continuous, in days. Each child holds an exponential draw of mean 1, which its hazards use up: when it is gone
/// the child moves or leaves. Constant hazards between the days on which anything changes make this exact, whatever those
/// days are, and let birthdays and levers change the hazards without a new draw.
struct CarePathSimulator {
  /// The most children in care at once in one future, and the most who come into one state.
  static let mostChildren = 1_000_000
  /// The most moves in one future: a lever may ask for rates at which a child moves every second.
  static let mostMoves = 10_000_000
  /// The mean length of the Gregorian year, by which children of unknown birthday age.
  static let year = 365.2425

  struct Child {
    var band: Int
    var category: Int
    /// When the child passes out of the band.
    var boundary: Double
    /// The time of birth of a child whose birthdays are not known.
    var birth: Double
    /// The position of a child whose birthdays are known, or -1.
    var known: Int
    /// What is left of the exponential draw.
    var patience: Double
    var stream: RandomStream
  }

  let forecast: PlacementForecast
  let layout: PlacementLayout
  let streams: CareStreams
  let categories: Int
  private let bandStarts: [Double]
  private let bandEnds: [Double]
  /// The day on which the known child i leaves band b, at i × bands + b.
  private let birthdays: [Double]
  private let openingBands: [Int]

  // Of the path that is simulated.
  private(set) var path = 0
  private var movesMade = 0
  private var drawn: CareRateValues
  var intensity: [Double]
  private var exits: [Double]
  private var moves: [Double]
  private var total: [Double]
  private var entryFactor: [Double]
  private var exitFactor: [Double]
  private var gaps: [Double]
  private var arrivalStreams: [RandomStream]
  private var arrived: [Int]
  var routed: [Int]
  var routeStreams: [RandomStream]
  var unexplainedArrivals = 0
  var children: [Child] = []
  var figures: [Double]

  init(_ forecast: PlacementForecast, layout: PlacementLayout, streams: CareStreams) {
    self.forecast = forecast
    self.layout = layout
    self.streams = streams
    let scheme = forecast.rates.scheme
    let hasAges = forecast.rates.hasAges
    categories = scheme.categories.count
    bandStarts = scheme.bands.map { Double($0.from) * Self.year }
    bandEnds = scheme.bands.map { hasAges ? Double($0.to) * Self.year : .infinity }
    var birthdays: [Double] = []
    var openingBands: [Int] = []
    for member in forecast.opening.members {
      switch member {
      case .born(let birth, _):
        for band in scheme.bands { birthdays.append(Double(birth.birthday(band.to).daysSinceEpoch)) }
        openingBands.append(scheme.band(ofAge: birth.completedYears(on: forecast.opening.date)) ?? 0)
      case .aged(let band, _):
        birthdays.append(contentsOf: repeatElement(0, count: scheme.bands.count))
        openingBands.append(band)
      }
    }
    self.birthdays = birthdays
    self.openingBands = openingBands
    drawn = forecast.rates.mean
    intensity = drawn.entries
    exits = drawn.exits
    moves = drawn.moves
    total = exits
    entryFactor = [Double](repeating: 1, count: layout.years)
    exitFactor = entryFactor
    gaps = intensity
    arrivalStreams = streams.arrivals
    arrived = [Int](repeating: 0, count: layout.states)
    routed = [Int](repeating: 0, count: forecast.levers.count)
    routeStreams = streams.routes
    children.reserveCapacity(2 * forecast.opening.members.count + 256)
    figures = [Double](repeating: 0, count: layout.figures)
  }

  /// Simulates a path and writes its figures; false when it would hold too many children.
  mutating func run(_ path: Int, into results: UnsafeMutableBufferPointer<Double>) -> Bool {
    self.path = path
    movesMade = 0
    for index in figures.indices { figures[index] = 0 }
    drawRates()
    open()
    var unexplained = streams.unexplained.path(UInt64(path))
    for epoch in forecast.timetable.epochs {
      if !epoch.keepsRates { setRates(epoch) }
      for route in epoch.routes where !take(route.lever, route.children, epoch) { return false }
      var index = 0
      let (start, end) = (Double(epoch.start), Double(epoch.end))
      while index < children.count {
        var child = children[index]
        if advance(&child, from: start, to: end, epoch) {
          children[index] = child
          index += 1
        } else {
          let last = children.removeLast()
          if index < children.count { children[index] = last }
        }
      }
      guard movesMade <= Self.mostMoves else { return false }
      guard arrive(epoch) else { return false }
      if epoch.closesYear, !forecast.unexplained.isEmpty {
        guard explain(epoch, &unexplained) else { return false }
      }
      if let census = epoch.census {
        for child in children {
          figures[layout.stock(census: census, state: child.band * categories + child.category)] += 1
        }
      }
    }
    for (figure, value) in figures.enumerated() { results[figure * layout.paths + path] = value }
    return true
  }

  // MARK: Rates

  private mutating func drawRates() {
    if forecast.drawsRates {
      var stream = streams.rates.path(UInt64(path))
      forecast.rates.draw(into: &drawn, from: &stream)
    }
    if forecast.variesByYear, let factors = forecast.yearlyFactors(path: path, streams: streams) {
      (entryFactor, exitFactor) = (factors.entries, factors.exits)
    }
  }

  private mutating func setRates(_ epoch: CareTimetable.Epoch) {
    for state in intensity.indices {
      let people = forecast.people(band: state / categories, year: epoch.calendarYear, path: path)
      intensity[state] = drawn.entries[state] * people * entryFactor[epoch.year]
      exits[state] = drawn.exits[state] * exitFactor[epoch.year]
    }
    for move in moves.indices { moves[move] = drawn.moves[move] }
    for index in epoch.levers {
      forecast.levers[index].apply(
        path: path, base: drawn.entries, categories: categories, entries: &intensity, exits: &exits,
        moves: &moves)
    }
    for state in total.indices {
      var sum = exits[state]
      for category in 0..<categories { sum += moves[state * categories + category] }
      total[state] = sum
    }
  }

  // MARK: Children

  private mutating func open() {
    children.removeAll(keepingCapacity: true)
    let start = Double(forecast.opening.date.daysSinceEpoch + 1)
    for (index, member) in forecast.opening.members.enumerated() {
      var stream = streams.children.path(CareStreams.path(path, index))
      let band = openingBands[index]
      switch member {
      case .born(_, let category):
        children.append(
          Child(
            band: band, category: category, boundary: boundary(band, known: index, birth: 0), birth: 0,
            known: index, patience: stream.exponential(), stream: stream))
      case .aged(_, let category):
        children.append(entrant(band, category, at: start, &stream))
      }
    }
    for state in gaps.indices {
      arrivalStreams[state] = streams.arrivals[state].path(UInt64(path))
      gaps[state] = arrivalStreams[state].exponential()
      arrived[state] = 0
    }
    for lever in routed.indices {
      routed[lever] = 0
      routeStreams[lever] = streams.routes[lever].path(UInt64(path))
    }
    unexplainedArrivals = 0
  }

  /// A child of a band whose age within it is not known, and so any.
  func entrant(_ band: Int, _ category: Int, at time: Double, _ stream: inout RandomStream) -> Child {
    let age =
      forecast.rates.hasAges ? bandStarts[band] + stream.uniform() * (bandEnds[band] - bandStarts[band]) : 0
    let birth = time - age
    return Child(
      band: band, category: category, boundary: boundary(band, known: -1, birth: birth), birth: birth,
      known: -1,
      patience: stream.exponential(), stream: stream)
  }

  @inline(__always)
  private func boundary(_ band: Int, known: Int, birth: Double) -> Double {
    if !forecast.rates.hasAges { return .infinity }
    return known >= 0 ? birthdays[known * bandEnds.count + band] : birth + bandEnds[band]
  }

  /// Carries a child through part of an epoch; false when care ends.
  @inline(__always)
  private mutating func advance(
    _ child: inout Child, from start: Double, to end: Double, _ epoch: CareTimetable.Epoch
  ) -> Bool {
    var time = start
    while true {
      // A birthday on the first day of the next epoch belongs to that: the child was in care at the end of this one.
      if time >= end || movesMade > Self.mostMoves { return true }
      if child.boundary <= time {
        guard child.band + 1 < bandEnds.count else {
          figures[layout.flow(.agedOut, year: epoch.year, category: child.category)] += 1
          figures[layout.flow(.ceased, year: epoch.year, category: child.category)] += 1
          return false
        }
        child.band += 1
        child.boundary = boundary(child.band, known: child.known, birth: child.birth)
        continue
      }
      let state = child.band * categories + child.category
      let limit = min(end, child.boundary)
      let used = total[state] * (limit - time)
      let account = layout.childDays(span: epoch.span, category: child.category)
      guard child.patience < used else {
        child.patience -= used
        figures[account] += limit - time
        time = limit
        continue
      }
      let stay = child.patience / total[state]
      figures[account] += stay
      time += stay
      child.patience = child.stream.exponential()
      var point = child.stream.uniform() * total[state] - exits[state]
      guard point >= 0 else {
        figures[layout.flow(.ceased, year: epoch.year, category: child.category)] += 1
        return false
      }
      var destination = child.category
      for category in 0..<categories {
        let rate = moves[state * categories + category]
        guard rate > 0 else { continue }
        destination = category
        if point < rate { break }
        point -= rate
      }
      move(&child, to: destination, epoch)
    }
  }

  @inline(__always)
  mutating func move(_ child: inout Child, to destination: Int, _ epoch: CareTimetable.Epoch) {
    figures[layout.flow(.movesOut, year: epoch.year, category: child.category)] += 1
    figures[layout.flow(.movesIn, year: epoch.year, category: destination)] += 1
    child.category = destination
    movesMade += 1
  }

  /// Adds a child who has come at a time and carries it to the end of the epoch; false when there are too many.
  private mutating func add(_ newcomer: Child, at time: Double, _ epoch: CareTimetable.Epoch) -> Bool {
    var child = newcomer
    guard children.count < Self.mostChildren else { return false }
    if advance(&child, from: time, to: Double(epoch.end), epoch) { children.append(child) }
    return true
  }

  /// Poisson arrivals within an epoch: each state's clock runs at its intensity.
  private mutating func arrive(_ epoch: CareTimetable.Epoch) -> Bool {
    for state in intensity.indices where intensity[state] > 0 {
      var time = Double(epoch.start)
      let end = Double(epoch.end)
      while true {
        let wait = gaps[state] / intensity[state]
        guard time + wait < end else {
          gaps[state] -= intensity[state] * (end - time)
          break
        }
        time += wait
        gaps[state] = arrivalStreams[state].exponential()
        let (band, category) = (state / categories, state % categories)
        guard arrived[state] < Self.mostChildren else { return false }
        var stream = streams.entrants[state].path(CareStreams.path(path, arrived[state]))
        arrived[state] += 1
        figures[layout.flow(.starts, year: epoch.year, category: category)] += 1
        guard add(entrant(band, category, at: time, &stream), at: time, epoch) else { return false }
      }
    }
    return true
  }
}
