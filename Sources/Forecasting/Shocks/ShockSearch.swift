import RealModule

/// The search for disturbances in the values of one series: each position and kind against none, by the exact ratio of
/// marginal likelihoods under Jeffreys' prior for the error variance, averaged over the processes that the undisturbed
/// series may follow, and times prior odds that are shared out over everything that is tried.
///
/// With S the generalised sum of squares and ν degrees of freedom the ratio is (1 + τ²d'Pd)^(-1/2) (S₁/S)^(-ν/2). For many
/// observations its logarithm is half of the difference in the Bayesian information criterion; for few it is exact, where
/// a criterion would need a correction.
struct ShockSearch {
  /// The values, in any unit and from any origin.
  let values: [Double]
  /// A sum of squares that rounding and chance behind the figures put in besides.
  let floor: Double
  let prior: ShockPrior

  /// What was found: effects and prior variances, and what they are.
  struct Finding {
    enum What {
      /// The kind, by its place among the kinds, and the index of the observation at which it sets in.
      case shock(kind: Int, index: Int)
      case pandemic(PandemicYears.Treatment)
      /// A step that was announced.
      case announced(index: Int)
      /// Effects known from a pool, by the number of the pool's shock.
      case shared(Int)
    }
    let what: What
    var disturbances: [Disturbance]
    /// The logarithm of the posterior odds against none.
    var logOdds: Double
    /// For a shock the probabilities of the kinds.
    var kinds: [Double] = []
    /// The kind that a shared shock is read as, where not as the pool's most probable.
    var kindOverride: Int?

    /// The disturbances with a prior so wide that it no longer draws the size towards nothing: it was there for the
    /// evidence, and what is found is taken out whole. Observations that count for less keep theirs, and so do the sizes
    /// that a pool tells.
    var freelySized: [Disturbance] {
      switch what {
      case .shock, .pandemic(.dummied), .pandemic(.temporaryChange):
        disturbances.map { Disturbance(effects: $0.effects, variance: 1e4 * $0.variance) }
      case .announced, .shared, .pandemic(.downWeighted): disturbances
      }
    }
  }

  /// A treatment of the pandemic years with the design that admits it.
  struct PandemicAlternative: Sendable {
    let treatment: PandemicYears.Treatment
    let disturbances: [Disturbance]
    let design: ShockDesign
  }

  /// Fewer degrees of freedom than these cannot tell a shock from an ordinary error.
  static let leastFreedom = 3.0

  /// Everything that is found, the strongest first.
  ///
  /// - Parameters:
  ///   - design: the design of the observations with whatever is admitted already.
  ///   - pandemic: the treatments of the pandemic years.
  func findings(design start: ShockDesign, pandemic: [PandemicAlternative]) -> [Finding] {
    guard var finding = best(design: start, pandemic: pandemic, odds: prior.odds) else { return [] }
    var found: [Finding] = []
    var design = start
    var alternatives = pandemic
    let most = max(1, values.count / 8)
    while true {
      guard let next = design.admitting(finding.disturbances) else { break }
      found.append(finding)
      design = next
      if case .pandemic = finding.what { alternatives = [] }
      guard found.count < most + (pandemic.isEmpty ? 0 : 1), design.freedom >= Self.leastFreedom else {
        break
      }
      let remaining = alternatives.compactMap { alternative in
        design.admitting(alternative.disturbances).map {
          PandemicAlternative(
            treatment: alternative.treatment, disturbances: alternative.disturbances, design: $0)
        }
      }
      guard let further = best(design: design, pandemic: remaining, odds: prior.furtherOdds) else { break }
      finding = further
    }
    return supported(found, design: start)
  }

  /// Leaves out what the others make unnecessary: the first to be found may only have hidden a stronger one.
  private func supported(_ found: [Finding], design: ShockDesign) -> [Finding] {
    guard found.count > 1 else { return found }
    var kept = found
    for index in found.indices.dropLast().reversed() {
      var others = kept
      others.remove(at: index)
      guard let without = design.admitting(others.flatMap(\.disturbances)),
        let with = without.admitting(kept[index].disturbances)
      else { continue }
      // The prior odds are those at which it was accepted, less what it was worth then.
      let gain = evidence(with) - evidence(without)
      if gain + logPrior(of: kept[index]) < 0 {
        kept.remove(at: index)
      } else {
        kept[index].logOdds = gain + logPrior(of: kept[index])
      }
    }
    return kept
  }

  private func logPrior(of finding: Finding) -> Double {
    switch finding.what {
    case .shock: Double.log(prior.furtherOdds / Double(values.count))
    case .pandemic: Double.log(prior.pandemicOdds / Double(PandemicYears.Treatment.allCases.count))
    case .announced, .shared: 0
    }
  }

  /// The logarithm of the evidence, summed over the bases.
  func evidence(_ design: ShockDesign) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: design.bases) { logs in
      var most = -Double.infinity
      for base in 0..<design.bases {
        let square = max(design.square(of: values, base: base), 0) + floor
        let log = design.constants[base] - 0.5 * design.freedom * Double.log(square)
        logs.initializeElement(at: base, to: log)
        most = max(most, log)
      }
      var sum = 0.0
      for base in 0..<design.bases { sum += Double.exp(logs[base] - most) }
      return most + Double.log(sum)
    }
  }

  /// The sum of squares and the logarithm of the evidence of each base.
  func bases(_ design: ShockDesign) -> (squares: [Double], logs: [Double]) {
    let squares = (0..<design.bases).map { max(design.square(of: values, base: $0), 0) + floor }
    return (
      squares, squares.indices.map { design.constants[$0] - 0.5 * design.freedom * Double.log(squares[$0]) }
    )
  }

  /// The strongest disturbance; nil where none is more likely than not.
  func best(design: ShockDesign, pandemic: [PandemicAlternative], odds: Double) -> Finding? {
    guard design.freedom >= Self.leastFreedom else { return nil }
    let count = values.count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: design.bases * (count + 2)) { storage in
      storage.initialize(repeating: 0)
      let projected = UnsafeMutableBufferPointer(rebasing: storage[..<(design.bases * count)])
      let squares = UnsafeMutableBufferPointer(
        rebasing: storage[(design.bases * count)..<(design.bases * (count + 1))])
      let logs = UnsafeMutableBufferPointer(rebasing: storage[(design.bases * (count + 1))...])
      let reach = project(design, into: projected, squares: squares)
      var finding: Finding?
      let isPossible =
        -0.5 * design.freedom * Double.log(max(1 - reach, 1e-300)) > -Double.log(odds / Double(count))
      guard isPossible || !pandemic.isEmpty else { return nil }
      for base in 0..<design.bases {
        logs[base] = design.constants[base] - 0.5 * design.freedom * Double.log(squares[base])
      }
      let most = logs.reduce(-Double.infinity, max)
      var total = 0.0
      for base in 0..<design.bases { total += Double.exp(logs[base] - most) }
      for base in 0..<design.bases { logs[base] = Double.exp(logs[base] - most) / total }
      if isPossible {
        finding = bestShock(design, projected: projected, squares: squares, weights: logs, odds: odds)
      }
      let none = most + Double.log(total)
      for alternative in pandemic {
        let logOdds =
          evidence(alternative.design) - none
          + Double.log(prior.pandemicOdds / Double(PandemicYears.Treatment.allCases.count))
        if logOdds > max(0, finding?.logOdds ?? 0) {
          finding = Finding(
            what: .pandemic(alternative.treatment), disturbances: alternative.disturbances, logOdds: logOdds)
        }
      }
      return finding
    }
  }

  /// Py and the sum of squares of each base.
  ///
  /// - Returns: the greatest share of a sum of squares that any shock would take.
  private func project(
    _ design: ShockDesign, into projected: UnsafeMutableBufferPointer<Double>,
    squares: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let count = values.count
    var reach = 0.0
    design.precision.withUnsafeBufferPointer { precision in
      values.withUnsafeBufferPointer { values in
        for base in 0..<design.bases {
          var square = 0.0
          for row in 0..<count {
            let offset = (base * count + row) * count
            var sum = 0.0
            for column in 0..<count { sum += precision[offset + column] * values[column] }
            projected[base * count + row] = sum
            square += sum * values[row]
          }
          squares[base] = max(square, 0) + floor
        }
      }
    }
    design.strengths.withUnsafeBufferPointer { strengths in
      for base in 0..<design.bases {
        for kind in 0..<3 {
          var inner = 0.0
          for index in stride(from: count - 1, through: 0, by: -1) {
            inner = projected[base * count + index] + design.fade(kind, from: index) * inner
            let strength = strengths[(base * 3 + kind) * count + index]
            if strength > 1e-9 { reach = max(reach, inner * inner / (strength * squares[base])) }
          }
        }
      }
    }
    return min(reach, 1)
  }

  /// The position with the greatest odds over its kinds; nil where they are below one.
  private func bestShock(
    _ design: ShockDesign, projected: UnsafeMutableBufferPointer<Double>,
    squares: UnsafeMutableBufferPointer<Double>, weights: UnsafeMutableBufferPointer<Double>, odds: Double
  ) -> Finding? {
    let count = values.count
    let shares = prior.shares.list
    let variance = prior.size * prior.size
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * count) { ratios in
      ratios.initialize(repeating: 0)
      for base in 0..<design.bases where weights[base] > 1e-12 {
        for kind in 0..<3 {
          var inner = 0.0
          for index in stride(from: count - 1, through: 0, by: -1) {
            inner = projected[base * count + index] + design.fade(kind, from: index) * inner
            let strength = design.strengths[(base * 3 + kind) * count + index]
            let spread = 1 + variance * max(strength, 0)
            // What is left can be less than nothing only by rounding.
            let left = max(1 - inner * inner * variance / (spread * squares[base]), 1e-15)
            ratios[kind * count + index] +=
              weights[base] * Double.exp(-0.5 * (Double.log(spread) + design.freedom * Double.log(left)))
          }
        }
      }
      var best: (index: Int, odds: Double) = (0, 0)
      for index in 0..<count {
        var sum = 0.0
        for kind in 0..<3 { sum += share(kind, at: index, shares) * ratios[kind * count + index] }
        if sum > best.odds { best = (index, sum) }
      }
      let posterior = best.odds * odds / Double(count)
      guard posterior > 1 else { return nil }
      var kinds = (0..<3).map {
        share($0, at: best.index, shares) * ratios[$0 * count + best.index] / best.odds
      }
      let kind = kinds.indices.max { kinds[$0] < kinds[$1] } ?? 0
      // At the last observation the kinds are one and the same, and only the prior speaks.
      if best.index == count - 1 { kinds = shares }
      return Finding(
        what: .shock(kind: kind, index: best.index),
        disturbances: [Disturbance(effects: design.effects(kind, from: best.index), variance: variance)],
        logOdds: Double.log(posterior), kinds: kinds)
    }
  }

  /// The share of a position's prior that a kind has there.
  ///
  /// Up to the level, a shift after the first observation is an outlier at the first, and counts as that; at the last
  /// observation all kinds are one.
  private func share(_ kind: Int, at index: Int, _ shares: [Double]) -> Double {
    if index == values.count - 1 { return kind == 0 ? 1 : 0 }
    if index == 0 { return kind == 0 ? shares[0] + shares[2] : kind == 1 ? shares[1] : 0 }
    return index == 1 && kind == 2 ? 0 : shares[kind]
  }
}

extension ShockSearch {
  /// The probability of findings in which the level has shifted against findings in which something passes.
  func probability(of staying: [Finding], ratherThan passing: [Finding], design: ShockDesign) -> Double? {
    guard let passes = design.admitting(passing.flatMap(\.disturbances)),
      let stays = design.admitting(staying.flatMap(\.disturbances))
    else { return nil }
    let share = prior.shares.levelShift
    guard share < 1 else { return 1 }
    let odds = share / (1 - share) * Double.exp(min(evidence(stays) - evidence(passes), 700))
    return odds / (1 + odds)
  }

  /// The sizes of disturbances that are admitted together, averaged over the bases by their evidence.
  ///
  /// - Returns: posterior mean and variance of each coefficient, in the unit of the values; nil where the equations cannot
  ///   be solved.
  func sizes(of disturbances: [Disturbance], design: ShockDesign) -> (means: [Double], variances: [Double])? {
    guard let admitted = design.admitting(disturbances) else { return nil }
    let (squares, logs) = bases(admitted)
    let most = logs.max() ?? 0
    let weights = logs.map { Double.exp($0 - most) }
    let total = weights.reduce(0, +)
    let order = disturbances.count
    var means = [Double](repeating: 0, count: order)
    var seconds = means
    for base in 0..<design.bases where weights[base] > 1e-6 * total {
      let projected = disturbances.map { design.projected($0.effects, base: base) }
      var system = [Double](repeating: 0, count: order * order)
      var right = [Double](repeating: 0, count: order)
      for row in 0..<order {
        for column in 0..<order {
          for index in values.indices {
            system[row * order + column] += disturbances[row].effects[index] * projected[column][index]
          }
        }
        if disturbances[row].variance.isFinite { system[row * order + row] += 1 / disturbances[row].variance }
        for index in values.indices { right[row] += projected[row][index] * values[index] }
      }
      guard let inverse = Self.inverse(system, order: order) else { return nil }
      let error = squares[base] / max(admitted.freedom, 1)
      for row in 0..<order {
        var mean = 0.0
        for column in 0..<order { mean += inverse[row * order + column] * right[column] }
        let share = weights[base] / total
        means[row] += share * mean
        seconds[row] += share * (error * inverse[row * order + row] + mean * mean)
      }
    }
    return (means, zip(seconds, means).map { max(0, $0 - $1 * $1) })
  }

  /// The inverse of a symmetric positive definite matrix by elimination; nil where a pivot vanishes.
  static func inverse(_ matrix: [Double], order: Int) -> [Double]? {
    var left = matrix
    var right = [Double](repeating: 0, count: order * order)
    for index in 0..<order { right[index * order + index] = 1 }
    for pivot in 0..<order {
      let value = left[pivot * order + pivot]
      guard value > 1e-14, value.isFinite else { return nil }
      for column in 0..<order {
        left[pivot * order + column] /= value
        right[pivot * order + column] /= value
      }
      for row in 0..<order where row != pivot {
        let factor = left[row * order + pivot]
        for column in 0..<order {
          left[row * order + column] -= factor * left[pivot * order + column]
          right[row * order + column] -= factor * right[pivot * order + column]
        }
      }
    }
    return right
  }
}
