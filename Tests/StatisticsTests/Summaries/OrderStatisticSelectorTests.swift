import Statistics
import Testing

@Suite("Several order statistics at once")
struct OrderStatisticSelectorTests {
  private func select(_ ranks: [Int], _ values: [Double], capacity: Int = 10_000) throws -> [Double] {
    var selector = OrderStatisticSelector(capacity: capacity)
    var selected = [Double](repeating: .nan, count: ranks.count)
    try values.withUnsafeBufferPointer { values in
      try ranks.withUnsafeBufferPointer { ranks in
        try selected.withUnsafeMutableBufferPointer {
          try selector.select(ranks: ranks, of: values, into: $0)
        }
      }
    }
    return selected
  }

  static let samples: [[Double]] = {
    var stream = RandomStream(seed: 3, name: "selector")
    let normal = (0..<5000).map { _ in stream.normal() }
    return [
      normal, normal.map { ($0 * 8) * ($0 * 8) * ($0 * 8) }, normal.map { $0.rounded() },
      normal.map { 1e12 + 1e-3 * $0 },
      normal.map { $0 * 1e300 }, normal.map { $0 * .leastNonzeroMagnitude }, normal.map { $0 * 0x1p-1030 },
      normal + [1e18],
      normal + [-1e300, 1e300], [Double](repeating: 7, count: 900), [2, 1], [4],
      [-.greatestFiniteMagnitude, 0, .greatestFiniteMagnitude],
      (0..<4000).map { $0 < 3999 ? 0 : Double($0) }, normal.map { -abs($0) }, [0, -0.0, 0, -0.0, 1],
    ]
  }()

  @Test("The values are those of a full sort", arguments: samples.indices)
  func asSorted(index: Int) throws {
    let values = Self.samples[index]
    let last = values.count - 1
    let ranks = [
      0, 0, last / 100, last / 10, last / 4, last / 2, last / 2 + min(1, last - last / 2), last * 9 / 10,
      last, last,
    ]
    .sorted()
    let sorted = values.sorted()
    #expect(try select(ranks, values) == ranks.map { sorted[$0] })
    // Every rank of a small sample.
    let few = Array(values.prefix(60))
    #expect(try select(Array(few.indices), few) == few.sorted())
  }

  @Test("Samples and ranks that cannot be are refused")
  func refusals() {
    #expect(throws: StatisticsError.self) { try select([0], []) }
    #expect(throws: StatisticsError.self) { try select([0], [1, 2, 3], capacity: 2) }
    #expect(throws: StatisticsError.self) { try select([3], [1, 2, 3]) }
    #expect(throws: StatisticsError.self) { try select([2, 1], [1, 2, 3]) }
    #expect(throws: StatisticsError.self) { try select([-1], [1, 2, 3]) }
    for bad in [Double.nan, .infinity, -.infinity] {
      #expect(throws: StatisticsError.self) { try select([0], [1, bad, 3, 4, 5, 6, 7, 8, 9]) }
      #expect(throws: StatisticsError.self) { try select([0], [1, 2, 3, 4, 5, 6, 7, 8, 9, bad]) }
    }
  }
}
