import RealModule
import Statistics

/// A series forecast with its pool: see ``PooledTrend``.
public struct FittedPooledTrend: FittedModel {
  /// The specification of the model that was fitted.
  public let specification = PooledTrend().specification
  /// What it was fitted to.
  public let sample: Sample
  private let learned: PooledLearning
  private let row: Int
  private let centre: Double
  private let isLogarithmic: Bool
  /// What one stands for on the natural scale, where changes are not logarithmic.
  private let level: Double
  /// The least and the greatest value that is forecast: inside what the scale of the sample can hold, and where changes
  /// are logarithmic at most ten times what was seen, because the exponential of a Student's t has no mean.
  private let bounds: ClosedRange<Double>
  private let contest: PoolContest?

  init(_ learned: PooledLearning, row: Int, sample: Sample, contest: PoolContest? = nil) {
    self.contest = contest
    self.learned = learned
    self.row = row
    self.sample = sample
    let place = learned.table.rows[row]
    isLogarithmic = place.isLogarithmic
    level = place.level
    centre = learned.table.values[row * learned.table.width + place.last]
    let largest = sample.observed.reduce(0) { max($0, abs($1)) }
    let least = Self.leastValue(sample.scale, largest: largest)
    let greatest = Self.greatestValue(sample.scale, largest: largest)
    bounds = least...max(least, isLogarithmic ? min(greatest, 10 * largest) : greatest)
  }

  /// The least value whose transformation is finite; a millionth of a millionth of the largest above a bound that has none.
  private static func leastValue(_ scale: Scale, largest: Double) -> Double {
    switch scale {
    case .natural: -.greatestFiniteMagnitude
    case .logarithm(let offset), .boxCox(_, let offset): offset > 0 ? 0 : 1e-12 * largest
    case .logOdds(let lower, let upper, let offset): offset > 0 ? lower : lower + 1e-12 * (upper - lower)
    }
  }

  private static func greatestValue(_ scale: Scale, largest: Double) -> Double {
    switch scale {
    case .natural: .greatestFiniteMagnitude
    case .logarithm, .boxCox: 10 * largest
    case .logOdds(let lower, let upper, let offset): offset > 0 ? upper : upper - 1e-12 * (upper - lower)
    }
  }

  /// A relative value on the scale of the sample.
  private func carried(_ relative: Double) -> Double {
    let value = isLogarithmic ? Double.exp(min(relative, 700)) : relative * level
    return sample.scale.transformed(min(max(value, bounds.lowerBound), bounds.upperBound))
  }

  /// What the pool and the series show, in relative changes.
  public var parameters: [FittedParameter] {
    var parameters = [
      FittedParameter("typical own change", learned.own.typical(row)),
      FittedParameter("last common change", learned.changes.last?.size ?? 0),
    ]
    if let step = learned.own.steps.first {
      parameters += [
        FittedParameter("momentum", step.coefficients.momentum),
        FittedParameter("return to own mean", step.coefficients.mean),
        FittedParameter("return to the others", step.coefficients.others),
      ]
    }
    return parameters
  }

  /// The parameters are of relative changes.
  public var parameterScale: String? { "relative change" }

  /// The own changes less what was expected of them, on the scale of the sample.
  public var residuals: [Double] {
    let width = learned.table.width
    return learned.own.errors(row).map { column, error in
      let relative = learned.table.values[row * width + column]
      return carried(relative) - carried(relative - error)
    }
  }

  /// Where the residuals stand.
  public var residualPositions: [Int] {
    let place = learned.table.rows[row]
    let columns = learned.table.columns
    return learned.own.errors(row).map {
      columns[$0.column] - columns[place.last] + (sample.positions.last ?? 0)
    }
  }

  /// A level and a size of its own; the rest is the pool's.
  public var parameterCount: Int { 2 }

  /// The distribution `step` periods after the last observation; see ``FittedModel/predictive(step:)``.
  public func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try distribution(step: step)
  }

  func distribution(step: Int) throws(ForecastingError) -> QuantileTable {
    guard step >= 1, step <= Forecast.longestHorizon else { throw .horizon(step) }
    // What rounding alone leaves unknown, as a relative value.
    let last = sample.observed.last ?? 1
    let rounding = sample.roundingVariance.squareRoot() / sample.scale.slope(at: last)
    let relative = learned.distribution(
      row: row, step: step, centre: centre, leastSize: rounding / (isLogarithmic ? last : level))
    return QuantileTable(quantiles: relative.quantiles.map(carried))
  }

  /// Draws one path: each step from its distribution, with ranks that follow one another as those of a random walk do.
  public func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    var sum = 0.0
    for index in path.indices {
      sum += stream.normal()
      let table = try? distribution(step: min(index + 1, Forecast.longestHorizon))
      path[index] = table?.quantile(score: sum / Double(index + 1).squareRoot()) ?? .nan
    }
  }

  /// The hypotheses about the common movement, with their probabilities.
  public var voices: [Voice] {
    let probabilities = learned.movement.probabilities
    func weight(_ holds: (SharedMovement.Hypothesis) -> Bool) -> Double {
      probabilities.reduce(0) { $0 + (holds($1.hypothesis) ? $1.probability : 0) }
    }
    return [
      Voice("pooled-trend: no common trend", weight: weight { $0 == .noTrend }),
      Voice("pooled-trend: a common level", weight: weight { $0 == .level }),
      Voice("pooled-trend: a common trend", weight: weight { $0 != .noTrend && $0 != .level }),
    ]
  }

  /// How the pool moved and what it lends to this series.
  public var remarks: [String] {
    var remarks = [
      "forecast with \(learned.table.rows.count - 1) other series of its pool"
    ]
    if let change = learned.changes.last {
      let percent = PlainPercent.text(change.size)
      remarks.append("their common change into the last period was \(percent)")
    }
    if let probability = learned.movement.pandemicProbability, probability > 0.5 {
      remarks.append("the common changes of the pandemic years count for less, by evidence of the pool")
    }
    if let contest { remarks.append(contest.remark) }
    return remarks
  }
}

extension FittedPooledTrend {
  /// What the pool and the series show, for an account in sentences.
  struct Account {
    /// The number of other series of the pool.
    let others: Int
    /// The common change into the last period, relative; nil where none was seen.
    let commonChange: Double?
    /// The probabilities of a common trend, of a common level, and of neither.
    let trend: Double
    let level: Double
    let none: Double
    /// The usual size of the changes of the series beside the pool, relative.
    let typicalOwn: Double
    /// What it is expected to do beside the pool in the next period, relative.
    let expectedOwn: Double
    let contest: PoolContest?
  }

  var account: Account {
    var trend = 0.0
    var level = 0.0
    var none = 0.0
    for (hypothesis, probability) in learned.movement.probabilities {
      switch hypothesis {
      case .noTrend: none += probability
      case .level: level += probability
      case .trend: trend += probability
      }
    }
    return Account(
      others: learned.table.rows.count - 1, commonChange: learned.changes.last?.size, trend: trend,
      level: level, none: none, typicalOwn: learned.own.typical(row),
      expectedOwn: learned.own.expected(row, step: 1), contest: contest)
  }
}

extension FittedModel {
  /// The number of other series that this one was forecast together with; 0 where it was forecast by itself, as
  /// ``Automatic`` does in a pool of fewer than four series, with a season, or where alone has served the pool better.
  public var othersInPool: Int { pooledTrend(in: self)?.account.others ?? 0 }
}

/// A relative change in words.
enum PlainPercent {
  static func text(_ change: Double) -> String {
    let tenths = (change * 1000).rounded() / 10
    return (tenths > 0 ? "+" : tenths < 0 ? "−" : "") + NumberText.plain(abs(tenths)) + " %"
  }
}
