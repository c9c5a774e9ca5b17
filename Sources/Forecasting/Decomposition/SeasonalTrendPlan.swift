/// The loops of ``SeasonalTrendLoess`` with every setting known.
struct SeasonalTrendPlan {
  let period: Int
  let season: LoessSmoother
  let trend: LoessSmoother
  let lowPass: LoessSmoother
  let innerLoops: Int
  let outerLoops: Int
  let isPeriodic: Bool

  /// Decomposes values that are longer than two periods.
  ///
  /// - Parameter median: the median of the sizes of the remainders. A parameter because the authors' program, and R with
  ///   it, may take a neighbour of the median for it: its partial sort is given the two middle places of an even number
  ///   in falling order and expects them rising.
  func decompose(
    _ values: [Double], median: ([Double]) -> Double = SeasonalTrendPlan.median
  ) -> SeasonalTrendDecomposition {
    var weights = [Double](repeating: 1, count: values.count)
    var parts = loops(values, weights: nil)
    for _ in 0..<outerLoops {
      Self.weigh(values, parts, median: median, into: &weights)
      parts = loops(values, weights: weights, trend: parts.trend)
    }
    let season = isPeriodic ? averaged(parts.season) : parts.season
    return SeasonalTrendDecomposition(
      period: period, season: season, trend: parts.trend,
      remainder: values.indices.map { values[$0] - season[$0] - parts.trend[$0] }, weights: weights)
  }

  /// What the inner loops do to noise, for given weights: then they are linear in the values.
  ///
  /// - Returns: the trace of the map from values to season, and the variance of each of the last seasons in units of that
  ///   of independent noise.
  func seasonNoise(weights: [Double]) -> (trace: Double, lastVariances: [Double]) {
    let count = weights.count
    let isUnweighted = weights.allSatisfy { $0 == 1 }
    var trace = 0.0
    var variances = [Double](repeating: 0, count: period)
    var unit = [Double](repeating: 0, count: count)
    for column in 0..<count {
      unit[column] = 1
      // One inner loop relies on the trend of the outer loop before it; a single start from nothing needs two.
      let loops = loops(unit, weights: isUnweighted ? nil : weights, count: max(2, innerLoops))
      let season = isPeriodic ? averaged(loops.season) : loops.season
      trace += season[column]
      for place in 0..<period {
        let response = season[count - period + place]
        variances[place] += response * response
      }
      unit[column] = 0
    }
    return (trace, variances)
  }

  /// A season that is exactly the same in every year: the mean over the years.
  private func averaged(_ season: [Double]) -> [Double] {
    let means = (0..<period).map { place in
      let own = stride(from: place, to: season.count, by: period)
      let sum = own.reduce(0) { $0 + season[$1] }
      return sum / Double((season.count - place + period - 1) / period)
    }
    return season.indices.map { means[$0 % period] }
  }

  /// The middle one of the values, or the mean of the middle two.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
  }

  /// The bisquare weights of the remainders, over six times their median size.
  private static func weigh(
    _ values: [Double], _ parts: (season: [Double], trend: [Double]), median: ([Double]) -> Double,
    into weights: inout [Double]
  ) {
    let sizes = values.indices.map { abs(values[$0] - parts.trend[$0] - parts.season[$0]) }
    let wide = 6 * median(sizes)
    for (index, size) in sizes.enumerated() {
      if size <= 0.001 * wide {
        weights[index] = 1
      } else if size <= 0.999 * wide {
        let share = size / wide
        weights[index] = (1 - share * share) * (1 - share * share)
      } else {
        weights[index] = 0
      }
    }
  }

  /// The inner loops, from a trend that is known so far (zero where none is).
  private func loops(
    _ values: [Double], weights: [Double]?, trend start: [Double]? = nil, count inner: Int? = nil
  ) -> (season: [Double], trend: [Double]) {
    let count = values.count
    let long = count + 2 * period
    let storage = UnsafeMutableBufferPointer<Double>.allocate(capacity: 3 * count + 5 * long)
    storage.initialize(repeating: 0)
    defer { storage.deallocate() }
    var free = storage.baseAddress
    func take(_ size: Int) -> UnsafeMutablePointer<Double>? {
      defer { free = free.map { $0 + size } }
      return free
    }
    guard let season = take(count), let level = take(count), let robustness = take(count),
      let work = take(long), let cycle = take(long), let low = take(long), let first = take(long),
      let second = take(long)
    else { return ([], []) }
    for index in 0..<count {
      level[index] = start?[index] ?? 0
      robustness[index] = weights?[index] ?? 1
    }
    let rows = weights == nil ? nil : robustness
    for _ in 0..<(inner ?? innerLoops) {
      for index in 0..<count { work[index] = values[index] - level[index] }
      smoothSeasons(work, count: count, weights: rows, into: cycle, first, second, low)
      Self.average(cycle, count: long, over: period, into: low)
      Self.average(low, count: long - period + 1, over: period, into: work)
      Self.average(work, count: long - 2 * period + 2, over: 3, into: low)
      lowPass.smooth(low, count: count, weights: nil, into: work, kernel: first)
      for index in 0..<count {
        season[index] = cycle[period + index] - work[index]
        first[index] = values[index] - season[index]
      }
      trend.smooth(first, count: count, weights: rows, into: level, kernel: second)
    }
    return (
      Array(UnsafeBufferPointer(start: season, count: count)),
      Array(UnsafeBufferPointer(start: level, count: count))
    )
  }

  /// Smooths the values of each season over the years, one year beyond either end.
  private func smoothSeasons(
    _ values: UnsafeMutablePointer<Double>, count: Int, weights: UnsafeMutablePointer<Double>?,
    into cycle: UnsafeMutablePointer<Double>, _ own: UnsafeMutablePointer<Double>,
    _ scratch: UnsafeMutablePointer<Double>, _ smooth: UnsafeMutablePointer<Double>
  ) {
    // Three stretches share `scratch`: weights of the season's values, and the kernel.
    for place in 0..<period {
      let years = (count - place - 1) / period + 1
      let ownWeights = scratch
      let kernel = scratch + years
      for year in 0..<years {
        own[year] = values[year * period + place]
        if let weights { ownWeights[year] = weights[year * period + place] }
      }
      let rows = weights == nil ? nil : ownWeights
      season.smooth(own, count: years, weights: rows, into: smooth + 1, kernel: kernel)
      smooth[0] =
        season.fit(
          own, count: years, at: 0, from: 1, to: min(season.window, years), weights: rows, kernel: kernel)
        ?? smooth[1]
      smooth[years + 1] =
        season.fit(
          own, count: years, at: Double(years + 1), from: max(1, years - season.window + 1), to: years,
          weights: rows, kernel: kernel) ?? smooth[years]
      for year in 0..<(years + 2) { cycle[year * period + place] = smooth[year] }
    }
  }

  /// The moving average over a number of values, which is that many less one shorter.
  private static func average(
    _ values: UnsafeMutablePointer<Double>, count: Int, over length: Int,
    into result: UnsafeMutablePointer<Double>
  ) {
    var sum = 0.0
    for index in 0..<length { sum += values[index] }
    result[0] = sum / Double(length)
    for index in stride(from: length, to: count, by: 1) {
      sum += values[index] - values[index - length]
      result[index - length + 1] = sum / Double(length)
    }
  }
}
