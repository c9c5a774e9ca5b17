import RealModule

/// What a structural model asks of a sample, checked: the season, the noise, the regressors, and the room for them.
struct StructuralDesign {
  let layout: StructuralLayout
  let regression: StructuralRegression
  let series: ObservedSeries
  let coordinates: StructuralCoordinates
  private let model: StructuralModel
  private let sample: Sample
  private let noise: StructuralModel.Noise

  /// The lengths that a season can have: with more states the recursions take minutes.
  static let seasonLengths = 2...60

  init(_ model: StructuralModel, _ sample: Sample) throws(ForecastingError) {
    self.model = model
    self.sample = sample
    func refused(_ problem: String) -> ForecastingError {
      .unsuitable(series: sample.name, model: model.specification, problem: problem)
    }
    let length = model.season == .none ? 1 : model.seasonLength ?? sample.season
    if model.season != .none, !Self.seasonLengths.contains(length) {
      throw refused(
        length == 1
          ? "needs a season, and the periods of the series have none; write its length after the options, such as "
            + "structural(trend,season=dummy)12, or leave the season out"
          : "takes seasons of \(Self.seasonLengths.lowerBound) to \(Self.seasonLengths.upperBound) periods, not of "
            + "\(length)")
    }
    let known = sample.samplingVariances.map { $0.allSatisfy { $0 > 0 && $0.isFinite } } ?? false
    noise = model.noise ?? (known ? .both : .estimated)
    guard known || noise == .estimated else {
      throw refused(
        "needs sampling variances for noise=\(noise.rawValue), and they are not known; give the series numerators "
          + "and denominators, or write noise=estimated")
    }
    regression = try StructuralRegression(model, sample)
    layout = StructuralLayout(
      model, seasonLength: length, covariates: regression.count, isIrregularEstimated: noise != .known)
    let needed = model.minimumObservations(season: length)
    guard sample.count >= needed else {
      throw .tooFewObservations(
        series: sample.name, model: model.specification, found: sample.count, needed: needed)
    }
    let plain = ObservedSeries(sample, sampling: noise != .estimated)
    series = ObservedSeries(
      values: plain.values, knownVariances: plain.knownVariances, covariates: regression.observed(),
      covariateCount: regression.count)
    coordinates = StructuralCoordinates(
      layout: layout, reference: noise == .estimated ? nil : Self.reference(sample),
      longestCycle: Double(series.count))
  }

  /// A standard deviation of the size of the changes from one observation to the next, beside which those of the parts
  /// are measured.
  private static func reference(_ sample: Sample) -> Double {
    let changes = zip(sample.values.dropFirst(), sample.values).map { $0 - $1 }
    let square = changes.reduce(0) { $0 + $1 * $1 } / Double(max(1, changes.count))
    return max(0.5 * square, sample.roundingVariance, .leastNormalMagnitude).squareRoot()
  }

  /// Refuses observations that leave a state of the start, or a coefficient, undetermined.
  func requireResolved(_ surface: StructuralSurface) throws(ForecastingError) {
    let middle = Array(repeating: 0.5, count: coordinates.dimension)
    let summary = surface.run(coordinates.parameters(at: middle))
    guard summary.unresolved > 0 else { return }
    let problem =
      layout.covariates > 0
      ? "cannot tell its regressors and steps apart from one another, from the level or from the season; leave one "
        + "out"
      : "needs every part of the season to be observed, and \(summary.unresolved) of its states are not; "
        + "supply the missing periods, or leave the season out"
    throw .unsuitable(series: sample.name, model: model.specification, problem: problem)
  }

  /// What the reader must know beside the numbers.
  func remarks(zeros: [Int], isRounded: Bool) -> [String] {
    var remarks = zeros.map { index -> String in
      switch layout.parts[index] {
      case .irregular: "the variance of the irregular is estimated as zero: all that happens lasts"
      case .level: "the variance of the level is estimated as zero: the level moves along its slope alone"
      case .slope: "the variance of the slope is estimated as zero: the slope does not change"
      case .season: "the variance of the season is estimated as zero: the season does not change"
      case .cycle: "the variance of the cycle is estimated as zero: there is no cycle"
      }
    }
    if layout.trend == .level, let level = layout.parts.firstIndex(of: .level), zeros.contains(level) {
      remarks = remarks.map {
        $0.hasPrefix("the variance of the level")
          ? "the variance of the level is estimated as zero: the level does not change" : $0
      }
    }
    switch noise {
    case .estimated where sample.samplingVariances != nil:
      remarks.append("the sampling variances of the figures are known and are not used")
    case .estimated: break
    case .known:
      remarks.append(
        "the sampling variances of the figures are all the noise there is; figures to come have that of the last"
      )
    case .both:
      remarks.append(
        "the sampling variances of the figures are part of the noise, beside an irregular that is estimated; figures "
          + "to come have that of the last")
    }
    if isRounded {
      remarks.append(
        "the observations follow the model more closely than they are rounded, and rounding is taken for the error"
      )
    }
    return remarks
  }
}
