import Testing

@testable import Commissioning

@Suite("What a quantity comes to over its simulated futures")
struct DrawsSummaryTests {
  @Test("quantiles are of type 7, in the order in which they are asked for")
  func quantiles() throws {
    // R: quantile(c(4, 1, 3, 2), c(0.5, 0, 1, 0.25), type = 7)
    #expect(try Draws([4, 1, 3, 2]).quantiles(at: [0.5, 0, 1, 0.25]) == [2.5, 1, 4, 1.75])
    #expect(try Draws(7).quantiles(at: [0.1, 0.9]) == [7, 7])
    #expect(try Draws([1, 2]).quantiles(at: []).isEmpty)
  }

  @Test("the quantiles are those that a quantity is reported with")
  func agreement() throws {
    let draws = Draws((0..<997).map { Double(($0 * 7_919) % 997) })
    guard case .uncertain(let one) = try Quantity(draws) else {
      Issue.record("it is uncertain")
      return
    }
    #expect(
      try draws.quantiles(at: [0.025, 0.1, 0.5, 0.9, 0.975]) == [
        one.p2_5, one.p10, one.p50, one.p90, one.p97_5,
      ])
  }

  @Test("a probability counts what lies beyond a value, and not what lies on it")
  func probability() throws {
    let draws = Draws((0..<400).map { Double($0 % 4) })
    let (below, above) = (try draws.probability(below: 1), try draws.probability(above: 1))
    #expect(below.value == 0.25 && above.value == 0.5)
    let counted = try Probability(negative: draws - Draws(1))
    #expect(below.error > 0 && below == counted)
    #expect(try Draws(5).probability(below: 6).value == 1)
    #expect(try Draws(5).probability(below: 6).error == 0)
    #expect(try Draws(5).probability(above: 5).value == 0)
  }

  @Test("a difference that rounds to nothing is a difference all the same")
  func tiny() throws {
    let least = Double.leastNonzeroMagnitude
    #expect(try Draws([least, least]).probability(above: 0).value > 0.5)
    #expect(try Draws([1e300.nextUp, 1e300.nextUp]).probability(above: 1e300).value > 0.5)
  }

  @Test("the amounts are those of every future, and of what is known the one that it is")
  func amounts() throws {
    #expect(try Draws([3, 1, 2]).amounts(of: "spend") == [3, 1, 2])
    #expect(try Draws(4).amounts(of: "spend") == [4])
  }

  @Test(
    "what is not a finite number, or has no future, is refused everywhere",
    arguments: [[], [1, .nan], [.infinity]])
  func refused(values: [Double]) {
    let draws = Draws(values)
    #expect(throws: CommissioningError.self) { try draws.quantiles(at: [0.5]) }
    #expect(throws: CommissioningError.self) { try draws.probability(below: 0) }
    #expect(throws: CommissioningError.self) { try draws.probability(above: 0) }
    #expect(throws: CommissioningError.self) { try draws.amounts(of: "spend") }
    #expect(throws: CommissioningError.self) { try Draws([1, 2]).quantiles(at: [1.5]) }
  }
}
