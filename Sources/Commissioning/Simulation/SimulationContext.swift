import Forecasting
import Statistics
import TimeSeries

/// Everything that one run of a plan shares: what was known, what is assumed, the simulated futures, and a record of
/// what was used.
///
/// Services ask for series and assumptions through it, so that two services that use the same population or the same
/// inflation use the same simulated futures of it. One run belongs to one thread; the paths inside are drawn on many.
final class SimulationContext {
  let area: String
  let asOf: CivilDate
  let years: ClosedRange<FinancialYear>
  let draws: Int
  let seed: UInt64
  let policies: Policies

  private let jobs: Int
  private let known: Panel
  private let assumptions: [String: Assumption]
  private var drawnAssumptions: [String: Draws] = [:]
  private var cachedPaths: [PathsKey: SeriesPaths] = [:]
  private(set) var usedAssumptions: Set<String> = []
  private(set) var usedSeries: [Panel.Key: Series] = [:]
  private(set) var forecasts: [Panel.Key: String] = [:]

  private struct PathsKey: Hashable {
    let id: String
    let area: String?
  }

  init(
    definition: PlanDefinition, evidence: Panel, asOf: CivilDate, draws: Int, seed: UInt64, jobs: Int
  ) {
    area = definition.area
    self.asOf = asOf
    years = definition.years
    self.draws = draws
    self.seed = seed
    self.jobs = jobs
    known = evidence.known(asOf: asOf)
    policies = definition.policies.known(asOf: asOf)
    assumptions = Dictionary(
      definition.assumptions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Evidence

  /// A series as it was known on the plan's date; nil when nothing of it had been published.
  func series(_ id: String, area: String? = nil) -> Series? {
    let key = Panel.Key(id: id, area: area ?? self.area)
    guard let series = known[id, area: key.area], series.latest != nil else { return nil }
    usedSeries[key] = series
    return series
  }

  /// A series of which something must have been published.
  func requiredSeries(
    _ id: String, area: String? = nil, for service: String
  ) throws(CommissioningError) -> Series {
    guard let series = series(id, area: area) else {
      throw .nothingPublished(id: id, area: area ?? self.area, asOf: "\(asOf)", service: service)
    }
    return series
  }

  /// The published value of a series at a period, where there is one.
  func published(_ id: String, at period: Period) -> Double? {
    series(id)?.point(at: period)?.value
  }

  // MARK: Assumptions

  /// An assumption in every simulated future.
  func assumption(_ id: String, for service: String) throws(CommissioningError) -> Draws {
    if let drawn = drawnAssumptions[id] { return drawn }
    guard let assumption = assumptions[id] else {
      throw .unknownAssumption(id: id, service: service)
    }
    usedAssumptions.insert(id)
    let drawn = assumption.draws(draws, seed: seed)
    drawnAssumptions[id] = drawn
    return drawn
  }

  /// A uniform number for each simulated future, from a stream of its own.
  func uniform(_ name: String) -> Draws {
    let stream = RandomStream(seed: seed, name: name)
    return Draws(
      (0..<draws).map { path in
        var own = stream.path(UInt64(path))
        return own.uniform()
      })
  }

  /// Shares that scatter about given shares like a Dirichlet distribution of the given concentration.
  ///
  /// - Returns: one quantity for each share; they sum to one in every simulated future.
  func scattered(_ shares: [Double], concentration: Double, name: String) -> [Draws] {
    let stream = RandomStream(seed: seed, name: name)
    var columns = Array(repeating: [Double](repeating: 0, count: draws), count: shares.count)
    for path in 0..<draws {
      var own = stream.path(UInt64(path))
      var total = 0.0
      for (index, share) in shares.enumerated() {
        let value = share > 0 ? own.gamma(shape: concentration * share, scale: 1) : 0
        columns[index][path] = value
        total += value
      }
      for index in shares.indices { columns[index][path] /= total }
    }
    return columns.map(Draws.init)
  }

  // MARK: Forecasts

  /// A series carried to a period by the automatic choice of model.
  ///
  /// - Parameters:
  ///   - series: what is known; its id names the stream, so it must be unique in the plan.
  ///   - period: the last period wanted.
  ///   - fallback: the assumption about spread that holds the latest value when no model has enough observations;
  ///     without one such a series is refused.
  func paths(
    of series: Series, through period: Period, fallback: String? = nil, service: String
  ) throws(CommissioningError) -> SeriesPaths {
    let key = PathsKey(id: series.id, area: series.area)
    if let cached = cachedPaths[key] { return cached }
    guard let latest = series.latest, let value = latest.value,
      let horizon = latest.period.distance(to: period)
    else {
      throw .nothingPublished(
        id: series.id, area: series.area ?? area, asOf: "\(asOf)", service: service)
    }
    let stream = RandomStream(seed: seed, name: "series/\(series.area ?? "")/\(series.id)")
    let paths: SeriesPaths
    do {
      let choice = try Automatic().choose(try Sample(series))
      paths = SeriesPaths(
        choice.fitted, series: series, last: latest.period, horizon: max(0, horizon), draws: draws,
        stream: stream, jobs: jobs)
      forecasts[Panel.Key(id: series.id, area: series.area)] = choice.fitted.specification
    } catch {
      guard let fallback else { throw .forecast(service: service, reason: "\(error)") }
      let spread = try assumption(fallback, for: service)
      paths = SeriesPaths(
        holding: value, spread: spread, series: series, last: latest.period, horizon: horizon)
      forecasts[Panel.Key(id: series.id, area: series.area)] = "held, assumption \(fallback)"
    }
    cachedPaths[key] = paths
    return paths
  }

  /// A published series carried to a period.
  func paths(
    _ id: String, area: String? = nil, through period: Period, fallback: String? = nil, service: String
  ) throws(CommissioningError) -> SeriesPaths {
    try paths(
      of: try requiredSeries(id, area: area, for: service), through: period, fallback: fallback,
      service: service)
  }
}
