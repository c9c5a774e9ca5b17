import Commissioning
import Testing

@Suite("The value of a lever at which a goal is met")
struct GoalSeekTests {
  private static let noise = InventedFutures.spread(4000)

  /// A balance with a mean of -20 + 2 x + y and a standard deviation of 5.
  private func balance(_ settings: [Setting]) throws(CommissioningError) -> Draws {
    let x = settings.first { $0.path == "x" }?.value ?? 0
    let y = settings.first { $0.path == "y" }?.value ?? 0
    return Draws(Self.noise.map { -20 + 2 * x + y + 5 * $0 })
  }

  private func lever(_ path: String, _ start: Double, _ end: Double) throws -> GoalSeek.Lever {
    try GoalSeek.Lever(path: path, start: start, end: end)
  }

  private func solution(_ seek: GoalSeek) throws -> GoalSeek.Solution {
    guard case .met(let solution) = seek.outcome else { throw NotMet() }
    return solution
  }

  private struct NotMet: Error {}

  @Test("the mean balances where the line crosses nought, and the error of the simulation gives the range")
  func mean() throws {
    let seek = try GoalSeek(try Goal(.mean, .atLeast, 0), by: [try lever("x", 0, 20)], evaluate: balance)
    let solution = try solution(seek)
    #expect(near(solution.point.values[0], 10, 20e-4))
    #expect(solution.point.achieved >= 0)
    // 1.96 standard errors of 5/√4000, over a slope of 2.
    let half = 1.96 * 5 / 4000.0.squareRoot() / 2
    #expect(near(solution.range.nearest?.values[0], 10 - half, 0.004))
    #expect(near(solution.range.farthest?.values[0], 10 + half, 0.004))
    #expect(seek.isMonotone && !solution.isLostAgain)
    #expect(seek.scan.count == 9)
  }

  @Test(
    "a probability of a half is where the median balances, and one of a tenth is 1.2816 deviations further")
  func probability() throws {
    for (share, expected) in [(0.5, 10), (0.1, 10 + 1.2815516 * 5 / 2)] {
      let seek = try GoalSeek(
        try Goal(.probabilityBelowZero, .atMost, share), by: [try lever("x", 0, 20)], evaluate: balance)
      let solution = try solution(seek)
      #expect(near(solution.point.values[0], expected, 0.005))
      #expect(solution.point.achieved <= share)
      #expect(near(solution.point.error, (share * (1 - share) / 4000).squareRoot(), 2e-4))
    }
  }

  @Test("a quantile is sought like a mean, and the lever may move downwards")
  func quantile() throws {
    let seek = try GoalSeek(
      try Goal(.quantile(0.9), .atMost, 0), by: [try lever("x", 20, 0)], evaluate: balance)
    // -20 + 2x + 5 × 1.2816 = 0.
    #expect(near(try solution(seek).point.values[0], 10 - 1.2815516 * 5 / 2, 0.005))
  }

  @Test("a goal that is met already is said to be, and nothing is moved")
  func metAtStart() throws {
    let seek = try GoalSeek(
      try Goal(.mean, .atMost, 0), by: [try lever("x", 0, 20)], evaluate: balance)
    guard case .metAtStart(let point) = seek.outcome else {
      Issue.record("not met at the start")
      return
    }
    #expect(point.values == [0])
  }

  @Test("an impossible goal is answered with the best that can be reached, at an end or between")
  func impossible() throws {
    let short = try GoalSeek(
      try Goal(.mean, .atLeast, 0), by: [try lever("x", 0, 8)], evaluate: balance)
    guard case .impossible(let best) = short.outcome else {
      Issue.record("reached")
      return
    }
    #expect(best.values == [8])
    #expect(near(best.achieved, -4, 1e-9))
    // A parabola whose top, 1 below nought, lies between the steps.
    let hill = try GoalSeek(try Goal(.mean, .atLeast, 0), by: [try lever("x", 0, 1)]) { settings in
      let x = settings[0].value
      return Draws(-1 - 50 * (x - 0.43) * (x - 0.43))
    }
    guard case .impossible(let top) = hill.outcome else {
      Issue.record("reached")
      return
    }
    #expect(near(top.values[0], 0.43, 0.01))
    #expect(near(top.achieved, -1, 0.005))
    #expect(!hill.isMonotone)
  }

  @Test("a figure that rises and falls is said not to be monotone, and the first crossing is given")
  func hill() throws {
    let seek = try GoalSeek(try Goal(.mean, .atLeast, 0), by: [try lever("x", 0, 1)]) { settings in
      let x = settings[0].value
      return Draws(1 - 25 * (x - 0.5) * (x - 0.5))
    }
    let solution = try solution(seek)
    #expect(near(solution.point.values[0], 0.3, 1e-3))
    #expect(!seek.isMonotone && solution.isLostAgain)
  }

  @Test("several levers go the same share of their ways")
  func equalFractions() throws {
    let seek = try GoalSeek(
      try Goal(.mean, .atLeast, 0), by: [try lever("x", 0, 10), try lever("y", 0, 20)], evaluate: balance)
    let point = try solution(seek).point
    // 20 t + 20 t = 20.
    #expect(near(point.shares[0], 0.5, 2e-4))
    #expect(point.shares[0] == point.shares[1])
    #expect(near(point.values[1], 10, 0.005))
  }

  @Test("the least change of two levers is the foot of the perpendicular, and a lever that harms stays")
  func leastChange() throws {
    // 30 s + 20 t = 20 is nearest to the origin at (6, 4) / 13.
    let seek = try GoalSeek.leastChange(
      try Goal(.mean, .atLeast, 0), by: [try lever("x", 0, 15), try lever("y", 0, 20)], evaluate: balance)
    let point = try solution(seek).point
    #expect(near(point.shares[0], 6.0 / 13, 0.01))
    #expect(near(point.shares[1], 4.0 / 13, 0.01))
    #expect(point.achieved >= 0)
    #expect(seek.evaluations > seek.scan.count)
    let harm = try GoalSeek.leastChange(
      try Goal(.mean, .atLeast, 0), by: [try lever("x", 0, 15), try lever("y", 0, -5)], evaluate: balance)
    let alone = try solution(harm).point
    #expect(alone.shares[1] == 0)
    #expect(near(alone.shares[0], 20.0 / 30, 1e-3))
    let one = try GoalSeek.leastChange(
      try Goal(.mean, .atLeast, 0), by: [try lever("x", 0, 20)], evaluate: balance)
    #expect(near(try solution(one).point.values[0], 10, 20e-4))
  }

  @Test("figures that are known have no error, and the range is a point")
  func known() throws {
    for statistic in [Goal.Statistic.mean, .quantile(0.5)] {
      let seek = try GoalSeek(try Goal(statistic, .atLeast, 3), by: [try lever("x", 0, 4)]) { settings in
        Draws(settings[0].value)
      }
      let solution = try solution(seek)
      #expect(near(solution.point.values[0], 3, 4e-4))
      #expect(solution.point.error == 0)
      #expect(solution.range.nearest?.values == solution.point.values)
      #expect(solution.range.farthest?.values == solution.point.values)
    }
  }

  @Test("goals and levers that cannot be are refused with what would be accepted")
  func refusals() throws {
    for (statistic, value, words) in [
      (Goal.Statistic.mean, Double.nan, "finite number"), (.quantile(0), 1, "above 0 and below 1"),
      (.quantile(1), 1, "above 0 and below 1"), (.probabilityBelowZero, 50, "0% to 100%"),
    ] {
      #expect(
        refusal { () throws(CommissioningError) in _ = try Goal(statistic, .atMost, value) }?
          .contains(words) == true)
    }
    for (start, end) in [(1.0, 1.0), (.nan, 1), (0, .infinity), (-1e308, 1e308)] {
      #expect(
        refusal { () throws(CommissioningError) in
          _ = try GoalSeek.Lever(path: "x", start: start, end: end)
        }?.contains("two different numbers") == true)
    }
    let goal = try Goal(.mean, .atLeast, 0)
    let x = try lever("x", 0, 1)
    #expect(
      refusal { () throws(CommissioningError) in _ = try GoalSeek(goal, by: [], evaluate: balance) }?
        .contains("name at least one") == true)
    #expect(
      refusal { () throws(CommissioningError) in _ = try GoalSeek(goal, by: [x, x], evaluate: balance) }?
        .contains("named twice") == true)
    for statistic in [Goal.Statistic.mean, .quantile(0.5), .probabilityBelowZero] {
      let goal = try Goal(statistic, .atLeast, 0)
      #expect(
        refusal { () throws(CommissioningError) in
          _ = try GoalSeek(goal, by: [x]) { _ in Draws([1, .nan, 2]) }
        }?.contains("not a finite number") == true)
    }
  }
}
