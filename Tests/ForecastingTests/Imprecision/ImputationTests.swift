import Testing
import TimeSeries

@testable import Forecasting

@Suite("Completions of a sample")
struct ImputationTests {
  @Test("Every completion keeps what is exact and stays inside the bounds, in whole numbers of whole things")
  func inside() throws {
    let figures: [Observation] = [
      .value(35), .suppressed(1...7), .value(20), .value(0), .suppressed(0...4), .roundsToZero, .value(15),
    ]
    let sample = try Sample(try published(figures, roundedTo: 5))
    let imputation = try #require(try Imputation(sample))
    #expect(imputation.samples.count == Imputation.usualCount)
    let bounds = [32.5...37.5, 1...7, 17.5...22.5, 0...2.5, 0...4, nil, 12.5...17.5]
    for completion in imputation.samples {
      #expect(completion.positions == [0, 1, 2, 3, 4, 6])
      #expect(completion.scale == sample.scale)
      for (position, value) in zip(completion.positions, completion.observed) {
        #expect(bounds[position]?.contains(value) == true && value == value.rounded())
      }
    }
    #expect(Set(imputation.samples.map { $0.observed[1] }).count > 1)
  }

  @Test("Shares and rates are drawn between their bounds, and never leave their unit")
  func shares() throws {
    let share = try Sample(
      try published(
        [.value(98), .value(99), .value(100), .value(99), .value(100)], .percentage, roundedTo: 2))
    for completion in try #require(try Imputation(share)).samples {
      #expect(completion.observed.allSatisfy { (97...100).contains($0) })
      #expect(completion.observed.contains { $0 != $0.rounded() })
    }
    let balance = try Sample(try published([.value(0), .value(-10), .value(5)], .pounds, roundedTo: 5))
    let drawn = try #require(try Imputation(balance)).samples.map { $0.observed[0] }
    #expect(
      drawn.allSatisfy { (-2.5...2.5).contains($0) } && drawn.contains { $0 < 0 } && drawn.contains { $0 > 0 }
    )
  }

  @Test("A figure that rounds to zero lies below half of the unit, where that is known")
  func roundsToZero() throws {
    let points = [3.0, 4, 2].enumerated().map { DataPoint(.financialYear(2010 + $0), $1) }
    let low = DataPoint(period: .financialYear(2013), observation: .roundsToZero, rounding: 1)
    let series = try Series(
      id: "rate", measure: Measure(id: "rate", unit: .rate(per: 1000)), points: points + [low])
    let imputation = try #require(try Imputation(try Sample(series)))
    #expect(imputation.tail == 1)
    #expect(imputation.samples.allSatisfy { (0...0.5).contains($0.observed[3]) })
  }

  @Test("A hidden share has a hidden count above the line, which follows what is drawn")
  func numerators() throws {
    let points = (0..<6).map { year -> DataPoint in
      let isHidden = year == 3
      let share = Double(5 + year)
      let observation: Observation = isHidden ? .suppressed(0...4) : .value(share)
      return DataPoint(
        period: .financialYear(2010 + year), observation: observation, numerator: isHidden ? nil : 2 * share,
        denominator: 200)
    }
    let sample = try Sample(
      Series(id: "share", measure: Measure(id: "share", unit: .percentage), points: points))
    for completion in try #require(try Imputation(sample)).samples {
      let counts = try #require(completion.counts)
      #expect(abs(counts[3] - completion.observed[3] * 2) <= 0.5 && counts[3] == counts[3].rounded())
      #expect(completion.samplingVariances != nil)
    }
  }

  @Test("Figures before the first value and after the last are drawn, and so are the periods between")
  func ends() throws {
    let figures: [Observation?] = [
      .suppressed(1...7), nil, .value(6), .value(8), .value(7), .value(9), nil, .suppressed(1...7),
    ]
    let sample = try Sample(try published(figures))
    let imputation = try #require(try Imputation(sample))
    #expect(imputation.lead == 2 && imputation.tail == 2)
    #expect(imputation.samples[0].positions == [0, 2, 3, 4, 5, 7])
    #expect(imputation.tailDraws.map(\.count) == [160, 160])
    let fitted = try Naive().learn(from: sample)
    let forecast = try Forecast(fitted, horizon: 4)
    #expect((1...7).contains(try forecast.quantile(0.001, step: 2)))
    #expect((1...7).contains(try forecast.quantile(0.999, step: 2)))
    #expect(try forecast.quantile(0.999, step: 3) > 7)
    #expect(try fitted.predictive(step: 1).mean == fitted.predictive(horizon: 4)[0].mean)
    #expect(try fitted.predictive(step: 4).mean == fitted.predictive(horizon: 4)[3].mean)
    for path in paths(of: fitted, 200, horizon: 4) {
      #expect((1...7).contains(path[1]) && path.allSatisfy { $0 > 0 })
    }
    #expect(paths(of: fitted, 20, horizon: 1).allSatisfy { $0[0].isFinite })
    #expect(fitted.residualPositions.allSatisfy { sample.positions.contains($0) })
    #expect(fitted.residuals.count == fitted.residualPositions.count)
  }

  @Test(
    "What comes too long after the last value is refused with the reason, and what the scale cannot show too")
  func refusals() throws {
    let far = try Series(
      id: "far", measure: Measure(id: "far", unit: .count),
      points: [
        DataPoint(.calendarYear(1), 5),
        DataPoint(period: .calendarYear(1500), observation: .suppressed(1...7)),
      ])
    let text = sentence { _ = try Naive().learn(from: try Sample(far)) }
    #expect(text?.contains("more than 1000 periods after the last value") == true)
    let loss = try Sample(
      try published([.value(5), .suppressed(1...7), .value(6)], .pounds), scale: .logarithm)
    #expect(try Imputation(loss) != nil)
    let series = try Series(
      id: "p", measure: Measure(id: "p", unit: .pounds),
      points: [
        DataPoint(.calendarYear(1), 5),
        DataPoint(period: .calendarYear(2), observation: .suppressed(-7 ... -1)),
      ])
    let negative = sentence { _ = try Imputation(try Sample(series, scale: .exactly(.logarithm(offset: 0)))) }
    #expect(negative?.contains("lies between -7 and -1, where the scale") == true)
    // In a pool it stops no other.
    let sound = try Sample(try published([.value(5), .suppressed(1...7), .value(6)]))
    let pool = Naive().learn(from: [try Sample(far), sound], horizon: 1)
    #expect(throws: ForecastingError.self) { try pool[0].get() }
    #expect((try? pool[1].get()) is FittedImputation)
  }

  @Test(
    "Rounding that is fine beside how the series moves is taken as exact, at a hundredth of the variance of a change"
  )
  func negligible() throws {
    let values = [410.0, 445, 380, 425, 470, 430, 405, 450]
    func share(_ rounding: Double) throws -> Sample {
      try Sample(try published(values.map { .value($0) }, roundedTo: rounding))
    }
    #expect(try share(1).roundingShare < 0.0001 && !share(1).needsImputation)
    #expect(try share(5).roundingShare < Imputation.negligibleShare && !share(5).needsImputation)
    #expect(try share(100).needsImputation)
    #expect(try Automatic().learn(from: share(5)) is FittedEnsemble)
    // With something hidden beside them, fine roundings stay exact.
    let hidden = try Sample(
      try published(values.map { .value($0) } + [.suppressed(300...500)], roundedTo: 5))
    let completions = try #require(try Imputation(hidden)).samples
    #expect(completions.allSatisfy { Array($0.observed.prefix(8)) == values })
    let remark = try #require(try Imputation(try share(100))).remark
    #expect(
      remark.contains(
        "8 figures are known only within bounds (2010/11 from 360 to 460"))
  }

  @Test("A break between an interval and its neighbour leaves it to its bounds alone")
  func breaks() throws {
    let figures: [Observation] = [8, 7, 8, 8].map { .value($0) } + [.suppressed(1...7)]
    let joined = try #require(try Imputation(try Sample(try published(figures)), count: 200))
    let split = try #require(
      try Imputation(try Sample(try published(figures, flags: [4: .definitionBreak])), count: 200))
    func mean(_ imputation: Imputation) -> Double {
      imputation.samples.reduce(0) { $0 + $1.observed[4] / Double(imputation.samples.count) }
    }
    #expect(mean(joined) > 5.5)
    #expect(mean(split) < 4)
    #expect(split.samples.allSatisfy { $0.breaks == [4] })
  }
}
