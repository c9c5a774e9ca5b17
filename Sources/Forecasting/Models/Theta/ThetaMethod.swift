/// The Theta models of Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016): a level that follows recent values,
/// and a share of a straight line through the series.
///
///     y(t)     = mu(t) + e(t)
///     mu(t)    = l(t-1) + (1 - 1/theta) [(1 - alpha)^(t-1) A + (1 - (1 - alpha)^t)/alpha B]
///     l(t)     = alpha y(t) + (1 - alpha) l(t-1)
///
/// A and B are height and slope of the least-squares line: through all observations, or, in the dynamic models, through
/// those before t, so that the line follows the series. A theta of 1 leaves simple exponential smoothing, one of 2 half
/// of the slope, an infinite one all of it.
///
/// A season is tested for and taken out by the classical decomposition first, and put back into the forecast. On the
/// scale as measured it multiplies, where all values are above zero; on logarithms and log odds it adds, which comes to
/// the same there.
public struct ThetaMethod: ForecastModel {
  /// Which of the models.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// The standard method: theta of 2, alpha by the likelihood of simple exponential smoothing alone, and then half of
    /// the slope (Assimakopoulos and Nikolopoulos, 2000; Hyndman and Billah, 2003).
    case standard
    /// Level, alpha and theta by least squares of the model's own errors (OTM).
    case optimised
    /// A moving line with a theta of 2; level and alpha by least squares (DSTM).
    case dynamic
    /// A moving line; level, alpha and theta by least squares (DOTM).
    case dynamicOptimised = "dynamic-optimised"

    /// Whether the line is that through the observations so far.
    var isDynamic: Bool { self == .dynamic || self == .dynamicOptimised }
    /// Whether theta is estimated.
    var estimatesTheta: Bool { self == .optimised || self == .dynamicOptimised }
  }

  /// What is done about the season.
  public enum Season: Hashable, Sendable {
    /// It is taken out where ``SeasonalityTest`` sees one.
    case automatic
    /// There is none.
    case none
    /// It is taken out in this way, tested or not.
    case decomposed(ClassicalDecomposition.Kind)
  }

  /// Which of the models.
  public let form: Form
  /// What is done about the season.
  public let season: Season

  /// Describes a model.
  public init(_ form: Form, season: Season = .automatic) {
    self.form = form
    self.season = season
  }

  /// The name of the model on the command line and in every output.
  public var specification: String {
    switch season {
    case .automatic: "theta(\(form.rawValue))"
    case .none: "theta(\(form.rawValue),season=none)"
    case .decomposed(let kind): "theta(\(form.rawValue),season=\(kind.rawValue))"
    }
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    switch form {
    case .standard: "a level that follows recent values drifts with half of the long-run slope"
    case .optimised: "a level that follows recent values drifts with an estimated share of the long-run slope"
    case .dynamic: "a level that follows recent values drifts with half of a slope that moves with the series"
    case .dynamicOptimised:
      "a level that follows recent values drifts with an estimated share of a slope that moves with the series"
    }
  }

  /// Fewer observations than this are refused; a season needs more than two of its lengths besides.
  public var minimumObservations: Int {
    switch form {
    case .standard: 5
    case .optimised: 6
    case .dynamic: 7
    case .dynamicOptimised: 8
    }
  }

  /// Fits the model to a sample.
  ///
  /// - Throws: ``ForecastingError`` when the sample is too short or has gaps, when a season that was asked for cannot be
  ///   taken out, or when no smoothing weight fits the values.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    try requireConsecutive(sample)
    let (adjustment, said) = try adjustment(of: sample)
    let base = try fitWithoutSeason(
      adjustment?.adjusted(sample) ?? sample, seasonParameters: adjustment?.parameterCount ?? 0,
      remarks: adjustment == nil ? said : [])
    guard let adjustment else { return base }
    return SeasonallyAdjustedFit(
      specification: specification, sample: sample, base: base, adjustment: adjustment,
      components: components(of: base, adjustment, sample), remarks: said)
  }

  private func fitWithoutSeason(
    _ sample: Sample, seasonParameters: Int, remarks: [String]
  ) throws(ForecastingError) -> any FittedModel {
    func refusal() -> ForecastingError {
      .numerical(series: sample.name, model: specification, reason: "no smoothing weight fits the values")
    }
    // Two for level and slope, the start of a moving line, the season, and one for the variance.
    let needed = 3 + (form.isDynamic ? ThetaProblem.start : 0) + seasonParameters
    guard sample.count >= needed else {
      throw .tooFewObservations(
        series: sample.name, model: specification, found: sample.count, needed: needed)
    }
    if form == .standard {
      guard let learned = SmoothingSurface(sample: sample, trend: .none).learn(.full) else { throw refusal() }
      return FittedTheta(
        specification: specification, sample: sample, best: learned.best, nodes: learned.nodes,
        remarks: remarks, seasonParameters: seasonParameters)
    }
    let problem = ThetaProblem(sample.values, isDynamic: form.isDynamic)
    let floor = Double(problem.counted) * sample.roundingVariance
    guard
      let learned = ThetaSearch(problem: problem, estimatesTheta: form.estimatesTheta, floor: floor).learn()
    else { throw refusal() }
    return FittedThetaMethod(
      specification: specification, form: form, sample: sample, problem: problem, best: learned.best,
      nodes: learned.nodes, seasonParameters: seasonParameters, furtherRemarks: remarks)
  }
}

extension ThetaMethod {
  /// The season that is to be taken out, if any, and what there is to say about the choice.
  private func adjustment(
    of sample: Sample
  ) throws(ForecastingError) -> (adjustment: SeasonalAdjustment?, said: [String]) {
    switch season {
    case .none: return (nil, [])
    case .decomposed(let kind):
      guard kind == .additive || sample.scale == .natural else {
        throw .unsuitable(
          series: sample.name, model: specification,
          problem:
            "multiplies with a season only on the scale as measured, and the scale here is another, on which "
            + "a season adds; write scale=natural, or season=additive")
      }
      let parts = try ClassicalDecomposition(sample, kind: kind)
      return (SeasonalAdjustment(parts, of: sample), [])
    case .automatic:
      guard sample.season > 1 else { return (nil, []) }
      guard let test = SeasonalityTest(sample.values, season: sample.season) else {
        return (nil, ["no season was looked for: that needs values that vary over more than two seasons"])
      }
      guard test.isSeasonal else {
        return (
          nil,
          [
            "no season was taken out: the autocorrelation after \(sample.season) periods is too weak to show one"
          ]
        )
      }
      guard sample.scale == .natural else {
        return (SeasonalAdjustment(try ClassicalDecomposition(sample, kind: .additive), of: sample), [])
      }
      if sample.values.allSatisfy({ $0 > 0 }) {
        let parts = try ClassicalDecomposition(sample, kind: .multiplicative)
        // A factor near zero would blow its month up when it is taken out.
        if parts.indices.allSatisfy({ $0 >= 1e-4 }) { return (SeasonalAdjustment(parts, of: sample), []) }
      }
      return (
        SeasonalAdjustment(try ClassicalDecomposition(sample, kind: .additive), of: sample),
        ["the season is added, not multiplied, because there are values at or near zero or below"]
      )
    }
  }

  /// Season and one-step forecasts on the scale of the series; together with the remainder they add up to it.
  private func components(
    of base: any FittedModel, _ adjustment: SeasonalAdjustment, _ sample: Sample
  ) -> [SeriesComponent] {
    guard let trend = base.components.first(where: { $0.name == "trend" })?.values else { return [] }
    let season = zip(trend, adjustment.fitted).map { trend, season in
      adjustment.kind == .additive ? season : trend * (season - 1)
    }
    let remainder = sample.values.indices.map { sample.values[$0] - trend[$0] - season[$0] }
    return [
      SeriesComponent("trend", trend), SeriesComponent("season", season),
      SeriesComponent("remainder", remainder),
    ]
  }

  /// `theta`, `theta(optimised)`, `theta(dynamic-optimised, season=none)`.
  static let family = ModelFamily(
    "theta",
    usage: "theta(standard|optimised|dynamic|dynamic-optimised, season=auto|none|additive|multiplicative)",
    summary: Theta().summary
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    guard arguments.remaining > 0 else {
      try arguments.finish()
      return Theta()
    }
    let form = try arguments.choice(
      "form", among: Form.allCases.map { ($0.rawValue, $0) }, default: .standard)
    let season = try arguments.choice(
      "season",
      among: [
        ("auto", Season.automatic), ("none", .none), ("additive", .decomposed(.additive)),
        ("multiplicative", .decomposed(.multiplicative)),
      ], default: .automatic, byPlace: false)
    try arguments.finish()
    return ThetaMethod(form, season: season)
  }
}
