/// Several order statistics of a sample at once, exactly: for summaries of many samples of the same size.
///
/// One pass finds the range, a second counts the values in a few thousand equal bins, a third gathers the values of the
/// bins in which the wanted ranks lie, and only those are sorted: about three passes without a comparison that the
/// processor could guess wrong, where repeated selection takes one and a half for each rank. The result is that of a full
/// sort whatever the values are; where nearly all fall in one bin it takes as long as one. Nothing is allocated after the
/// start.
public struct OrderStatisticSelector: ~Copyable {
  private static let bins = 4096
  private let counts: UnsafeMutablePointer<Int32>
  private let wanted: UnsafeMutablePointer<UInt8>
  private let gathered: UnsafeMutablePointer<Double>
  /// The largest sample it can take.
  public let capacity: Int

  /// Room for samples of up to `capacity` values.
  public init(capacity: Int) {
    self.capacity = max(0, min(capacity, Int(Int32.max)))
    counts = .allocate(capacity: Self.bins)
    wanted = .allocate(capacity: Self.bins)
    gathered = .allocate(capacity: max(1, self.capacity))
  }

  deinit {
    counts.deallocate()
    wanted.deallocate()
    gathered.deallocate()
  }

  /// The values that would stand at some ranks if the sample were sorted; the sample is left as it is.
  ///
  /// - Parameters:
  ///   - values: the sample, finite and at most ``capacity`` values.
  ///   - ranks: from 0 to the number of values less one, in ascending order, equal ones allowed.
  ///   - selected: room for one value for each rank.
  /// - Throws: ``StatisticsError`` for an empty or too large sample, a value that is not finite, or ranks that are not
  ///   such.
  public mutating func select(
    ranks: UnsafeBufferPointer<Int>, of values: UnsafeBufferPointer<Double>,
    into selected: UnsafeMutableBufferPointer<Double>
  ) throws(StatisticsError) {
    let count = values.count
    guard count >= 1, count <= capacity else {
      throw .tooFewValues(statistic: "selection of order statistics", count: count, needed: 1)
    }
    guard let base = values.baseAddress, selected.count >= ranks.count else { return }
    var previous = 0
    for rank in ranks {
      guard rank >= previous, rank < count else {
        throw .invalidCounts(successes: rank, trials: count)
      }
      previous = rank
    }
    let (least, greatest) = Self.range(base, count)
    guard least.isFinite, greatest.isFinite else {
      let index = values.firstIndex { !$0.isFinite } ?? 0
      throw .nonFiniteValue(
        statistic: "selection of order statistics", index: index, value: values[index])
    }
    // Halved, so that the width of the range cannot overflow.
    let width = greatest * 0.5 - least * 0.5
    let scale = 0.5 * Double(Self.bins - 3) / width
    guard width > 0, scale < 0x1p900 else {
      // All are the same, or within the smallest numbers there are of one another.
      gathered.update(from: base, count: count)
      Self.sort(gathered, count)
      for (place, rank) in ranks.enumerated() { selected[place] = gathered[rank] }
      return
    }
    counts.update(repeating: 0, count: Self.bins)
    wanted.update(repeating: 0, count: Self.bins)
    // Added to 2⁵², a number from 1 to 4094 stands, rounded, in the last bits. Rounding is monotone, so a larger value never
    // falls in a lower bin.
    let offset = 1 - least * scale
    if abs(offset) < 0x1p40 {
      let shift = offset + 0x1p52
      gather(base, count, ranks, selected) { $0 * scale + shift }
    } else {
      let (half, centre, least) = (2 * scale, 1 + 0x1p52, least * 0.5)
      gather(base, count, ranks, selected) { ($0 * 0.5 - least) * half + centre }
    }
  }

  /// Selects by bins; `binOf` gives 2⁵² and the number of the bin, and must not fall as its argument rises.
  @inline(__always)
  private func gather(
    _ values: UnsafePointer<Double>, _ count: Int, _ ranks: UnsafeBufferPointer<Int>,
    _ selected: UnsafeMutableBufferPointer<Double>, bin binOf: (Double) -> Double
  ) {
    let mask = UInt64(Self.bins - 1)
    for index in 0..<count {
      counts[Int(truncatingIfNeeded: binOf(values[index]).bitPattern & mask)] &+= 1
    }
    // Which bins hold wanted ranks.
    var (bin, below) = (0, 0)
    for rank in ranks {
      while bin < Self.bins - 1, below + Int(counts[bin]) <= rank {
        below += Int(counts[bin])
        bin += 1
      }
      wanted[bin] = 1
    }
    var kept = 0
    for index in 0..<count {
      let value = values[index]
      gathered[kept] = value
      kept &+= Int(truncatingIfNeeded: wanted[Int(truncatingIfNeeded: binOf(value).bitPattern & mask)])
      // The last place may be written once too often, but never past the end.
      if kept == count { break }
    }
    Self.sort(gathered, kept)
    // A rank among all is a rank among the gathered, less those below that were passed over.
    var (passed, seen, place) = (0, 0, 0)
    bin = 0
    for rank in ranks {
      while bin < Self.bins, seen + Int(counts[bin]) <= rank {
        seen += Int(counts[bin])
        if wanted[bin] == 0 { passed += Int(counts[bin]) }
        bin += 1
      }
      selected[place] = gathered[min(max(0, rank - passed), max(0, kept - 1))]
      place += 1
    }
  }

  /// The least and the greatest value; an infinity or NaN where a value is not finite.
  private static func range(_ values: UnsafePointer<Double>, _ count: Int) -> (Double, Double) {
    var least = SIMD8<Double>(repeating: values[0])
    var greatest = least
    // A difference of a value with itself is zero, or NaN for what is not finite, and stays so in a sum.
    var check = SIMD8<Double>(repeating: 0)
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      let x = UnsafeRawPointer(values + index).loadUnaligned(as: SIMD8<Double>.self)
      check += x - x
      least.replace(with: x, where: x .< least)
      greatest.replace(with: x, where: x .> greatest)
    }
    var (low, high, sum) = (least.min(), greatest.max(), check.sum())
    for index in whole..<count {
      let x = values[index]
      sum += x - x
      low = min(low, x)
      high = max(high, x)
    }
    return sum == 0 ? (low, high) : (.nan, .nan)
  }

  private static func sort(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
    var buffer = UnsafeMutableBufferPointer(start: values, count: count)
    buffer.sort()
  }
}
