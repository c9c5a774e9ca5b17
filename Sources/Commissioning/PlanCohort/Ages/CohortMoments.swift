/// The exact means and covariances of a cohort whose rates are certain: what simulation must agree with, and
/// an answer in no time where rates are assumptions.
///
/// V' = P V Pᵀ + Σ n_j C_j + diag(λ), where C_j is the covariance of what becomes of one child: diag(p) − p
/// pᵀ, and more where transfers bring others in.
public struct CohortMoments: Sendable, Hashable {
  /// Ages and settings.
  public let shape: CohortShape
  /// The mean of each cell.
  public let mean: [Double]
  /// The covariances of the cells, row by row.
  public let covariance: [Double]

  /// The mean of all plans, or of those in one setting; nil for a setting that is not there.
  public func mean(setting: String? = nil) -> Double? {
    cells(setting)?.reduce(0) { $0 + mean[$1] }
  }

  /// The variance of all plans, or of those in one setting; nil for a setting that is not there.
  public func variance(setting: String? = nil) -> Double? {
    guard let cells = cells(setting) else { return nil }
    return cells.reduce(0) { sum, row in
      cells.reduce(sum) { $0 + covariance[row * mean.count + $1] }
    }
  }

  private func cells(_ setting: String?) -> [Int]? {
    guard let setting else { return Array(mean.indices) }
    guard let place = shape.setting(setting) else { return nil }
    return mean.indices.filter { $0 % shape.settings.count == place }
  }
}

extension CohortRates {
  /// Means and covariances at the opening census and each later one.
  ///
  /// - Parameters:
  ///   - opening: Plans by age and setting.
  ///   - population: For each calendar year, the people of each age.
  ///   - service: Who asks, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for rates that are not certain, whose moments
  ///   are not linear, and for tables of the wrong size.
  public func moments(
    opening: [Double], population: [[Double]], service: String
  ) throws(CommissioningError) -> [CohortMoments] {
    try shape.requireCounts(opening, service: service, what: "plans at the first census")
    let certain =
      [ceasing, moves, requests, placement].allSatisfy { $0.strength.allSatisfy { $0 == .infinity } }
      && assessed == nil && issued == nil && ceasingYears == 0 && requestYears == 0
      && transfers.standardDeviation == 0 && transfers.yearlyScale == 0 && transfers.mean >= -1
    guard certain else {
      throw .invalid(
        service: service,
        reason:
          "exact moments are for rates that are certain; state them with infinite strengths, or simulate")
    }
    let cells = shape.cells
    let settings = shape.settings.count
    var mean = opening
    var covariance = [Double](repeating: 0, count: cells * cells)
    var result = [CohortMoments(shape: shape, mean: mean, covariance: covariance)]
    for people in population {
      guard people.count == shape.ages.count, people.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw .invalid(
          service: service,
          reason: "the population must be \(shape.ages.count) counts of 0 or more, one for each age")
      }
      // What becomes of one child of a cell: the expected number in each setting a year older.
      var onward = [Double](repeating: 0, count: cells * settings)
      for cell in 0..<(shape.ages.count - 1) * settings {
        let stay = (1 - self.ceasing.mean[cell]) * (1 + transfers.mean)
        for to in 0..<settings { onward[cell * settings + to] = stay * moves.mean[cell * settings + to] }
      }
      covariance = propagated(covariance, onward)
      var next = [Double](repeating: 0, count: cells)
      for cell in 0..<(shape.ages.count - 1) * settings where mean[cell] > 0 {
        addOffspring(of: cell, number: mean[cell], onward, &next, &covariance)
      }
      for cell in 0..<cells {
        let arrivals = people[cell / settings] * requests.mean[cell / settings] * placement.mean[cell]
        next[cell] += arrivals
        covariance[cell * cells + cell] += arrivals
      }
      mean = next
      result.append(CohortMoments(shape: shape, mean: mean, covariance: covariance))
    }
    return result
  }

  /// P V Pᵀ, where P takes each age to the next.
  private func propagated(_ covariance: [Double], _ onward: [Double]) -> [Double] {
    let cells = shape.cells
    let settings = shape.settings.count
    let staying = (shape.ages.count - 1) * settings
    var half = [Double](repeating: 0, count: cells * cells)
    for row in 0..<staying {
      for column in 0..<staying where covariance[row * cells + column] != 0 {
        let start = (column / settings + 1) * settings
        for to in 0..<settings {
          half[row * cells + start + to] += covariance[row * cells + column] * onward[column * settings + to]
        }
      }
    }
    var whole = [Double](repeating: 0, count: cells * cells)
    for row in 0..<staying {
      let start = (row / settings + 1) * settings
      for to in 0..<settings where onward[row * settings + to] != 0 {
        for column in 0..<cells {
          whole[(start + to) * cells + column] += onward[row * settings + to] * half[row * cells + column]
        }
      }
    }
    return whole
  }

  /// Adds what a number of children of one cell become, and the covariance of its chance.
  private func addOffspring(
    of cell: Int, number: Double, _ onward: [Double], _ next: inout [Double], _ covariance: inout [Double]
  ) {
    let cells = shape.cells
    let settings = shape.settings.count
    let start = (cell / settings + 1) * settings
    let transfer = transfers.mean
    // Where others come in, one who stays counts for 1 + Poisson(u): the mean of K(K − 1) is u² + 2u.
    let pairs = transfer > 0 ? (1 - ceasing.mean[cell]) * (transfer * transfer + 2 * transfer) : 0
    for one in 0..<settings {
      let first = onward[cell * settings + one]
      next[start + one] += number * first
      for two in 0..<settings {
        let second = onward[cell * settings + two]
        let both = pairs * moves.mean[cell * settings + one] * moves.mean[cell * settings + two]
        covariance[(start + one) * cells + start + two] +=
          number * (both - first * second + (one == two ? first : 0))
      }
    }
  }
}
