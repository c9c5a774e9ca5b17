import Testing

@testable import Reporting

@Suite("Ticks of an axis") struct AxisTicksTests {
  @Test("They are round, span the figures and are few")
  func round() {
    let dice = ChartDice(3)
    for _ in 0..<2_000 {
      let (a, b) = (dice.size(), dice.size())
      let ticks = AxisTicks(spanning: a, b)
      #expect((2...8).contains(ticks.values.count), "\(a) \(b)")
      #expect(ticks.values.allSatisfy { $0.isFinite }, "\(a) \(b)")
      #expect((ticks.values.first ?? .nan) <= min(a, b) + 1e-9 * abs(a - b), "\(a) \(b)")
      #expect((ticks.values.last ?? .nan) >= max(a, b) - 1e-9 * abs(a - b), "\(a) \(b)")
      #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 }, "\(a) \(b)")
    }
  }

  @Test("They are those that a reader with a pencil would draw")
  func known() {
    #expect(AxisTicks(spanning: 0.1, 0.5).values == [0.1, 0.2, 0.3, 0.4, 0.5])
    #expect(AxisTicks(spanning: 0.1, 0.5).decimals == 1)
    #expect(AxisTicks(spanning: -37, 0).values == [-40, -30, -20, -10, 0])
    #expect(AxisTicks(spanning: 0, -37) == AxisTicks(spanning: -37, 0))
    #expect(AxisTicks(spanning: 0, 4_000, about: 4).values == [0, 1_000, 2_000, 3_000, 4_000])
    #expect(AxisTicks(spanning: 0, 100).decimals == 0)
  }

  @Test("A flat line still has an axis around it, also below nothing")
  func flat() {
    for figure in [5.0, -5, 1e300, -1e300, 0] {
      let values = AxisTicks(spanning: figure, figure).values
      #expect((values.first ?? .nan) < figure && figure < (values.last ?? .nan), "\(figure): \(values)")
    }
    #expect(
      AxisTicks(spanning: .leastNonzeroMagnitude, .leastNormalMagnitude).values == [-1, -0.5, 0, 0.5, 1])
  }

  @Test("No figure is too great, and none that is no number harms")
  func extremes() {
    let extremes = [
      Double.greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, .nan, 0,
    ]
    for (a, b) in extremes.flatMap({ a in extremes.map { (a, $0) } }) {
      for count in [-1, 0, 1, 5, 60] {
        let values = AxisTicks(spanning: a, b, about: count).values
        #expect(values.count >= 2 && values.allSatisfy { $0.isFinite }, "\(a) \(b) \(count)")
      }
    }
  }
}
