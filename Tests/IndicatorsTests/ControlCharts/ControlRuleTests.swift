import Indicators
import Testing
import TimeSeries

@Suite("The four rules") struct ControlRuleTests {
  /// The causes that the rules find in figures beside limits at 0 ± 3, near lines at ± 2.
  private func causes(_ values: [Double], _ version: TwoOfThreeVersion = .makingDataCount) -> [[SpecialCause]]
  {
    signals(values, version).map(\.causes.all)
  }

  private func signals(_ values: [Double], _ version: TwoOfThreeVersion = .makingDataCount) -> [PointSignal] {
    let limits = ControlLimits(centre: 0, distance: 3)
    var signals = values.map { PointSignal($0, limits) }
    var span = signals.mutableSpan
    ControlRuleMarking.mark(&span, values: values.span, twoOfThree: version)
    return signals
  }

  private func numbers(
    _ cause: SpecialCause, _ values: [Double], _ version: TwoOfThreeVersion = .makingDataCount
  ) -> [Int] {
    signals(values, version).indices.filter { signals(values, version)[$0].causes.contains(cause) }
  }

  @Test("A point on a limit is inside, one beyond it is not") func limits() {
    #expect(causes([3, 3.0001, -3, -3.0001]) == [[], [.aboveLimit], [], [.belowLimit]])
  }

  @Test("Six points on a side are chance, seven are a shift, and all of them are flagged") func shift() {
    let seven = [1, 0.5, 1, 0.5, 1, 0.5, 1]
    #expect(numbers(.aboveCentre, Array(seven.dropLast())).isEmpty)
    #expect(numbers(.aboveCentre, seven) == Array(0..<7))
    #expect(numbers(.belowCentre, [0.5] + seven.map { -$0 } + [0.5]) == Array(1..<8))
  }

  @Test("A point on the centre line, or a missing one, ends a run") func tie() {
    for between in [0, Double.nan] {
      #expect(numbers(.aboveCentre, [1, 0.5, 1, between, 0.5, 1, 0.5, 1]).isEmpty)
      #expect(
        numbers(.aboveCentre, [1, 0.5, 1, 0.5, 1, 0.5, 1, between, 0.5]) == Array(0..<7))
    }
  }

  @Test("Seven rising points are a trend, the first among them; a tie ends it") func trend() {
    let rising = [-1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2]
    #expect(numbers(.rising, rising) == Array(0..<7))
    #expect(numbers(.falling, rising.reversed()) == Array(0..<7))
    #expect(numbers(.rising, Array(rising.dropLast())).isEmpty)
    #expect(numbers(.rising, [-1.2, -0.8, -0.4, -0.4, 0, 0.4, 0.8, 1.2]).isEmpty)
    #expect(numbers(.rising, [-1.2, -0.8, -0.4, .nan, 0, 0.4, 0.8]).isEmpty)
  }

  @Test("At a peak, the trend that begins names the point") func peak() {
    let up = [-1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2]
    let mountain = signals(up + up.reversed().dropFirst())
    #expect(mountain[6].causes.all == [.rising, .falling])
    #expect(mountain[6].named == .falling)
    #expect(mountain[5].named == .rising)
    let valley = signals(up.reversed() + up.dropFirst())
    #expect(valley[6].causes.all == [.rising, .falling])
    #expect(valley[6].named == .rising)
  }

  @Test("Two of three near a limit, all on one side, are flagged; the third is not") func twoOfThree() {
    #expect(numbers(.nearUpperLimit, [0, 2.5, 1, 2.5, 0]) == [1, 3])
    #expect(numbers(.nearLowerLimit, [0, -2.5, -2.5, -1, 0]) == [1, 2])
    // On the near line is not beyond it.
    #expect(numbers(.nearUpperLimit, [0, 2, 1, 2.5, 0]).isEmpty)
    // A point beyond the limit does not count in the NHS's version, and the third must lie on the same side.
    #expect(numbers(.nearUpperLimit, [0, 3.5, 1, 2.5, 0]).isEmpty)
    #expect(numbers(.nearUpperLimit, [0, 2.5, -1, 2.5, 0]).isEmpty)
    #expect(numbers(.nearUpperLimit, [0, 2.5, 0, 2.5, 0]).isEmpty)
    #expect(numbers(.nearUpperLimit, [0, 2.5, .nan, 2.5, 0]).isEmpty)
  }

  @Test("Western Electric counts points beyond the limit, wherever the third lies") func westernElectric() {
    #expect(numbers(.nearUpperLimit, [0, 3.5, 1, 2.5, 0], .westernElectric) == [1, 3])
    #expect(numbers(.nearUpperLimit, [0, 2.5, -1, 2.5, 0], .westernElectric) == [1, 3])
    #expect(numbers(.nearUpperLimit, [0, 2.5, .nan, 2.5, 0], .westernElectric).isEmpty)
    #expect(numbers(.nearLowerLimit, [0, -2.5, 2.5, 0], .westernElectric).isEmpty)
  }

  @Test("The first rule in order of priority names the point") func priority() {
    let values = [0.5, 1, 1.5, 1.8, 2.4, 2.5, 3.5]
    let last = signals(values)[6]
    #expect(last.causes.all == [.aboveLimit, .rising, .aboveCentre])
    #expect(last.named == .aboveLimit)
    let near = signals(values)[5]
    #expect(near.causes.all == [.rising, .nearUpperLimit, .aboveCentre])
    #expect(near.named == .rising)
    #expect(signals([1, 0.5, 1, 0.5, 1, 2.4, 2.5])[6].named == .nearUpperLimit)
    #expect(SpecialCause.allCases.map(\.rule) == ControlRule.allCases.flatMap { [$0, $0] })
  }

  @Test("Few points, or none, have no runs") func few() {
    for count in 0..<3 {
      #expect(causes(Array(repeating: 1, count: count)) == Array(repeating: [], count: count))
    }
  }

  @Test("Marks on more signals than figures leave the others as they are") func unequal() {
    let values = (0..<13).map { Double($0 % 3) }
    let (numbers, signals) = marked(values, room: 14)
    #expect(numbers?.pointCount == 13)
    #expect(signals[13] == .none)
    #expect(signals[12].zone != PointSignal.noPoint)
    #expect(marked(values.dropLast(2), room: 14).numbers == nil)
    #expect(marked((0..<13).map { $0.isMultiple(of: 2) ? 1e308 : -1e308 }, room: 13).numbers == nil)
  }

  private func marked(_ values: [Double], room: Int) -> (numbers: MovingRangeLimits?, signals: [PointSignal])
  {
    var signals = [PointSignal](repeating: .none, count: room)
    var span = signals.mutableSpan
    let numbers = ControlRuleMarking.mark(&span, xmr: values.span)
    return (numbers, signals)
  }

  @Test("Adding a number moves the lines by it, scaling scales them, and flags stay") func equivariance()
    throws
  {
    for reference in ControlChartReference.all {
      let chart = try ControlChart(of: monthly(reference.values))
      let moved = try ControlChart(of: monthly(reference.values.map { $0 + 1000 }))
      let scaled = try ControlChart(of: monthly(reference.values.map { $0 * 4 }))
      let (a, b, c) = (
        try #require(chart.segments[0].limits), try #require(moved.segments[0].limits),
        try #require(scaled.segments[0].limits)
      )
      #expect(abs(b.upper - a.upper - 1000) < 1e-9 && abs(b.nearLower - a.nearLower - 1000) < 1e-9)
      #expect(abs(c.upper - 4 * a.upper) < 1e-9 && abs(c.lower - 4 * a.lower) < 1e-9)
      #expect(scaled.points.map(\.causes) == chart.points.map(\.causes))
    }
  }

  @Test("Turned about, a chart keeps its shifts and turns its trends") func reversal() throws {
    for reference in ControlChartReference.all {
      let chart = try ControlChart(of: monthly(reference.values))
      let turned = try ControlChart(of: monthly(reference.values.reversed()))
      for rule in [ControlRule.shift, .outsideLimits, .twoOfThree] {
        #expect(
          chart.points.map { $0.signal.causes.contains(rule) }
            == turned.points.reversed().map { $0.signal.causes.contains(rule) })
      }
      #expect(
        chart.points.map { $0.signal.causes.contains(.rising) }
          == turned.points.reversed().map { $0.signal.causes.contains(.falling) })
    }
  }
}
