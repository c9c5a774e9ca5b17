import RealModule
import Statistics

/// The quantiles of a distribution as a function of the normal score z, for work that needs a hundred of them: means and
/// the carrying of paths.
///
/// A mixture of many t distributions solves for each quantile anew, which costs its components several times over. Here its
/// distribution function and its density are taken at a few dozen places, and the quantiles in between follow from
/// Hermite's cubic through them: right to about a ten-thousandth of the spread. All others are asked themselves.
indirect enum QuantileCurve {
  case exact(any PredictiveDistribution)
  case table(ScoreTable)
  case restored(QuantileCurve, Sample)
  case average(QuantileAverage, [QuantileCurve])
  case recalibrated(QuantileCurve, NormalScores, ScoreCalibration)

  init(_ distribution: any PredictiveDistribution) {
    switch distribution {
    case let mixture as StudentMixture where mixture.components.count > 1:
      self = ScoreTable(mixture).map(QuantileCurve.table) ?? .exact(mixture)
    case let restored as RestoredDistribution: self = .restored(QuantileCurve(restored.base), restored.sample)
    case let average as QuantileAverage:
      self = .average(average, average.others.map { QuantileCurve($0.distribution) })
    case let changed as RecalibratedDistribution:
      self = .recalibrated(QuantileCurve(changed.base), changed.scores, changed.calibration)
    default: self = .exact(distribution)
    }
  }

  /// The quantile at a score.
  func callAsFunction(_ score: Double) throws(ForecastingError) -> Double {
    switch self {
    case .exact(let distribution): return try distribution.quantile(StandardNormal.cumulative(score))
    case .table(let table): return table(score)
    case .restored(let curve, let sample): return sample.restored(try curve(score))
    case .average(let average, let curves):
      var sum = try average.closedPart(StandardNormal.cumulative(score))
      for (part, curve) in zip(average.others, curves) { sum += part.weight * (try curve(score)) }
      return sum
    case .recalibrated(let curve, let scores, let calibration):
      let own = calibration.calibrated(score)
      return abs(own) > NormalScores.edge ? try scores.value(at: own) : try curve(own)
    }
  }
}

/// The quantiles of a mixture at the normal scores of a few dozen places, with their slopes, as inverse hyperbolic sines of
/// the distance from the mean, which are nearly straight in the tails.
struct ScoreTable {
  private let centre: Double
  private let unit: Double
  private let scores: [Double]
  private let values: [Double]
  private let slopes: [Double]

  private static let places = 97
  /// The probability beyond either end of the table.
  private static let tail = 1e-10

  /// - Returns: nil where the mixture has no quantiles, or parts so narrow that they would slip between the places.
  init?(_ mixture: StudentMixture) {
    guard let standard = try? StudentT(degreesOfFreedom: mixture.degreesOfFreedom, location: 0, scale: 1),
      let reach = try? standard.quantile(1 - Self.tail)
    else { return nil }
    let centre = mixture.mean
    let scale = mixture.components.reduce(0) { $0 + $1.weight * $1.scale }
    let apart = mixture.components.reduce(0) {
      $0 + $1.weight * ($1.location - centre) * ($1.location - centre)
    }
    // Evenly on the inverse hyperbolic sine: close in the middle, wide in the tails. Components that are narrow and far apart
    // would slip between the places.
    let unit = scale
    let narrowest = mixture.components.reduce(Double.infinity) { min($0, $1.scale) }
    guard narrowest > 0.25 * scale, apart < 4 * scale * scale else { return nil }
    let lower = mixture.components.reduce(Double.infinity) { min($0, $1.location - reach * $1.scale) }
    let upper = mixture.components.reduce(-Double.infinity) { max($0, $1.location + reach * $1.scale) }
    let (first, last) = (Double.asinh((lower - centre) / unit), Double.asinh((upper - centre) / unit))
    var (scores, values, slopes) = ([Double](), [Double](), [Double]())
    for place in 0..<Self.places {
      let share = Double(place) / Double(Self.places - 1)
      let place = first + share * (last - first)
      let x = centre + unit * Double.sinh(place)
      let score = StandardNormal.quantile(mixture.cumulative(x))
      let density = mixture.density(x)
      guard score.isFinite, density > 0, score > scores.last ?? -.infinity, place > values.last ?? -.infinity
      else { continue }
      scores.append(score)
      values.append(place)
      slopes.append(StandardNormal.density(score) / density / (unit * Double.cosh(place)))
    }
    guard scores.count > 8, scores[0] <= -6, scores[scores.count - 1] >= 6 else { return nil }
    // A slope of more than three times the rise on either side would let the cubic turn back (Fritsch and Carlson, 1980).
    for place in slopes.indices {
      for neighbour in [place - 1, place + 1] where slopes.indices.contains(neighbour) {
        let rise = (values[neighbour] - values[place]) / (scores[neighbour] - scores[place])
        slopes[place] = min(slopes[place], 3 * rise)
      }
    }
    (self.centre, self.unit) = (centre, unit)
    (self.scores, self.values, self.slopes) = (scores, values, slopes)
  }

  /// The quantile at a score; beyond the table that of its end.
  func callAsFunction(_ score: Double) -> Double { centre + unit * Double.sinh(place(score)) }

  private func place(_ score: Double) -> Double {
    var (low, high) = (0, scores.count - 1)
    if score <= scores[low] { return values[low] }
    if score >= scores[high] { return values[high] }
    while high - low > 1 {
      let middle = (low + high) / 2
      if scores[middle] <= score { low = middle } else { high = middle }
    }
    let width = scores[high] - scores[low]
    let t = (score - scores[low]) / width
    let (one, other) = (1 - t, t)
    return one * one * (1 + 2 * t) * values[low] + other * other * (3 - 2 * t) * values[high]
      + width * t * one * (one * slopes[low] - t * slopes[high])
  }
}
