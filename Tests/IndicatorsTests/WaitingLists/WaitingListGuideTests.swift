import Indicators
import Statistics
import Testing
import TimeSeries

@Suite("The guide's example")
struct WaitingListGuideTests {
  @Test("Its figures are those that the guide states")
  func example() throws {
    let start = try #require(CivilDate("2024-04-01"))
    let list = WaitingListModel(
      name: "Speech and language therapy", start: start, waiting: [Double](repeating: 12, count: 30),
      referrals: [PerWeek(12)], capacity: [PerWeek(11)], leaving: [0.004])
    let rules = try QueueRules(
      demand: PerWeek(12), capacity: PerWeek(11), waiting: 360, target: Weeks(18))
    #expect((rules.load * 100).rounded() == 109)
    #expect(rules.targetQueue == 54)
    #expect(rules.targetMeanWait == Weeks(4.5))
    #expect((try #require(try rules.reliefCapacity()).count * 10).rounded() == 238)
    let target = try WaitTarget(share: 0.92, within: Weeks(18), by: #require(CivilDate("2025-03-31")))
    #expect(try !WaitingListProjection(list, weeks: 104).course(of: target).isMetAndHeld)
    let simulation = try WaitingListSimulation(
      list.replacing(capacity: [PerWeek(15)]), weeks: 104,
      chance: WaitingListChance(demand: .lognormal(variation: 0.1)), paths: 1000, seed: 2024)
    let probability = try simulation.probability(of: target).metAndHeld
    #expect((probability.value * 100).rounded() == 96)
    #expect((probability.error * 1000).rounded() == 6)
  }
}
