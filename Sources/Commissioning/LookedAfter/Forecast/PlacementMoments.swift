import Statistics
import TimeSeries

/// Mean and covariance of the children in care at the end of a day, without simulation.
public struct PlacementMoments: Hashable, Sendable {
  /// The day.
  public let date: CivilDate
  /// The mean of each state, in the order of ``PlacementScheme``.
  public let mean: [Double]
  /// The covariance of the numbers by category, over all ages, row by row.
  public let covariance: [Double]

  /// The mean of each category over all ages.
  public var categoryMeans: [Double] {
    let categories = Int(Double(covariance.count).squareRoot())
    var result = [Double](repeating: 0, count: categories)
    for (state, value) in mean.enumerated() { result[state % categories] += value }
    return result
  }

  /// The mean number of children.
  public var total: Double { mean.reduce(0, +) }

  /// The variance of the number of children.
  public var variance: Double { covariance.reduce(0, +) }
}

extension PlacementForecast {
  /// Mean and covariance at the mean of every rate: what chance alone does.
  ///
  /// Children move independently of each other, so each adds diag(p) − p pᵀ of the probabilities of where it is; those who
  /// have come since are Poisson in every state. Birthdays are those of each child; those of entrants are taken by month of
  /// birth. Populations are at their means, as are levers.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for dates outside the forecast, for levers that move a number
  ///   of children (their choice ties children together; simulate), or for rates too large to compute with.
  public func moments(on dates: [CivilDate]) throws(CommissioningError) -> [PlacementMoments] {
    try checkMoments(dates)
    let run = MomentRun(self, path: nil)
    let result = run.moments(rates: rates.mean, entryFactor: nil, exitFactor: nil, dates: dates)
    guard let result else { throw Self.tooLarge }
    return result
  }

  /// Mean and covariance with the doubt about the rates in it: those of chance, averaged over drawn rates, and the
  /// covariance of the means of the draws.
  ///
  /// The draws are those of ``simulate(paths:seed:jobs:)`` with the same seed.
  ///
  /// - Throws: as ``moments(on:)``, and for fewer than 2 draws or a number that populations or levers do not hold.
  public func moments(on dates: [CivilDate], draws: Int, seed: UInt64) throws(CommissioningError)
    -> [PlacementMoments]
  {
    try checkMoments(dates)
    guard (2...100_000).contains(draws), inputFutures == nil || inputFutures == draws else {
      throw PlacementScheme.refusal(
        "\(draws) draws of the rates are asked for; 2 to 100,000 are accepted, and as many as populations and levers hold"
      )
    }
    let streams = CareStreams(seed: seed, states: 0, levers: 0)
    var drawn: [[PlacementMoments]] = []
    for path in 0..<draws {
      let run = MomentRun(self, path: path)
      var values = rates.mean
      var stream = streams.rates.path(UInt64(path))
      if drawsRates { rates.draw(into: &values, from: &stream) }
      let factors = variesByYear ? yearlyFactors(path: path, streams: streams) : nil
      guard
        let moments = run.moments(
          rates: values, entryFactor: factors?.entries, exitFactor: factors?.exits, dates: dates)
      else { throw Self.tooLarge }
      drawn.append(moments)
    }
    return dates.indices.map { place in Self.pooled(drawn.map { $0[place] }, rates.scheme) }
  }

  /// The law of total covariance.
  private static func pooled(_ draws: [PlacementMoments], _ scheme: PlacementScheme) -> PlacementMoments {
    let categories = scheme.categories.count
    let number = Double(draws.count)
    var mean = [Double](repeating: 0, count: scheme.stateCount)
    var covariance = [Double](repeating: 0, count: categories * categories)
    var centre = [Double](repeating: 0, count: categories)
    for draw in draws {
      for state in mean.indices { mean[state] += draw.mean[state] / number }
      for cell in covariance.indices { covariance[cell] += draw.covariance[cell] / number }
      for (category, value) in draw.categoryMeans.enumerated() { centre[category] += value / number }
    }
    for draw in draws {
      let off = zip(draw.categoryMeans, centre).map { $0 - $1 }
      for cell in covariance.indices {
        covariance[cell] += off[cell / categories] * off[cell % categories] / (number - 1)
      }
    }
    return PlacementMoments(date: draws[0].date, mean: mean, covariance: covariance)
  }

  private static var tooLarge: CommissioningError {
    PlacementScheme.refusal("a day's rates are too large to compute with; look at the levers")
  }

  private func checkMoments(_ dates: [CivilDate]) throws(CommissioningError) {
    for date in dates where date <= opening.date || date > through {
      throw PlacementScheme.refusal(
        "\(date) lies outside the forecast, which runs from the end of \(opening.date) through \(through)")
    }
    for lever in levers {
      guard case .children = lever.change else { continue }
      throw PlacementScheme.refusal(
        "a lever moves a number of children, whose choice ties them to each other; simulate instead of computing moments"
      )
    }
    guard unexplained.isEmpty else {
      throw PlacementScheme.refusal(
        "unexplained children have no moments; simulate instead of computing moments")
    }
  }

  /// The factors of each financial year in one future: each year's on that of the year before.
  func yearlyFactors(path: Int, streams: CareStreams) -> (entries: [Double], exits: [Double])? {
    guard let variation = rates.yearlyVariation else { return nil }
    var stream = streams.years.path(UInt64(path))
    var (entries, exits): ([Double], [Double]) = ([], [])
    for _ in timetable.years {
      entries.append((entries.last ?? 1) * Self.factor(variation.entries, &stream))
      exits.append((exits.last ?? 1) * Self.factor(variation.exits, &stream))
    }
    return (entries, exits)
  }

  /// A gamma draw of mean 1 and a coefficient of variation.
  private static func factor(_ deviation: Double, _ stream: inout RandomStream) -> Double {
    let variance = deviation * deviation
    return variance > 0 ? stream.gamma(shape: 1 / variance, scale: variance) : 1
  }
}
