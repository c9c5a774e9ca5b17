import Commissioning
import Foundation
import LinearAlgebra
import Statistics
import Testing
import TimeSeries

@Suite("Paths simulated one series after another, joined")
struct JointPathsTests {
  private static let draws = 10_000
  private static let shock = [1.2, -0.7, 0.4, -1.9, 0.8, 0.3, -0.5, 1.1, -0.2, 0.6, -1.3, 0.2]

  /// Skewed random walks, from a stream of their own name.
  private func paths(_ name: String, horizon: Int = 5, draws: Int = draws) -> [Double] {
    let stream = RandomStream(seed: 7, name: name)
    return (0..<draws).flatMap { path -> [Double] in
      var own = stream.path(UInt64(path))
      var level = 100.0
      return (0..<horizon).map { _ in
        level *= exp(0.02 + 0.1 * own.normal())
        return level
      }
    }
  }

  /// Errors that follow a shared shock.
  private func errors(_ loading: Double, _ noise: [Double]) -> [Period: Double] {
    yearlyErrors(zip(Self.shock, noise).map { loading * $0 + $1 })
  }
  private let quiet = [0.1, 0.2, -0.1, 0.1, -0.2, 0.1, 0.2, -0.1, -0.1, 0.2, 0.1, -0.2]
  private let other = [-0.2, 0.1, 0.1, -0.1, 0.1, 0.2, -0.2, 0.1, 0.2, -0.1, -0.2, 0.1]

  private func heights(_ paths: [Double], _ order: [Int], horizon: Int = 5) -> [Double] {
    order.map { row in
      (0..<horizon).reduce(0) { $0 + log(paths[row * horizon + $1] / 100) / Double($1 + 1).squareRoot() }
    }
  }

  private func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (mx, my) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    let cross = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
    let (xx, yy) = (x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }, y.reduce(0) { $0 + ($1 - my) * ($1 - my) })
    return cross / (xx * yy).squareRoot()
  }

  @Test("Every series keeps its own paths, each once")
  func marginalsAreKept() throws {
    var joint = try JointPaths(draws: Self.draws)
    for (name, loading) in [("a", 1.0), ("b", 0.9), ("c", -0.8)] {
      let order = try joint.join(
        name, paths: paths(name), residuals: errors(loading, name == "b" ? other : quiet))
      #expect(order.sorted() == Array(0..<Self.draws))
    }
    #expect(joint.joined.map(\.name) == ["a", "b", "c"])
    #expect(joint.joined[1].independence == nil && joint.joined[2].relatives == 2)
  }

  @Test("Heights of paths are correlated as the errors are, after shrinkage")
  func targetIsReached() throws {
    var joint = try JointPaths(draws: Self.draws)
    let (a, b, c) = (paths("a"), paths("b"), paths("c"))
    let orderA = try joint.join("a", paths: a, residuals: errors(1, quiet))
    let orderB = try joint.join("b", paths: b, residuals: errors(0.6, other))
    let orderC = try joint.join("c", paths: c, residuals: errors(-1, other.reversed()))
    let (x, y, z) = (heights(a, orderA), heights(b, orderB), heights(c, orderC))
    // Sampling error of a correlation of 10,000 is 0.01; the height here is not quite that which was ranked.
    #expect(joint.joined[1].correlations[0] > 0.7)
    #expect(abs(correlation(x, y) - joint.joined[1].correlations[0]) < 0.03)
    #expect(abs(correlation(x, z) - joint.joined[2].correlations[0]) < 0.03)
    #expect(abs(correlation(y, z) - joint.joined[2].correlations[1]) < 0.03)
    #expect(joint.joined[2].correlations[0] < -0.7)
  }

  @Test("The variance of a sum is that of correlated series")
  func varianceOfSum() throws {
    var joint = try JointPaths(draws: Self.draws)
    let (a, b) = (paths("a", horizon: 1), paths("b", horizon: 1))
    let orderA = try joint.join("a", paths: a, residuals: errors(1, quiet))
    let orderB = try joint.join("b", paths: b, residuals: errors(0.6, other))
    // Logarithms are normal with σ = 0.1, so for one step the theory is exact: var(x + y) = 2σ²(1 + ρ).
    let sums = zip(orderA, orderB).map { log(a[$0]) + log(b[$1]) }
    let expected = 2 * 0.01 * (1 + joint.joined[1].correlations[0])
    #expect(abs(try DescriptiveStatistics.variance(sums) / expected - 1) < 0.05)
  }

  @Test("The same paths and errors give the same order, whatever came after")
  func reproducible() throws {
    var first = try JointPaths(draws: 2000)
    var second = try JointPaths(draws: 2000)
    for name in ["a", "b"] {
      let residuals = errors(1, name == "a" ? quiet : other)
      let values = paths(name, draws: 2000)
      let order = try first.join(name, paths: values, residuals: residuals)
      let again = try second.join(name, paths: values, residuals: residuals)
      #expect(order == again)
    }
    #expect(first.joined == second.joined)
  }

  @Test("Ties go by place")
  func ties() throws {
    var joint = try JointPaths(draws: 6)
    _ = try joint.join("a", paths: [1, 2, 3, 4, 5, 6], residuals: errors(1, quiet))
    let order = try joint.join("counts", paths: [0, 1, 0, 1, 0, 1], residuals: errors(1, quiet))
    #expect(order.sorted() == [0, 1, 2, 3, 4, 5])
    // Low futures of a get the zeros.
    #expect(Set(order.prefix(3)) == [0, 2, 4])
  }

  @Test("Independence is kept and its reason told")
  func independence() throws {
    var joint = try JointPaths(draws: 500)
    let identity = Array(0..<500)
    let cases: [(String, [Period: Double], JointPaths.Independence)] = [
      ("a", errors(1, quiet), .first), ("none", [:], .noErrors),
      ("elsewhere", yearlyErrors([1, -1, 1, -1], from: 1980), .noCommonYears),
    ]
    for (name, residuals, reason) in cases {
      let order = try joint.join(name, paths: paths(name, draws: 500), residuals: residuals)
      #expect(order == identity)
      #expect(joint.joined.last?.independence == reason)
    }
    let known = [Double](repeating: 12, count: 1000)
    let orderOfKnown = try joint.join("known", paths: known, residuals: errors(1, other))
    #expect(orderOfKnown == identity)
    #expect(joint.joined.last?.independence == .known)
    // One that comes after a known one still follows the first.
    let orderOfB = try joint.join("b", paths: paths("b", draws: 500), residuals: errors(1, other))
    #expect(orderOfB != identity)
    #expect(joint.joined.last?.relatives == 1)
    #expect(joint.remarks.contains { $0.contains("none is simulated as independent") })
    #expect(joint.remarks.contains { $0.contains("2 series go together") })
  }

  @Test("Correlations that chance would give are shrunk away")
  func chance() throws {
    var joint = try JointPaths(draws: 100)
    _ = try joint.join("a", paths: paths("a", draws: 100), residuals: yearlyErrors([1, 1, -1, -1]))
    let order = try joint.join("b", paths: paths("b", draws: 100), residuals: yearlyErrors([1, -1, 1, -1.2]))
    #expect(order == Array(0..<100))
    #expect(joint.joined.last?.independence == .shrunkAway)
    #expect(joint.joined.last?.shrinkage == 1)
  }

  @Test("Errors known beforehand make the shrinkage independent of the order of the series")
  func estimatedBeforehand() throws {
    let residuals: [(name: String, residuals: [Period: Double])] = [
      (name: "a", residuals: errors(1, quiet)), (name: "b", residuals: errors(0.3, other)),
      (name: "c", residuals: yearlyErrors(quiet)),
    ]
    let estimate = try ResidualCorrelation(residuals)
    for order in [[0, 1, 2], [2, 1, 0]] {
      var joint = try JointPaths(draws: 200, estimate: estimate)
      for index in order {
        _ = try joint.join(
          residuals[index].name, paths: paths(residuals[index].name, draws: 200),
          residuals: residuals[index].residuals)
      }
      let last = try #require(joint.joined.last)
      #expect(abs(last.correlations[1] - estimate.correlations[order[2], order[1]]) < 1e-12)
      #expect(abs(last.correlations[0] - estimate.correlations[order[2], order[0]]) < 1e-12)
    }
  }

  @Test("Correlations that cannot all hold are drawn in")
  func impossible() throws {
    let wave = [1.0, -1, 1, -1, 1, -1, 1, -1]
    var (x, y, z): ([Period: Double], [Period: Double], [Period: Double]) = ([:], [:], [:])
    for (index, value) in wave.enumerated() {
      x[.financialYear(1960 + index)] = value
      y[.financialYear(1960 + index)] = value
      y[.financialYear(1980 + index)] = value
      z[.financialYear(1980 + index)] = value
      z[.financialYear(2000 + index)] = value
      x[.financialYear(2000 + index)] = -value
    }
    var joint = try JointPaths(draws: 1000)
    _ = try joint.join("x", paths: paths("x", draws: 1000), residuals: x)
    _ = try joint.join("y", paths: paths("y", draws: 1000), residuals: y)
    let order = try joint.join("z", paths: paths("z", draws: 1000), residuals: z)
    #expect(order.sorted() == Array(0..<1000))
    #expect(abs(joint.joined[2].correlations[1]) < 0.95)
    #expect(joint.joined[2].correlations.allSatisfy { $0.isFinite })
    #expect(joint.joined[1].correlations[0] < 1)
  }

  @Test("Wrong shapes, names twice and values that are no numbers are refused")
  func refusals() throws {
    #expect(throws: CommissioningError.self) { try JointPaths(draws: 0) }
    var joint = try JointPaths(draws: 3)
    #expect(throws: CommissioningError.self) { try joint.join("a", paths: [1, 2, 3, 4], residuals: [:]) }
    #expect(throws: CommissioningError.self) { try joint.join("a", paths: [], residuals: [:]) }
    #expect(throws: CommissioningError.self) { try joint.join("a", paths: [1, .nan, 3], residuals: [:]) }
    #expect(throws: CommissioningError.self) {
      try joint.join("a", paths: [1, 2, 3], residuals: [.financialYear(2010): .nan])
    }
    #expect(joint.joined.isEmpty)
    _ = try joint.join("a", paths: [1, 2, 3], residuals: [:])
    #expect(throws: CommissioningError.self) { try joint.join("a", paths: [1, 2, 3], residuals: [:]) }
  }
}
