import Statistics
import TimeSeries

/// What is to be simulated: the children in care, the rates by which they come, move and leave, and what changes them.
public struct PlacementForecast: Sendable {
  /// The rates.
  public let rates: CareRates
  /// The children at the start.
  public let opening: CareOpening
  /// The last day.
  public let through: CivilDate
  let population: CarePopulation?
  let levers: [ResolvedLever]
  let timetable: CareTimetable
  /// Children whom published figures of past years leave unexplained, one number a year; empty where there are none.
  let unexplained: [Double]
  /// The number of simulated futures that the inputs hold, where they hold any.
  let inputFutures: Int?
  /// Whether a future's rates are drawn; otherwise every future has their means, and shows chance alone.
  public let drawsRates: Bool
  /// Whether the rates of a future differ from year to year as they did in the reference period, where that is known.
  public let variesByYear: Bool

  /// Checks a forecast.
  ///
  /// - Parameters:
  ///   - rates: the rates.
  ///   - opening: the children at the end of the day before the first.
  ///   - through: the last day.
  ///   - population: people by band for every calendar year of the forecast; needed where entries are per head.
  ///   - levers: changes to the rates, in the order in which they are made.
  ///   - dates: days at whose end children are counted, beside every 31 March.
  ///   - accountingDates: days from which child-days are counted apart, such as those on which a price changes in mid-year.
  ///   - drawsRates: whether the doubt about the rates is in the paths.
  ///   - variesByYear: whether the variation between years is in them too.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for another scheme, a population that is missing or not
  ///   wanted, dates outside the horizon, a lever that cannot be, inputs of different numbers of futures, or children in a
  ///   category of which the reference period has no exposure.
  public init(
    rates: CareRates, opening: CareOpening, through: CivilDate, population: CarePopulation? = nil,
    levers: [CareLever] = [], dates: [CivilDate] = [], accountingDates: [CivilDate] = [],
    drawsRates: Bool = true, variesByYear: Bool = true
  ) throws(CommissioningError) {
    try self.init(
      rates: rates, opening: opening, through: through, population: population, levers: levers, dates: dates,
      accountingDates: accountingDates, drawsRates: drawsRates, variesByYear: variesByYear, unexplained: [])
  }

  init(
    rates: CareRates, opening: CareOpening, through: CivilDate, population: CarePopulation?,
    levers: [CareLever], dates: [CivilDate], accountingDates: [CivilDate], drawsRates: Bool,
    variesByYear: Bool, unexplained: [Double]
  ) throws(CommissioningError) {
    let scheme = rates.scheme
    guard opening.scheme == scheme, population.map({ $0.scheme == scheme }) ?? true else {
      throw PlacementScheme.refusal("rates, children and population must have the same bands and categories")
    }
    guard rates.isPerHead == (population != nil) else {
      throw PlacementScheme.refusal(
        rates.isPerHead
          ? "entries are a rate per head; give the population of the forecast's years"
          : "entries are an absolute number a day, which no population can change; estimate them per head")
    }
    let first = opening.date.adding(days: 1)
    var resolved: [ResolvedLever] = []
    for lever in levers {
      resolved.append(try ResolvedLever(lever, rates: rates, from: first, through: through))
    }
    timetable = try CareTimetable(
      opening: opening.date, through: through, censuses: dates, accounting: accountingDates, levers: resolved)
    for (state, number) in opening.stock().enumerated() where number > 0 && !(rates.exits[state].mean > 0) {
      throw PlacementScheme.refusal(
        "\(plainText(number)) children are in \(scheme.categories[state % scheme.categories.count].id), where nobody was in "
          + "the reference period; lengthen it, or put the placements in another category")
    }
    var futures: [Int] = []
    if let population {
      for year in first.year...through.year {
        for band in scheme.bands.indices {
          if let count = try population.people(band: band, year: year).futures { futures.append(count) }
        }
      }
    }
    for lever in levers {
      if case .multiply(let draws) = lever.change, let count = draws.futures { futures.append(count) }
      if case .add(let draws) = lever.change, let count = draws.futures { futures.append(count) }
    }
    guard Set(futures).count <= 1 else {
      throw PlacementScheme.refusal(
        "populations and levers hold different numbers of simulated futures: "
          + Set(futures).sorted().map(String.init).joined(separator: ", "))
    }
    inputFutures = futures.first
    self.rates = rates
    self.opening = opening
    self.through = through
    self.population = population
    self.levers = resolved
    self.drawsRates = drawsRates
    self.variesByYear = variesByYear
    self.unexplained = unexplained
  }

  /// Simulates futures, each of its own random streams: the same seed gives the same bytes on any number of threads.
  ///
  /// Children and their numbered successors on each way into care keep their own streams, so that two forecasts that differ
  /// in a lever share their chance and differ by the lever.
  ///
  /// - Parameters:
  ///   - paths: how many, 1 to 1,000,000; those of the inputs where they hold simulated futures.
  ///   - seed: of the random streams.
  ///   - jobs: the most threads.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a number of futures that cannot be, or that differs from
  ///   that of populations or levers; or when a future has more than a million children or ten
  ///   million moves.
  public func simulate(paths: Int, seed: UInt64, jobs: Int = 1) throws(CommissioningError) -> PlacementPaths {
    guard (1...1_000_000).contains(paths) else {
      throw PlacementScheme.refusal("\(paths) futures are asked for; 1 to 1,000,000 are accepted")
    }
    if let inputFutures, inputFutures != paths {
      throw PlacementScheme.refusal(
        "\(paths) futures are asked for, and populations or levers hold \(inputFutures)")
    }
    let layout = PlacementLayout(scheme: rates.scheme, timetable: timetable, paths: paths)
    let streams = CareStreams(seed: seed, states: rates.scheme.stateCount, levers: levers.count)
    var isTooLarge = false
    let figures = [Double](unsafeUninitializedCapacity: layout.figures * paths) { buffer, count in
      buffer.initialize(repeating: 0)
      count = buffer.count
      nonisolated(unsafe) let shared = buffer
      // A flag for each block, so that no two threads write to one place.
      let blockSize = 16
      let flags = [Bool](unsafeUninitializedCapacity: (paths - 1) / blockSize + 1) { buffer, count in
        buffer.initialize(repeating: false)
        count = buffer.count
        nonisolated(unsafe) let flags = buffer
        concurrentBlocks(count: paths, blockSize: blockSize, jobs: jobs) { block in
          var simulator = CarePathSimulator(self, layout: layout, streams: streams)
          for path in block where !simulator.run(path, into: shared) {
            flags[block.lowerBound / blockSize] = true
          }
        }
      }
      isTooLarge = flags.contains(true)
    }
    guard !isTooLarge else {
      throw PlacementScheme.refusal(
        "a simulated future has more than \(CarePathSimulator.mostChildren) children or \(CarePathSimulator.mostMoves) moves; "
          + "look at the levers and rates"
      )
    }
    return PlacementPaths(forecast: self, layout: layout, figures: figures)
  }
}
