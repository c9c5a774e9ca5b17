import RealModule
import Statistics

/// The smoothing of Holt (1957) and Winters (1960) as it is done by hand and by R's `HoltWinters`: start values read off
/// the first cycles, and weights with the least sum of squared one-step errors.
///
/// ``ETS`` estimates its start and has a likelihood; this is the method that many spreadsheets and reports follow, to be
/// compared with them. Its season takes up the value over the new level, and not over the old one as ``ETS`` does.
public struct HoltWinters: ForecastModel {
  /// How the season enters.
  public let season: ETSForm.Season
  /// Whether there is a trend; without one and without a season it is simple exponential smoothing.
  public let hasTrend: Bool
  /// The number of periods after which the season returns; nil is that of the sample.
  public let period: Int?
  /// Weights that are given: alpha, beta, gamma from 0 to 1, of the method's own recursion.
  public let fixed: ETS.Fixed

  /// Describes the method; weights that are not given are found by least squares.
  public init(
    season: ETSForm.Season, hasTrend: Bool = true, period: Int? = nil, fixed: ETS.Fixed = ETS.Fixed()
  ) {
    self.season = season
    self.hasTrend = hasTrend
    self.period = period
    self.fixed = fixed
  }

  private static let seasonWords: [(word: String, value: ETSForm.Season)] = [
    ("additive", .additive), ("multiplicative", .multiplicative), ("none", .none),
  ]

  /// The name of the model on the command line and in every output, options and all.
  public var specification: String {
    var parts = [Self.seasonWords.first { $0.value == season }?.word ?? "none"]
    if !hasTrend { parts.append("trend=no") }
    for (name, value) in [("alpha", fixed.alpha), ("beta", fixed.beta), ("gamma", fixed.gamma)] {
      if let value { parts.append("\(name)=\(NumberText.plain(value))") }
    }
    return "holt-winters(\(parts.joined(separator: ",")))" + (period.map(String.init) ?? "")
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    let base =
      hasTrend
      ? "a level and a trend that follow recent values go on" : "a level that follows recent values stays"
    switch season {
    case .none: return base + ", from the first values on (Holt)"
    case .additive: return base + ", with a season that adds to it (Holt and Winters)"
    case .multiplicative: return base + ", with a season in proportion to it (Holt and Winters)"
    }
  }

  /// Fewer observations than this are refused: with a season three cycles, of which two are the start.
  public var minimumObservations: Int {
    season == .none ? (hasTrend ? 6 : 4) : max(3 * (period ?? 2), 6)
  }

  /// As measured where the season multiplies; otherwise the scale of the unit.
  public var scaleChoice: ScaleChoice { season == .multiplicative ? .natural : .unit }

  /// Fits the model to a sample.
  ///
  /// - Throws: ``ForecastingError`` for a sample with gaps, too few observations, no season where one is asked for, or
  ///   values that are not above zero where the season multiplies.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    try requireConsecutive(sample)
    let period = season == .none ? 0 : period ?? sample.season
    func unsuitable(_ problem: String) -> ForecastingError {
      .unsuitable(series: sample.name, model: specification, problem: problem)
    }
    if season != .none {
      guard period >= 2 else {
        throw unsuitable(
          "needs a season and the series has none; write holt-winters(none), or the number of periods in a "
            + "season after the parenthesis, as in holt-winters(additive)12")
      }
      guard sample.count >= 3 * period else {
        throw .tooFewObservations(
          series: sample.name, model: specification, found: sample.count, needed: 3 * period)
      }
      if season == .multiplicative, let index = sample.values.firstIndex(where: { !($0 > 0) }) {
        throw unsuitable(
          "multiplies, which needs values above zero, and there is \(NumberText.plain(sample.values[index])) at "
            + "\(sample.labels[index]); choose holt-winters(additive)")
      }
    }
    for (name, value) in [("alpha", fixed.alpha), ("beta", fixed.beta), ("gamma", fixed.gamma)] {
      if let value, !(value >= 0 && value <= 1) {
        throw unsuitable("cannot keep \(name) at \(NumberText.plain(value)); give a number from 0 to 1")
      }
    }
    let recursion = HoltWintersRecursion(
      values: sample.values, season: season, hasTrend: hasTrend,
      start: HoltWintersRecursion.start(
        sample.values, season: season, hasTrend: hasTrend, period: period))
    guard let found = leastSquares(recursion) else {
      throw .numerical(series: sample.name, model: specification, reason: "no weights fit the values")
    }
    return FittedHoltWinters(model: self, sample: sample, recursion: recursion, weights: found)
  }

  /// The weights with the least sum of squares, from several points of the unit cube; nil where none has one.
  private func leastSquares(_ recursion: HoltWintersRecursion) -> SmoothingWeights? {
    var weights = SmoothingWeights(alpha: fixed.alpha ?? 0, beta: fixed.beta ?? 0, gamma: fixed.gamma ?? 0)
    var free: [WritableKeyPath<SmoothingWeights, Double>] = []
    if fixed.alpha == nil { free.append(\.alpha) }
    if hasTrend && fixed.beta == nil { free.append(\.beta) }
    if season != .none && fixed.gamma == nil { free.append(\.gamma) }
    guard !free.isEmpty else { return recursion.run(weights) == nil ? nil : weights }
    var best: (value: Double, weights: SmoothingWeights)?
    for seed in Self.seeds {
      let minimum = try? QuasiNewton().minimise(
        from: free.map { seed[keyPath: $0] }, lower: free.map { _ in 0 }, upper: free.map { _ in 1 }
      ) { point in
        for (index, path) in free.enumerated() { weights[keyPath: path] = point[index] }
        guard let run = recursion.run(weights) else { return .infinity }
        return Double.log(max(run.sumOfSquares, .leastNormalMagnitude))
      }
      guard let minimum, minimum.value < best?.value ?? .infinity else { continue }
      for (index, path) in free.enumerated() { weights[keyPath: path] = minimum.point[index] }
      best = (minimum.value, weights)
    }
    return best?.weights
  }

  /// Where the search begins: R's own point, and others, because the sum of squares has several valleys.
  private static let seeds = [
    SmoothingWeights(alpha: 0.3, beta: 0.1, gamma: 0.1), SmoothingWeights(alpha: 0.8, beta: 0.1, gamma: 0.5),
    SmoothingWeights(alpha: 0.1, beta: 0.5, gamma: 0.8), SmoothingWeights(alpha: 0.95, beta: 0.9, gamma: 0.1),
  ]
}

extension HoltWinters {
  /// How a specification names the method: `holt-winters(additive)12`.
  static let family = ModelFamily(
    "holt-winters",
    usage: "holt-winters(additive|multiplicative|none, trend=yes|no, alpha=X, beta=X, gamma=X)SEASON",
    summary: "level, trend and season smoothed with start values from the first cycles, by least squares",
    example: "holt-winters(none)", takesSeason: true
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let season = try arguments.choice("season", among: seasonWords)
    let hasTrend = try arguments.choice(
      "trend", among: [("yes", true), ("no", false)], default: true, byPlace: false)
    let fixed = ETS.Fixed(
      alpha: try arguments.number("alpha", in: 0...1, byPlace: false),
      beta: try arguments.number("beta", in: 0...1, byPlace: false),
      gamma: try arguments.number("gamma", in: 0...1, byPlace: false))
    try arguments.finish()
    try ETS.refuse("beta", unless: hasTrend, "beta belongs to trend=yes", expression)
    try ETS.refuse(
      "gamma", unless: season != .none, "gamma belongs to additive and multiplicative", expression)
    try ETS.requirePeriod(expression)
    if season == .none, let length = expression.season {
      throw expression.error(
        at: expression.end,
        "holt-winters(none) has no season; leave \(length) out, or write additive or multiplicative for none")
    }
    return HoltWinters(season: season, hasTrend: hasTrend, period: expression.season, fixed: fixed)
  }
}
