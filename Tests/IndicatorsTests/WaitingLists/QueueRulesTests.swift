import Indicators
import Testing

/// The worked values of the package NHSRwaitinglist, in units that cannot be mixed.
@Suite("Rules of queues")
struct QueueRulesTests {
  let list: QueueRules

  init() throws {
    list = try QueueRules(demand: PerWeek(30), capacity: PerWeek(27), waiting: 1200, target: Weeks(52))
  }

  @Test("Thirty children a week for 27 places is a load of 1.11, and the list grows without end")
  func load() throws {
    #expect(abs(list.load - 30.0 / 27) < 1e-15)
    #expect(!list.isStable)
    let steady = try QueueRules(demand: PerWeek(27), capacity: PerWeek(30), waiting: 0, target: Weeks(18))
    #expect(steady.isStable)
    let idle = try QueueRules(demand: PerWeek(0), capacity: PerWeek(0), waiting: 0, target: Weeks(18))
    #expect(idle.load == 0)
    let closed = try QueueRules(demand: PerWeek(1), capacity: PerWeek(0), waiting: 3, target: Weeks(18))
    #expect(closed.load == .infinity)
    #expect(closed.waitOfLastToJoin.count == .infinity)
    #expect(idle.waitOfLastToJoin == Weeks(0))
  }

  @Test(
    "A target of 52 weeks asks for a mean wait of 13 and a list of 390; 1,200 are more than twice as many")
  func targetQueue() throws {
    #expect(list.targetMeanWait == Weeks(13))
    #expect(list.targetQueue == 390)
    #expect(list.isTooBig)
    let stricter = try QueueRules(
      demand: PerWeek(30), capacity: PerWeek(27), waiting: 780, target: Weeks(52), assurance: .p998)
    #expect(abs(stricter.targetQueue - 260) < 1e-12)
    let bearable = try QueueRules(demand: PerWeek(30), capacity: PerWeek(27), waiting: 780, target: Weeks(52))
    #expect(!bearable.isTooBig)
    #expect(try bearable.reliefCapacity() == nil)
  }

  @Test("A quarter of the target leaves 98.2% within it, a sixth 99.8%")
  func assurance() {
    #expect(abs(QueueRules.Assurance.p982.share - 0.981684361111) < 1e-12)
    #expect(abs(QueueRules.Assurance.p998.share - 0.997521247823) < 1e-12)
    #expect(QueueRules.Assurance.allCases.map(\.label) == ["98.2%", "99.8%"])
  }

  @Test("Relief in half a year takes 61.15 places a week")
  func relief() throws {
    let relief = try #require(try list.reliefCapacity())
    #expect(abs(relief.count - 61.153846153846) < 1e-12)
    let slower = try #require(try list.reliefCapacity(over: Weeks(52)))
    #expect(abs(slower.count - (30 + 810.0 / 52)) < 1e-12)
    #expect(slower < relief)
  }

  @Test("Demand known from 100 referrals is planned a quarter higher")
  func uncertainDemand() throws {
    let evidence = try DemandEvidence(referrals: 100)
    let relief = try #require(try list.reliefCapacity(estimatedFrom: evidence))
    #expect(abs(relief.count - (30 / 0.8 + 810.0 / 26)) < 1e-12)
    // The published form has 2 × demand × cv/√n, where cv is the deviation of the gaps in weeks.
    let gapDeviation = 1.0 / 30
    #expect(abs(try evidence.upperDemand(PerWeek(30)).count - 30 / (1 - 2 * 30 * gapDeviation / 10)) < 1e-12)
    // Regular referrals are known from few.
    #expect(try DemandEvidence(referrals: 4, variation: 0).upperDemand(PerWeek(5)) == PerWeek(5))
  }

  @Test("Four referrals by chance do not bound demand from above")
  func tooFewReferrals() throws {
    let evidence = try DemandEvidence(referrals: 4)
    #expect(throws: IndicatorsError.self) { try list.reliefCapacity(estimatedFrom: evidence) }
    for (referrals, variation) in [(0.0, 1.0), (-1, 1), (.nan, 1), (.infinity, 1), (10, -1), (10, .nan)] {
      #expect(throws: IndicatorsError.self) {
        try DemandEvidence(referrals: referrals, variation: variation)
      }
    }
  }

  @Test(
    "Four referrals a week within 52 weeks take 4.0769 places; a clinic that runs to the clock takes half the margin"
  )
  func targetCapacity() throws {
    let small = try QueueRules(demand: PerWeek(4), capacity: PerWeek(4), waiting: 0, target: Weeks(52))
    #expect(abs(small.targetCapacity().count - 4.076923076923) < 1e-12)
    #expect(abs(small.targetCapacity(serviceVariation: 0).count - (4 + 0.5 * 4 / 52)) < 1e-12)
    #expect(
      abs(small.targetCapacity(arrivalVariation: 2, serviceVariation: 0).count - (4 + 2 * 4.0 / 52)) < 1e-12)
  }

  @Test("Waits of 63 weeks for a target of 52 are a pressure of 2.42, in weeks or in days")
  func pressure() {
    #expect(abs(list.pressure(meanWait: Weeks(63)) - 2.423076923077) < 1e-12)
    #expect(abs(list.pressure(meanWait: Weeks(Days(441))) - 2.423076923077) < 1e-12)
    #expect(list.waitOfLastToJoin == Weeks(1200.0 / 27))
  }

  @Test("Numbers that cannot be are refused in a sentence")
  func refusals() {
    let bad: [(Double, Double, Double, Double)] = [
      (-1, 1, 1, 1), (1, -1, 1, 1), (1, 1, -1, 1), (1, 1, 1, 0), (.nan, 1, 1, 1), (1, .infinity, 1, 1),
      (1, 1, 1, .nan), (1, 1, 1, -5), (1, 1, 1, .infinity),
    ]
    for (demand, capacity, waiting, target) in bad {
      #expect(throws: IndicatorsError.self) {
        try QueueRules(
          demand: PerWeek(demand), capacity: PerWeek(capacity), waiting: waiting, target: Weeks(target))
      }
    }
    for time in [0, -1, Double.nan, .infinity] {
      #expect(throws: IndicatorsError.self) { try list.reliefCapacity(over: Weeks(time)) }
    }
  }

  @Test("Days become weeks and years become weeks only where it is said")
  func units() {
    #expect(Weeks(Days(14)) == Weeks(2))
    #expect(Days(Weeks(2)) == Days(14))
    #expect(Days(1) < Days(2))
    #expect(Weeks(1) < Weeks(2))
    #expect(PerWeek(perDay: 2) == PerWeek(14))
    #expect(abs(PerWeek(perYear: 365.25).count - 7) < 1e-12)
    #expect(abs(PerWeek(7).perYear - 365.25) < 1e-12)
    #expect(PerWeek(10, in: Weeks(4)) == PerWeek(2.5))
    #expect(PerWeek(3) * Weeks(2) == 6)
    #expect(PerWeek(3) + PerWeek(2) == PerWeek(5))
    #expect(PerWeek(3) - PerWeek(2) == PerWeek(1))
    #expect(PerWeek(3) / PerWeek(2) == 1.5)
    #expect(Weeks(3) / Weeks(2) == 1.5)
    #expect(Weeks.forCount(30, at: PerWeek(10)) == Weeks(3))
  }
}

@Suite("Exponential waits")
struct ExponentialWaitsTests {
  @Test("92% within 18 weeks is a mean wait of 7.13 weeks; 100 referrals a week then keep a list of 713")
  func standard() throws {
    let waits = try ExponentialWaits(share: 0.92, within: Weeks(18))
    #expect(abs(waits.rate.count - 0.140318258017) < 1e-12)
    #expect(abs(waits.mean.count - 7.126656318) < 1e-8)
    #expect(abs(waits.listSize(referrals: PerWeek(100)) - 712.6656318) < 1e-6)
    #expect(abs(waits.share(within: Weeks(18)) - 0.92) < 1e-15)
    #expect(abs(waits.quantile(0.92).count - 18) < 1e-12)
    #expect(waits.share(within: Weeks(-1)) == 0)
    #expect(waits.quantile(1).count == .infinity)
    #expect(waits.quantile(-1) == Weeks(0))
  }

  @Test("A share of nothing or of all, and a target of no length, say nothing of a rate")
  func refusals() {
    for (share, weeks) in [
      (0.0, 18.0), (1, 18), (92, 18), (.nan, 18), (0.5, 0), (0.5, .nan), (0.5, .infinity),
    ] {
      #expect(throws: IndicatorsError.self) { try ExponentialWaits(share: share, within: Weeks(weeks)) }
    }
  }
}
