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
  /// What the plan's levers do to the flows of its services.
  let flows: FlowChanges

  /// Whether what can be passed over is gathered in ``found``, so that one run finds all that is wrong.
  private let surveys: Bool
  /// What a survey has found.
  private(set) var found: [CommissioningError] = []

  /// The most threads.
  let jobs: Int
  /// Every published series, whenever it was published.
  let evidence: Panel
  private let known: Panel
  private let assumptions: [String: Assumption]
  private let populationAssumption: String?
  private var drawnAssumptions: [String: Draws] = [:]
  private var cachedPaths: [Panel.Key: SeriesPaths] = [:]
  /// Joins the futures of the series as their errors have gone together.
  private var joint: JointPaths
  /// The assumption by which a series is held, where one is.
  private var heldBy: [Panel.Key: String] = [:]
  private(set) var usedAssumptions: Set<String> = []
  private(set) var usedSeries: [Panel.Key: Series] = [:]
  private(set) var forecasts: [Panel.Key: String] = [:]

  init(
    definition: PlanDefinition, evidence: Panel, asOf: CivilDate, draws: Int, seed: UInt64, jobs: Int,
    surveys: Bool = false, measures: PlanSimulator.Options.Measures? = nil
  ) throws(CommissioningError) {
    self.surveys = surveys
    area = definition.area
    self.asOf = asOf
    years = definition.years
    self.draws = draws
    joint = try JointPaths(draws: draws)
    self.seed = seed
    self.jobs = jobs
    self.evidence = evidence
    known = evidence.known(asOf: asOf)
    policies = definition.policies.known(asOf: asOf)
    var assumptions: [String: Assumption] = [:]
    for assumption in definition.assumptions {
      guard assumptions.updateValue(assumption, forKey: assumption.id) == nil else {
        throw .invalidAssumption(id: assumption.id, reason: "it is defined twice; keep one of them")
      }
    }
    self.assumptions = assumptions
    populationAssumption = definition.populationBeyondEstimates
    // What is over cannot be changed: a lever without a first year acts from the first year that is not.
    let begins = max(definition.years.lowerBound, FinancialYear(containing: asOf.adding(days: 1)))
    flows = try FlowChanges(
      levers: definition.levers, register: definition.mitigations,
      mode: measures?.mode ?? definition.mitigationMode, including: measures?.ids,
      years: min(begins, definition.years.upperBound)...definition.years.upperBound,
      draws: draws, seed: seed)
  }

  /// The years of the plan, in order.
  var allYears: [FinancialYear] {
    (years.lowerBound.start...years.upperBound.start).map { FinancialYear($0) }
  }

  /// Throws what is wrong, or only remembers it when the run is a survey and can go on without.
  func refuse(_ error: CommissioningError) throws(CommissioningError) {
    guard surveys else { throw error }
    remember(error)
  }

  /// Adds to what a survey has found.
  func remember(_ error: CommissioningError) {
    if !found.contains(error) { found.append(error) }
  }

  /// The uncertain numbers drawn so far, by name: ranges of assumptions, then forecasts of series by their last step.
  var drivers: [PlanDriver] {
    let ranges = drawnAssumptions.sorted { $0.key < $1.key }.filter { $0.value.knownValue == nil }
      .map { PlanDriver(id: $0.key, kind: .assumption, draws: $0.value) }
    let forecasts = cachedPaths.values.sorted { $0.series.id < $1.series.id }.compactMap { paths in
      paths.isHeld ? nil : paths.last.map { PlanDriver(id: paths.series.id, kind: .series, draws: $0) }
    }
    return ranges + forecasts
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
      let area = area ?? self.area
      guard evidence[id, area: area] != nil else {
        throw .unknownSeries(id: id, area: area, service: service)
      }
      throw .nothingPublished(id: id, area: area, asOf: "\(asOf)", service: service)
    }
    return series
  }

  // MARK: Assumptions

  /// What populations beyond their last estimate are multiplied by.
  func populationBeyondEstimates(for service: String) throws(CommissioningError) -> Draws {
    guard let populationAssumption else { return Draws(1) }
    return try assumption(populationAssumption, .divisor, for: service)
  }

  /// An assumption in every simulated future, all of whose values must be fit for what it is used for.
  func assumption(
    _ id: String, _ role: AssumptionRole = .number, for service: String
  ) throws(CommissioningError) -> Draws {
    guard let assumption = assumptions[id] else {
      throw .unknownAssumption(id: id, service: service)
    }
    usedAssumptions.insert(id)
    do throws(CommissioningError) {
      try role.check(assumption, service: service)
    } catch {
      try refuse(error)
      return Draws(role.standIn)
    }
    if let drawn = drawnAssumptions[id] { return drawn }
    let drawn = assumption.draws(draws, seed: seed)
    drawnAssumptions[id] = drawn
    return drawn
  }

  /// In every simulated future, whether something of the given probability happens: 1 or 0, from a stream of its own.
  func occurs(_ probability: Draws, name: String) -> Draws {
    if let certain = probability.knownValue, certain <= 0 || certain >= 1 { return Draws(certain) }
    let stream = RandomStream(seed: seed, name: name)
    let uniform = Draws(
      (0..<draws).map { path in
        var own = stream.path(UInt64(path))
        return own.uniform()
      })
    return uniform.combined(probability) { $0 < $1 ? 1 : 0 }
  }

  /// Shares that scatter about given shares like a Dirichlet distribution of the given concentration.
  ///
  /// - Returns: one quantity for each share; they sum to one in every simulated future.
  func scattered(_ shares: [Double], concentration: Draws, name: String) -> [Draws] {
    let positive = shares.indices.filter { shares[$0] > 0 }
    // What is all in one place cannot scatter.
    if positive.count <= 1 { return shares.map { Draws($0 > 0 ? 1 : 0) } }
    let stream = RandomStream(seed: seed, name: name)
    var columns = Array(repeating: [Double](repeating: 0, count: draws), count: shares.count)
    var weights = [Double](repeating: 0, count: positive.count)
    var drawn = [Double](repeating: 0, count: positive.count)
    for path in 0..<draws {
      var own = stream.path(UInt64(path))
      let around = concentration[path] ?? .nan
      for (place, index) in positive.enumerated() { weights[place] = around * shares[index] }
      weights.withUnsafeBufferPointer { weights in
        drawn.withUnsafeMutableBufferPointer { own.dirichlet(weights, into: $0) }
      }
      for (place, index) in positive.enumerated() { columns[index][path] = drawn[place] }
    }
    return columns.map { Draws($0) }
  }

  // MARK: Forecasts

  /// A yearly series carried to the end of the plan by the automatic forecaster.
  ///
  /// The model learns from what was published since the last break that is marked. Every service that asks for a
  /// series is given the same futures of it.
  ///
  /// - Parameters:
  ///   - series: what is known; its id names the stream, so it must be unique in the plan.
  ///   - comparators: the same measure of other areas, whose movement lends strength; see ``PooledTrend``.
  ///   - counts: the published series behind a rate that is computed, under which the model is reported.
  ///   - example: a period of the kind that the service will ask for.
  ///   - fallback: the assumption about spread that holds the latest value when no model has enough observations;
  ///     without one such a series is refused.
  func paths(
    of series: Series, among comparators: [Series] = [], countedBy counts: Series? = nil,
    like example: Period? = nil,
    fallback: String? = nil, service: String
  ) throws(CommissioningError) -> SeriesPaths {
    if let example { try requireKind(of: series, like: example, for: service) }
    let key = Panel.Key(id: series.id, area: series.area)
    if let cached = cachedPaths[key] {
      // Every service sees the same futures of a series, so that they cannot hold it by different assumptions.
      guard !cached.isHeld || heldBy[key] == fallback else {
        throw .invalid(
          service: service,
          reason: "\"\(series.id)\" is too short for any model and another service holds it by "
            + "\"\(heldBy[key] ?? "")\"; name the same assumption, or give the series another name here")
      }
      return cached
    }
    let segment = series.segmentSinceLastBreak
    guard let latest = segment.latest, let value = latest.value else {
      throw .forecast(
        service: service,
        reason: "\"\(series.id)\" has no figure"
          + (series.latest == nil ? "" : " since its last break; supply one, or unmark the break"))
    }
    guard latest.period.frequency == .yearly, latest.period.end != nil else {
      throw .invalid(
        service: service,
        reason: "\"\(series.id)\" is of periods such as \(latest.period.label), and yearly figures are needed"
      )
    }
    let paths = try carry(
      series, segment: segment, among: comparators, latest: latest.period, value: value,
      reportedAs: counts ?? series, fallback: fallback, service: service)
    cachedPaths[key] = paths
    if paths.isHeld { heldBy[key] = fallback }
    return paths
  }

  private func carry(
    _ series: Series, segment: Series, among comparators: [Series], latest: Period, value: Double,
    reportedAs reported: Series, fallback: String?, service: String
  ) throws(CommissioningError) -> SeriesPaths {
    var horizon = 0
    while let end = latest.advanced(by: horizon + 1).end, end <= years.upperBound.lastDay { horizon += 1 }
    guard horizon > 0 else { return SeriesPaths(published: series, last: latest) }
    let reportKey = Panel.Key(id: reported.id, area: reported.area)
    let sample: Sample
    do {
      sample = try Sample(segment)
    } catch {
      throw .forecast(service: service, reason: "\(error)")
    }
    let model: any FittedModel
    do throws(ForecastingError) {
      let fitted = try Self.fit(sample, among: comparators, horizon: horizon)
      forecasts[reportKey] = fitted.specification
      model = fitted
    } catch {
      // Only a series that is too short is held; any other failure is the series' own, and is said.
      guard let fallback, case .tooFewObservations = error else {
        throw .forecast(service: service, reason: "\(error)")
      }
      guard value != 0 else {
        throw .forecast(
          service: service,
          reason: "\(error); and a value of zero cannot be held, because a multiple of zero has no spread")
      }
      let spread = try assumption(fallback, .amount, for: service)
      forecasts[reportKey] = "held, assumption \(fallback)"
      return SeriesPaths(holding: value, spread: spread, series: series, last: latest, horizon: horizon)
    }
    let name = "series/\(series.area ?? "")/\(series.id)"
    return try SeriesPaths(
      model, series: series, last: latest, horizon: horizon, draws: draws,
      stream: RandomStream(seed: seed, name: name), jobs: jobs
    ) { paths throws(CommissioningError) in
      try joint.join(name, paths: paths, residuals: Self.errors(of: model))
    }
  }

  /// The one-step errors of a model by the period they were made for.
  private static func errors(of model: any FittedModel) -> [Period: Double] {
    guard let first = model.sample.firstPeriod else { return [:] }
    return Dictionary(
      zip(model.residualPositions, model.residuals).map { (first.advanced(by: $0), $1) },
      uniquingKeysWith: { $1 })
  }

  /// What a reader must know of how the futures of the series go together.
  var remarks: [String] {
    let apart = joint.joined.filter { $0.independence != nil && $0.independence != .first }.count
    let together = joint.joined.contains { $0.independence == nil }
    var remarks = together ? Array(joint.remarks.prefix(1)) : []
    if apart > 0 {
      let series = "\(apart)\(together ? " other" : "") series"
      remarks.append(
        "the futures of \(series) are independent of those before them: their errors share too few years, or go together "
          + "no more than chance would make them")
    }
    return remarks
  }

  /// Fits a series together with the same measure of other areas where there are enough of them, and by itself
  /// otherwise.
  private static func fit(
    _ sample: Sample, among comparators: [Series], horizon: Int
  ) throws(ForecastingError) -> any FittedModel {
    var pool = [sample]
    for series in comparators {
      // What cannot be a sample says nothing about others.
      if let other = try? Sample(series.segmentSinceLastBreak) { pool.append(other) }
    }
    if pool.count > 1, let own = Automatic().learn(from: pool, horizon: horizon).first {
      let fitted = try own.get()
      if fitted.specification != Automatic().specification { return fitted }
    }
    // Alone, a plan prefers its author's assumption to the forecaster's own about figures that show no movement yet.
    guard sample.count >= Automatic.fewestTellingObservations else {
      throw .tooFewObservations(
        series: sample.name, model: Automatic().specification, found: sample.count,
        needed: Automatic.fewestTellingObservations)
    }
    return try Automatic().learn(from: sample)
  }

  /// A published series carried to the end of the plan, together with the same series of other areas.
  func paths(
    _ id: String, like example: Period, fallback: String? = nil, service: String
  ) throws(CommissioningError) -> SeriesPaths {
    let series = try requiredSeries(id, for: service)
    return try paths(
      of: series, among: comparators(of: series), like: example, fallback: fallback, service: service)
  }

  /// A series of another area as it was known, which does not enter the account of what the plan used.
  func series(_ id: String, ofOther area: String?) -> Series? { known[id, area: area] }

  /// The same series of every other area that the workspace holds, as known on the plan's date.
  func comparators(of series: Series) -> [Series] {
    known.filter { other in
      other.id == series.id && other.area != series.area && other.latest != nil
        && other.measure.unit == series.measure.unit
    }
  }
}
