/// Exponential smoothing in its thirty forms, by maximum likelihood: level, trend and season that follow recent values,
/// each added or multiplied (Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing*, 2008).
///
/// What is nil is chosen, by the corrected criterion of Akaike over the forms that remain (``choose(_:)``):
///
///     ETS(ETSForm(error: .additive, trend: .damped, season: .none))  // ets(A,Ad,N)
///     ETS(error: .multiplicative, trend: .additive, season: .multiplicative, period: 12)  // ets(M,A,M)12
///     ETS()  // ets(Z,Z,Z): automatic
///
/// The choice leaves out trends that multiply, unless they are asked for, and forms whose forecasts have no finite
/// variance, unless nothing else remains.
public struct ETS: ForecastModel {
  /// How the error enters; nil is chosen.
  public let error: ETSForm.ErrorTerm?
  /// How the trend goes on; nil is chosen.
  public let trend: ETSForm.Trend?
  /// How the season enters; nil is chosen.
  public let season: ETSForm.Season?
  /// The number of periods after which the season returns; nil is that of the sample.
  public let period: Int?
  /// Smoothing parameters that are given; those that a form has not are not read.
  public let fixed: Fixed
  /// Where the starting states come from.
  public let start: Start
  /// Where the smoothing parameters are searched for.
  public let region: Region

  /// Describes exponential smoothing; what is left out is chosen.
  public init(
    error: ETSForm.ErrorTerm? = nil, trend: ETSForm.Trend? = nil, season: ETSForm.Season? = nil,
    period: Int? = nil, fixed: Fixed = Fixed(), start: Start = .optimised, region: Region = .usual
  ) {
    self.error = error
    self.trend = trend
    self.season = season
    self.period = period
    self.fixed = fixed
    self.start = start
    self.region = region
  }

  /// Describes one form.
  ///
  /// Where trend or season is none this is the initialiser to use: to a parameter that may be nil, `.none` would be nil.
  public init(
    _ form: ETSForm, period: Int? = nil, fixed: Fixed = Fixed(), start: Start = .optimised,
    region: Region = .usual
  ) {
    self.init(
      error: form.error, trend: form.trend, season: form.season, period: period, fixed: fixed, start: start,
      region: region)
  }

  /// One form, with the options of a description.
  init(_ form: ETSForm, options: ETS) {
    self.init(
      form, period: options.period, fixed: options.fixed.relevant(to: form), start: options.start,
      region: options.region)
  }

  /// The form, where nothing is left to be chosen.
  public var form: ETSForm? {
    guard let error, let trend, let season else { return nil }
    return ETSForm(error: error, trend: trend, season: season)
  }

  /// The name of the model on the command line and in every output, options and all.
  public var specification: String {
    var parts = [error?.rawValue ?? "Z", trend?.rawValue ?? "Z", season?.rawValue ?? "Z"]
    for (name, value) in [
      ("alpha", fixed.alpha), ("beta", fixed.beta), ("gamma", fixed.gamma), ("phi", fixed.phi),
    ] {
      if let value { parts.append("\(name)=\(NumberText.plain(value))") }
    }
    if start != .optimised { parts.append("start=\(start.rawValue)") }
    if region != .usual { parts.append("region=\(region.rawValue)") }
    return "ets(\(parts.joined(separator: ",")))" + (period.map(String.init) ?? "")
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    guard let form else {
      return "level, trend and season that follow recent values go on, in the form that suits the series best"
    }
    let trend =
      switch form.trend {
      case .none: "a level that follows recent values stays"
      case .additive: "a level and a trend that follow recent values go on"
      case .damped: "a level and a trend that follow recent values go on while the trend fades"
      case .multiplicative: "a level and a rate of growth that follow recent values go on"
      case .dampedMultiplicative:
        "a level and a rate of growth that follow recent values go on while growth fades"
      }
    switch form.season {
    case .none: return trend
    case .additive: return trend + ", with a season that adds to it"
    case .multiplicative: return trend + ", with a season in proportion to it"
    }
  }

  /// Fewer observations than this are refused: two more than the quantities that are estimated, and two whole seasons.
  ///
  /// Where the length of the season comes from the sample, ``fit(_:)`` refuses by that length.
  public var minimumObservations: Int {
    guard let form else {
      return observationsNeeded(
        ETSForm(error: .additive, trend: trend ?? .none, season: season ?? .none), period: period ?? 1)
    }
    return observationsNeeded(form, period: period ?? 1)
  }

  func observationsNeeded(_ form: ETSForm, period: Int) -> Int {
    let estimated =
      form.smoothingParameters - fixed.relevant(to: form).count + form.freeStates(period: period) + 1
    return max(estimated + 2, form.season == .none ? 0 : 2 * period)
  }

  /// As measured where a part multiplies or may be chosen to: a season in proportion is one of the figures as they are.
  /// Forms that add alone work on the scale of the unit.
  public var scaleChoice: ScaleChoice {
    guard let form else { return .natural }
    return form.needsPositiveValues ? .natural : .unit
  }

  /// Fits the form, or the best of the forms that remain to be chosen from.
  ///
  /// - Throws: ``ForecastingError`` for a sample with gaps, too few observations, values that never change, values that are
  ///   not above zero where a part multiplies, or no season where one is asked for.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    guard let form else { return try choose(sample).fitted }
    try requireUsable(sample)
    let period = period ?? sample.season
    if let refusal = refusal(of: form, period: period, sample: sample) { throw refusal }
    var estimation = ETSEstimation(sample: sample, period: period, fixed: fixed, start: start)
    return try fitted(form, sample: sample, estimation: &estimation)
  }

  /// Fits one form that was found acceptable.
  func fitted(
    _ form: ETSForm, sample: Sample, estimation: inout ETSEstimation
  ) throws(ForecastingError) -> FittedETS {
    let model = ETS(form, options: self)
    let estimate: ETSEstimate?
    switch region {
    case .usual: estimate = estimation.estimate(form)
    case .admissible: estimate = AdmissibleSearch(form: form, estimation: estimation).estimate()
    }
    guard let estimate else {
      throw .numerical(
        series: sample.name, model: model.specification, reason: "no smoothing parameters fit the values")
    }
    return FittedETS(model: model, sample: sample, estimate: estimate)
  }
}

// MARK: - What is refused

extension ETS {
  /// Refuses what no form takes.
  func requireUsable(_ sample: Sample) throws(ForecastingError) {
    try requireObservations(sample)
    try requireConsecutive(sample)
    if let first = sample.values.first, sample.values.allSatisfy({ $0 == first }) {
      throw .unsuitable(
        series: sample.name, model: specification,
        problem: "needs figures that change, and all \(sample.count) are the same; choose naive")
    }
  }

  /// Why a form cannot be fitted to a sample; nil where it can.
  func refusal(of form: ETSForm, period: Int, sample: Sample) -> ForecastingError? {
    var name: String { ETS(form, options: self).specification }
    func unsuitable(_ problem: String) -> ForecastingError {
      .unsuitable(series: sample.name, model: name, problem: problem)
    }
    if form.season != .none && period < 2 {
      return unsuitable(
        "needs a season and the series has none; choose N for the season, or write the number of periods in "
          + "a season after the parenthesis, as in ets(A,A,A)12")
    }
    let needed = observationsNeeded(form, period: period)
    guard sample.count >= needed else {
      return .tooFewObservations(series: sample.name, model: name, found: sample.count, needed: needed)
    }
    if form.needsPositiveValues, let index = sample.values.firstIndex(where: { !($0 > 0) }) {
      return unsuitable(
        "multiplies, which needs values above zero, and there is \(sample.values[index]) at "
          + "\(sample.labels[index]); choose a form that adds, such as ets(A,A,N)")
    }
    return problem(with: fixed.relevant(to: form), form: form, period: period).map(unsuitable)
  }

  /// What is wrong with the parameters that are given; nil where nothing is.
  private func problem(with fixed: Fixed, form: ETSForm, period: Int) -> String? {
    if let phi = fixed.phi, !(phi > 0 && phi <= 1) {
      return "cannot keep phi at \(phi); give a number above 0 and at most 1"
    }
    switch region {
    case .usual:
      let alpha = fixed.alpha ?? 1
      if !(alpha >= 0 && alpha <= 1) { return "cannot keep alpha at \(alpha); give a number from 0 to 1" }
      if let beta = fixed.beta, !(beta >= 0 && beta <= alpha) {
        return "cannot keep beta at \(beta); give a number from 0 to alpha, which is at most \(alpha)"
      }
      let room = 1 - (fixed.alpha ?? fixed.beta ?? 0)
      if let gamma = fixed.gamma, !(gamma >= 0 && gamma <= room) {
        return "cannot keep gamma at \(gamma); give a number from 0 to 1 - alpha, which is at most \(room)"
      }
    case .admissible:
      guard fixed.count == form.smoothingParameters else { return nil }
      let weights = SmoothingWeights(
        alpha: fixed.alpha ?? 0, beta: fixed.beta ?? 0, gamma: fixed.gamma ?? 0, phi: fixed.phi ?? 1)
      if !AdmissibleRegion(form: form, period: period).contains(weights) {
        return "cannot keep these smoothing parameters: early observations would never lose their influence"
      }
    }
    return nil
  }
}
