import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Measures of accuracy")
struct AccuracyPropertyTests {
  @Test(
    "The scale is the seasonal naive error of the history, and of one step where the history is no longer than a season"
  )
  func scale() {
    let values = [1.0, 5, 2, 7, 4, 9]
    let plain = ErrorScale(values: values, positions: Array(0..<6), season: 1)
    // Differences of 4, −3, 5, −3 and 5.
    #expect(plain.absolute == 4)
    #expect(plain.squared == 16.8)
    let seasonal = ErrorScale(values: values, positions: Array(0..<6), season: 4)
    #expect(seasonal.absolute == 3.5)
    #expect(seasonal.squared == 12.5)
    let short = ErrorScale(values: values, positions: Array(0..<6), season: 6)
    #expect(short == plain)
  }

  @Test("After a gap, values are compared with the same season where it is known") func scaleWithGaps() {
    // Positions 0, 1, 2, 4, 5 of a season of 4: only 4 and 5 have a counterpart.
    let scale = ErrorScale(values: [10, 20, 30, 13, 25], positions: [0, 1, 2, 4, 5], season: 4)
    #expect(scale.absolute == 4)
    let yearly = ErrorScale(values: [1, 4, 6], positions: [0, 3, 4], season: 1)
    #expect(yearly.absolute == 2.5)
    // No value has a counterpart: differences of one.
    #expect(ErrorScale(values: [1, 2, 4], positions: [0, 5, 9], season: 2).absolute == 1.5)
  }

  @Test("A history that never changed, or has one value, has no scale") func zeroScale() {
    #expect(ErrorScale(values: [3, 3, 3], positions: [0, 1, 2], season: 1).isZero)
    #expect(ErrorScale(values: [3], positions: [0], season: 1).isZero)
    #expect(ErrorScale(values: [], positions: [], season: 12).isZero)
    #expect(!ErrorScale(values: [3, 4], positions: [0, 1], season: 1).isZero)
  }

  @Test("The symmetric percentage error lies between 0 and 200, and is 0 where both are zero") func smape() {
    #expect(ForecastLoss.symmetricPercentage(actual: 0, forecast: 0) == 0)
    #expect(ForecastLoss.symmetricPercentage(actual: 0, forecast: 5) == 200)
    #expect(ForecastLoss.symmetricPercentage(actual: -3, forecast: 5) == 200)
    let third: Double = 200.0 / 3
    #expect(abs(ForecastLoss.symmetricPercentage(actual: 100, forecast: 50) - third) < 1e-12)
    #expect(ForecastLoss.symmetricPercentage(actual: 1e308, forecast: 1e307) < 200)
  }

  @Test("The pinball loss weighs the sides by the probability; at one half it is half of the absolute error")
  func pinball() {
    #expect(ForecastLoss.pinball(actual: 10, quantile: 6, probability: 0.9) == 3.6)
    #expect(abs(ForecastLoss.pinball(actual: 6, quantile: 10, probability: 0.9) - 0.4) < 1e-15)
    #expect(ForecastLoss.pinball(actual: 6, quantile: 10, probability: 0.5) == 2)
  }

  @Test("Winkler's score is the width where the interval held, and pays for a miss") func winkler() {
    #expect(ForecastLoss.interval(actual: 5, lower: 4, upper: 8, level: 0.8) == 4)
    #expect(abs(ForecastLoss.interval(actual: 2, lower: 4, upper: 8, level: 0.8) - 24) < 1e-12)
    #expect(abs(ForecastLoss.interval(actual: 9, lower: 4, upper: 8, level: 0.95) - 44) < 1e-9)
  }

  @Test("The score of the truth is no worse on average than that of a distribution moved or stretched")
  func propriety() throws {
    let sample = AccuracyReferenceTests.sample(.natural, unit: nil)
    func mean(_ location: Double, _ scale: Double) throws -> Double {
      let law = try #require(
        StudentMixture([.init(weight: 1, location: location, scale: scale)], degreesOfFreedom: 6))
      // Values that lie at the quantiles of the truth stand for draws from it.
      let truth = try StudentT(degreesOfFreedom: 6)
      var sum = 0.0
      for step in 0..<400 {
        let actual = try truth.quantile((Double(step) + 0.5) / 400)
        sum += try RankedProbabilityScore.of(law, sample: sample, actual: actual)
      }
      return sum / 400
    }
    let best = try mean(0, 1)
    for (location, scale) in [(0.3, 1.0), (-0.3, 1), (0, 0.6), (0, 1.6)] {
      #expect(try mean(location, scale) > best)
    }
  }

  @Test("Draws score as the distribution of their steps") func draws() throws {
    let sample = AccuracyReferenceTests.sample(.natural, unit: nil)
    let two = try #require(SimulatedDistribution([1, 3]))
    // F is ½ from 1 to 3: for y = 2, ∫ = ¼ + ¼.
    #expect(abs(two.rankedProbabilityScore(2, sample: sample) - 0.5) < 1e-15)
    #expect(abs(two.rankedProbabilityScore(7, sample: sample) - 4.5) < 1e-15)
    let point = try #require(SimulatedDistribution([4, 4, 4]))
    #expect(point.rankedProbabilityScore(1, sample: sample) == 3)
    var stream = RandomStream(seed: 5, name: "score")
    let many = try #require(SimulatedDistribution((0..<40_000).map { _ in stream.normal() }))
    let exact = StudentMixture.standardScore(0.7, 1e7)
    #expect(abs(many.rankedProbabilityScore(0.7, sample: sample) - exact) < 0.01)
  }

  @Test("A long lattice of counts is scored over its quantiles, near the exact sum") func longLattice() throws
  {
    let sample = AccuracyReferenceTests.sample(.natural, unit: .count)
    let counts = try #require(CountMixture([(1, try Poisson(mean: 4e6))], unitPerCount: 1))
    #expect(try counts.rankedProbabilityScore(4e6) == nil)
    let found = try RankedProbabilityScore.of(counts, sample: sample, actual: 4_001_000)
    let normal = 2000 * StudentMixture.standardScore(0.5, 1e7)
    #expect(abs(found - normal) < 2e-3 * normal)
  }

  @Test("Where values come out of reach the score is their distance, finite and not below zero")
  func extremes() throws {
    for (scale, unit) in [
      (Scale.natural, TimeSeries.Unit.count), (.logarithm(offset: 0), .count),
      (.logOdds(lower: 0, upper: 100, offset: 0), .percentage), (.boxCox(power: 0.5, offset: 0), .count),
      (.logarithm(offset: 0.5), .count),
    ] {
      let sample = AccuracyReferenceTests.sample(scale, unit: unit)
      for location in [-50.0, 0, 4, 800] {
        for width in [1e-9, 0.1, 30] {
          let law = try #require(
            StudentMixture(
              [
                .init(weight: 0.5, location: location, scale: width),
                .init(weight: 0.5, location: 1, scale: 1),
              ],
              degreesOfFreedom: 3))
          for actual in [0.0, 1e-15, 50, 100, 1e6, 1e15] {
            let score = try RankedProbabilityScore.of(law, sample: sample, actual: actual)
            let general = try RankedProbabilityScore.overQuantiles(law, sample: sample, actual: actual)
            #expect(score.isFinite && score >= 0, "\(scale) \(location) \(width) \(actual): \(score)")
            // A component as narrow as 1e-9 makes a step that no rule over probabilities finds to better than a node.
            let allowed = 0.05 * max(score, 1e-3) + 2 * width
            #expect(
              abs(score - general) <= allowed,
              "\(scale) \(location) \(width) \(actual): \(score) and \(general)")
          }
        }
      }
    }
  }

  @Test("A distribution without a mean has no finite score") func noMean() {
    #expect(StudentMixture.standardScore(0, 1) == .infinity)
    #expect(StudentMixture.standardScore(0, 0.5) == .infinity)
    #expect(StudentMixture.standardScore(0, 1.5).isFinite)
  }

  @Test("A test of nothing says why") func noTest() {
    func reason(_ differences: [Double], _ horizon: Int) -> String {
      guard case .absent(let reason) = DieboldMariano.compare(differences: differences, horizon: horizon)
      else { return "" }
      return reason
    }
    #expect(reason([0, 0, 0, 0], 1).contains("same errors"))
    #expect(reason([1, 1, 1, 1], 1).contains("same amount"))
    #expect(
      reason([1, 2, 1], 3) == "forecasts from 4 origins are needed and there are 3; ask for more origins")
    #expect(reason([1, 2], 1).contains("from 3 origins"))
    #expect(reason([1, .nan, 2], 1).contains("finite"))
    #expect(reason([1, 2, 3], 0).contains("horizon of 1"))
  }

  @Test("The size of the losses changes no test") func scaleFree() throws {
    let differences = [0.3, -0.2, 0.5, 0.1, 0.4, -0.1]
    let plain = try #require(DieboldMariano.compare(differences: differences, horizon: 2).test)
    let large = try #require(
      DieboldMariano.compare(differences: differences.map { $0 * 1e200 }, horizon: 2).test)
    #expect(abs(plain.statistic - large.statistic) < 1e-12)
    let turned = try #require(DieboldMariano.compare(differences: differences.map { -$0 }, horizon: 2).test)
    #expect(turned.statistic == -plain.statistic)
    #expect(turned.pValue == plain.pValue)
  }

  @Test("Forecasts that were read from elsewhere are averaged in the same way; a point has no interval")
  func tally() throws {
    var tally = AccuracyTally(levels: [0.8, 0.95])
    var first = SeriesAccuracy(
      scale: ErrorScale(values: [1, 3], positions: [0, 1], season: 1), levels: [0.8, 0.95])
    first.add(ForecastPoint(mean: 4, median: 4, bounds: [3, 5, 2, 6]), actual: 6)
    first.add(ForecastPoint(mean: 4), actual: 8)
    tally.add(first)
    var flat = SeriesAccuracy(
      scale: ErrorScale(values: [2, 2], positions: [0, 1], season: 1), levels: [0.8, 0.95])
    flat.add(ForecastPoint(mean: 2, median: 2, bounds: [1, 3, 0, 4]), actual: 2)
    tally.add(flat)
    tally.add(SeriesAccuracy(scale: ErrorScale(values: [], positions: [], season: 1), levels: [0.8, 0.95]))
    let measures = tally.measures
    #expect(measures.series == 2 && measures.forecasts == 3 && measures.zeroScale == 1)
    // Errors of 2 and 4 against a scale of 2.
    #expect(measures.mase == 1.5 && measures.bias == -1.5)
    #expect(measures.rmsse == 2.5.squareRoot())
    #expect(measures.msis == 2)
    #expect(measures.crps == nil)
    let shares = measures.coverage.compactMap(\.self)
    #expect(abs(shares[0] - 100.0 / 3) < 1e-12 && abs(shares[1] - 200.0 / 3) < 1e-12)
    // Without a level of 95 there is no interval score.
    var other = SeriesAccuracy(
      scale: ErrorScale(values: [1, 3], positions: [0, 1], season: 1), levels: [0.5])
    other.add(ForecastPoint(mean: 4, median: 4, bounds: [3, 5]), actual: 4)
    var few = AccuracyTally(levels: [0.5])
    few.add(other)
    #expect(few.measures.msis == nil)
    #expect(few.measures.pinball.map { abs($0 - (0.25 + 0.25) / 3 / 2) < 1e-15 } == true)
    #expect(AccuracyTally(levels: []).measures.smape == nil)
  }
}
