import RealModule
import Statistics

extension CohortRates {
  /// Runs a cohort forward, in whole children, in many simulated futures.
  ///
  /// Each future draws its own rates by age and setting, its own years around them, and the chance of every
  /// count: Poisson requests, binomial decisions and ceasing, multinomial placements and moves. Nothing is
  /// allocated for a path, and a path's numbers depend on the seed, the service's name and the path alone.
  ///
  /// - Parameters:
  ///   - opening: Plans by age and setting at the January census of the first year: whole counts.
  ///   - firstYear: The first calendar year.
  ///   - population: For each calendar year, the people of each age that its new plans come from.
  ///   - levers: Changes to the flows; none for the baseline.
  ///   - requestTrend: A lasting, fading change of requests per head.
  ///   - ceasingTrend: The same of ceasing.
  ///   - paths: The number of simulated futures, 1 or more.
  ///   - seed: The seed; the same gives the same bytes, on any number of threads.
  ///   - jobs: The most threads to use.
  ///   - service: Who asks, for errors and for the names of the random streams.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a stock or population that cannot be, a
  ///   change that cannot be made, or one that leaves children with no setting to go to.
  public func forward(
    opening: [Double], firstYear: Int, population: [[Draws]], levers: [CohortLever] = [],
    requestTrend: RateTrend = .none, ceasingTrend: RateTrend = .none, paths: Int, seed: UInt64, jobs: Int = 1,
    service: String
  ) throws(CommissioningError) -> CohortOutcome {
    let horizon = population.count
    try shape.requireCounts(opening, service: service, what: "plans at January \(firstYear)")
    if let part = opening.first(where: { $0 != $0.rounded() }) {
      throw .invalid(
        service: service,
        reason:
          "plans at January \(firstYear): \(plainText(part)) is not a whole count; children cannot be split")
    }
    // What is kept of each path and year: bounded, so that no run fills the machine.
    let kept = Double(shape.settings.count + 2) * Double(shape.groups.count) + 2
    guard (1...FlowTable.mostPaths).contains(paths), kept * Double(horizon) * Double(paths) <= 2.5e8,
      (1...255).contains(horizon),
      (1...9000).contains(firstYear)
    else {
      throw .invalid(
        service: service,
        reason:
          "\(paths) simulated futures of \(horizon) years from \(firstYear) cannot be run; give at least one "
          + "future (and no more than memory holds), and the population of 1 to 255 years")
    }
    for (name, trend) in [("requests", requestTrend), ("ceasing", ceasingTrend)] {
      guard trend.perYear.isFinite, trend.standardError >= 0, trend.standardError.isFinite,
        (0...1).contains(trend.damping)
      else {
        throw .invalid(
          service: service,
          reason:
            "the trend of \(name) is \(trend.perYear) ± \(trend.standardError), damped by "
            + "\(trend.damping); give numbers, an error of 0 or more and a damping from 0 to 1")
      }
    }
    for lever in levers
    where lever.years.upperBound < firstYear || lever.years.lowerBound >= firstYear + horizon {
      throw .invalid(
        service: service,
        reason:
          "a change is given for \(lever.years.lowerBound) to \(lever.years.upperBound), and the cohort "
          + "runs from \(firstYear) to \(firstYear + horizon - 1)")
    }
    var people: [[CohortYearLevers.Values]] = []
    var years: [CohortYearLevers] = []
    for step in 0..<horizon {
      people.append(try self.people(population[step], year: firstYear + step, paths: paths, service: service))
      years.append(
        try CohortYearLevers(levers, year: firstYear + step, rates: self, paths: paths, service: service))
      try requireSomewhere(years[step], year: firstYear + step, service: service)
    }
    let run = CohortRun(
      rates: self, opening: opening, people: people, years: years, requestTrend: requestTrend,
      ceasingTrend: ceasingTrend, paths: paths, seed: seed, service: service)
    return try run.outcome(firstYear: firstYear, jobs: jobs, service: service)
  }

  private func people(
    _ draws: [Draws], year: Int, paths: Int, service: String
  ) throws(CommissioningError) -> [CohortYearLevers.Values] {
    guard draws.count == shape.ages.count else {
      throw .invalid(
        service: service,
        reason: "the population of \(year) has \(draws.count) ages, and the cohort \(shape.ages.count)")
    }
    var result: [CohortYearLevers.Values] = []
    for (place, draw) in draws.enumerated() {
      let what = "the population aged \(shape.ages.lowerBound + place) in \(year)"
      result.append(
        CohortYearLevers.Values(
          values: try FlowTable.counts(
            draw, paths: draw.knownValue == nil ? paths : 1, service: service, what: what)))
    }
    return result
  }

  /// Refuses changes that leave those of an age and setting, or new plans of an age, with no setting to go
  /// to.
  private func requireSomewhere(
    _ levers: CohortYearLevers, year: Int, service: String
  ) throws(CommissioningError) {
    guard levers.changesRates else { return }
    var draw = CohortDraw(shape)
    defer { draw.deallocate() }
    for cell in draw.moves.indices { draw.moves[cell] = moves.mean[cell] }
    for cell in draw.placement.indices { draw.placement[cell] = placement.mean[cell] }
    draw.year(oddsFactor: 1, levers, path: 0)
    let settings = shape.settings.count
    func row(_ table: UnsafeMutableBufferPointer<Double>, _ row: Int) -> Double {
      table[row * settings..<(row + 1) * settings].reduce(0, +)
    }
    for cell in 0..<(shape.ages.count - 1) * settings where row(draw.yearMoves, cell) <= 0 {
      throw .invalid(
        service: service,
        reason: "the changes of \(year) leave those aged \(shape.ages.lowerBound + cell / settings) in "
          + "\(shape.settings[cell % settings].name) no setting to go to; leave one open that some have "
          + "moved to")
    }
    for place in 0..<shape.ages.count where row(draw.yearPlacement, place) <= 0 {
      throw .invalid(
        service: service,
        reason:
          "the changes of \(year) leave new plans aged \(shape.ages.lowerBound + place) no setting; leave "
          + "one open that some have been placed in")
    }
  }
}

/// A run of a cohort, ready to go.
struct CohortRun: Sendable {
  let rates: CohortRates
  let opening: [Double]
  let people: [[CohortYearLevers.Values]]
  let years: [CohortYearLevers]
  let requestTrend: RateTrend
  let ceasingTrend: RateTrend
  let paths: Int
  let parameters: RandomStream
  let yearly: RandomStream
  let process: RandomStream

  init(
    rates: CohortRates, opening: [Double], people: [[CohortYearLevers.Values]], years: [CohortYearLevers],
    requestTrend: RateTrend, ceasingTrend: RateTrend, paths: Int, seed: UInt64, service: String
  ) {
    self.rates = rates
    self.opening = opening
    self.people = people
    self.years = years
    self.requestTrend = requestTrend
    self.ceasingTrend = ceasingTrend
    self.paths = paths
    parameters = RandomStream(seed: seed, name: "\(service): cohort: rates")
    yearly = RandomStream(seed: seed, name: "\(service): cohort: years")
    process = RandomStream(seed: seed, name: "\(service): cohort: children")
  }

  /// Runs one path and calls `record` after every year.
  func path(
    _ path: Int, _ draw: inout CohortDraw, _ state: inout CohortStep,
    record: (Int, borrowing CohortStep) -> Void
  ) {
    var chance = parameters.path(UInt64(path))
    draw.draw(rates, &chance)
    let assessedLevel = rates.assessed?.level(&chance)
    let issuedLevel = rates.issued?.level(&chance)
    let transferLevel = rates.transfers.level(&chance)
    let requestSlope = requestTrend.perYear + requestTrend.standardError * chance.normal()
    let ceasingSlope = ceasingTrend.perYear + ceasingTrend.standardError * chance.normal()
    var luck = yearly.path(UInt64(path))
    for cell in opening.indices { state.stock[cell] = opening[cell] }
    var requestTrend = 0.0
    var ceasingTrend = 0.0
    var requestFade = 1.0
    var ceasingFade = 1.0
    var growth = 1.0
    for step in years.indices {
      let levers = years[step]
      requestTrend += requestSlope * requestFade
      ceasingTrend += ceasingSlope * ceasingFade
      requestFade *= self.requestTrend.damping
      ceasingFade *= self.ceasingTrend.damping
      let requestLuck = luck.normal() * rates.requestYears
      let ceasingLuck = luck.normal() * rates.ceasingYears
      var assessed = assessedLevel.map { rates.assessed?.year(around: $0, &luck) ?? $0 } ?? 1
      var issued = issuedLevel.map { rates.issued?.year(around: $0, &luck) ?? $0 } ?? 1
      var transfers = rates.transfers.year(around: transferLevel, &luck)
      for lever in levers.growth { growth *= max(1 + lever.at(path), 0) }
      for lever in levers.assessed { assessed = held(assessed, lever, path, &draw) }
      for lever in levers.issued { issued = held(issued, lever, path, &draw) }
      for lever in levers.transfers {
        let whole = state.stock.reduce(0, +)
        transfers = transfers * lever.factor.at(path) + (whole > 0 ? lever.addition.at(path) / whole : 0)
      }
      draw.year(oddsFactor: Double.exp(ceasingTrend + ceasingLuck), levers, path: path)
      let people = people[step]
      let base = UInt64(path) &* 16_384 &+ UInt64(step) &* 64
      state.run(
        draw, levers,
        CohortStep.Year(
          assessed: assessed, issued: issued, transfers: transfers,
          requestFactor: growth * Double.exp(requestTrend + requestLuck)),
        path: path, people: { people[$0].at(path) }, stream: { process.path(base &+ UInt64($0)) })
      record(step, state)
    }
  }

  private func held(
    _ share: Double, _ lever: CohortYearLevers.Share, _ path: Int, _ draw: inout CohortDraw
  ) -> Double {
    let changed = share * lever.factor.at(path) + lever.addition.at(path)
    if !(0...1).contains(changed) { draw.held += 1 }
    return min(max(changed, 0), 1)
  }
}
