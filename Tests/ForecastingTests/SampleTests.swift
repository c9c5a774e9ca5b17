import Foundation
import Testing
import TimeSeries

@testable import Forecasting

@Suite("What a model is fitted to")
struct SampleTests {
  @Test("counts and positive pounds are fitted as logarithms, shares as log odds, balances as they are")
  func scales() {
    #expect(Scale(unit: .count, values: [3, 4]) == .logarithm(offset: 0))
    #expect(Scale(unit: .count, values: [0, 4]) == .logarithm(offset: 0.5))
    #expect(Scale(unit: .rate(per: 1000), values: [0, 0.4, 3]) == .logarithm(offset: 0.2))
    #expect(Scale(unit: .weeks, values: [0, 0]) == .logarithm(offset: 0.5))
    #expect(Scale(unit: .pounds, values: [3, 4]) == .logarithm(offset: 0))
    #expect(Scale(unit: .pounds, values: [3, -4]) == .natural)
    #expect(Scale(unit: .score, values: [3, 4]) == .natural)
    #expect(Scale(unit: .percentage, values: [3, 4]) == .logOdds(lower: 0, upper: 100, offset: 0))
    #expect(Scale(unit: .percentage, values: [0, 4, 98]) == .logOdds(lower: 0, upper: 100, offset: 1))
    #expect(Scale(unit: .proportion, values: [0, 0]) == .logOdds(lower: 0, upper: 1, offset: 0.005))
    #expect(Scale(unit: .percentage, values: [100]) == .logOdds(lower: 0, upper: 100, offset: 0.5))
  }

  @Test(
    "what is transformed is restored, and its slope is the derivative",
    arguments: [
      Scale.natural, .logarithm(offset: 0), .logarithm(offset: 0.5),
      .logOdds(lower: 0, upper: 100, offset: 0),
      .logOdds(lower: 0, upper: 100, offset: 0.5),
    ])
  func roundTrip(scale: Scale) {
    for value in [0.001, 0.5, 3, 49.9, 50, 99.5] {
      #expect(agree(scale.restored(scale.transformed(value)), value, relative: 1e-10))
      let step = 1e-6 * value
      let difference = (scale.transformed(value + step) - scale.transformed(value - step)) / (2 * step)
      #expect(agree(scale.slope(at: value), difference, relative: 1e-6))
    }
  }

  @Test("a restored value never leaves the bounds, however far the model goes")
  func bounds() throws {
    let share = try Sample(try annual([0, 40, 100], .percentage))
    let count = try Sample(try annual([0, 4, 7]))
    for x in [-1e6, -50, 0, 50, 1e6, Double.infinity, -Double.infinity] {
      #expect((0...100).contains(share.restored(x)))
      #expect((0...70).contains(count.restored(x)))
    }
    #expect(count.restored(.infinity) == 70)
    #expect(try Sample(try annual([0, 0, 0])).ceiling == 10)
    #expect(try natural([1, 2]).ceiling == .infinity)
  }

  @Test("rounding is read from the figures, and a coarse step only from three different ones")
  func rounding() {
    #expect(Sample.roundingStep(of: [65, 70, 85], whole: nil) == 5)
    #expect(Sample.roundingStep(of: [65, 70, 65, 70], whole: nil) == 1)
    #expect(Sample.roundingStep(of: [100, 100, 100], whole: 100) == 1)
    #expect(Sample.roundingStep(of: [5_000_000, 5_000_000], whole: nil) == 50_000)
    #expect(Sample.roundingStep(of: [12.3, 12.1, 12.7], whole: nil) == 0.1)
    #expect(Sample.roundingStep(of: [0.25, 0.31, 0.3], whole: 1) == 0.01)
    #expect(Sample.roundingStep(of: [0, 0], whole: 1) == 0.01)
    #expect(Sample.roundingStep(of: [0, 0], whole: nil) == 1)
    #expect(Sample.roundingStep(of: [1.0 / 3, 2.0 / 7, 0.1234567890123], whole: nil) == 0)
    #expect(Sample.roundingStep(of: [1e-12, 3e-12, 7e-12], whole: nil) == 0)
  }

  @Test("every figure that is not a value leaves a gap and never becomes a zero")
  func gaps() throws {
    let series = try Series(
      id: "plans", area: "Sefton", measure: Measure(id: "plans", unit: .count),
      points: [
        DataPoint(.financialYear(2000), 5),
        DataPoint(period: .financialYear(2001), observation: .suppressed(1...4)),
        DataPoint(period: .financialYear(2002), observation: .notAvailable),
        DataPoint(.financialYear(2003), 8),
      ])
    let sample = try Sample(series)
    #expect(sample.name == "plans, Sefton")
    #expect(sample.observed == [5, 8])
    #expect(sample.positions == [0, 3])
    #expect(sample.labels == ["2000/01", "2003/04"])
    #expect(sample.samplingVariances == nil)
  }

  @Test("the counts behind a share or a rate say how sure each figure is")
  func samplingVariance() throws {
    func variance(_ unit: TimeSeries.Unit, _ numerator: Double?, _ denominator: Double?) -> Double? {
      Sample.samplingVariance(unit: unit, numerator: numerator, denominator: denominator)
    }
    let share = 30.5 / 101
    #expect(agree(try #require(variance(.proportion, 30, 100)), share * (1 - share) / 100, relative: 1e-14))
    #expect(
      agree(try #require(variance(.percentage, 30, 100)), share * (1 - share) * 100, relative: 1e-14))
    #expect(
      agree(try #require(variance(.rate(per: 1000), 30, 5000)), 30.5 / 25, relative: 1e-14))
    #expect(try #require(variance(.proportion, 0, 100)) > 0)
    #expect(try #require(variance(.proportion, 100, 100)) > 0)
    #expect(variance(.count, 30, 100) == nil)
    #expect(variance(.proportion, 101, 100) == nil)
    #expect(variance(.proportion, -1, 100) == nil)
    #expect(variance(.proportion, 1, 0) == nil)
    #expect(variance(.proportion, nil, 100) == nil)

    let series = try Series(
      id: "share", measure: Measure(id: "share", unit: .proportion),
      points: [10.0, 20, 30, 30].enumerated().map { index, numerator in
        DataPoint(
          period: .financialYear(2000 + index), observation: .value(numerator / 100), numerator: numerator,
          denominator: 100)
      })
    let variances = try #require(try Sample(series).samplingVariances)
    // On the log odds the variance of a share is about 1/(n p (1 - p)).
    #expect(agree(variances[2], 1 / (100 * 0.3 * 0.7), relative: 0.02))
    #expect(variances[0] > variances[2])
    // Weighted, the line leans to the surer years: it is not the line of equal weights.
    let weighted = try LinearTrend().fit(try Sample(series)).parameters[1].value
    let equal = try LinearTrend().fit(try Sample(try annual([0.1, 0.2, 0.3, 0.3], .proportion)))
    #expect(!agree(weighted, equal.parameters[1].value, relative: 1e-3))
  }
}
