/// The four rules on plain numbers, in buffers of the caller's: a batch of many charts allocates nothing.
public enum ControlRuleMarking {
  /// Marks the points of an XmR chart with limits of their own.
  ///
  /// - Parameters:
  ///   - signals: where the marks go, one for each figure; those beyond the figures stay as they are.
  ///   - values: the figures in order; what is not a number is a missing figure and ends every run.
  ///   - screensMovingRanges: whether extreme moving ranges are left out of the limits.
  ///   - version: the version of the rule of two of three.
  /// - Returns: the mean and the moving range; nil, and nothing is marked, with fewer than ``ControlChart/fewestPoints``
  ///   figures, without two neighbouring ones, or where the figures are too large for their limits to be numbers.
  public static func mark(
    _ signals: inout MutableSpan<PointSignal>, xmr values: Span<Double>, screensMovingRanges: Bool = true,
    twoOfThree version: TwoOfThreeVersion = .makingDataCount
  ) -> MovingRangeLimits? {
    guard
      let numbers = MovingRangeLimits(values, screensMovingRanges: screensMovingRanges),
      numbers.pointCount >= ControlChart.fewestPoints
    else { return nil }
    let limits = numbers.limits
    guard limits.isFinite else { return nil }
    for position in 0..<min(values.count, signals.count) {
      signals[position] = PointSignal(values[position], limits)
    }
    mark(&signals, values: values, twoOfThree: version)
    return numbers
  }

  /// Marks points that lie beside their limits already (``PointSignal/init(_:_:)``) with the rules that they meet.
  ///
  /// Every point of a trend or a shift is marked, not its last alone; of two of three, the points near the limit.
  ///
  /// - Parameters:
  ///   - signals: the points, in order.
  ///   - values: their figures, which the rule of trends compares.
  ///   - version: the version of the rule of two of three.
  public static func mark(
    _ signals: inout MutableSpan<PointSignal>, values: Span<Double>,
    twoOfThree version: TwoOfThreeVersion = .makingDataCount
  ) {
    let count = min(signals.count, values.count)
    for position in 0..<count {
      switch signals[position].zone {
      case 3: signals[position].causes = SpecialCauses(.aboveLimit)
      case -3: signals[position].causes = SpecialCauses(.belowLimit)
      default: signals[position].causes = []
      }
    }
    markTrends(&signals, values, count)
    markTwoOfThree(&signals, count, version)
    markShifts(&signals, count)
    for position in 0..<count {
      let causes = signals[position].causes
      guard causes.rawValue != 0 else {
        signals[position].named = nil
        continue
      }
      var named = SpecialCause(rawValue: UInt8(causes.rawValue.trailingZeroBitCount))
      // A peak ends one trend and begins another; the later names it.
      if named == .rising, causes.contains(.falling), position + 1 < count,
        values[position + 1] < values[position]
      {
        named = .falling
      }
      signals[position].named = named
    }
  }

  private static func markTrends(
    _ signals: inout MutableSpan<PointSignal>, _ values: Span<Double>, _ count: Int
  ) {
    var start = 0
    var direction = 0
    for position in 1..<max(count, 1) + 1 {
      var step = 0
      if position < count {
        // A missing figure is neither higher nor lower than any.
        step =
          values[position] > values[position - 1] ? 1 : values[position] < values[position - 1] ? -1 : 0
      }
      guard step != direction else { continue }
      if direction != 0, position - start >= ControlRule.runLength {
        insert(direction > 0 ? .rising : .falling, in: &signals, from: start, to: position)
      }
      start = position - 1
      direction = step
    }
  }

  private static func markShifts(_ signals: inout MutableSpan<PointSignal>, _ count: Int) {
    var start = 0
    var side: Int8 = 0
    for position in 0..<(count + 1) {
      let next = position < count ? signals[position].side : 0
      guard next != side else { continue }
      if side != 0, position - start >= ControlRule.runLength {
        insert(side > 0 ? .aboveCentre : .belowCentre, in: &signals, from: start, to: position)
      }
      start = position
      side = next
    }
  }

  private static func markTwoOfThree(
    _ signals: inout MutableSpan<PointSignal>, _ count: Int, _ version: TwoOfThreeVersion
  ) {
    guard count >= 3 else { return }
    for start in 0..<(count - 2) {
      markThree(&signals, start, side: 1, version)
      markThree(&signals, start, side: -1, version)
    }
  }

  private static func markThree(
    _ signals: inout MutableSpan<PointSignal>, _ start: Int, side: Int8, _ version: TwoOfThreeVersion
  ) {
    var near = 0
    for position in start..<(start + 3) {
      let zone = signals[position].zone
      guard zone != PointSignal.noPoint else { return }
      switch version {
      case .makingDataCount:
        if zone * side <= 0 { return }
        if zone * side == 2 { near += 1 }
      case .westernElectric:
        if zone * side >= 2 { near += 1 }
      }
    }
    guard near >= 2 else { return }
    for position in start..<(start + 3) {
      let zone = signals[position].zone * side
      if zone == 2 || version == .westernElectric && zone > 2 {
        signals[position].causes.insert(SpecialCauses(side > 0 ? .nearUpperLimit : .nearLowerLimit))
      }
    }
  }

  private static func insert(
    _ cause: SpecialCause, in signals: inout MutableSpan<PointSignal>, from start: Int, to end: Int
  ) {
    for position in start..<end { signals[position].causes.insert(SpecialCauses(cause)) }
  }
}
