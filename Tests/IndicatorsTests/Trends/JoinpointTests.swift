import Indicators
import Testing
import TimeSeries

@Suite("Joinpoint regression") struct JoinpointTests {
  /// Two straight lines that meet at `join`, with a small regular disturbance.
  private func bent(_ count: Int, at join: Int, first: Double, then: Double, noise: Double = 0.05) -> [Double]
  {
    (0..<count).map { t in
      let line = 100 + first * Double(min(t, join)) + then * Double(max(0, t - join))
      return line + noise * [1.0, -1, -1, 1, 0.5, -0.5, 0.3, -0.7, 0.9][t % 9]
    }
  }

  @Test("A bend is found where it is, and a straight line has none") func bend() throws {
    let fit = try JoinpointRegression(bent(14, at: 6, first: 3, then: -2), scale: .value, series: "s")
    #expect(fit.joinpoints == [6])
    #expect(fit.segments.count == 2)
    #expect((fit.segments[0].slope - 3).magnitude < 0.1)
    #expect((fit.segments[1].slope + 2).magnitude < 0.1)
    for segment in fit.segments {
      let limits = try #require(segment.change.limits(.p95))
      #expect(limits.range.contains(segment.slope))
    }
    let straight = try JoinpointRegression(bent(14, at: 14, first: 3, then: 0), scale: .value, series: "s")
    #expect(straight.joinpoints.isEmpty)
    let twice = (0..<24).map { t -> Double in
      let (first, second, third) = (min(t, 8), max(0, min(t, 16) - 8), max(0, t - 16))
      let line: Double = 100 + 4 * Double(first) - 3 * Double(second) + 5 * Double(third)
      return line + [0.1, -0.1, 0.05][t % 3]
    }
    #expect(try JoinpointRegression(twice, scale: .value, series: "s").joinpoints == [8, 16])
  }

  /// The least sum of squares of lines with a join, by Gaussian elimination on the basis 1, t, (t − τ)₊.
  private func bruteForce(_ y: [Double], _ w: [Double], joins: [Int]) -> (sum: Double, beta: [Double]) {
    let columns = 2 + joins.count
    func row(_ t: Int) -> [Double] { [1, Double(t)] + joins.map { Double(max(0, t - $0)) } }
    var system = [[Double]](repeating: [Double](repeating: 0, count: columns + 1), count: columns)
    for t in y.indices {
      let x = row(t)
      for i in 0..<columns {
        for j in 0..<columns { system[i][j] += w[t] * x[i] * x[j] }
        system[i][columns] += w[t] * x[i] * y[t]
      }
    }
    for pivot in 0..<columns {
      let best = (pivot..<columns).max { system[$0][pivot].magnitude < system[$1][pivot].magnitude } ?? pivot
      system.swapAt(pivot, best)
      for other in 0..<columns where other != pivot {
        let ratio = system[other][pivot] / system[pivot][pivot]
        for j in 0...columns { system[other][j] -= ratio * system[pivot][j] }
      }
    }
    let beta = (0..<columns).map { system[$0][columns] / system[$0][$0] }
    var sum = 0.0
    for t in y.indices {
      let left = y[t] - zip(row(t), beta).reduce(0) { $0 + $1.0 * $1.1 }
      sum += w[t] * left * left
    }
    return (sum, beta)
  }

  @Test("The sum of squares is the least over every placement, with weights") func least() throws {
    let y = [12.0, 15, 11, 18, 22, 19, 27, 24, 20, 17, 19, 12, 14, 9]
    let variances = (0..<y.count).map { 1 + Double($0 % 4) }
    let precisions = variances.map { 1 / $0 }
    let mean = precisions.reduce(0, +) / Double(y.count)
    let weights = precisions.map { $0 / mean }
    for joins in 0...2 {
      var best = Double.infinity
      var at: [Int] = []
      func visit(_ placed: [Int]) {
        if placed.count == joins {
          let sum = bruteForce(y, weights, joins: placed).sum
          if sum < best - 1e-9 { (best, at) = (sum, placed) }
          return
        }
        let start = placed.last.map { $0 + 3 } ?? 2
        for next in stride(from: start, through: y.count - 3, by: 1) { visit(placed + [next]) }
      }
      visit([])
      let fit = try JoinpointRegression(
        y, variances: variances, scale: .value, selection: .fixed(joins), series: "s")
      #expect(fit.joinpoints == at)
      #expect(agree(fit.sumOfSquares, best, within: 1e-10))
      #expect(agree(fit.segments[0].slope, bruteForce(y, weights, joins: at).beta[1], within: 1e-9))
    }
  }

  @Test("Without joins it is the straight line, with its limits of Student's t") func straight() throws {
    let y = [3.0, 5, 4, 8, 7]
    let fit = try JoinpointRegression(y, scale: .value, series: "s")
    // Slope 1.1; residuals leave 3.9 (SSE = Syy − b Sxy = 17.2 − 1.1 × 11 = 5.1).
    #expect(agree(fit.segments[0].slope, 1.1, within: 1e-12))
    #expect(agree(fit.sumOfSquares, 5.1, within: 1e-12))
    let error = (5.1 / 3 / 10).squareRoot()
    let limits = try #require(fit.segments[0].change.limits(.p95))
    // t with three degrees of freedom at 97.5% is 3.18244630528371.
    #expect(agree(limits.upper, 1.1 + 3.182446305283710 * error, within: 1e-10))
    #expect(fit.averageChange.value == fit.segments[0].change.value)
    #expect(fit.fitted.count == 5)
  }

  @Test("On the logarithm, growth of five per cent a year is five per cent a year") func annualChange() throws
  {
    var value = 40.0
    let grown = (0..<9).map { year in
      defer { value *= 1.05 }
      return value * (year % 2 == 0 ? 1.001 : 0.999)
    }
    let fit = try JoinpointRegression(grown, selection: .fixed(0), series: "s")
    #expect((fit.segments[0].change.value - 5).magnitude < 0.02)
    #expect(fit.segments[0].change.unit == .other("% of itself a year"))
    #expect(fit.averageChange.statistic == "average percentage change a year")
    // Counted in pounds or pence, the change is the same.
    let scaled = try JoinpointRegression(grown.map { $0 * 100 }, selection: .fixed(0), series: "s")
    #expect(agree(scaled.segments[0].change.value, fit.segments[0].change.value, within: 1e-9))
  }

  @Test("A permutation test finds a bend, leaves a line alone, and repeats itself by its seed")
  func permutation() throws {
    let selection = JoinpointRegression.Selection.permutation(draws: 199, level: 0.05, seed: 7)
    let bent = try JoinpointRegression(
      bent(11, at: 5, first: 4, then: -4, noise: 1), scale: .value, selection: selection, series: "s")
    #expect(bent.joinpoints == [5])
    #expect(bent.tests.map(\.pValue) == [1.0 / 200])
    let line = [3.0, 5, 4, 8, 7, 9, 12, 10, 13, 14, 13]
    let straight = try JoinpointRegression(line, scale: .value, selection: selection, series: "s")
    #expect(straight.joinpoints.isEmpty)
    #expect(straight == (try JoinpointRegression(line, scale: .value, selection: selection, series: "s")))
    let other = try JoinpointRegression(
      line, scale: .value, selection: .permutation(draws: 199, level: 0.05, seed: 8), series: "s")
    #expect(other.tests != straight.tests)
  }

  @Test("The criterion is ln(SSE/n) + 2(k + 1) ln(n)/n") func criterion() throws {
    let y = bent(12, at: 5, first: 2, then: -1, noise: 1)
    let fit = try JoinpointRegression(y, scale: .value, series: "s")
    #expect(fit.criteria.count == 3)
    let none = try JoinpointRegression(y, scale: .value, selection: .fixed(0), series: "s").sumOfSquares
    let one = try JoinpointRegression(y, scale: .value, selection: .fixed(1), series: "s").sumOfSquares
    // ln a − ln b = 2 artanh((a − b)/(a + b)), and the penalty of a join is 2 ln(12)/12.
    let x = (none - one) / (none + one)
    let logRatio = (0..<2_000).reduce(0.0) { sum, k in sum + 2 * power(x, 2 * k + 1) / Double(2 * k + 1) }
    #expect(agree(fit.criteria[0] - fit.criteria[1], logRatio - 2 * 2.4849066497880004 / 12, within: 1e-8))
  }

  private func power(_ x: Double, _ n: Int) -> Double {
    var (result, base, n) = (1.0, x, n)
    while n > 0 {
      if n % 2 == 1 { result *= base }
      base *= base
      n /= 2
    }
    return result
  }

  @Test("How many joins figures bear is that of the published program") func borne() {
    #expect(
      [6, 7, 11, 12, 16, 17, 21, 22, 26, 27, 60].map(JoinpointRegression.greatestJoins) == [
        0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
      ])
  }

  @Test("A perfect line bears no join, and figures all alike no change") func perfect() throws {
    let perfect = try JoinpointRegression((0..<12).map { 5 + 2 * Double($0) }, scale: .value, series: "s")
    #expect(perfect.joinpoints.isEmpty)
    let flat = try JoinpointRegression([Double](repeating: 4, count: 9), series: "s")
    #expect(flat.averageChange.value.magnitude < 1e-9)
  }

  @Test("A series weighs its years by their counts") func ofSeries() throws {
    let series = try Series(
      id: "s", measure: Measure(id: "s", unit: .percentage),
      points: [10.0, 14, 15, 30, 24, 28].enumerated().map { position, count in
        DataPoint(
          period: .calendarYear(2015 + position), observation: .value(count), numerator: count,
          denominator: 100)
      })
    let stretch = try TrendStretch(of: series, for: "joinpoint regression", least: 4)
    let weighted = try JoinpointRegression(of: stretch, in: .percentage, weighted: true, scale: .value)
    let plain = try JoinpointRegression(of: stretch, in: .percentage, scale: .value)
    let byHand = try JoinpointRegression(
      stretch.values, variances: stretch.values.map { $0 * (100 - $0) / 100 }, scale: .value, series: "s")
    #expect(agree(weighted.segments[0].slope, byHand.segments[0].slope, within: 1e-12))
    #expect(weighted.segments[0].slope != plain.segments[0].slope)
    let rate = try JoinpointRegression(of: stretch, in: .rate(per: 100), weighted: true)
    #expect(rate.segments.count == 1)
    let bare = try Series(
      id: "s", measure: Measure(id: "s", unit: .weeks),
      points: (0..<6).map { DataPoint(.calendarYear(2015 + $0), Double($0 + 1)) })
    let other = try TrendStretch(of: bare, for: "joinpoint regression", least: 4)
    #expect(throws: IndicatorsError.self) { try JoinpointRegression(of: other, in: .weeks, weighted: true) }
  }

  @Test("What bears no lines is refused") func refusals() {
    func refused(
      _ values: [Double], times: [Double]? = nil, variances: [Double]? = nil,
      scale: JoinpointRegression.Scale = .value, most: Int? = nil,
      selection: JoinpointRegression.Selection = .informationCriterion
    ) {
      #expect(throws: IndicatorsError.self) {
        try JoinpointRegression(
          values, at: times, variances: variances, scale: scale, most: most, selection: selection, series: "s"
        )
      }
    }
    refused([1, 2, 3])
    refused([1, 2, 3, .infinity])
    refused([1, 2, 3, 4], times: [0, 1, 1, 2])
    refused([1, 2, 0, 4], scale: .logarithm)
    refused([1, 2, 3, 4], variances: [1, 1, 0, 1])
    refused([1, 2, 3, 4], variances: [1, 1])
    refused([1, 2, 3, 4], variances: [1e-300, 1e300, 1, 1])
    refused([1, 2, 3, 4], most: 1)
    refused((0..<501).map(Double.init))
    refused((0..<60).map(Double.init), selection: .permutation(draws: 999, level: 0.05, seed: 1))
    refused((0..<20).map(Double.init), selection: .permutation(draws: 9, level: 0.05, seed: 1))
    refused((0..<8).map(Double.init), selection: .fixed(2))
  }
}
