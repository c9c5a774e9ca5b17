import Indicators
import Testing

@Suite("Waits by whole weeks")
struct WaitDistributionTests {
  @Test(
    "Ten children spread over each of 20 weeks have waited 10 weeks on average, and nine in ten no longer than 18"
  )
  func uniform() throws {
    let waits = WaitDistribution(.waiting, [Double](repeating: 10, count: 20))
    #expect(waits.total == 200)
    #expect(waits.mean == Weeks(10))
    #expect(waits.count(within: Weeks(18)) == 180)
    #expect(waits.count(over: Weeks(18)) == 20)
    #expect(waits.share(within: Weeks(18)) == 0.9)
    #expect(waits.share(within: Weeks(52)) == 1)
    #expect(abs(try #require(waits.share(within: Weeks(4.5))) - 0.225) < 1e-15)
    #expect(waits.percentile(0.5) == Weeks(10))
    #expect(abs(try #require(waits.percentile(0.92)).count - 18.4) < 1e-12)
    #expect(waits.percentile(0) == Weeks(0))
    #expect(waits.percentile(1) == Weeks(20))
  }

  @Test("Percentiles fall within the week in which children stand, and skip weeks without any")
  func gaps() throws {
    let waits = WaitDistribution(.waiting, [0, 4, 0, 0, 4, 0])
    #expect(waits.percentile(0.25) == Weeks(1.5))
    #expect(waits.percentile(0.5) == Weeks(2))
    #expect(waits.percentile(0.75) == Weeks(4.5))
    #expect(waits.percentile(1) == Weeks(5))
  }

  @Test("Children seen in a week were seen in its middle: half of those at 18 weeks had waited longer")
  func seen() throws {
    let seen = WaitDistribution(.seen, [Double](repeating: 0, count: 18) + [10])
    #expect(seen.mean == Weeks(18))
    #expect(seen.share(within: Weeks(18)) == 0.5)
    #expect(seen.percentile(0.5) == Weeks(18))
    // Those referred in the same week waited half a week at most.
    #expect(WaitDistribution(.seen, [4]).mean == Weeks(0.25))
    #expect(WaitDistribution(.seen, [4]).share(within: Weeks(0.5)) == 1)
  }

  @Test("Nobody has no mean, no share and no percentile")
  func nobody() {
    for waits in [WaitDistribution(.waiting, []), WaitDistribution(.seen, [0, 0])] {
      #expect(waits.mean == nil)
      #expect(waits.share(within: Weeks(18)) == nil)
      #expect(waits.percentile(0.5) == nil)
      #expect(waits.count(over: Weeks(1)) == 0)
    }
    #expect(WaitDistribution(.waiting, [1]).percentile(1.5) == nil)
    #expect(WaitDistribution(.waiting, [1]).percentile(.nan) == nil)
  }

  @Test("Groups of different length are added week by week")
  func sums() {
    let short = WaitDistribution(.seen, [1])
    let long = WaitDistribution(.seen, [1, 2, 3])
    #expect(short.adding(long).counts == [2, 2, 3])
    #expect(long.adding(short).counts == [2, 2, 3])
  }
}
