import LinearAlgebra

/// A regression of counts on terms of time: Poisson, quasi-Poisson, negative binomial or binomial.
///
/// Modelled are the counts themselves. A denominator that is known beside them is an offset with a coefficient of one, so
/// that the rate is what the terms explain; for the binomial it is the number of trials. Forecasts are given in the unit of
/// the series: counts, rates or shares, on the lattice that whole counts make.
public struct CountRegression: ForecastModel {
  /// How counts vary about their means.
  public let family: ResponseFamily
  /// The terms beside the constant.
  public let terms: [RegressionTerm]
  /// The length of the season where it is not that of the series.
  public let season: Int?

  /// A description of the regression.
  ///
  /// - Parameters:
  ///   - family: how counts vary about their means.
  ///   - terms: the terms beside the constant; a straight line in time on the scale of the link unless told otherwise.
  ///   - season: the length of the season where it is not that of the series.
  public init(
    _ family: ResponseFamily, terms: [RegressionTerm] = [.trend(degree: 1)], season: Int? = nil
  ) {
    self.family = family
    self.terms = terms
    self.season = season
  }

  /// The family and, where they are not the usual ones, its terms and link.
  public var specification: String {
    var options = terms == [.trend(degree: 1)] ? [] : terms.map(\.description)
    if terms.isEmpty { options = [Self.constant] }
    if case .binomial(.probit) = family { options.append("link=probit") }
    if case .negativeBinomial(let size?) = family { options.append("size=\(NumberText.plain(size))") }
    if season != nil, options.isEmpty { options = ["linear"] }
    let written = options.isEmpty ? "" : "(\(options.joined(separator: ",")))"
    return family.name + written + (season.map { "\($0)" } ?? "")
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    terms == [.trend(degree: 1)] ? family.summary : "\(family.outlook(of: terms)), and \(family.variation)"
  }

  /// Fewer observations than this are refused; each further term needs one more.
  public let minimumObservations = 4

  /// Counts are modelled as they are.
  public var scaleChoice: ScaleChoice { .natural }

  /// Fits the regression to a sample by maximum likelihood.
  ///
  /// - Throws: ``ForecastingError`` when the sample is too short, is not of counts, leaves a coefficient without an
  ///   estimate or cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    let data = try CountData(sample, family: family, model: specification)
    let design = try RegressionDesign(
      [.intercept] + terms, sample: sample, model: specification, season: season,
      spare: family.hasDispersion ? 2 : 1)
    let model = GeneralisedLinearModel(
      design: design.history, columnNames: design.columnNames, family: family, series: sample.name,
      model: specification)
    let problem = try ReweightedLeastSquares(
      model, response: data.counts, trials: data.isBinomial ? data.denominators : nil, offset: data.offsets,
      weights: nil)
    let fit = try model.fit(problem)
    try requireScatter(fit, of: data, in: sample)
    return try FittedCountRegression(
      specification: specification, sample: sample, data: data, design: design, fit: fit,
      nodes: try CountNode.nodes(of: fit, problem))
  }

  /// Refuses counts that leave nothing to estimate the dispersion of a quasi-Poisson regression from.
  private func requireScatter(
    _ fit: GeneralisedLinearFit, of data: CountData, in sample: Sample
  ) throws(ForecastingError) {
    // Far below the dispersion of any counts that differ from whole multiples of a mean, and above rounding.
    guard case .quasiPoisson = family, fit.dispersion < 1e-16 else { return }
    let first = data.counts.first ?? 0
    let found =
      data.counts.allSatisfy { $0 == first }
      ? "the counts are constant, \(NumberText.plain(first)) in every period"
      : "its terms fit the counts exactly"
    throw .unsuitable(
      series: sample.name, model: specification,
      problem: "estimates how far counts scatter, and \(found); choose poisson")
  }

  /// The word for no term beside the constant.
  static let constant = "constant"
}

extension ResponseFamily {
  /// Whether something is estimated beside the coefficients.
  var hasDispersion: Bool {
    switch self {
    case .poisson, .binomial, .negativeBinomial(size: .some): false
    case .quasiPoisson, .negativeBinomial(nil): true
    }
  }
}
