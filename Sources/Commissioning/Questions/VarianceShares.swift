/// How much of a figure's variance each uncertain number explains by itself, from one set of simulated futures.
///
/// The first-order share of a driver X is Var(E[Y | X]) / Var(Y) (Sobol' 1993). E[Y | X] is estimated by a straight line
/// inside each of up to fifty bins of X that hold equally many futures, so that curves and steps are seen as well as
/// straight lines; the share is 1 - s² / Var(Y), where s² is the residual mean square on its degrees of freedom. That
/// correction takes away what lines fitted to mere chance would explain, so that a driver without influence has a share
/// of nought on average, and may have one a little below. The errors are those of a delete-a-group jackknife.
///
/// What drivers do only together, and what no single one of them explains, is the remainder; with it the shares sum to
/// one. Where drivers are correlated, each is given what it shares with the others, and the remainder can be negative.
///
/// I. M. Sobol' (1993), Sensitivity estimates for nonlinear mathematical models; A. Saltelli and others (2008), Global
/// Sensitivity Analysis: The Primer, chapter 4, for the estimate from given futures.
public struct VarianceShares: Sendable {
  /// A share of the variance.
  public struct Share: Sendable {
    /// The driver's name.
    public let id: String
    /// What kind of number it is.
    public let kind: PlanDriver.Kind
    /// The share, 1 for all of the variance; a little below nought where the driver has no influence.
    public let value: Double
    /// The standard error of the share.
    public let error: Double
  }

  /// The drivers, the largest share first.
  public let shares: [Share]
  /// What no single driver explains: one less the shares.
  public let remainder: Double
  /// The standard error of the remainder.
  public let remainderError: Double
  /// The variance that is shared out, in the square of the figure's unit.
  public let variance: Double

  /// The fewest futures from which a share can be estimated.
  public static let fewestFutures = 400
  private static let mostBins = 50
  private static let futuresPerBin = 40
  private static let groups = 20

  /// Estimates the shares.
  ///
  /// - Parameters:
  ///   - figure: the figure in every simulated future.
  ///   - drivers: the uncertain numbers that the futures were drawn from.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for fewer than ``fewestFutures`` futures, a driver of
  ///   other futures than the figure's, and values that are not finite. A figure that does not vary has no shares.
  public init(of figure: Draws, drivers: [PlanDriver]) throws(CommissioningError) {
    guard let count = figure.futures, let bounds = Self.bounds(of: figure), bounds.lower < bounds.upper else {
      _ = try figure.values(count: figure.futures ?? 1, of: "the figure")
      (shares, remainder, remainderError, variance) = ([], 0, 0, 0)
      return
    }
    guard count >= Self.fewestFutures else {
      throw .invalid(
        service: "variance shares",
        reason: "\(count) simulated futures are too few to share out a variance; give at least "
          + "\(Self.fewestFutures) with --draws")
    }
    var target = try figure.values(count: count, of: "the figure")
    // Sums of squares of pounds about their mean keep all their digits; raw sums of squares would not.
    let mean = target.reduce(0, +) / Double(count)
    let scale = max(bounds.upper - mean, mean - bounds.lower)
    for path in target.indices { target[path] = (target[path] - mean) / scale }
    let total = Moments(of: target, groups: Self.groups)
    var found: [(driver: PlanDriver, estimates: [Double])] = []
    for driver in drivers where driver.draws.knownValue == nil {
      let values = try driver.draws.values(count: count, of: driver.id)
      found.append((driver, Self.estimates(target, by: values, total: total)))
    }
    // The first estimate is that of all futures, the others each leave one group out.
    let rest = (0...Self.groups).map { index in 1 - found.reduce(0) { $0 + $1.estimates[index] } }
    shares = found.map { driver, estimates in
      Share(id: driver.id, kind: driver.kind, value: estimates[0], error: Self.jackknife(estimates))
    }.sorted { ($0.value, $1.id) > ($1.value, $0.id) }
    remainder = rest[0]
    remainderError = Self.jackknife(rest)
    variance = total.variance(without: nil) * scale * scale
  }

  private static func bounds(of figure: Draws) -> (lower: Double, upper: Double)? {
    guard case .sampled(let values) = figure.storage, let lower = values.min(), let upper = values.max(),
      lower.isFinite, upper.isFinite
    else { return nil }
    return (lower, upper)
  }

  /// The standard error of the first of some estimates, of which the others each leave one group out (Quenouille 1956).
  private static func jackknife(_ estimates: [Double]) -> Double {
    let left = estimates.dropFirst()
    let count = Double(left.count)
    let mean = left.reduce(0, +) / count
    return ((count - 1) / count * left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }).squareRoot()
  }

  /// The share of one driver from all futures, then without each group in turn.
  private static func estimates(_ target: [Double], by driver: [Double], total: Moments) -> [Double] {
    let bins = bins(of: driver)
    var sums = Array(repeating: Array(repeating: BinSums(), count: groups + 1), count: bins.count)
    for (number, bin) in bins.enumerated() {
      // Within a bin the driver is measured from the bin's middle, for the sake of its digits.
      let middle = (driver[bin[bin.startIndex]] + driver[bin[bin.index(before: bin.endIndex)]]) / 2
      for path in bin {
        let group = path % groups
        sums[number][group].add(driver[path] - middle, target[path])
      }
      for group in 0..<groups { sums[number][groups].add(sums[number][group]) }
    }
    return ([nil] + (0..<groups).map { Optional($0) }).map { left in
      var residual = 0.0
      var freedom = 0
      for sum in sums {
        var own = sum[groups]
        if let left { own.remove(sum[left]) }
        residual += own.residual
        freedom += own.degreesOfFreedom
      }
      let variance = total.variance(without: left)
      return freedom > 0 && variance > 0 ? 1 - residual / Double(freedom) / variance : 0
    }
  }

  /// The futures in the order of a driver, cut into bins of about equal size; equal values share a bin.
  private static func bins(of driver: [Double]) -> [ArraySlice<Int>] {
    let order = driver.indices.sorted { (driver[$0], $0) < (driver[$1], $1) }
    let count = max(2, min(mostBins, order.count / futuresPerBin))
    var bins: [ArraySlice<Int>] = []
    var start = 0
    for bin in 1...count {
      var end = max(start, bin * order.count / count)
      while end > start, end < order.count, driver[order[end]] == driver[order[end - 1]] { end += 1 }
      if end > start { bins.append(order[start..<end]) }
      start = end
    }
    return bins
  }
}

/// Sums over the futures of one bin, from which the scatter about a straight line follows.
private struct BinSums {
  var count = 0.0
  var x = 0.0
  var y = 0.0
  var xx = 0.0
  var xy = 0.0
  var yy = 0.0

  mutating func add(_ x: Double, _ y: Double) {
    count += 1
    self.x += x
    self.y += y
    xx += x * x
    xy += x * y
    yy += y * y
  }

  mutating func add(_ other: BinSums) {
    count += other.count
    x += other.x
    y += other.y
    xx += other.xx
    xy += other.xy
    yy += other.yy
  }

  mutating func remove(_ other: BinSums) {
    count -= other.count
    x -= other.x
    y -= other.y
    xx -= other.xx
    xy -= other.xy
    yy -= other.yy
  }

  /// Whether the driver varies within the bin by more than its rounding.
  private var spread: Double? {
    guard count > 2 else { return nil }
    let spread = xx - x * x / count
    return spread > 1e-12 * xx ? spread : nil
  }

  /// The sum of squares about the line.
  var residual: Double {
    guard count > 0 else { return 0 }
    let squares = yy - y * y / count
    guard let spread else { return max(0, squares) }
    let cross = xy - x * y / count
    return max(0, squares - cross * cross / spread)
  }

  var degreesOfFreedom: Int { max(0, Int(count) - (spread == nil ? 1 : 2)) }
}

/// The variance of the figure, as a whole and without each group of futures.
private struct Moments {
  private var sums: [BinSums]

  init(of values: [Double], groups: Int) {
    sums = Array(repeating: BinSums(), count: groups + 1)
    for (path, value) in values.enumerated() { sums[path % groups].add(0, value) }
    for group in 0..<groups { sums[groups].add(sums[group]) }
  }

  func variance(without group: Int?) -> Double {
    guard var own = sums.last else { return 0 }
    if let group { own.remove(sums[group]) }
    return own.residual / Double(max(1, own.degreesOfFreedom))
  }
}
