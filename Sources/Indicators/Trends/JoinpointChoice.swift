import RealModule
import Statistics
import TimeSeries

/// How many joins, and where.
struct JoinpointChooser {
  private(set) var criteria: [Double] = []
  private(set) var tests: [JoinpointRegression.Test] = []

  private let sample: JoinpointSample
  private let selection: JoinpointRegression.Selection
  private let most: Int
  private var search: JoinSearch
  private var bests: [(knots: [Int], sum: Double)] = []
  /// Sums of squares below this are rounding: a line through the figures fits exactly.
  private let rounding: Double

  init(
    _ sample: JoinpointSample, most: Int?, selection: JoinpointRegression.Selection
  ) throws(IndicatorsError) {
    func unfit(_ reason: String, _ remedy: String) -> IndicatorsError {
      .unfit(series: sample.series, method: JoinpointSample.method, reason: reason, remedy: remedy)
    }
    let count = sample.values.count
    let borne = JoinpointRegression.greatestJoins(for: count)
    var most = most ?? borne
    var repeats = 1.0
    switch selection {
    case .informationCriterion: break
    case .fixed(let joins): most = joins
    case .permutation(let draws, let level, _):
      guard (99...99_999).contains(draws), level > 0, level < 1 else {
        throw unfit(
          "\(draws) permutations at level \(level) are no test", "give 99 or more at a level such as 0.05")
      }
      repeats = Double(draws) + 1
    }
    guard most >= 0, most <= borne else {
      throw unfit(
        "\(count) figures bear at most \(borne) joins and \(most) are asked for",
        "ask for fewer, or give more figures")
    }
    var placements = 0.0
    for joins in 0...most { placements += JoinSearch.placements(joins, among: count) }
    guard placements * repeats <= JoinpointRegression.greatestWork else {
      throw unfit(
        "\(count) figures with up to \(most) joins would take \(Int(min(1e15, placements * repeats))) fits",
        "ask for fewer joins or permutations, or choose by the information criterion")
    }
    self.sample = sample
    self.selection = selection
    self.most = most
    search = JoinSearch(times: sample.times, weights: sample.weights, most: most)
    rounding =
      1e-24 * zip(sample.values, sample.weights).reduce(1e-300) { $0 + $1.1 * $1.0 * $1.0 }
  }

  mutating func choose() -> (knots: [Int], sum: Double) {
    let count = Double(sample.values.count)
    for joins in 0...most {
      guard let best = search.best(sample.values, joins: joins) else { break }
      bests.append(best)
      criteria.append(
        Double.log(max(best.sum, rounding) / count) + 2 * Double(joins + 1) * Double.log(count) / count)
    }
    switch selection {
    case .fixed: return bests[bests.count - 1]
    case .informationCriterion:
      var least = 0
      for joins in criteria.indices where criteria[joins] < criteria[least] { least = joins }
      return bests[least]
    case .permutation(let draws, let level, let seed):
      return bests[permuted(draws: draws, level: level, seed: seed)]
    }
  }

  /// Tests the fewest joins against the most, and narrows from the side that loses.
  private mutating func permuted(draws: Int, level: Double, seed: UInt64) -> Int {
    var (fewer, more) = (0, bests.count - 1)
    let stream = RandomStream(seed: seed, name: "joinpoint \(sample.series)")
    while fewer < more {
      var path = stream.path(UInt64(tests.count))
      let p = permutationP(fewer, more, draws, &path)
      tests.append(JoinpointRegression.Test(fewer: fewer, more: more, pValue: p))
      if p < level / Double(max(1, most)) { fewer += 1 } else { more -= 1 }
    }
    return fewer
  }

  private mutating func permutationP(
    _ fewer: Int, _ more: Int, _ draws: Int, _ stream: inout RandomStream
  ) -> Double {
    func gain(_ with: Double, _ without: Double) -> Double { max(without, rounding) / max(with, rounding) }
    let observed = gain(bests[more].sum, bests[fewer].sum)
    let line = search.fit(sample.values, knots: bests[fewer].knots).fitted(knots: bests[fewer].knots)
    let roots = sample.weights.map { $0.squareRoot() }
    var residuals = sample.values.indices.map { (sample.values[$0] - line[$0]) * roots[$0] }
    var drawn = sample.values
    var asFar = 1
    for _ in 0..<draws {
      residuals.shuffle(using: &stream)
      for position in drawn.indices {
        drawn[position] = line[position] + residuals[position] / roots[position]
      }
      guard let with = search.best(drawn, joins: more), let without = search.best(drawn, joins: fewer)
      else { continue }
      if gain(with.sum, without.sum) >= observed { asFar += 1 }
    }
    return Double(asFar) / Double(draws + 1)
  }
}

/// The stretches of fitted lines, with the limits of their changes.
struct JoinpointReading {
  let segments: [JoinpointRegression.Segment]
  let average: Estimate
  let fitted: [Double]

  init(
    _ sample: JoinpointSample, knots: [Int], sum: Double, confidence: [Confidence], timeUnit: String
  ) throws(IndicatorsError) {
    var search = JoinSearch(times: sample.times, weights: sample.weights, most: knots.count - 2)
    let lines = search.fit(sample.values, knots: knots)
    let isLog = sample.scale == .logarithm
    fitted = lines.fitted(knots: knots).map { isLog ? Double.exp($0) : $0 }
    // A join is chosen as well as a slope, so that each costs two.
    let freedom = Double(sample.values.count - 2 * (knots.count - 1))
    let heights = lines.heights(knots.count)
    func estimate(from first: Int, to last: Int, _ name: String) throws(IndicatorsError) -> (Double, Estimate)
    {
      let slope =
        (heights[last] - heights[first]) / (sample.times[knots[last]] - sample.times[knots[first]])
      let error = (lines.slopeVariance(from: first, to: last, knots: knots) * sum / freedom).squareRoot()
      func change(_ slope: Double) -> Double { isLog ? 100 * Double.expMinusOne(slope) : slope }
      var limits: [ConfidenceLimits] = []
      do throws(StatisticsError) {
        let t = try StudentT(degreesOfFreedom: freedom)
        for level in confidence {
          let reach = try t.quantile(0.5 + level.level / 2) * error
          limits.append(ConfidenceLimits(level, lower: change(slope - reach), upper: change(slope + reach)))
        }
      } catch {
        throw .unfit(
          series: sample.series, method: JoinpointSample.method, reason: "\(error)",
          remedy: "ask for fewer joins")
      }
      return (
        slope,
        Estimate(
          value: change(slope), unit: .other(isLog ? "% of itself a \(timeUnit)" : "a \(timeUnit)"),
          statistic: name, method: "joinpoint regression, t with \(Int(freedom)) degrees of freedom",
          limits: limits)
      )
    }
    let name = isLog ? "percentage change a \(timeUnit)" : "change a \(timeUnit)"
    var segments: [JoinpointRegression.Segment] = []
    for segment in 0..<(knots.count - 1) {
      let (slope, change) = try estimate(from: segment, to: segment + 1, name)
      segments.append(
        JoinpointRegression.Segment(
          first: knots[segment], last: knots[segment + 1], slope: slope, change: change))
    }
    self.segments = segments
    average = try estimate(from: 0, to: knots.count - 1, "average \(name)").1
  }
}
