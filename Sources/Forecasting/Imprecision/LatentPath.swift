import RealModule
import Statistics

/// The values of a series on a model's scale, some of them known as intervals, drawn again and again given their
/// bounds and one another.
///
/// The series is taken to be a random walk, x(t) − x(s) ~ N(0, σ² (t − s)), that starts anew at every break. Three steps
/// make a sweep of Gibbs' sampler (data augmentation: M. A. Tanner and W. H. Wong, 1987):
///
/// 1. each value that is not exact, given its neighbours: a truncated normal;
/// 2. each run of such values moved together, given what stands at its ends: a truncated normal, too. Without this step a long
///    run of values that round to one figure would move as slowly as the square of its length;
/// 3. σ², given all changes: inverse chi-squared. The prior is flat in σ (A. Gelman, "Prior distributions for variance
///    parameters in hierarchical models", 2006) down to the size that a change is taken to have before any is seen,
///    below which it falls to nothing: figures that all round to one value do not rule out that nothing ever changed.
struct LatentPath {
  /// What is known of one value.
  struct Point {
    /// Its place in time, in periods.
    let position: Int
    /// The least value; −∞ where nothing is known.
    let lower: Double
    /// The greatest value; the least where the value is exact, ∞ where nothing is known.
    let upper: Double
    /// Where it starts.
    let start: Double
    /// Whether the series breaks between it and the point before.
    let startsAnew: Bool

    var isExact: Bool { lower == upper }
  }

  private let points: [Point]
  private let runs: [Range<Int>]
  private let priorVariance: Double
  /// One less than the changes, for the prior; at least one.
  private let freedom: Double
  /// The values, in the order of the points.
  private(set) var values: [Double]
  /// The variance of the change over one period.
  private(set) var variance: Double

  /// - Parameters:
  ///   - points: in the order of time.
  ///   - priorVariance: what the variance of a change is taken to be before any is seen; positive and finite.
  init(_ points: [Point], priorVariance: Double) {
    self.points = points
    self.priorVariance = priorVariance
    values = points.map(\.start)
    let changes = points.indices.dropFirst().count { !points[$0].startsAnew }
    freedom = Double(max(1, changes - 1))
    var runs: [Range<Int>] = []
    for (index, point) in points.enumerated() where !point.isExact {
      if let last = runs.last, last.upperBound == index, !point.startsAnew {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    self.runs = runs
    variance = priorVariance
    variance = (priorVariance + squares) / Double(1 + changes)
  }

  /// The sum of the squared changes, each over the number of periods it took.
  private var squares: Double {
    var sum = 0.0
    for index in points.indices.dropFirst() where !points[index].startsAnew {
      let change = values[index] - values[index - 1]
      sum += change * change / Double(points[index].position - points[index - 1].position)
    }
    return sum
  }

  /// Draws every value that is not exact once more, and the variance of the changes.
  mutating func sweep(from stream: inout RandomStream) {
    for run in runs {
      for index in run { redraw(index, from: &stream) }
      if run.count > 1 { shift(run, from: &stream) }
    }
    let drawn = (priorVariance + squares) / stream.chiSquared(degreesOfFreedom: freedom)
    // Ends of what a Double can hold are reached by chance or by values of no size at all.
    if drawn.isNormal { variance = drawn }
  }

  /// The periods from a point to the one before it; nil where nothing is known to link them.
  private func distanceBefore(_ index: Int) -> Double? {
    guard index > 0, index < points.count, !points[index].startsAnew else { return nil }
    return Double(points[index].position - points[index - 1].position)
  }

  private mutating func redraw(_ index: Int, from stream: inout RandomStream) {
    let point = points[index]
    var precision = 0.0
    var centre = 0.0
    if let distance = distanceBefore(index) {
      precision += 1 / distance
      centre += values[index - 1] / distance
    }
    if let distance = distanceBefore(index + 1) {
      precision += 1 / distance
      centre += values[index + 1] / distance
    }
    guard precision > 0 else {
      // Alone between breaks, every place of the interval is as likely as any other on the scale.
      values[index] = point.lower + stream.uniform() * (point.upper - point.lower)
      return
    }
    values[index] = TruncatedNormal.draw(
      mean: centre / precision, deviation: (variance / precision).squareRoot(), lower: point.lower,
      upper: point.upper, from: &stream)
  }

  /// Moves a run of values by one amount.
  private mutating func shift(_ run: Range<Int>, from stream: inout RandomStream) {
    var least = -Double.infinity
    var greatest = Double.infinity
    for index in run {
      least = max(least, points[index].lower - values[index])
      greatest = min(greatest, points[index].upper - values[index])
    }
    var precision = 0.0
    var centre = 0.0
    if let distance = distanceBefore(run.lowerBound) {
      precision += 1 / distance
      centre += (values[run.lowerBound - 1] - values[run.lowerBound]) / distance
    }
    if let distance = distanceBefore(run.upperBound) {
      precision += 1 / distance
      centre += (values[run.upperBound] - values[run.upperBound - 1]) / distance
    }
    // Rounding may leave a value a unit in the last place outside its bounds.
    guard least < greatest else { return }
    let amount: Double
    if precision > 0 {
      amount = TruncatedNormal.draw(
        mean: centre / precision, deviation: (variance / precision).squareRoot(), lower: least,
        upper: greatest, from: &stream)
    } else {
      amount = least + stream.uniform() * (greatest - least)
    }
    guard amount.isFinite else { return }
    for index in run {
      values[index] = min(max(values[index] + amount, points[index].lower), points[index].upper)
    }
  }
}
