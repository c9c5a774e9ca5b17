import Commissioning
import Statistics
import Testing

@Suite("The best way to spread a sum")
struct AllocationTests {
  private typealias Problem = AllocationProblem

  private func once(_ id: String, cost: Double, _ benefit: [Double]) -> Problem.Option {
    Problem.Option(
      id: id, unitCost: cost, isWhole: true,
      tiers: [Problem.Tier(units: 1, benefits: [Draws(benefit)])])
  }

  @Test(
    "with certain figures the dearest pound goes where it saves most, and one more pound is worth as much")
  func certain() throws {
    // 2 and 3 pounds saved for a pound, at most 10 and 4 units; the other 3 pounds go to the first.
    let plan = try Allocation(
      Problem(
        shortfalls: [Draws(100)],
        options: [
          Problem.Option(
            id: "slow", unitCost: 1, isWhole: false, tiers: [Problem.Tier(units: 10, benefits: [Draws(2)])]),
          Problem.Option(
            id: "quick", unitCost: 1, isWhole: false, tiers: [Problem.Tier(units: 4, benefits: [Draws(3)])]),
        ], sum: 7))
    #expect(plan.best.choices.map(\.id) == ["slow", "quick"])
    #expect(near(plan.best.choices[0].units, 3, 1e-5))
    #expect(near(plan.best.choices[1].units, 4, 1e-5))
    #expect(near(plan.best.shortfall.value, 82, 1e-4))
    #expect(plan.before == (try MeanEstimate(Draws(100), of: "")))
    #expect(near(plan.prices[0].price, 2, 1e-4))
    #expect(near(plan.prices[0].used, 7, 1e-5))
    #expect(plan.isProved && plan.runnerUp == nil)
  }

  @Test("money that can do no more is not spent")
  func thrift() throws {
    let plan = try Allocation(
      Problem(
        shortfalls: [Draws(5)],
        options: [once("enough", cost: 10, [5]), once("too much", cost: 30, [9])], sum: 100))
    #expect(plan.best.choices.map(\.units) == [1, 0])
    #expect(plan.best.spent == 10 && plan.best.shortfall.value == 0)
    #expect(near(plan.prices[0].price, 0, 1e-6))
    // The next best plan buys the other.
    #expect(plan.runnerUp?.choices.map(\.units) == [0, 1])
  }

  @Test("random problems of whole units have the answer of trying everything")
  func bruteForce() throws {
    for seed in 0..<25 {
      var random = RandomStream(seed: UInt64(seed), name: "problem")
      let futures = 40
      let targets = seed % 2 + 1
      func draws(_ scale: Double) -> [[Double]] {
        (0..<targets).map { _ in (0..<futures).map { _ in scale * (random.uniform() - 0.2) } }
      }
      let shortfalls = draws(10)
      let most = (0..<4).map { _ in 1 + Int(random.uniform() * 3) }
      let costs = (0..<4).map { _ in 1 + 4 * random.uniform() }
      let benefits = (0..<4).map { _ in draws(4) }
      let pair = draws(2).map { $0.map { -$0 } }
      let whole: [Double] = most.map(Double.init)
      let overlaps = most[0] == 1 && most[1] == 1
      let sum = 4 + 6 * random.uniform()
      // At least one of the last two, and no more than four units in all.
      let limits = [
        Problem.Limit(name: "last", weights: ["2": 1, "3": 1], relation: .atLeast, bound: 1),
        Problem.Limit(
          name: "all", weights: ["0": 1, "1": 1, "2": 1, "3": 1], relation: .atMost, bound: 4),
      ]
      let problem = Problem(
        shortfalls: shortfalls.map { Draws($0) },
        options: (0..<4).map { index in
          Problem.Option(
            id: "\(index)", unitCost: costs[index], isWhole: true,
            tiers: [Problem.Tier(units: whole[index], benefits: benefits[index].map { Draws($0) })])
        },
        interactions: overlaps ? [Problem.Interaction("0", "1", benefits: pair.map { Draws($0) })] : [],
        sum: sum, limits: limits)

      var tried: [(units: [Int], left: Double)] = []
      for a in 0...most[0] {
        for b in 0...most[1] {
          for c in 0...most[2] {
            for d in 0...most[3] where c + d >= 1 && a + b + c + d <= 4 {
              let units = [a, b, c, d]
              guard zip(units, costs).reduce(0, { $0 + Double($1.0) * $1.1 }) <= sum else { continue }
              var left = 0.0
              for target in 0..<targets {
                for path in 0..<futures {
                  var rest = shortfalls[target][path]
                  for index in 0..<4 { rest -= Double(units[index]) * benefits[index][target][path] }
                  if overlaps, a == 1, b == 1 { rest -= pair[target][path] }
                  left += max(0, rest) / Double(futures)
                }
              }
              tried.append((units, left))
            }
          }
        }
      }
      tried.sort { $0.left < $1.left }
      let best = try #require(tried.first)
      let plan = try Allocation(problem)
      #expect(near(plan.best.shortfall.value, best.left, 1e-5), "seed \(seed)")
      #expect(plan.best.choices.map(\.units) == best.units.map(Double.init), "seed \(seed)")
      #expect(plan.isProved)
      #expect(plan.bound <= plan.best.shortfall.value)
      if tried.count > 1 {
        #expect(near(plan.runnerUp?.shortfall.value, tried[1].left, 1e-5), "seed \(seed)")
      } else {
        #expect(plan.runnerUp == nil)
      }
    }
  }

  @Test(
    "parts of units are found where a grid finds them, and the price of a pound is what one more is worth")
  func parts() throws {
    let futures = 200
    let deficits = InventedFutures.uniform("deficit", futures).map { 10 + 20 * $0 }
    let first = InventedFutures.uniform("first", futures).map { 2 * $0 }
    let second = InventedFutures.uniform("second", futures).map { 0.5 + $0 }
    func plan(_ sum: Double) throws -> Allocation {
      try Allocation(
        Problem(
          shortfalls: [Draws(deficits)],
          options: [
            Problem.Option(
              id: "first", unitCost: 1, isWhole: false,
              tiers: [
                Problem.Tier(units: 8, benefits: [Draws(first)]),
                Problem.Tier(units: 8, benefits: [Draws(first.map { $0 / 2 })]),
              ]),
            Problem.Option(
              id: "second", unitCost: 1, isWhole: false,
              tiers: [Problem.Tier(units: 9, benefits: [Draws(second)])]),
          ], sum: sum))
    }
    func left(_ x: Double, _ y: Double) -> Double {
      var sum = 0.0
      for path in 0..<futures {
        sum += max(0, deficits[path] - (min(8, x) + max(0, x - 8) / 2) * first[path] - y * second[path])
      }
      return sum / Double(futures)
    }
    var least = Double.infinity
    for step in 0...1600 {
      let x = Double(step) / 100
      least = min(least, left(x, min(9, max(0, 14 - x))))
    }
    let found = try plan(14)
    #expect(found.isProved)
    #expect(found.best.shortfall.value <= least + 1e-5)
    #expect(near(found.best.shortfall.value, least, 0.01))
    let more = try plan(14.01)
    #expect(
      near(found.prices[0].price, (found.best.shortfall.value - more.best.shortfall.value) / 0.01, 0.03))
    #expect(found.runnerUp == nil)
    #expect(near(found.before.value - found.best.shortfall.value, found.best.reduction.value, 1e-9))
  }

  @Test("a limit that binds has a price, and one that does not has none")
  func prices() throws {
    func option(_ id: String, _ benefit: Double) -> Problem.Option {
      Problem.Option(
        id: id, unitCost: 1, isWhole: false, tiers: [Problem.Tier(units: 100, benefits: [Draws(benefit)])])
    }
    let plan = try Allocation(
      Problem(
        shortfalls: [Draws(1000)], options: [option("good", 5), option("poor", 2)], sum: 50,
        limits: [
          Problem.Limit(name: "poor spend", weights: ["poor": 1], relation: .atLeast, bound: 10),
          Problem.Limit(name: "slack", weights: ["good": 1], relation: .atMost, bound: 90),
        ]))
    // 40 × 5 + 10 × 2 of 1,000; a pound less on the poor option moves it to the good one.
    #expect(near(plan.best.shortfall.value, 780, 1e-3))
    #expect(near(plan.prices[0].price, 5, 1e-4))
    #expect(near(plan.prices[1].price, 3, 1e-4))
    #expect(near(plan.prices[2].price, 0, 1e-4))
    #expect(plan.prices.map(\.name) == [AllocationProblem.sumName, "poor spend", "slack"])
  }

  @Test("many futures and a dozen measures are solved and proved")
  func large() throws {
    let futures = 2000
    let deficits = InventedFutures.normal("deficit", futures).map { 40e6 + 15e6 * $0 }
    let options = (0..<12).map { index in
      once(
        "measure \(index)", cost: 300_000 + 40_000 * Double(index),
        InventedFutures.uniform("measure \(index)", futures).map { $0 * (1e6 + 2e5 * Double(index % 5)) })
    }
    let plan = try Allocation(Problem(shortfalls: [Draws(deficits)], options: options, sum: 2_500_000))
    #expect(plan.isProved)
    #expect(plan.best.spent <= 2_500_000)
    #expect((plan.runnerUp?.shortfall.value ?? 0) >= plan.best.shortfall.value)
  }

  @Test("conditions that contradict one another are named, and no others")
  func infeasible() {
    func refused(_ limits: [AllocationProblem.Limit], sum: Double = 100) -> String? {
      refusal { () throws(CommissioningError) in
        _ = try Allocation(
          AllocationProblem(
            shortfalls: [Draws(10)], options: [once("a", cost: 60, [1]), once("b", cost: 60, [1])], sum: sum,
            limits: limits))
      }
    }
    let harmless = AllocationProblem.Limit(name: "harmless", weights: ["a": 1], relation: .atMost, bound: 1)
    // Either could be bought, but not both whole.
    let both = AllocationProblem.Limit(
      name: "both measures", weights: ["a": 1, "b": 1], relation: .atLeast, bound: 2)
    let text = refused([harmless, both])
    #expect(text?.contains("sum <= 100; both measures >= 2") == true)
    #expect(text?.contains("harmless") == false)
    #expect(
      refused([
        harmless, AllocationProblem.Limit(name: "three", weights: ["a": 1], relation: .atLeast, bound: 3),
      ])?.contains("no plan meets the condition three >= 3") == true)
  }

  @Test("what cannot be computed with is refused by name")
  func refusals() throws {
    let sound = once("a", cost: 1, [1, 1])
    func refused(
      _ options: [AllocationProblem.Option], shortfalls: [Draws] = [Draws([1, 2])], sum: Double = 1,
      interactions: [AllocationProblem.Interaction] = [], limits: [AllocationProblem.Limit] = []
    ) -> String {
      refusal { () throws(CommissioningError) in
        _ = try Allocation(
          AllocationProblem(
            shortfalls: shortfalls, options: options, interactions: interactions, sum: sum, limits: limits))
      } ?? ""
    }
    func option(_ cost: Double, whole: Bool, _ tiers: [(Double, [Double])]) -> AllocationProblem.Option {
      AllocationProblem.Option(
        id: "x", unitCost: cost, isWhole: whole,
        tiers: tiers.map { AllocationProblem.Tier(units: $0.0, benefits: [Draws($0.1)]) })
    }
    #expect(refused([sound], shortfalls: []).contains("nothing to make smaller"))
    #expect(refused([]).contains("nothing to buy"))
    #expect(refused([sound], sum: -1).contains("the sum is -1"))
    #expect(refused([sound, sound]).contains("one name"))
    #expect(refused([option(-5, whole: true, [(1, [1, 1])])]).contains("a unit costs -5"))
    #expect(refused([option(5, whole: true, [])]).contains("no units to buy"))
    #expect(refused([option(5, whole: true, [(1.5, [1, 1])])]).contains("whole units"))
    #expect(refused([option(5, whole: false, [(1, [1, 1]), (1, [2, 1])])]).contains("no more the more"))
    #expect(refused([option(5, whole: true, [(1, [1, .nan])])]).contains("x: it is not a finite number"))
    #expect(refused([option(5, whole: true, [(1, [1, 1, 1])])]).contains("simulated futures"))
    #expect(refused([sound], shortfalls: [Draws(1), Draws(2)]).contains("for each of 2 shortfalls"))
    #expect(
      refused(
        [sound, option(1, whole: true, [(2, [1, 1])])],
        interactions: [AllocationProblem.Interaction("a", "x", benefits: [Draws(1)])]
      ).contains("once or not at all"))
    #expect(
      refused([sound], interactions: [AllocationProblem.Interaction("a", "a", benefits: [Draws(1)])])
        .contains("two measures"))
    #expect(
      refused(
        [sound], limits: [AllocationProblem.Limit(name: "l", weights: ["z": 1], relation: .atMost, bound: 1)]
      ).contains("there is no option \"z\"; the options are a"))
    #expect(
      refused(
        [sound],
        limits: [AllocationProblem.Limit(name: "l", weights: ["a": 1], relation: .atMost, bound: .nan)]
      ).contains("finite"))
  }
}
