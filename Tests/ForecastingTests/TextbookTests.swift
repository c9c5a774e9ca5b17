import Foundation
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Worked by hand")
struct TextbookTests {
  /// The 0.975 quantiles of Student's t with 2, 3 and 4 degrees of freedom, from tables.
  static let t = [2: 4.302652729911275, 3: 3.182446305284263, 4: 2.776445105197793]

  private func expectInterval(
    _ model: any FittedModel, step: Int, centre: Double, halfWidth: Double
  ) throws {
    let forecast = try Forecast(model, horizon: step)
    let interval = try forecast.interval(0.95, step: step)
    #expect(agree(try forecast.median(step: step), centre, relative: 1e-12))
    #expect(agree(try forecast.mean(step: step), centre, relative: 1e-12))
    #expect(agree(interval.lowerBound, centre - halfWidth, relative: 1e-9))
    #expect(agree(interval.upperBound, centre + halfWidth, relative: 1e-9))
  }

  @Test("a random walk stays at the last value, and its doubt grows with the root of time")
  func naive() throws {
    // Changes 2, -1 and 2: the variance of a change is 9/3.
    let fitted = try Naive().fit(try natural([10, 12, 11, 13]))
    #expect(fitted.residuals == [2, -1, 2])
    for step in 1...4 {
      try expectInterval(
        fitted, step: step, centre: 13,
        halfWidth: #require(Self.t[3]) * (3 * Double(step)).squareRoot())
    }
  }

  @Test("a change over two years counts as one change with twice the variance")
  func gaps() throws {
    // Changes 2, -1 over two years, and 2: the variance of a year's change is (4 + 1/2 + 4)/3.
    let fitted = try Naive().fit(try natural([10, 12, nil, 11, 13]))
    try expectInterval(
      fitted, step: 2, centre: 13, halfWidth: #require(Self.t[3]) * (2 * 8.5 / 3).squareRoot())
    // With divisors 1, root 2 and 1, made to multiply to one.
    let unit = pow(2, 1.0 / 6)
    #expect(
      zip(fitted.residuals, [2 * unit, -unit / 2.squareRoot(), 2 * unit]).allSatisfy {
        agree($0, $1, relative: 1e-14)
      })
  }

  @Test("the average change goes on, and is itself in doubt")
  func drift() throws {
    // Changes 2, -1 and 5 about 2: variance 18/2; three years on it is 9 (3 + 9/3).
    let fitted = try Drift().fit(try natural([10, 12, 11, 16]))
    #expect(fitted.parameters.map(\.name) == ["drift", "sigma"])
    #expect(fitted.parameters[0].value == 2)
    #expect(agree(try #require(fitted.parameters[0].standardError), 3.0.squareRoot(), relative: 1e-14))
    try expectInterval(fitted, step: 3, centre: 22, halfWidth: #require(Self.t[2]) * 54.0.squareRoot())
    // The same with a year missing: changes 4 over two years, 1 and 3, four years in all, variance 2/2.
    let gapped = try Drift().fit(try natural([10, nil, 14, 15, 18]))
    try expectInterval(gapped, step: 2, centre: 22, halfWidth: #require(Self.t[2]) * 3.0.squareRoot())
  }

  @Test("a straight line has the classical prediction interval")
  func line() throws {
    // Means 2.5 and 4.5, sums 17.5 and 13.5, residual variance 27/35: at 6 the line is at 7.2 and the standard error 1.2.
    let fitted = try LinearTrend().fit(try natural([2, 4, 5, 4, 5, 7]))
    try expectInterval(fitted, step: 1, centre: 7.2, halfWidth: #require(Self.t[4]) * 1.2)
    let slope = fitted.parameters[1]
    #expect(agree(slope.value, 13.5 / 17.5, relative: 1e-14))
    #expect(agree(try #require(slope.standardError), (27.0 / 35 / 17.5).squareRoot(), relative: 1e-12))
    #expect(fitted.residuals.count == 5)
  }

  @Test("a line reads its times from the calendar, not from its rows")
  func gappedLine() throws {
    let whole = try Forecast(try LinearTrend().fit(try natural([1, 3, 5, 7, 9])), horizon: 1)
    let gapped = try Forecast(try LinearTrend().fit(try natural([1, nil, 5, 7, 9])), horizon: 1)
    #expect(agree(try whole.median(step: 1), 11, relative: 1e-12))
    #expect(agree(try gapped.median(step: 1), 11, relative: 1e-12))
  }

  @Test("an observation with three times the weight is worth three rows")
  func weights() throws {
    let values = [3.0, 5, 4, 8, 9]
    let copies = [1, 3, 2, 1, 4]
    let weighted = Sample(
      name: "weighted", positions: [0, 1, 2, 3, 4], observed: values, labels: values.map { "\($0)" },
      scale: .natural, samplingVariances: copies.map { 0.01 / Double($0) })
    let rows = zip(values.indices, copies).flatMap { Array(repeating: $0, count: $1) }
    let replicated = Sample(
      name: "replicated", positions: rows, observed: rows.map { values[$0] }, labels: rows.map { "\($0)" },
      scale: .natural, samplingVariances: nil)
    let first = try FittedLinearTrend(weighted, specification: "weighted")
    let second = try FittedLinearTrend(replicated, specification: "replicated")
    for (own, other) in zip(first.parameters, second.parameters).prefix(2) {
      #expect(agree(own.value, other.value, relative: 1e-12))
      // The same line; the replicated rows only claim more degrees of freedom.
      let freedom = (Double(rows.count - 2) / Double(values.count - 2)).squareRoot()
      #expect(
        agree(try #require(own.standardError), try #require(other.standardError) * freedom, relative: 1e-12))
    }
  }

  @Test("on the logarithm a line is growth by the same percentage")
  func growth() throws {
    let fitted = try LinearTrend().fit(try Sample(try annual([100, 110, 121, 133.1, 146.41])))
    #expect(agree(exp(fitted.parameters[1].value), 1.1, relative: 1e-12))
    #expect(agree(try Forecast(fitted, horizon: 2).median(step: 2), 146.41 * 1.21, relative: 1e-12))
  }

  @Test("the corrected criterion is that of Hurvich and Tsai on the changes, given the first year")
  func criterion() throws {
    let sample = try natural([10, 12, 11, 13, 16, 14, 17])
    let naive = InformationCriterion.corrected(try Naive().fit(sample))
    // Six changes with squares 4, 1, 4, 9, 4, 9; one parameter.
    #expect(agree(naive, 6 * log(31.0 / 6) + 2 + 4.0 / 4, relative: 1e-13))
    let drift = InformationCriterion.corrected(try Drift().fit(sample))
    #expect(agree(drift, 6 * log((31 - 49.0 / 6) / 6) + 4 + 12.0 / 3, relative: 1e-13))
    // Five parameters and six errors leave nothing for the correction.
    #expect(
      InformationCriterion.corrected(try ExponentialSmoothing(trend: .additive).fit(sample)) == .infinity)
  }

  @Test("a series that a model fits without error is in its favour, not against it")
  func perfectFit() throws {
    let sample = try natural([10, 20, 30, 40, 50, 60, 70, 80])
    let drift = InformationCriterion.corrected(try Drift().fit(sample))
    #expect(drift.isFinite)
    #expect(drift < InformationCriterion.corrected(try Naive().fit(sample)))
  }
}
