import LinearAlgebra
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Forecasts that cannot be made to add up are refused")
struct ReconciliationRefusalTests {
  static func forecast(
    _ values: [Double?], horizon: Int = 2, unit: TimeSeries.Unit = .count, scale: ScaleChoice = .natural
  ) throws -> Forecast {
    try Forecast(try Naive().fit(try Sample(try annual(values, unit), scale: scale)), horizon: horizon)
  }

  static func pair() throws -> Hierarchy {
    try Hierarchy(parents: [.init("t"), .init("a", of: "t"), .init("b", of: "t")])
  }

  /// The sentence with which forecasts are refused, one of them replaced.
  static func said(
    _ replaced: [String: Forecast], without missing: String? = nil,
    method: ReconciliationMethod = .minimumTrace(.structural),
    paths: Int = 10,
    hierarchy: Hierarchy? = nil
  ) throws -> String? {
    var base: [String: Forecast] = [
      "t": try forecast([10, 12, 14]), "a": try forecast([4, 6, 5]), "b": try forecast([5, 7, 8]),
    ]
    for (name, forecast) in replaced { base[name] = forecast }
    if let missing { base[missing] = nil }
    let structure = try hierarchy ?? pair()
    return sentence { _ = try ReconciledForecast(base, hierarchy: structure, method: method, paths: paths) }
  }

  @Test("every part and total needs one forecast, and nothing else has one")
  func members() throws {
    #expect(try Self.said([:]) == nil)
    #expect(
      try Self.said([:], without: "a")
        == "parts and totals: there is no forecast for \"a\"; every part and every total needs one")
    let other = try Self.forecast([1, 2, 3])
    #expect(try Self.said(["x": other])?.contains("\"x\" is not among the series that add up") == true)
    #expect(
      try Self.said(["x": other, "c": other])?.contains("\"c\", \"x\" are not among the series") == true)
  }

  @Test("more values than can be held are refused, with what to lower")
  func size() throws {
    let year = try Self.forecast([4, 6, 5], horizon: 1000)
    let long = ["t": year, "a": year, "b": year]
    #expect(
      try Self.said(long, paths: 20_000)
        == "parts and totals: 3 series over 1000 periods in 20000 paths are more than the 50000000 values that "
        + "can be held; ask for at most 16666 paths, or for fewer periods or series")
  }

  @Test("horizons and last periods are one")
  func alignment() throws {
    #expect(
      try Self.said(["b": Self.forecast([5, 7, 8], horizon: 3)])?
        .contains("\"t\" is forecast 2 periods ahead and \"b\" 3") == true)
    #expect(
      try Self.said(["b": Self.forecast([5, 7, 8, 9])])?
        .contains("the last figure of \"t\" is of 2002/03 and that of \"b\" of 2003/04") == true)
    let calendar = try Series(
      id: "b", measure: Measure(id: "b", unit: .count),
      points: [5, 7, 8].enumerated().map { DataPoint(.calendarYear(2000 + $0), $1) })
    let other = try Forecast(try Naive().fit(try Sample(calendar, scale: .natural)), horizon: 2)
    #expect(try Self.said(["b": other])?.contains("forecast all of them from one period on") == true)
  }

  @Test(
    "samples put together from numbers are taken to end together, unless some have periods and some have not")
  func numbers() throws {
    func forecast(_ values: [Double], of year: Int? = nil) throws -> Forecast {
      let sample = Sample(
        name: "numbers", positions: Array(values.indices), observed: values, labels: values.map { "\($0)" },
        scale: .natural, samplingVariances: nil, firstPeriod: year.map { .financialYear($0) })
      return try Forecast(try Naive().fit(sample), horizon: 2)
    }
    let plain = ["t": try forecast([5, 7, 9]), "a": try forecast([1, 2, 3]), "b": try forecast([4, 5, 5])]
    #expect(
      try ReconciledForecast(plain, hierarchy: Self.pair(), method: .bottomUp, paths: 5).mean(
        of: "t", step: 1) == 8)
    #expect(
      try Self.said(["a": forecast([1, 2, 3], of: 2000)])?.contains(
        "the unit of \"t\" is count and that of \"a\" is unknown")
        == true)
    var mixed = plain
    mixed["b"] = try forecast([4, 5, 5], of: 2000)
    #expect(
      sentence { _ = try ReconciledForecast(mixed, hierarchy: Self.pair(), method: .bottomUp) }?
        .contains("forecast all of them from one period on") == true)
  }

  @Test("a series that begins later is taken, as long as it ends with the others")
  func laterStart() throws {
    let hierarchy = try Self.pair()
    let base = [
      "t": try Self.forecast([10, 12, 14, 13, 15, 17]), "a": try Self.forecast([nil, nil, 4, 6, 5, 7]),
      "b": try Self.forecast([5, 7, nil, 8, 9, 10]),
    ]
    for method in ReconciliationMethod.all {
      let found = try ReconciledForecast(base, hierarchy: hierarchy, method: method, paths: 30)
      #expect(
        agree(
          try found.mean(of: "t", step: 2), try found.mean(of: "a", step: 2) + found.mean(of: "b", step: 2),
          relative: 1e-13))
    }
  }

  @Test("percentages, rates, waits and scores do not add up, and pounds and counts are not mixed")
  func units() throws {
    #expect(
      try Self.said(["t": Self.forecast([10, 12, 14], unit: .percentage)])?
        .contains("reconcile the counts above the line and divide by the counts below it afterwards") == true)
    #expect(
      try Self.said(["t": Self.forecast([10, 12, 14], unit: .rate(per: 10_000))])?.contains("do not add up")
        == true)
    #expect(
      try Self.said(["t": Self.forecast([10, 12, 14], unit: .weeks)])?.contains("does not add up") == true)
    #expect(
      try Self.said(["b": Self.forecast([10, 12, 14], unit: .pounds)])?
        .contains("parts and totals need one unit") == true)
  }

  @Test("splitting from the top needs a top, proportions, and for forecast proportions a tree")
  func topDown() throws {
    let forest = try Hierarchy(parents: [
      .init("t"), .init("a", of: "t"), .init("b", of: "t"), .init("u"), .init("c", of: "u"),
      .init("d", of: "u"),
    ])
    let one = try Self.forecast([1, 2, 3])
    #expect(
      try Self.said(["u": one, "c": one, "d": one], method: .topDown(.average), hierarchy: forest)?
        .contains("no series is the sum of all") == true)
    let grouped = try Hierarchy(grouping: [.init("a", ["x"]), .init("b", ["y"])], by: ["p"], total: "t")
    #expect(
      try Self.said([:], method: .topDown(.forecast), hierarchy: grouped)?
        .contains("grouped series split in more ways than one") == true)
    #expect(
      try Self.said(
        ["b": Self.forecast([0, 0, 0]), "a": Self.forecast([0, 0, 0])], method: .topDown(.ofAverages))?
        .contains("there is no period in which every bottom series has a figure") == true)
    func pounds(_ values: [Double]) throws -> Forecast { try Self.forecast(values, unit: .pounds) }
    let balance = [
      "t": try pounds([1, 2, 3]), "a": try pounds([-4, 5, -6]), "b": try pounds([5, 6, 7]),
    ]
    #expect(
      try Self.said(balance, method: .topDown(.average))?.contains("has a negative figure, -4.0") == true)
    #expect(
      try Self.said(balance, method: .topDown(.forecast))?
        .contains("the parts of \"t\" at step 1 are not all positive") == true)
    #expect(try Self.said(balance, method: .minimumTrace(.variance)) == nil)
  }

  @Test("questions outside the forecast are refused")
  func questions() throws {
    #expect(try Self.said([:], paths: 1)?.contains("1 joint paths were asked for") == true)
    let base = [
      "t": try Self.forecast([10, 12, 14]), "a": try Self.forecast([4, 6, 5]),
      "b": try Self.forecast([5, 7, 8]),
    ]
    let found = try ReconciledForecast(base, hierarchy: Self.pair(), method: .bottomUp, paths: 20)
    #expect(throws: ForecastingError.horizon(3)) { try found.mean(of: "t", step: 3) }
    #expect(throws: ForecastingError.horizon(0)) { try found.draws(of: "t", step: 0) }
    #expect(throws: ForecastingError.probability(1)) { try found.quantile(1, of: "t", step: 1) }
    #expect(throws: ForecastingError.probability(0)) { try found.interval(0, of: "t", step: 1) }
    #expect(
      sentence { _ = try found.median(of: "z", step: 1) }?.contains("\"z\" is not among the series") == true)
    #expect(sentence { _ = try found.median(of: "t", step: 9) } != nil)
    #expect(
      found.remarks == ["aggregates are the sums of the bottom forecasts; their own forecasts are not used"])
  }

  @Test("a method is named by its specification, and another word lists them all")
  func specifications() throws {
    for method in ReconciliationMethod.all {
      #expect(try ReconciliationMethod(method.specification) == method)
    }
    #expect(try ReconciliationMethod("mint(shrunk)") == .minimumTrace(.shrunkCovariance))
    let said = try #require(sentence { _ = try ReconciliationMethod("magic") })
    #expect(
      said.contains("\"magic\" is no way to reconcile; the ways are bottom-up, top-down(average-proportions)")
    )
  }

  @Test(
    "errors that say nothing about how sure the series are, or are no numbers, are refused and not divided by"
  )
  func singular() throws {
    let hierarchy = try Self.pair()
    #expect(
      sentence {
        _ = try MinimumTrace(hierarchy, covariance: ErrorCovariance(variances: [0, 0, 0]))
      }?.contains("choose other weights") == true)
    let solver = try MinimumTrace(hierarchy, covariance: ErrorCovariance(variances: [1, 1, 1]))
    #expect(
      sentence { _ = try solver.bottom(Matrix(rows: 3, columns: 1, repeating: .nan)) }?
        .contains("cannot be reconciled") == true)
    #expect(
      sentence {
        var values = [-1.0, -2]
        try NonnegativeProjection(covariance: Matrix(rows: 2, columns: 2, repeating: 0)).project(&values)
      }?.contains("forecasts without a negative cannot be found") == true)
  }
}
