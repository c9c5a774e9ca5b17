import Indicators
import Testing
import TimeSeries

@Suite("How fast a measure must change") struct RequiredRunRateTests {
  private func rate(_ value: Double, _ since: String, _ level: Double, _ by: String, _ aim: Target.Aim) throws
    -> RequiredRunRate?
  {
    RequiredRunRate(
      from: value, on: try InventedTrajectory.day(since),
      to: Target(level: level, aim: aim, date: try InventedTrajectory.day(by), source: "plan"))
  }

  @Test("30 weeks in June to 25 weeks in October is 1.25 weeks less a month") func falling() throws {
    let rate = try #require(try rate(30, "2019-06-30", 25, "2019-10-31", .atMost))
    #expect(rate.months == 4)
    #expect(rate.change == -5)
    #expect(rate.perMonth == -1.25)
    #expect(rate.perYear == -15)
    #expect(!rate.isReached && !rate.beginsAgain)
  }

  @Test("15% in April to 75% fourteen months later") func rising() throws {
    let rate = try #require(try rate(15, "2020-04-30", 75, "2021-06-30", .atLeast))
    #expect(rate.months == 14)
    #expect(abs(rate.perMonth - 60 / 14) < 1e-12)
  }

  @Test("Part of a month is the share of its days") func parts() throws {
    let rate = try #require(try rate(0, "2020-04-15", 1, "2020-05-31", .atLeast))
    #expect(rate.months == 1.5)
  }

  @Test("What is reached already has to be held") func reached() throws {
    #expect(try #require(try rate(6, "2019-06-30", 6, "2019-10-31", .atMost)).isReached)
    #expect(try #require(try rate(6, "2019-06-30", 6, "2019-10-31", .atMost)).perMonth == 0)
  }

  @Test("There is no rate to a day that is not after the figure") func past() throws {
    #expect(try rate(6, "2019-06-30", 5, "2019-06-30", .atMost) == nil)
    #expect(try rate(6, "2019-06-30", 5, "2019-06-29", .atMost) == nil)
  }
}
