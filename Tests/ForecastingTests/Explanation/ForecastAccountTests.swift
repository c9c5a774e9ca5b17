import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("A forecast explained in plain sentences") struct ForecastAccountTests {
  private func account(
    _ values: [Double?], _ unit: TimeSeries.Unit = .count, of model: any ForecastModel, horizon: Int = 3
  ) throws -> ForecastAccount {
    let sample = try model.sample(try annual(values, unit))
    return ForecastAccount(of: try model.fit(sample), model: model, horizon: horizon)
  }

  @Test("A short series by one method: the history, the method, and its forecasts of a changed history")
  func drift() throws {
    // On logarithms the drift is (171/120)^(1/6) a year; without the last figure (149/120)^(1/5), a year longer ahead.
    let account = try account([120, 131, 128, 140, 152, 149, 171], of: Drift())
    #expect(
      account.history == [
        "There are 7 figures, from 2000/01 to 2006/07, with no gaps.",
        "They went from 120 to 171; the lowest was 120 (2000/01) and the highest 171 (2006/07).",
        "On average they rose by 6.1 per cent a year.",
        "From one period to the next the usual change, up or down, was 12.",
        "The last change was 22 up, larger than each of the 5 before it: it was unusual.",
      ])
    #expect(
      account.choice == [
        "One method spoke: the average change so far goes on.",
        "The ranges are the method's own reckoning from 7 figures; they were not checked against earlier forecasts.",
      ])
    #expect(
      account.doubts == [
        "Without the last figure (171 for 2006/07) the forecast would be 162 instead of 181 for 2007/08 and be 177 "
          + "instead of 204 for 2009/10.",
        "Had 2006/07 been no different from 2005/06 (149, which is 22 less), the forecast would be 154 instead of 181 "
          + "for 2007/08 and be 166 instead of 204 for 2009/10.",
        "A figure for 2007/08 below 151 or above 218 would be a reason to doubt the method, which gives that a chance "
          + "of at most one in twenty.",
      ])
  }

  @Test("The automatic combination names three methods with their past errors and sums the rest")
  func automatic() throws {
    let account = try account([120, 131, 128, 140, 152, 149, 171], of: Automatic())
    #expect(
      account.choice == [
        "6 methods spoke, by weight: in proportion, the recent trend goes on (19 per cent, wrong by 5 on average); the "
          + "recent trend goes on and fades (18 per cent, wrong by 5 on average); half of the trend so far, as it "
          + "bends, goes on (17 per cent, wrong by 7 on average); 3 others (46 per cent together).",
        "A method weighs more the nearer its forecasts came when they were made again from earlier ends of this "
          + "series.",
        "The ranges were learned from 9 errors of such earlier forecasts, and widened for what 7 figures leave unknown.",
      ])
  }

  @Test("A constant series has no change to speak of, and repeating its last figure changes nothing")
  func constant() throws {
    let account = try account([40, 40, 40, 40, 40], of: Automatic())
    #expect(
      account.history == [
        "There are 5 figures, from 2000/01 to 2004/05, with no gaps.", "All figures are the same: 40.",
      ])
    #expect(
      account.doubts[..<2] == [
        "Without the last figure (40 for 2004/05) the forecast would stay at 40.0 for 2005/06 and stay at 40.0 for "
          + "2007/08.",
        "The figure for 2004/05 is the same as that for 2003/04, so putting the earlier one in its place changes "
          + "nothing.",
      ])
  }

  @Test("A gap, a break and a provisional figure are said, and shares change by percentage points")
  func gap() throws {
    let values: [Double?] = [4.1, 4.4, nil, 4.0, 5.2, 5.1]
    let points = values.enumerated().compactMap { year, value in
      value.map { value in
        DataPoint(
          period: .financialYear(2015 + year), observation: .value(value),
          flags: year == 5 ? .provisional : year == 3 ? .definitionBreak : [])
      }
    }
    let series = try Series(
      id: "share", measure: Measure(id: "share", unit: .percentage), points: points)
    let fitted = try Automatic().fit(try Automatic().sample(series))
    let account = ForecastAccount(of: fitted, model: Automatic(), horizon: 1)
    #expect(
      account.history == [
        "There are 5 figures, from 2015/16 to 2020/21, with one period between them that has no figure.",
        "They went from 4.1 per cent to 5.1 per cent; the lowest was 4.0 per cent (2018/19) and the highest 5.2 per "
          + "cent (2019/20).",
        "On average they rose by 0.20 percentage points a year.",
        "From one period to the next the usual change, up or down, was 0.30 percentage points.",
        "With so few changes nobody can say whether the last was unusual.",
        "A break is flagged at 2018/19: what is measured, or how it is reported, changed, and the figures before and "
          + "after are not like for like.",
        "The figure for 2020/21 is provisional and may be revised.",
      ])
    #expect(
      account.choice.last == "What is flagged in the figures was allowed for before the methods saw them.")
  }

  @Test("A pooled series says what the pool lends it and what it would be by itself") func pooled() throws {
    let rows: [[Double]] = [
      [100, 104, 109, 113, 118, 125], [50, 53, 54, 57, 60, 61], [210, 216, 230, 236, 249, 262],
      [80, 83, 86, 91, 95, 97], [33, 34, 36, 37, 40, 41],
    ]
    let pool = try rows.enumerated().map { try Automatic().sample(try annual($1, area: "area \($0)")) }
    let fitted = try Automatic().fit(pool: pool, horizon: 3)[1].get()
    let account = ForecastAccount(of: fitted, model: Automatic(), pool: pool, place: 1, horizon: 3)
    #expect(
      account.choice == [
        "It was forecast together with the 4 other series of its pool.",
        "Into the last period the pool together rose by 3.2 per cent.",
        "That the pool has a trend in common which goes on is given a probability of more than 99 per cent; that it "
          + "keeps to a level less than 1 per cent; that neither holds less than 1 per cent.",
        "Beside the pool this series usually moves by 1.5 per cent from one period to the next; for the next period no "
          + "movement beside the pool is expected.",
        "The ranges come from the errors that the same forecasts made from earlier ends of all series of the pool.",
      ])
    #expect(
      account.doubts[2]
        == "By itself, without its pool, the forecast would be 62.4 instead of 63.4 for 2006/07 and be 65.0 instead of "
        + "68.4 for 2008/09.")
    let alone = try Forecast(try Automatic().fit(pool[1]), horizon: 3)
    #expect(FigureText(pool[1]).estimate(try alone.median(step: 3)) == "65.0")
    var shorter = pool
    shorter[1] = pool[1].prefix(5)
    let without = try Forecast(try PooledTrend().fit(pool: shorter, horizon: 4)[1].get(), horizon: 4)
    let expected = FigureText(pool[1]).estimate(try without.median(step: 2))
    #expect(account.doubts[0].contains("be \(expected) instead"))
    // The pooled trend by its own name gives the same account: by itself the automatic choice takes its place.
    let named = try PooledTrend().fit(pool: pool, horizon: 3)[1].get()
    #expect(
      ForecastAccount(of: named, model: PooledTrend(), pool: pool, place: 1, horizon: 3).doubts
        == account.doubts)
  }

  @Test("A pool that is too large to be fitted again says so") func largePool() throws {
    let model = try ModelCatalogue.model(named: "conformal(drift)")
    let one = try model.sample(try annual([3, 5, 4, 6, 7, 6, 8]))
    let pool = Array(repeating: one, count: Refitting.largestOtherPool + 1)
    let account = ForecastAccount(
      of: try model.fit(one), model: model, pool: pool, place: 0, horizon: 2)
    #expect(
      account.doubts[0]
        == "The forecast without the last figure is left out: its pool has more than 50 series, which are not fitted "
        + "again for each of them.")
    #expect(account.doubts.count == 3)
  }

  @Test("Combinations, calibrated ranges and a contest of a pool say what they are") func choices() throws {
    let values: [Double?] = [120, 131, 128, 140, 152, 149, 171, 180, 190, 188]
    let calibrated = try account(values, of: try ModelCatalogue.model(named: "conformal(drift)"))
    #expect(
      calibrated.choice.last
        == "The ranges are as wide as the errors of the same method's earlier forecasts call for; 6 counted.")
    let five = try ModelCatalogue.model(named: "combination(drift,naive,mean,holt,theta)")
    #expect(
      try account(values, of: five).choice[0]
        == "5 methods spoke, by weight: the average change so far goes on (20 per cent); the last figure stays "
        + "(20 per cent); values scatter about the mean of all observations (20 per cent); 2 others (40 per cent "
        + "together).")
    let example = PoolExample(areas: 6, years: 16)
    let pool = try example.samples(example.values(path: 3), known: 16)
    let contest = try #require(PoolContest(pool, horizon: 2) { try Naive().fit($0) })
    let fitted = try #require(PooledTrend().fits(pool, horizon: 2, contest: contest)[0])
    let account = ForecastAccount(of: fitted, model: Automatic(), pool: pool, place: 0, horizon: 2)
    #expect(
      account.choice.contains {
        $0.hasPrefix("Over \(contest.count) earlier forecasts of the pool, the error was ")
      })
  }

  @Test("One figure, and a horizon that no forecast reaches, leave parts out with the reason") func refusals()
    throws
  {
    let one = try account([12], .rate(per: 10_000), of: Automatic())
    #expect(one.history == ["There is one figure: 12 per 10,000 for 2000/01."])
    #expect(one.doubts[0] == "What the last figure decides is left out: without it there is none.")
    let far = try account([3, 5, 4, 6, 7], of: Drift(), horizon: 0)
    #expect(far.doubts.count == 1)
    #expect(far.doubts[0].hasPrefix("What would change the answer is left out: "))
    // Four figures are the fewest for a drift: without the last there are too few.
    let few = try account([3, 5, 4, 6], of: Drift())
    #expect(few.doubts[0].hasPrefix("The forecast without the last figure is left out: "))
  }

  @Test("A season compares with the figure of a season ago") func season() throws {
    let start = try #require(Period.month(year: 2020, month: 1))
    let points = (0..<30).map { (month: Int) -> DataPoint in
      let value = 100 + (month % 12) * 5 + month
      return DataPoint(start.advanced(by: month), Double(value))
    }
    let series = try Series(id: "m", measure: Measure(id: "m", unit: .count), points: points)
    let account = ForecastAccount(
      of: try Automatic().fit(try Sample(series)), model: Automatic(), horizon: 2)
    #expect(
      account.doubts[1].hasPrefix("Had 2022-06 been no different from 2021-06 (142, which is 12 less), "))
  }

  @Test("Numbers are said in the unit of the series, as finely as they are published")
  func numbers() throws {
    func text(_ values: [Double], _ unit: TimeSeries.Unit) throws -> FigureText {
      FigureText(try Sample(try annual(values, unit)))
    }
    let pounds = try text([1_234_567, 2_345_678], .pounds)
    #expect(pounds.figure(1_234_567) == "£1,234,567")
    #expect(pounds.estimate(1_234_567) == "£1,234,600")
    #expect(pounds.change(-1200) == "−£1,200")
    #expect(try text([0.1, 0.125, 0.2], .proportion).figure(0.125) == "12.5 per cent")
    #expect(try text([4.5, 6], .weeks).estimate(5.04) == "5.04 weeks")
    #expect(try text([4, 6], .other("beds")).figure(5) == "5 beds")
    #expect(FigureText.fixed(-0.004, decimals: 2) == "0.00")
    #expect(FigureText.fixed(-1234.5, decimals: 1) == "−1,234.5")
    #expect(FigureText.fixed(2e15, decimals: 0) == "2e15")
    #expect(FigureText.fixed(9.04, decimals: 2) == "9.04")
    #expect(FigureText.percent(0.0312) == "3.1 per cent")
    #expect(FigureText.probability(0.4) == "40 per cent")
  }

  @Test(
    "Random series of every unit are explained without a trap, in finite numbers, and the same way twice",
    arguments: PropertyTests.units)
  func random(unit: TimeSeries.Unit) throws {
    let models: [any ForecastModel] = [
      Automatic(), Naive(), try ModelCatalogue.model(named: "combination(drift,naive)"),
    ]
    for path in 0..<6 as Range<UInt64> {
      var stream = RandomStream(seed: 5, name: "accounts", path: path)
      let values = PropertyTests.values(unit, path: path)
      let kept: [Double?] = values.enumerated().map { index, value in
        index > 0 && stream.uniform() < 0.2 ? nil : value
      }
      for model in models {
        let sample = try model.sample(try annual(kept, unit))
        guard let fitted = try? model.fit(sample) else { continue }
        let account = ForecastAccount(of: fitted, model: model, horizon: 1 + Int(path))
        #expect(account == ForecastAccount(of: fitted, model: model, horizon: 1 + Int(path)))
        for sentence in account.history + account.choice + account.doubts {
          let words = sentence.lowercased().split { !$0.isLetter }
          #expect(!words.contains("nan") && !words.contains("inf") && !words.contains("infinity"))
          #expect(sentence.hasSuffix(".") && !sentence.contains("  "), "\(sentence)")
        }
        #expect(!account.history.isEmpty && !account.choice.isEmpty && !account.doubts.isEmpty)
      }
    }
  }
}
