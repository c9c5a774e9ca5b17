import LinearAlgebra
import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("Changepoints, searched exactly")
struct ChangepointSearchTests {
  static func series(_ name: String) throws -> [Double] {
    name == "Nile"
      ? try RegressionFixture.rows("Nile.csv").map { $0[1] }
      : try RegressionFixture.rows("changepoint/cp_generated.csv").map { $0[0] }
  }

  @Test(
    "shifts of the mean are where an independent programme finds them", arguments: ["Nile", "cp_generated"])
  func mean(name: String) throws {
    let values = try Self.series(name)
    let reference = try RegressionFixture.json("changepoint/\(name).json")
    let cases = try #require(reference["l2"]).list
    #expect(cases.count == 9)
    for expected in cases {
      let penalty = try #require(expected["penalty"]?.number)
      let length = Int(try #require(expected["min_segment"]?.number))
      let found = try #require(
        ChangepointSearch(cost: .mean, minimumLength: length).segmentation(of: values, penalty: penalty))
      let breaks = found.changes + [values.count]
      expectReference(
        "changepoint", name, "breaks, mean", breaks.map(Double.init),
        try #require(expected["breaks"]?.numbers), .absolute(0))
      let total = found.cost + penalty * Double(found.changes.count)
      expectReference(
        "changepoint", name, "cost, mean", total,
        try #require(expected["total_cost_plus_penalties"]?.number), .relative(1e-9))
      let means = zip([0] + found.changes, breaks).map { first, end in
        values[first..<end].reduce(0, +) / Double(end - first)
      }
      expectReference(
        "changepoint", name, "means of segments", means, try #require(expected["segment_means"]?.numbers),
        .relative(1e-12))
    }
    for expected in try #require(reference["binseg"]).list {
      let count = Int(try #require(expected["n_bkps"]?.number))
      let found = ChangepointSearch(cost: .mean, minimumLength: 2).segmentations(of: values, upTo: 3)
      expectReference(
        "changepoint", name, "breaks for a number of changes, ruptures",
        (found[count].changes + [values.count]).map(Double.init), try #require(expected["dynp"]?.numbers),
        .absolute(0))
    }
  }

  @Test(
    "shifts of mean and variance are where an independent programme finds them",
    arguments: ["Nile", "cp_generated"])
  func meanAndVariance(name: String) throws {
    let values = try Self.series(name)
    let cases = try #require(try RegressionFixture.json("changepoint/\(name).json")["meanvar"]).list
    #expect(cases.count == 3)
    for expected in cases {
      let penalty = try #require(expected["penalty"]?.number)
      let length = Int(try #require(expected["min_segment"]?.number))
      let found = try #require(
        ChangepointSearch(cost: .meanAndVariance, minimumLength: length)
          .segmentation(of: values, penalty: penalty))
      expectReference(
        "changepoint", name, "breaks, mean and variance", (found.changes + [values.count]).map(Double.init),
        try #require(expected["breaks"]?.numbers), .absolute(0))
      let total = found.cost + penalty * Double(found.changes.count)
      expectReference(
        "changepoint", name, "cost, mean and variance", total, try #require(expected["total"]?.number),
        .relative(1e-9))
    }
  }

  /// Random values, lopsided and with leaps, at positions with gaps.
  static func random(_ count: Int, path: UInt64) -> (values: [Double], positions: [Int]) {
    var stream = RandomStream(seed: 3, name: "changing series", path: path)
    var (level, position) = (100.0, -1)
    var (values, positions): ([Double], [Int]) = ([], [])
    for _ in 0..<count {
      if stream.uniform() < 0.25 { level += 5 * stream.normal() }
      position += stream.uniform() < 0.2 ? 3 : 1
      values.append(level + stream.normal())
      positions.append(position)
    }
    return (values, positions.map { $0 - positions[0] })
  }

  /// The cost of one stretch, from its definition.
  static func cost(_ cost: SegmentCost, _ values: ArraySlice<Double>, _ positions: ArraySlice<Int>) throws
    -> Double
  {
    let design = Matrix(rows: values.count, columns: cost == .linearTrend ? 2 : 1) {
      $1 == 0 ? 1 : Double(positions[positions.startIndex + $0])
    }
    let squares = try LeastSquaresProblem(design: design).fit(Array(values)).residualSumOfSquares
    guard cost == .meanAndVariance else { return squares }
    let m = Double(values.count)
    return m * (Double.log(2 * .pi) + Double.log(squares / m) + 1)
  }

  @Test("no other cut of a series costs less, with a penalty or with a number of changes")
  func bruteForce() throws {
    for path in 0..<8 as Range<UInt64> {
      let (values, positions) = Self.random(11, path: path)
      for kind in SegmentCost.allCases {
        let length = 2 + Int(path % 2)
        var least = [Double](repeating: .infinity, count: 11)
        for mask in 0..<(1 << 10) {
          let cuts = (1...10).filter { mask & (1 << ($0 - 1)) != 0 }
          let ends = zip([0] + cuts, cuts + [11])
          guard ends.allSatisfy({ $1 - $0 >= length }) else { continue }
          var total = 0.0
          for (first, end) in ends {
            total += try Self.cost(kind, values[first..<end], positions[first..<end])
          }
          least[cuts.count] = min(least[cuts.count], total)
        }
        let search = ChangepointSearch(cost: kind, minimumLength: length)
        let found = search.segmentations(of: values, positions: positions, upTo: 10)
        #expect(found.count == 11 / length)
        for (changes, segmentation) in found.enumerated() {
          #expect(segmentation.changes.count == changes)
          #expect(abs(segmentation.cost - least[changes]) <= 1e-9 * max(1, abs(least[changes])))
        }
        for penalty in [0, 0.5, 3, 20] {
          let best = least.enumerated().map { $0.element + penalty * Double($0.offset) }.min() ?? .nan
          let own = try #require(
            search.segmentation(of: values, positions: positions, penalty: penalty))
          #expect(abs(own.cost + penalty * Double(own.changes.count) - best) <= 1e-9 * max(1, abs(best)))
        }
      }
    }
  }

  @Test("pruning changes nothing on longer series")
  func pruning() throws {
    for path in 10..<14 as Range<UInt64> {
      let (values, positions) = Self.random(80, path: path)
      for kind in [SegmentCost.mean, .linearTrend] {
        let search = ChangepointSearch(cost: kind, minimumLength: 3)
        let all = search.segmentations(of: values, positions: positions, upTo: 25)
        for penalty in [2.0, 10, 60] {
          let own = try #require(search.segmentation(of: values, positions: positions, penalty: penalty))
          let best = all.map { $0.cost + penalty * Double($0.changes.count) }.min() ?? .nan
          #expect(agree(own.cost + penalty * Double(own.changes.count), best, relative: 1e-10))
        }
      }
    }
  }

  @Test("no other placing of knots leaves less over, whatever the gaps and the least length of a piece")
  func continuous() throws {
    for path in 20..<26 as Range<UInt64> {
      let (values, positions) = Self.random(13, path: path)
      let length = 1 + Int(path % 3)
      let found = ContinuousTrendSearch(minimumLength: length)
        .placings(of: values, positions: positions, upTo: 3)
      func leftOver(_ knots: [Int]) throws -> Double {
        let design = Matrix(rows: 13, columns: 2 + knots.count) { row, column in
          column == 0
            ? 1
            : column == 1
              ? Double(positions[row]) : Double(max(0, positions[row] - positions[knots[column - 2]]))
        }
        return try LeastSquaresProblem(design: design).fit(values).residualSumOfSquares
      }
      for count in 0...3 {
        var least = Double.infinity
        func search(_ knots: [Int]) throws {
          if knots.count == count {
            let isLong = 12 - (knots.last ?? -1) >= length || knots.isEmpty
            if isLong { least = min(least, try leftOver(knots)) }
            return
          }
          let first = knots.last.map { $0 + length } ?? max(1, length - 1)
          for next in stride(from: first, through: 11, by: 1) { try search(knots + [next]) }
        }
        try search([])
        let own = found[count]
        #expect(own.knots.count == count && own.knots == own.knots.sorted())
        #expect(abs(own.sumOfSquares - least) <= 1e-9 * max(1, least), "path \(path), \(count) knots")
        #expect(agree(try leftOver(own.knots), own.sumOfSquares, relative: 1e-8))
      }
    }
  }

  @Test("too few observations for a stretch have no segmentation, and numbers that are none have none either")
  func refusals() {
    let search = ChangepointSearch(cost: .linearTrend, minimumLength: 4)
    #expect(search.segmentation(of: [1, 2, 3], penalty: 1) == nil)
    #expect(search.segmentation(of: [1, 2, 3, .nan, 5], penalty: 1) == nil)
    #expect(search.segmentation(of: [1, 2, 3, 4, 5], penalty: -1) == nil)
    #expect(search.segmentations(of: [1, 2, 3], upTo: 1).isEmpty)
    #expect(search.segmentations(of: [1, 2, 3, 5, 4], upTo: 3).count == 1)
    #expect(ContinuousTrendSearch().placings(of: [1], upTo: 2).isEmpty)
    #expect(ContinuousTrendSearch(minimumLength: 9).placings(of: [1, 2, 3, 4], upTo: 2).isEmpty)
    #expect(ChangepointSearch(cost: .meanAndVariance).minimumLength == 2)
    // Values that never change cost nothing wherever they are cut, and the uncut series is preferred.
    let constant = ChangepointSearch(cost: .mean).segmentation(of: [7, 7, 7, 7], penalty: 0)
    #expect(constant?.changes == [] && constant?.cost == 0)
    let flat = ChangepointSearch(cost: .meanAndVariance)
      .segmentation(of: [7, 7, 7, 7], penalty: 1, varianceFloor: 0.01)
    #expect(flat?.cost.isFinite == true && flat?.changes == [])
  }
}
