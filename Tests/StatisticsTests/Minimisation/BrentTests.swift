import Foundation
import Statistics
import Testing

@Suite("Brent's search in one variable")
struct BrentTests {
  @Test("finds a smooth minimum in few evaluations")
  func smooth() throws {
    let found = try minimiseUnivariate(lower: 0, upper: 10) { x in x * log(x) }
    #expect(found.converged)
    // d/dx x log x = 0 at 1/e.
    #expect(abs(found.point - exp(-1)) < 1e-7)
    #expect(abs(found.value + exp(-1)) < 1e-14)
    #expect(found.evaluations < 30)
  }

  @Test("a parabola is settled by the first parabolic step")
  func parabola() throws {
    let found = try minimiseUnivariate(lower: -3, upper: 8) { x in 2 * (x - 1.25) * (x - 1.25) - 4 }
    #expect(abs(found.point - 1.25) < 1e-7)
    #expect(found.value == -4 || abs(found.value + 4) < 1e-13)
    #expect(found.evaluations < 15)
  }

  @Test("a kink, where parabolas do not help, is found by golden sections")
  func kink() throws {
    let found = try minimiseUnivariate(lower: -1, upper: 4) { x in abs(x - 2.71) }
    #expect(found.converged)
    #expect(abs(found.point - 2.71) < 5e-8)
  }

  @Test("a minimum at the end is approached to the tolerance")
  func atTheEnd() throws {
    let rising = try minimiseUnivariate(lower: 2, upper: 5) { $0 }
    #expect(rising.converged)
    #expect(rising.point - 2 < 1e-7)
    let falling = try minimiseUnivariate(lower: 2, upper: 5) { -$0 }
    #expect(5 - falling.point < 1e-7)
  }

  @Test("random parabolas in random intervals: the answer is the vertex, or the end nearest to it")
  func randomParabolas() throws {
    var stream = RandomStream(seed: 12, name: "parabolas")
    for _ in 0..<200 {
      let (a, width, vertex) = (10 * stream.normal(), stream.exponential(), 10 * stream.normal())
      let found = try minimiseUnivariate(lower: a, upper: a + width) { ($0 - vertex) * ($0 - vertex) }
      let expected = min(max(vertex, a), a + width)
      #expect(found.converged)
      #expect(abs(found.point - expected) < 1e-7 * (1 + abs(expected)))
    }
  }

  @Test("NaN is worse than every number, a plateau ends, and nowhere a number is no minimum")
  func awkward() throws {
    let partly = try minimiseUnivariate(lower: 0, upper: 4) { x in x > 2 ? .nan : (x - 1) * (x - 1) }
    #expect(abs(partly.point - 1) < 1e-7)
    let level = try minimiseUnivariate(lower: 0, upper: 4) { _ in 3 }
    #expect(level.converged)
    #expect(level.evaluations < 100)
    let nowhere = try minimiseUnivariate(lower: 0, upper: 4) { _ in .nan }
    #expect(!nowhere.converged)
    #expect(nowhere.value == .infinity)
  }

  @Test("bounds that coincide give their value at once, and the limit of evaluations holds")
  func limits() throws {
    let point = try minimiseUnivariate(lower: 3, upper: 3) { $0 * $0 }
    #expect(point == (try minimiseUnivariate(lower: 3, upper: 3, tolerance: 1) { $0 * $0 }))
    #expect(point.point == 3 && point.value == 9 && point.evaluations == 1)
    let limited = try minimiseUnivariate(lower: 0, upper: 9, maximumEvaluations: 5) { cos($0) }
    #expect(!limited.converged)
    #expect(limited.evaluations == 5)
  }

  @Test("bounds and settings that cannot be used are refused")
  func refused() {
    for (a, b) in [(2, 1), (.nan, 1), (0, .infinity), (-1e308, 1e308)] as [(Double, Double)] {
      #expect(throws: StatisticsError.self) { try minimiseUnivariate(lower: a, upper: b) { $0 } }
    }
    for tolerance in [0, -1, .nan, .infinity] as [Double] {
      #expect(throws: StatisticsError.self) {
        try minimiseUnivariate(lower: 0, upper: 1, tolerance: tolerance) { $0 }
      }
    }
    #expect(throws: StatisticsError.self) {
      try minimiseUnivariate(lower: 0, upper: 1, maximumEvaluations: 0) { $0 }
    }
  }
}
