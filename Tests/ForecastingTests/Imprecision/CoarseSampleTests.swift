import Testing
import TimeSeries

@testable import Forecasting

@Suite("Figures known within bounds only, as a sample has them")
struct CoarseSampleTests {
  @Test("Rounded values keep their place and their bounds; hidden ones have bounds and no value")
  func kept() throws {
    let series = try published(
      [
        .suppressed(1...7), .value(10), .suppressed(nil), .notAvailable, .value(15), .roundsToZero,
        .suppressed(1...7),
      ],
      roundedTo: 5)
    let sample = try Sample(series)
    let coarse = try #require(sample.coarse)
    #expect(sample.observed == [10, 15])
    #expect(coarse.figures.map(\.position) == [-1, 0, 3, 5])
    #expect(coarse.figures.map(\.bounds) == [1...7, 7.5...12.5, 12.5...17.5, 1...7])
    #expect(coarse.figures.map(\.hasValue) == [false, true, true, false])
    #expect(sample.needsImputation)
  }

  @Test("A sample of exact figures has none, and asks for no imputation")
  func exact() throws {
    let sample = try Sample(try published([.value(10), .suppressed(nil), .value(12), .roundsToZero]))
    #expect(sample.coarse == nil && !sample.needsImputation)
    #expect(try Imputation(sample) == nil)
  }

  @Test(
    "Bounds that the unit does not allow are cut to it, or refused where nothing is left; endless ones tell nothing"
  )
  func bounds() throws {
    let cut = try Sample(try published([.value(80), .suppressed(90...130), .value(85)], .percentage))
    #expect(cut.coarse?.figures.map(\.bounds) == [90...100])
    let refusal = sentence {
      _ = try Sample(try published([.value(80), .suppressed(110...130)], .percentage))
    }
    #expect(refusal?.contains("the value 110.0 at 2011/12 is outside what the unit per cent allows") == true)
    #expect(try Sample(try published([.value(80), .suppressed(1 ... .infinity)])).coarse == nil)
  }

  @Test("A hidden figure that may be zero moves the logarithm as an observed zero does")
  func zero() throws {
    #expect(try Sample(try published([.value(6), .suppressed(0...4)])).scale == .logarithm(offset: 0.5))
    #expect(try Sample(try published([.value(6), .suppressed(1...4)])).scale == .logarithm(offset: 0))
    #expect(
      try Sample(try published([.value(60), .suppressed(90...100)], .percentage)).scale
        == .logOdds(lower: 0, upper: 100, offset: 20))
  }

  @Test("What is hidden may be larger than all that is seen, and so may the forecast")
  func ceiling() throws {
    #expect(try Sample(try published([.value(2), .suppressed(1...7), .value(3)])).ceiling == 70)
    #expect(try Sample(try published([.value(2), .value(3)])).ceiling == 30)
  }

  @Test("The start of a sample knows nothing of what came later")
  func prefix() throws {
    let sample = try Sample(
      try published([.value(10), .suppressed(1...7), .value(10), .value(12), .suppressed(1...7)]))
    #expect(sample.prefix(3).coarse?.figures.map(\.position) == [1])
    #expect(sample.prefix(3).coarse?.series.points.count == 4)
    #expect(sample.prefix(1).coarse == nil)
    let whole = try #require(try Imputation(sample.prefix(3)))
    #expect(whole.tail == 0 && whole.samples[0].positions == [0, 1, 2, 3])
  }

  @Test("A figure that is replaced is exact from then on")
  func replaced() throws {
    let rounded = try Sample(try published([.value(10), .value(20), .value(15)], roundedTo: 5))
    let changed = rounded.replacingLast(by: 17)
    #expect(changed.coarse?.figures.map(\.position) == [0, 1])
    let completed = try #require(try Imputation(changed))
    #expect(completed.samples.allSatisfy { $0.observed[2] == 17 })
    let one = try Sample(try published([.value(10)], roundedTo: 5))
    #expect(one.replacingLast(by: 12).coarse == nil)
  }

  @Test("Estimated figures are flagged, and the account says that no allowance is made for them")
  func estimated() throws {
    let series = try published(
      [.value(10), .value(12), .value(11), .value(14), .value(13)], flags: [1: .estimated, 3: .estimated])
    let sample = try Sample(series)
    #expect(sample.estimated == [1, 3])
    #expect(sample.prefix(2).estimated == [1] && sample.dropping(first: 1).estimated == [0, 2])
    let account = ForecastAccount(of: try Automatic().learn(from: sample), model: Automatic(), horizon: 1)
    #expect(account.history.contains { $0.contains("2011/12 and 2013/14 are estimated by the publisher") })
    let plain = try Automatic().learn(from: Sample(try published([10, 12, 11, 14, 13].map { .value($0) })))
    let flagged = try Automatic().learn(from: sample)
    #expect(
      try Forecast(flagged, horizon: 1).interval(0.8, step: 1)
        == Forecast(plain, horizon: 1).interval(0.8, step: 1))
  }
}
