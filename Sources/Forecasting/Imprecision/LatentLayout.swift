import RealModule
import TimeSeries

/// The figures of a series laid out for the sampler, and put back into a series with what it has drawn.
struct LatentLayout {
  /// The values, exact and not, in the order of time.
  let points: [LatentPath.Point]
  /// The figures that are drawn, with their places among ``points`` and among the points of the series.
  let figures: [(place: Int, index: Int, figure: LatentFigure)]
  /// The variance of a change before any is seen.
  let priorVariance: Double
  /// How many periods before the first observation the first point stands.
  let lead: Int
  /// How many periods after the last observation the last point stands.
  let tail: Int
  /// The places among ``points`` of the periods after the last observation, with the figure where one is drawn.
  private let tailPlaces: [(place: Int, figure: LatentFigure?)]
  private let series: Series

  /// Lays out a sample.
  ///
  /// - Parameters:
  ///   - coarse: its figures that are known as intervals.
  ///   - sample: the sample.
  ///   - origin: the period of its first observation.
  ///   - takesRounded: whether rounded values are drawn; they are exact otherwise.
  init(
    _ coarse: CoarseFigures, of sample: Sample, origin: Period, takesRounded: Bool
  ) throws(ForecastingError) {
    series = coarse.series
    let countsWholes = sample.unit == .count && sample.observed.allSatisfy { $0 == $0.rounded() }
    let lastObserved = sample.positions.last ?? 0
    var points: [LatentPath.Point] = []
    var figures: [(place: Int, index: Int, figure: LatentFigure)] = []
    var tailPlaces: [(place: Int, figure: LatentFigure?)] = []
    var middles: [Double] = []
    var known = coarse.figures[...]
    var breakIsPending = false
    for (index, point) in coarse.series.points.enumerated() {
      breakIsPending = breakIsPending || point.breakBefore
      var interval: CoarseFigures.Figure?
      if let next = known.first, next.index == index {
        known.removeFirst()
        if takesRounded || !next.hasValue { interval = next }
      }
      guard interval != nil || point.value != nil, let position = origin.distance(to: point.period) else {
        continue
      }
      guard position - lastObserved <= Forecast.longestHorizon else {
        throw .unsuitable(
          series: sample.name, model: "any model",
          problem:
            "cannot place the figure of \(point.period.label), which is known within bounds only, because it "
            + "comes more than \(Forecast.longestHorizon) periods after the last value")
      }
      // Periods between the last value and an interval after it are asked for as steps of the forecast.
      if position > lastObserved, var last = points.last?.position {
        last = max(last, lastObserved)
        while last + 1 < position {
          last += 1
          tailPlaces.append((points.count, nil))
          points.append(
            LatentPath.Point(
              position: last, lower: -.infinity, upper: .infinity, start: points[points.count - 1].start,
              startsAnew: false))
        }
      }
      let start: Double
      var latent: LatentFigure?
      if let interval {
        guard
          let figure = LatentFigure(
            interval.bounds, countsWholes: countsWholes, unit: sample.unit, scale: sample.scale)
        else {
          throw .scale(
            series: sample.name,
            problem:
              "the figure of \(point.period.label) lies between \(NumberText.plain(interval.bounds.lowerBound)) "
              + "and \(NumberText.plain(interval.bounds.upperBound)), where the scale \(sample.scale) has no values"
          )
        }
        latent = figure
        middles.append(figure.bounds.middle)
        start = figure.middle
        figures.append((points.count, index, figure))
      } else {
        let value = point.value ?? 0
        middles.append(value)
        start = sample.scale.transformed(value)
      }
      if position > lastObserved { tailPlaces.append((points.count, latent)) }
      points.append(
        LatentPath.Point(
          position: position, lower: latent?.lower ?? start, upper: latent?.upper ?? start, start: start,
          startsAnew: breakIsPending))
      breakIsPending = false
    }
    self.points = points
    self.figures = figures
    self.tailPlaces = tailPlaces
    tail = tailPlaces.count
    lead = max(0, -(points.first?.position ?? 0))
    let prior = Self.priorVariance(of: middles, scale: sample.scale)
    if prior > 0 {
      priorVariance = prior
    } else {
      let widest = figures.reduce(0) { max($0, $1.figure.upper - $1.figure.lower) }
      priorVariance = widest > 0 ? widest * widest / 12 : 1
    }
  }

  /// What the variance of a change is taken to be before any is seen: that of a tenth of the usual size, as the automatic
  /// forecaster takes it to be; of a share, a tenth of what it is from the nearer bound. Zero where the values say
  /// nothing.
  static func priorVariance(of values: [Double], scale: Scale) -> Double {
    guard !values.isEmpty else { return 0 }
    let count = Double(values.count)
    let size = values.reduce(0) { $0 + abs($1) / count }
    var change = FittedEnsemble.assumedChange * size
    if case .logOdds(let least, let greatest, _) = scale {
      change = FittedEnsemble.assumedChange * min(size - least, greatest - size)
    }
    let variance = change * change * scale.slope(at: size) * scale.slope(at: size)
    return variance.isNormal ? variance : 0
  }

  /// What a path has in a period after the last observation, on the scale, whole where that is all it may be.
  func tailValue(_ step: Int, of path: LatentPath) -> Double {
    let (place, figure) = tailPlaces[step]
    guard let figure else { return path.values[place] }
    let value = figure.scaled(path.values[place])
    return value.isFinite ? value : path.values[place]
  }

  /// The series with the values of a path in place of its intervals, as a sample.
  func completed(_ path: LatentPath, scale: Scale) throws(ForecastingError) -> Sample {
    var points = series.points
    let multiplier = series.measure.unit.multiplier
    for (place, index, figure) in figures {
      points[index] = points[index].holding(figure.value(path.values[place]), multiplier: multiplier)
    }
    let completed: Series
    do {
      completed = try series.replacingPoints(points)
    } catch {
      throw .numerical(series: series.id, model: "any model", reason: "\(error)")
    }
    return try Sample(completed, scale: .exactly(scale))
  }
}
