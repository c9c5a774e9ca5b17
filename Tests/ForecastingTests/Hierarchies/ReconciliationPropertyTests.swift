import LinearAlgebra
import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("What holds for every reconciled forecast")
struct ReconciliationPropertyTests {
  static func hierarchy() throws -> Hierarchy { try Hierarchy(parents: HierarchyTests.region) }

  /// Counts for every series of a region; parts of one borough move together.
  static func counts(_ hierarchy: Hierarchy, _ years: Int, path: UInt64, level: Double = 60) throws
    -> [String: Series]
  {
    var stream = RandomStream(seed: 17, name: "counts of a region", path: path)
    var common = [Double](repeating: 0, count: years)
    for year in 1..<years { common[year] = common[year - 1] + 0.06 * stream.normal() }
    var bottom: [[Double]] = []
    for _ in hierarchy.bottom {
      var own = 0.0
      bottom.append(
        common.map { shared in
          own += 0.08 * stream.normal()
          return (level * Double.exp(shared + own)).rounded()
        })
    }
    var all: [String: Series] = [:]
    for (position, name) in hierarchy.nodes.enumerated() {
      let values = (0..<years).map { year in
        (try? hierarchy.aggregated(bottom.map { $0[year] })[position]) ?? 0
      }
      all[name] = try HierarchyTests.series(name, values)
    }
    return all
  }

  static func forecasts(
    _ series: [String: Series], _ model: any ForecastModel, horizon: Int
  ) throws -> [String: Forecast] {
    try series.mapValues { try Forecast(try model.fit(try model.sample($0)), horizon: horizon) }
  }

  @Test(
    "the parts add up to the totals in every path and in the mean, by every method, on a logarithmic scale")
  func coherence() throws {
    let hierarchy = try Self.hierarchy()
    let base = try Self.forecasts(try Self.counts(hierarchy, 18, path: 1), Drift(), horizon: 3)
    for method in ReconciliationMethod.all {
      for nonnegative in [false, true] {
        let found = try ReconciledForecast(
          base, hierarchy: hierarchy, method: method, nonnegative: nonnegative, paths: 60, seed: 4)
        #expect(found.horizon == 3 && found.paths == 60 && found.method == method)
        for step in 1...3 {
          for aggregate in hierarchy.aggregates {
            let members = try #require(hierarchy.members(of: aggregate))
            let total = try found.draws(of: aggregate, step: step)
            var sums = [Double](repeating: 0, count: 60)
            for member in members {
              for (path, value) in try found.draws(of: member, step: step).enumerated() {
                sums[path] += value
              }
            }
            #expect(zip(total, sums).allSatisfy { agree($0, $1, relative: 1e-13) })
            let mean = try members.reduce(0) { $0 + (try found.mean(of: $1, step: step)) }
            #expect(agree(mean, try found.mean(of: aggregate, step: step), relative: 1e-13))
            let interval = try found.interval(0.9, of: aggregate, step: step)
            #expect(interval.contains(try found.median(of: aggregate, step: step)))
            // A covariance that is mostly chance may move a forecast anywhere, and says so.
            if method != .minimumTrace(.sampleCovariance) { #expect(interval.lowerBound > 0) }
          }
        }
      }
    }
  }

  @Test("forecasts that add up already stay as they are, to the last digit")
  func idempotence() throws {
    let hierarchy = try Self.hierarchy()
    var stream = RandomStream(seed: 1, name: "coherent")
    let coherent = try hierarchy.aggregated((0..<5).map { _ in (1000 * stream.uniform()).rounded() })
    let column = Matrix(rows: 8, columns: 1) { row, _ in coherent[row] }
    let errors = (0..<80).map { _ in stream.normal() }
    let panel = ErrorPanel(errors, count: 8, length: 10, roundingVariances: Array(repeating: 0, count: 8))
    for weights in ReconciliationMethod.Weights.allCases {
      let covariance = try Reconciler.covariance(weights, hierarchy: hierarchy, panel: panel)
      let solver = try MinimumTrace(hierarchy, covariance: covariance)
      #expect(try solver.bottom(column).column(0) == Array(coherent[3...]))
      // P S = I: the bottom series of every combination of unit vectors come back.
      let summing = Matrix(rows: 8, columns: 5) { row, column in
        (try? hierarchy.aggregated((0..<5).map { $0 == column ? 1 : 0 })[row]) ?? .nan
      }
      #expect(try solver.bottom(summing) == Matrix.identity(5))
    }
  }

  @Test(
    "minimum trace is the weighted least squares fit of the summing matrix, covariance and all"
  )
  func leastSquares() throws {
    let hierarchy = try Self.hierarchy()
    var stream = RandomStream(seed: 2, name: "least squares")
    let base = (0..<8).map { _ in 100 * stream.uniform() }
    let variances = (0..<8).map { _ in 0.2 + 5 * stream.uniform() }
    let design = Matrix(rows: 8, columns: 5) { row, column in
      (try? hierarchy.aggregated((0..<5).map { $0 == column ? 1 : 0 })[row]) ?? .nan
    }
    let fit = try LeastSquaresProblem(design: design).fit(base, weights: variances.map { 1 / $0 })
    let solver = try MinimumTrace(hierarchy, covariance: ErrorCovariance(variances: variances))
    let found = try solver.bottom(Matrix(rows: 8, columns: 1) { row, _ in base[row] }).column(0)
    #expect(ReconciliationFixture.difference(found, fit.coefficients) < 1e-13)
    let covariance = try solver.bottomCovariance()
    for row in 0..<5 {
      for column in 0..<5 {
        #expect(abs(covariance[row, column] - fit.unscaledCovariance[row, column]) < 1e-12)
      }
    }
  }

  @Test("where parts are far surer than totals, minimum trace is bottom-up")
  func limit() throws {
    let hierarchy = try Self.hierarchy()
    let base = Matrix(rows: 8, columns: 1) { row, _ in Double(10 + row * row) }
    let solver = try MinimumTrace(
      hierarchy, covariance: ErrorCovariance(variances: [1e12, 1e12, 1e12, 1, 1, 1, 1, 1]))
    let found = try solver.bottom(base).column(0)
    #expect(zip(found, base.column(0)[3...]).allSatisfy { abs($0 - $1) < 1e-8 })
  }

  @Test(
    "reconciling makes forecasts better on average, and the shrunk covariance more than least squares alone")
  func improvement() throws {
    // Errors of the parts and, larger, of the totals, as they are when every series is forecast by itself.
    let hierarchy = try Self.hierarchy()
    let truth = try hierarchy.aggregated([40, 60, 50, 30, 20])
    let scales = [12.0, 9, 9, 3, 6, 2, 5, 4]
    var squares: [String: Double] = [:]
    for trial in 0..<400 {
      var stream = RandomStream(seed: 6, name: "improvement", path: UInt64(trial))
      // One shock in common makes the errors of a level go together.
      func errors() -> [Double] {
        let common = stream.normal()
        return scales.map { $0 * (0.5 * common + 0.87 * stream.normal()) }
      }
      let past = (0..<40).map { _ in errors() }
      let panel = ErrorPanel(
        (0..<8).flatMap { series in past.map { $0[series] } }, count: 8, length: 40,
        roundingVariances: Array(repeating: 0, count: 8))
      let base = zip(truth, errors()).map { $0 + $1 }
      let column = Matrix(rows: 8, columns: 1) { row, _ in base[row] }
      squares["base", default: 0] += zip(base, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      for weights in ReconciliationMethod.Weights.allCases {
        let solver = try MinimumTrace(
          hierarchy,
          covariance: try Reconciler.covariance(weights, hierarchy: hierarchy, panel: panel))
        let found = try hierarchy.aggregated(try solver.bottom(column).column(0))
        squares[weights.rawValue, default: 0] += zip(found, truth).reduce(0) {
          $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
      }
    }
    let base = try #require(squares["base"])
    for weights in ReconciliationMethod.Weights.allCases {
      #expect(try #require(squares[weights.rawValue]) < 0.9 * base, "\(weights)")
    }
    #expect(try #require(squares["shrunk"]) < (try #require(squares["ols"])))
    #expect(try #require(squares["variance"]) < (try #require(squares["ols"])))
  }

  @Test(
    "joint paths keep every series' own distribution and its persistence, and go together as the errors do")
  func dependence() throws {
    let paths = 4000
    let fits = try (0..<2).map { series in
      try Naive().fit(try natural((0..<30).map { Double(($0 * (7 + series * 4)) % 13) }))
    }
    let forecasts = try fits.map { try Forecast($0, horizon: 4) }
    let correlation = try Matrix([[1, 0.8], [0.8, 1]])
    let joint = try JointDraws(
      forecasts, names: ["a", "b"], horizon: 4, correlation: correlation, paths: paths, seed: 3)
    for (series, name) in ["a", "b"].enumerated() {
      var own = [Double](repeating: 0, count: paths * 4)
      own.withUnsafeMutableBufferPointer {
        fits[series].drawPaths(
          0..<paths, horizon: 4, from: RandomStream(seed: 3, name: "reconciliation of \(name)"), into: $0)
      }
      for step in 1...4 {
        let drawn = (0..<paths).map { own[$0 * 4 + step - 1] }
        #expect(drawn.sorted() == joint.draws(series: series, step: step).sorted())
      }
      // Of a random walk the correlation between steps 1 and 4 is one half.
      #expect(
        abs(
          Self.correlation(joint.draws(series: series, step: 1), joint.draws(series: series, step: 4)) - 0.5)
          < 0.05)
    }
    for step in 1...4 {
      let found = Self.correlation(joint.draws(series: 0, step: step), joint.draws(series: 1, step: step))
      #expect(abs(found - 0.8) < 0.03)
    }
  }

  static func correlation(_ first: ArraySlice<Double>, _ second: ArraySlice<Double>) -> Double {
    let n = Double(first.count)
    let (a, b) = (first.reduce(0, +) / n, second.reduce(0, +) / n)
    let products = zip(first, second).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) }
    let squares = first.reduce(0) { $0 + ($1 - a) * ($1 - a) } * second.reduce(0) { $0 + ($1 - b) * ($1 - b) }
    return products / squares.squareRoot()
  }

  @Test(
    "the average of paths is the reconciled mean, and not all parts are high at once"
  )
  func agreement() throws {
    let hierarchy = try Self.hierarchy()
    let base = try Self.forecasts(try Self.counts(hierarchy, 20, path: 2), Naive(), horizon: 2)
    let found = try ReconciledForecast(
      base, hierarchy: hierarchy, method: .minimumTrace(.shrunkCovariance), paths: 4000)
    for node in hierarchy.nodes {
      let draws = try found.draws(of: node, step: 2)
      let mean = draws.reduce(0) { $0 + $1 / 4000 }
      let spread = (draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999).squareRoot()
      #expect(abs(mean - (try found.mean(of: node, step: 2))) < 5 * spread / 4000.0.squareRoot())
    }
    let whole = try found.interval(0.8, of: "region", step: 2)
    let sum = try hierarchy.bottom.reduce(0) { sum, node in
      let one = try found.interval(0.8, of: node, step: 2)
      return sum + one.upperBound - one.lowerBound
    }
    #expect(whole.upperBound - whole.lowerBound < 0.95 * sum)
  }

  @Test("without negatives no path has one, and the mean is that of the paths")
  func nonnegative() throws {
    let hierarchy = try Self.hierarchy()
    let series = try Self.counts(hierarchy, 14, path: 5, level: 2)
    var base: [String: Forecast] = [:]
    for (name, one) in series {
      // As measured, so that the base forecasts of the small series reach zero.
      base[name] = try Forecast(try Naive().fit(try Sample(one, scale: .natural)), horizon: 2)
    }
    var negatives = 0
    for method in ReconciliationMethod.all {
      let free = try ReconciledForecast(base, hierarchy: hierarchy, method: method, paths: 300)
      let held = try ReconciledForecast(
        base, hierarchy: hierarchy, method: method, nonnegative: true, paths: 300)
      for node in hierarchy.nodes {
        negatives += try free.draws(of: node, step: 2).count { $0 < 0 }
        let draws = try held.draws(of: node, step: 2)
        #expect(draws.allSatisfy { $0 >= 0 })
        #expect(agree(try held.mean(of: node, step: 2), draws.reduce(0) { $0 + $1 / 300 }, relative: 1e-12))
      }
    }
    // Base paths of counts stop at zero, and reconciliation takes some of them below.
    #expect(negatives > 0)
  }

  @Test("the same seed gives the same bytes, another seed others")
  func reproducibility() throws {
    let hierarchy = try Self.hierarchy()
    let base = try Self.forecasts(try Self.counts(hierarchy, 12, path: 9), Naive(), horizon: 2)
    func bytes(_ seed: UInt64) throws -> [UInt64] {
      let found = try ReconciledForecast(
        base, hierarchy: hierarchy, method: .minimumTrace(.shrunkCovariance), paths: 50, seed: seed)
      return try hierarchy.nodes.flatMap { try found.draws(of: $0, step: 2).map(\.bitPattern) }
    }
    #expect(try bytes(1) == (try bytes(1)))
    #expect(try bytes(1) != (try bytes(2)))
  }

  @Test("paths of a series fill a buffer one after another, as far as there are paths and room")
  func buffer() throws {
    let hierarchy = try Self.hierarchy()
    let base = try Self.forecasts(try Self.counts(hierarchy, 12, path: 3), Naive(), horizon: 2)
    let found = try ReconciledForecast(base, hierarchy: hierarchy, method: .bottomUp, paths: 5)
    var values = [Double](repeating: .nan, count: 7)
    try values.withUnsafeMutableBufferPointer { try found.drawPaths(3..<9, of: "B", into: $0) }
    #expect(values[0] == (try found.draws(of: "B", step: 1)[3]))
    #expect(values[3] == (try found.draws(of: "B", step: 2)[4]))
    #expect(values[4...].allSatisfy { $0.isNaN })
  }

  @Test("series of unequal length and with gaps are compared over the years that they share")
  func overlap() throws {
    let one = try #require(try ReconciliationFixture.load().cases.first)
    let whole = ErrorPanel(try one.fits())
    let holed = ErrorPanel(try one.fits(gapIn: 2))
    #expect(whole.pair(0, 2).periods == 39 && holed.pair(0, 2).periods == 38)
    #expect(whole.pair(0, 1).correlation == holed.pair(0, 1).correlation)
    let short = try Naive().fit(try natural([3, 4, 6, 5]))
    let long = try Naive().fit(try natural([9, 9, 3, 4, 6, 5]))
    let panel = ErrorPanel([short, long])
    #expect(panel.length == 5 && panel.pair(0, 1).periods == 3)
    #expect(agree(panel.pair(0, 1).correlation, 1, relative: 1e-14))
    #expect(ErrorPanel([short, try Naive().fit(try natural([3, 4, 6]))]).pair(0, 1).correlation == 0)
  }

  @Test("a covariance from fewer years than series is made positive definite, and said to be")
  func repair() throws {
    let hierarchy = try Self.hierarchy()
    let base = try Self.forecasts(try Self.counts(hierarchy, 6, path: 4), Naive(), horizon: 1)
    let sample = try ReconciledForecast(
      base, hierarchy: hierarchy, method: .minimumTrace(.sampleCovariance), paths: 20)
    #expect(sample.remarks.count == 2 && sample.remarks[1].hasSuffix("shrinking it is safer"))
    #expect(
      sample.remarks[0].hasPrefix("the covariance of 8 series is not positive definite from 5 common periods")
    )
    #expect(try hierarchy.nodes.allSatisfy { try sample.mean(of: $0, step: 1).isFinite })
    let shrunk = try ReconciledForecast(
      base, hierarchy: hierarchy, method: .minimumTrace(.shrunkCovariance), paths: 20)
    #expect(
      shrunk.remarks.count == 1
        && shrunk.remarks[0].hasSuffix("of the correlations between errors was shrunk away"))
    let repaired = try PositiveDefiniteRepair(
      try Matrix([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]), floor: 1e-4)
    #expect(repaired.raised == 1)
    #expect(repaired.correlations.diagonal == [1, 1, 1])
    #expect(throws: Never.self) { try CholeskyFactorisation(repaired.correlations) }
  }
}
