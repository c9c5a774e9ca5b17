import RealModule
import Statistics

/// The seasonal random walk: what was last seen at the same time of the year is the best guess.
///
/// Each time of the year has a random walk of its own from year to year, and all of them share one variance
/// (Hyndman and Athanasopoulos, 2021, section 5.2). Where years are missing between two values of one time of the year,
/// the change counts as one with as many times the variance, as in ``Naive``; where the latest is missing, the one before
/// it stands, and is the less sure for its age.
public struct SeasonalNaive: ForecastModel {
  /// The number of periods after which the season returns; nil takes it from the series.
  public let season: Int?
  /// The name of the model on the command line and in every output.
  public var specification: String { season.map { "seasonal-naive(\($0))" } ?? "seasonal-naive" }
  /// One sentence: what the model says about the future.
  public let summary = "the last value at the same time of the year stays"
  /// Fewer observations than this are refused: one for each season, and two changes.
  public var minimumObservations: Int { (season ?? 2) + 2 }

  /// A description of the model.
  ///
  /// - Parameter season: the number of periods after which the season returns, at least two; nil takes it from the
  ///   series.
  public init(season: Int? = nil) { self.season = season.map { min($0, Int.max - 2) } }

  /// Fits the model to a sample.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for a series without a season, or one of whose
  ///   seasons nothing is known, and ``ForecastingError/tooFewObservations(series:model:found:needed:)`` for fewer than a
  ///   season and two observations, which are two changes from one year to the next at the least.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    let length = try seasonLength(sample, given: season)
    guard sample.count >= length + 2 else {
      throw .tooFewObservations(
        series: sample.name, model: specification, found: sample.count, needed: length + 2)
    }
    return try FittedSeasonalRandomWalk(sample, specification: specification, season: length)
  }
}

extension SeasonalNaive {
  /// `seasonal-naive` and `seasonal-naive(12)`.
  static let family = ModelFamily(
    "seasonal-naive", usage: "seasonal-naive(SEASON)", summary: SeasonalNaive().summary,
    example: "seasonal-naive(4)"
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let isGiven = arguments.remaining > 0
    let season = try arguments.whole("season", in: 2...1000, default: 2)
    try arguments.finish()
    return SeasonalNaive(season: isGiven ? season : nil)
  }
}

extension ForecastModel {
  /// The length of the season: as given, or else that of the series; refused where neither has one.
  func seasonLength(_ sample: Sample, given: Int?) throws(ForecastingError) -> Int {
    let length = given ?? sample.season
    guard length >= 2 else {
      throw .unsuitable(
        series: sample.name, model: specification,
        problem: "needs a series with a season, such as one of months or quarters, and this one has none; "
          + "choose a model without a season, or give a length of two periods or more in parentheses")
    }
    return length
  }
}

/// As many random walks as the year has seasons, with one variance.
struct FittedSeasonalRandomWalk: FittedModel {
  let specification: String
  let sample: Sample
  /// One-step errors of every observation that has an earlier one in its season.
  let residuals: [Double]
  let parameterCount = 1
  let residualPositions: [Int]
  private let season: Int
  /// The position and the value of the last observation of each season.
  private let latest: [(position: Int, value: Double)]
  private let variance: ErrorVariance

  init(_ sample: Sample, specification: String, season: Int) throws(ForecastingError) {
    self.specification = specification
    self.sample = sample
    self.season = season
    var latest = [(position: Int, value: Double)?](repeating: nil, count: season)
    var errors: [Double] = []
    var places: [Int] = []
    var sumOfLogs = 0.0
    for (position, value) in zip(sample.positions, sample.values) {
      let place = position % season
      if let before = latest[place] {
        let years = Double((position - before.position) / season)
        errors.append((value - before.value) / years.squareRoot())
        places.append(position)
        sumOfLogs += Double.log(years)
      }
      latest[place] = (position, value)
    }
    let known = latest.compactMap(\.self)
    guard known.count == season else {
      throw .unsuitable(
        series: sample.name, model: specification,
        problem:
          "needs a value for each of \(season) seasons, and \(season - known.count) of them were never "
          + "observed; supply missing periods, or choose naive")
    }
    self.latest = known
    residualPositions = places
    // As in the random walk: divided by deviations whose product is one.
    let unit = Double.exp(sumOfLogs / Double(errors.count) / 2)
    residuals = errors.map { $0 * unit }
    variance = ErrorVariance(
      sumOfSquares: errors.reduce(0) { $0 + $1 * $1 }, degreesOfFreedom: errors.count,
      floor: sample.roundingVariance)
  }

  var parameters: [FittedParameter] { [FittedParameter("sigma", variance.estimate.squareRoot())] }

  private var end: Int { sample.positions[sample.count - 1] }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let (position, value) = latest[(end + step) % season]
    return try variance.predictive(
      location: value, varianceFactor: Double((end + step - position) / season), of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    for index in path.indices {
      let target = end + index + 1
      // The first value of a season starts from what was observed, later ones from the path itself.
      let isFirst = index < season
      let (position, value) = latest[target % season]
      let years = isFirst ? Double((target - position) / season) : 1
      path[index] = (isFirst ? value : path[index - season]) + sigma * years.squareRoot() * stream.normal()
    }
  }
}
