import Foundation
import LinearAlgebra
import Testing
import TimeSeries

@testable import Forecasting

/// Hierarchies, histories and what independent software makes of them.
struct ReconciliationFixture: Decodable {
  struct Case: Decodable {
    let name: String
    let members: [[Int]]
    let history: [[Double]]
    let shrinkage: Double
    let methods: [String: [Double]]
    let low: [Double]
    let nonnegative: [String: [Double]]

    var hierarchy: Hierarchy {
      Hierarchy(
        aggregates: members.indices.map { "total \($0)" },
        bottom: (0..<(history.count - members.count)).map { "part \($0)" }, members: members, children: nil)
    }

    /// Random walks over the histories: their errors are the changes, and their forecasts the last figures.
    func fits(gapIn series: Int? = nil) throws -> [any FittedModel] {
      try history.enumerated().map { index, values in
        var values: [Double?] = values
        if index == series { values[3] = nil }
        return try Naive().fit(try Sample(try annual(values, .pounds), scale: .natural))
      }
    }

    func forecasts(horizon: Int = 1) throws -> [String: Forecast] {
      try Dictionary(
        uniqueKeysWithValues: zip(hierarchy.nodes, fits()).map { ($0, try Forecast($1, horizon: horizon)) })
    }
  }
  struct Proportions: Decodable {
    let means: [String: Double]
    let reconciled: [String: Double]
  }
  let cases: [Case]
  let proportions: Proportions

  static func load() throws -> ReconciliationFixture {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/hierarchies/hierarchies.json", withExtension: nil))
    return try JSONDecoder().decode(ReconciliationFixture.self, from: Data(contentsOf: url))
  }

  /// The largest difference in units of the largest number.
  static func difference(_ found: [Double], _ expected: [Double]) -> Double {
    let largest = expected.reduce(0) { max($0, abs($1)) }
    return zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / largest
  }
}

@Suite("Reconciled forecasts agree with independent software")
struct ReconciliationReferenceTests {
  @Test("every method, from the histories on, in the means of the reconciled forecast")
  func methods() throws {
    for one in try ReconciliationFixture.load().cases {
      let forecasts = try one.forecasts()
      for method in ReconciliationMethod.all {
        guard let expected = one.methods[method.specification] else { continue }
        let found = try ReconciledForecast(forecasts, hierarchy: one.hierarchy, method: method, paths: 2)
        let means = try one.hierarchy.nodes.map { try found.mean(of: $0, step: 1) }
        expectReference(
          "hierarchies", one.name, "means, over the largest, \(method.specification)",
          ReconciliationFixture.difference(means, expected), 0, .absolute(1e-10))
      }
    }
  }

  @Test("the intensity with which the covariance is shrunk is that of Schäfer and Strimmer")
  func shrinkage() throws {
    for one in try ReconciliationFixture.load().cases {
      let covariance = try ErrorCovariance(ErrorPanel(try one.fits()), shrunk: true)
      expectReference(
        "hierarchies", one.name, "shrinkage", try #require(covariance.shrinkage), one.shrinkage,
        .relative(1e-10))
      #expect(covariance.raisedEigenvalues == 0)
    }
  }

  @Test(
    "forecasts without a negative solve the quadratic programme as scipy does, by either way of searching")
  func nonnegative() throws {
    for one in try ReconciliationFixture.load().cases {
      let hierarchy = one.hierarchy
      let panel = ErrorPanel(try one.fits())
      for weights in ReconciliationMethod.Weights.allCases {
        guard let expected = one.nonnegative["mint(\(weights.rawValue))"] else { continue }
        let solver = try MinimumTrace(
          hierarchy,
          covariance: try Reconciler.covariance(weights, hierarchy: hierarchy, panel: panel))
        let projection = NonnegativeProjection(covariance: try solver.bottomCovariance())
        let free = try solver.bottom(Matrix(rows: one.low.count, columns: 1) { row, _ in one.low[row] })
        #expect(free.column(0).contains { $0 < 0 })
        var found = free.column(0)
        try projection.project(&found)
        #expect(found.allSatisfy { $0 >= 0 } && found.contains(0))
        expectReference(
          "hierarchies", one.name, "non-negative means, over the largest, mint(\(weights.rawValue))",
          ReconciliationFixture.difference(try hierarchy.aggregated(found), expected), 0, .absolute(1e-9))
        var searched = free.column(0)
        try projection.activeSet(&searched, given: free.column(0), tolerance: 1e-9)
        #expect(ReconciliationFixture.difference(searched, found) < 1e-10)
      }
    }
  }

  @Test("forecast proportions split a total level by level")
  func forecastProportions() throws {
    let proportions = try ReconciliationFixture.load().proportions
    let hierarchy = try Hierarchy(parents: [
      .init("total"), .init("north", of: "total"), .init("south", of: "total"), .init("n1", of: "north"),
      .init("n2", of: "north"), .init("n3", of: "north"), .init("s1", of: "south"), .init("s2", of: "south"),
      .init("s1a", of: "s1"), .init("s1b", of: "s1"), .init("s2a", of: "s2"), .init("s2b", of: "s2"),
    ])
    var base: [String: Forecast] = [:]
    for (name, mean) in proportions.means {
      base[name] = try Forecast(
        try Naive().fit(try Sample(try annual([mean + 1, mean - 1, mean], .pounds), scale: .natural)),
        horizon: 2)
    }
    let found = try ReconciledForecast(base, hierarchy: hierarchy, method: .topDown(.forecast), paths: 20)
    for (name, expected) in proportions.reconciled {
      expectReference(
        "hierarchies", "proportions", "means", try found.mean(of: name, step: 2), expected, .relative(1e-12))
    }
  }
}
