import Statistics

/// The memory of one part of the work of a simulation, taken once: inner loops allocate nothing.
///
/// One thread at a time works on a strand; several strands are worked on at once and share nothing that is written.
final class JointStrand {
  /// The number of futures drawn together.
  static let block = 256

  let draws: Int
  let walks: Int
  /// From the draws of one future of a block to those of the next.
  let stride: Int
  let normals: UnsafeMutableBufferPointer<Double>
  let shocks: UnsafeMutableBufferPointer<Double>
  /// One line in all futures.
  let values: UnsafeMutableBufferPointer<Double>
  /// The sum of this strand's lines in all futures.
  let sum: UnsafeMutableBufferPointer<Double>
  let stratification = Stratification()
  /// The first thing that went wrong; nil while nothing has.
  var problem: CommissioningError?
  /// The summaries of this year's lines.
  var summaries: [(line: Int, year: SimulatedYear)] = []
  /// How often thresholds were passed.
  var passed: [(threshold: Int, count: Int)] = []

  private let plan: RankPlan
  private var selector: OrderStatisticSelector
  private let selected: UnsafeMutableBufferPointer<Double>

  init(draws: Int, walks: Int, plan: RankPlan) {
    self.draws = draws
    self.walks = walks
    self.plan = plan
    stride = (walks + 3) / 4 * 4
    normals = .allocate(capacity: Self.block * stride)
    shocks = .allocate(capacity: Self.block * walks)
    values = .allocate(capacity: draws)
    sum = .allocate(capacity: draws)
    selector = OrderStatisticSelector(capacity: draws)
    selected = .allocate(capacity: max(1, plan.ranks.count))
  }

  deinit {
    normals.deallocate()
    shocks.deallocate()
    values.deallocate()
    sum.deallocate()
    selected.deallocate()
  }

  /// The mean and the quantiles of one value for each future.
  func summary(of sample: UnsafeBufferPointer<Double>) throws(StatisticsError) -> SimulatedYear {
    try plan.ranks.withUnsafeBufferPointer { (ranks) throws(StatisticsError) in
      try selector.select(ranks: ranks, of: sample, into: selected)
    }
    let (mean, deviation) = JointStrand.moments(sample)
    return SimulatedYear(
      mean: mean, meanError: deviation / Double(draws).squareRoot(),
      quantiles: plan.quantiles(UnsafeBufferPointer(selected)))
  }

  /// The mean and the standard deviation, in eight interleaved sums about the first value, which keeps what large values
  /// have in common out of the squares.
  private static func moments(_ sample: UnsafeBufferPointer<Double>) -> (mean: Double, deviation: Double) {
    guard let base = sample.baseAddress else { return (0, 0) }
    let pivot = base[0]
    var (sums, squares) = (SIMD8<Double>(repeating: 0), SIMD8<Double>(repeating: 0))
    let whole = sample.count & ~7
    for index in Swift.stride(from: 0, to: whole, by: 8) {
      let x = UnsafeRawPointer(base + index).loadUnaligned(as: SIMD8<Double>.self) - pivot
      sums += x
      squares += x * x
    }
    var (sum, square) = (sums.sum(), squares.sum())
    for index in whole..<sample.count {
      let x = base[index] - pivot
      sum += x
      square += x * x
    }
    let count = Double(sample.count)
    let mean = sum / count
    return (pivot + mean, (max(0, square - sum * mean) / max(1, count - 1)).squareRoot())
  }

  /// How many values are above a threshold.
  static func count(_ sample: UnsafeBufferPointer<Double>, above threshold: Double) -> Int {
    var count = 0
    for value in sample { count &+= value > threshold ? 1 : 0 }
    return count
  }
}
