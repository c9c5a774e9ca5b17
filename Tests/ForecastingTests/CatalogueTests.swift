import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// Series of every kind that a council sends, sound and unsound.
struct OrdinarySeries: CustomTestStringConvertible, Sendable {
  let name: String
  let series: Series
  var testDescription: String { name }

  private static func make(
    _ name: String, _ unit: TimeSeries.Unit, _ frequency: Frequency, _ values: [Double?],
    denominator: Double? = nil
  ) throws -> OrdinarySeries {
    let first: Period =
      frequency == .monthly ? .month(containing: try #require(CivilDate("2019-04-01"))) : .financialYear(2008)
    let points = values.enumerated().compactMap { index, value -> DataPoint? in
      guard let value else { return nil }
      guard let denominator else { return DataPoint(first.advanced(by: index), value) }
      let whole = unit.upperBound ?? 10_000
      let numerator = (value / whole * denominator).rounded()
      return DataPoint(
        period: first.advanced(by: index), observation: .value(numerator / denominator * whole),
        numerator: numerator, denominator: denominator)
    }
    return OrdinarySeries(
      name: name, series: try Series(id: name, measure: Measure(id: name, unit: unit), points: points))
  }

  /// A monthly count with a trend, a season and noise.
  static func monthly(_ count: Int, path: UInt64 = 1, level: Double = 200) -> [Double] {
    var stream = RandomStream(seed: 11, name: "ordinary", path: path)
    let season = [0.9, 0.95, 1.1, 1.2, 1.05, 1, 0.8, 0.7, 1.15, 1.2, 1.05, 0.9]
    return (0..<count).map { index in
      let mean = level * (1 + 0.006 * Double(index)) * season[index % 12]
      return max(1, (mean + mean.squareRoot() * 1.5 * stream.normal()).rounded())
    }
  }

  static func sound() throws -> [OrdinarySeries] {
    [
      try make("monthly counts", .count, .monthly, monthly(60)),
      try make(
        "monthly counts with gaps", .count, .monthly,
        monthly(60).enumerated().map { $0.offset % 17 == 5 ? nil : $0.element }),
      try make(
        "yearly counts", .count, .yearly,
        [212, 220, 231, 229, 247, 260, 266, 281, 290, 302, 318, 329, 350, 361]),
      try make(
        "yearly rates", .rate(per: 10_000), .yearly, [61, 63, 66, 64, 69, 72, 71, 75, 78, 80, 79, 84],
        denominator: 54_000),
      try make(
        "yearly percentages", .percentage, .yearly,
        [4.1, 4.4, 3.9, 4.8, 5.0, 4.7, 5.3, 5.6, 5.5, 5.9, 6.0, 6.4],
        denominator: 5_200),
      try make("yearly balances", .score, .yearly, [3, -2, 4, 1, -5, -8, -6, -11, -14, -12, -18, -20]),
    ]
  }

  static func unsound() throws -> [OrdinarySeries] {
    var list: [OrdinarySeries] = []
    for count in 1...7 {
      list.append(
        try make("\(count) years", .count, .yearly, Array([212, 220, 231, 229, 247, 260, 266].prefix(count))))
    }
    list.append(try make("a constant", .count, .yearly, [Double](repeating: 40, count: 14)))
    list.append(try make("a monthly constant", .count, .monthly, [Double](repeating: 40, count: 40)))
    list.append(try make("zeros", .count, .yearly, [Double](repeating: 0, count: 14)))
    list.append(try make("zeros and a one", .count, .yearly, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]))
    list.append(try make("one huge value", .count, .yearly, [4, 5, 4, 6, 1e12, 5, 4, 4, 6, 5, 7, 5]))
    list.append(try make("tiny values", .score, .yearly, (0..<14).map { 1e-14 * Double(3 + $0 % 4) }))
    list.append(try make("huge values", .score, .yearly, (0..<14).map { 1e14 * Double(3 + $0 % 4) }))
    list.append(try make("an exact line", .score, .yearly, (0..<14).map { 10 + 3 * Double($0) }))
    list.append(
      try make("all of them", .percentage, .yearly, [Double](repeating: 100, count: 12), denominator: 400))
    list.append(try make("a third of a year", .count, .monthly, monthly(4)))
    list.append(try make("a year and a half", .count, .monthly, monthly(18)))
    list.append(
      try make(
        "every other year", .count, .yearly,
        (0..<20).map { $0.isMultiple(of: 2) ? 200 + Double($0 * $0 % 7) : nil }))
    list.append(
      try make("two and a long gap", .count, .yearly, [3, 4] + [Double?](repeating: nil, count: 40) + [9]))
    return list
  }
}

/// Whether every number is one.
private func areFinite(_ values: [Double]) -> Bool { values.allSatisfy(\.isFinite) }

@Suite("Every family of the catalogue")
struct CatalogueTests {
  static let examples = ModelCatalogue.families.map(\.example)

  /// How many of the six sound series each family has been seen to take, so that none begins to refuse unnoticed.
  static let leastTaken: [String: Int] = [
    "automatic": 6, "naive": 6, "seasonal-naive": 6, "drift": 6, "mean": 6, "window-mean": 6,
    "linear-trend": 6,
    "regression": 6, "piecewise": 6, "spline": 6, "gaussian-process": 6, "hodrick-prescott": 6, "poisson": 4,
    "quasi-poisson": 4, "negative-binomial": 4, "binomial": 1, "simple-smoothing": 5, "holt": 5,
    "damped-trend": 5, "ets": 5, "holt-winters": 5, "theta": 5, "arima": 6, "local-level": 6,
    "local-linear-trend": 6, "smooth-trend": 6, "structural": 6, "stl": 1,
    "combination": 6, "conformal": 6, "shocks": 6,
    // Learns from others, and refuses to forecast a series by itself.
    "pooled-trend": 0,
  ]

  @Test("forecasts an ordinary series, or says why not", arguments: examples)
  func ordinary(example: String) throws {
    let model = try ModelCatalogue.model(named: example)
    var forecasts = 0
    for ordinary in try OrdinarySeries.sound() {
      do {
        try Self.check(try model.fit(try model.sample(ordinary.series)), of: ordinary)
        forecasts += 1
      } catch let error as ForecastingError {
        #expect("\(error)".contains(ordinary.name), "\(example): \(error)")
      }
    }
    let family = String(example.prefix { $0 != "(" })
    let least = try #require(Self.leastTaken[family], "\(family) is not in the table")
    #expect(forecasts >= least, "\(example) forecasts \(forecasts) of them, and took \(least)")
  }

  @Test(
    "meets short, constant, empty and outlandish series with a forecast or a sentence", arguments: examples)
  func outlandish(example: String) throws {
    let model = try ModelCatalogue.model(named: example)
    for ordinary in try OrdinarySeries.unsound() {
      do {
        try Self.check(try model.fit(try model.sample(ordinary.series)), of: ordinary)
      } catch let error as ForecastingError {
        #expect("\(error)".contains(ordinary.name), "\(example): \(error)")
      }
    }
  }

  /// Quantiles are finite, in order and inside the unit's bounds; parts and estimates are numbers.
  static func check(_ fitted: any FittedModel, of ordinary: OrdinarySeries) throws {
    let name = "\(fitted.specification), \(ordinary.name)"
    let forecast = try Forecast(fitted, horizon: 6)
    let unit = ordinary.series.measure.unit
    for step in [1, 2, 6] {
      let quantiles = try [0.025, 0.1, 0.5, 0.9, 0.975].map { try forecast.quantile($0, step: step) }
      #expect(areFinite(quantiles), "\(name): \(quantiles)")
      #expect(quantiles == quantiles.sorted(), "\(name): \(quantiles)")
      let mean = try forecast.mean(step: step)
      #expect(mean.isFinite, "\(name): the mean is \(mean)")
      if let lower = unit.lowerBound { #expect(min(mean, quantiles[0]) >= lower - 1e-9, "\(name)") }
      if let upper = unit.upperBound { #expect(max(mean, quantiles[4]) <= upper + 1e-9, "\(name)") }
    }
    let span = (fitted.sample.positions.last ?? 0) + 1
    for component in fitted.components {
      #expect(component.values.count == span, "\(name): \(component.name)")
      #expect(areFinite(component.values), "\(name): \(component.name)")
      if let errors = component.standardErrors {
        let sound = errors.allSatisfy { $0.isFinite && $0 >= 0 }
        #expect(errors.count == span && sound, "\(name): \(component.name)")
      }
    }
    #expect(!fitted.parameters.isEmpty, "\(name)")
    for parameter in fitted.parameters {
      #expect(parameter.value.isFinite, "\(name): \(parameter.name) is \(parameter.value)")
      if let error = parameter.standardError {
        #expect(error.isFinite && error >= 0, "\(name): \(parameter.name)")
      }
    }
    if let likelihood = fitted.likelihood { #expect(likelihood.value.isFinite, "\(name): \(likelihood)") }
    #expect(areFinite(fitted.residuals), "\(name)")
    for remark in fitted.remarks { #expect(!remark.hasSuffix("."), "\(name): \(remark)") }
  }

  @Test(
    "draws paths whose middle and spread are those of the distribution that it states", arguments: examples)
  func paths(example: String) throws {
    let model = try ModelCatalogue.model(named: example)
    for ordinary in try OrdinarySeries.sound() {
      guard let sample = try? model.sample(ordinary.series), let fitted = try? model.fit(sample) else {
        continue
      }
      let count = 4000
      let drawn = ForecastingTests.paths(of: fitted, count, horizon: 4)
      let forecast = try Forecast(fitted, horizon: 4)
      for step in [1, 4] {
        let values = drawn.map { $0[step - 1] }.sorted()
        for (probability, tolerance) in [(0.1, 0.045), (0.5, 0.045), (0.9, 0.045)] {
          // Counted both ways, since numbers that come in whole steps are often equal to their quantile.
          let quantile = try forecast.quantile(probability, step: step)
          let slack = 1e-9 * max(1, abs(quantile))
          let below = Double(values.count { $0 < quantile - slack }) / Double(count)
          let upTo = Double(values.count { $0 <= quantile + slack }) / Double(count)
          #expect(
            below <= probability + tolerance && upTo >= probability - tolerance,
            "\(fitted.specification), \(ordinary.name), step \(step): \(below) to \(upTo) lie below the \(probability) quantile"
          )
        }
      }
    }
  }

  @Test("says the same twice", arguments: examples)
  func determinism(example: String) throws {
    let model = try ModelCatalogue.model(named: example)
    for ordinary in try OrdinarySeries.sound().prefix(4) {
      guard let sample = try? model.sample(ordinary.series), let first = try? model.fit(sample) else {
        continue
      }
      let second = try model.fit(sample)
      #expect(first.parameters == second.parameters)
      let (one, two) = (try Forecast(first, horizon: 3), try Forecast(second, horizon: 3))
      for step in 1...3 {
        #expect(try one.quantile(0.9, step: step) == two.quantile(0.9, step: step))
        #expect(try one.mean(step: step) == two.mean(step: step))
      }
      #expect(
        ForecastingTests.paths(of: first, 20, horizon: 3)
          == ForecastingTests.paths(of: second, 20, horizon: 3))
    }
  }

  @Test("goes by a specification that can be asked for again", arguments: examples)
  func specification(example: String) throws {
    let model = try ModelCatalogue.model(named: example)
    for ordinary in try OrdinarySeries.sound() {
      guard let sample = try? model.sample(ordinary.series), let fitted = try? model.fit(sample) else {
        continue
      }
      #expect(throws: Never.self, "\(fitted.specification)") {
        try ModelCatalogue.model(named: fitted.specification)
      }
    }
  }

  /// Specifications with options, at least one for every family that has any.
  static let optioned = [
    "naive(scale=log)", "seasonal-naive(12)", "window-mean(7,scale=box-cox(0.5))",
    "regression(quadratic,step(\"Apr 2021\"),errors=newey-west,lags=3,small-sample)12",
    "regression(linear,season(effects,12),fit=huber,no-intercept)", "regression(fourier(2),errors=ar1)12",
    "piecewise(changepoints=1,broken,minimum=4)", "piecewise(prior(0.1,2021-04=0.5))",
    "spline(knots=6,degree=2,criterion=gcv)", "gaussian-process(kernel=matern-3/2,mean=constant,season)",
    "hodrick-prescott(1600)", "hodrick-prescott(0.00002)", "poisson(linear,season)12",
    "quasi-poisson(constant)", "negative-binomial(linear,size=4.5)", "negative-binomial(linear,size=20)",
    "binomial(linear,link=probit)", "ets(A,Ad,N,phi=0.9,start=heuristic)",
    "ets(Z,Z,A,alpha=0.2,phi=0.9,region=usual)12", "holt-winters(additive,trend=no,gamma=0.2)12",
    "holt-winters(none,alpha=1,beta=0)", "theta(dynamic-optimised,season=additive)",
    "arima(0,1,1,drift,step(\"Apr 2021\"))(0,0,1)12", "arima(max-order=2,step(2021-04))",
    "local-level(step(\"Apr 2021\"),noise=estimated)", "local-linear-trend(step(2021-04))",
    "smooth-trend(noise=estimated)", "structural(level,season=trigonometric,step(\"Apr 2021\"))12",
    "shocks(damped-trend,search=pandemic)", "stl(damped-trend,window=7,robust)", "stl(drift)12",
    "stl(\"regression(linear,step(\"\"Apr 2021\"\"))\",season=12)",
    "combination(naive,drift(scale=log),theta,weights=stacked,origins=6)",
    "combination(naive,\"stl(drift)12\",poisson(linear),weights=inverse-error,origins=2)",
    "conformal(combination(naive,drift,weights=mean),origins=5)", "conformal(\"stl(drift)12\")",
  ]

  @Test("goes by a specification that reads back as itself, options and all", arguments: optioned)
  func readBack(text: String) throws {
    let model = try ModelCatalogue.model(named: text)
    #expect(try ModelCatalogue.model(named: model.specification).specification == model.specification)
    var fits = 0
    for ordinary in try OrdinarySeries.sound() {
      guard let sample = try? model.sample(ordinary.series), let fitted = try? model.fit(sample) else {
        continue
      }
      fits += 1
      let again = try ModelCatalogue.model(named: fitted.specification)
      #expect(again.specification == fitted.specification)
    }
    #expect(fits > 0, "\(text) fits none of them")
  }

  @Test("is among the specifications with options where it has any")
  func everyFamily() throws {
    let written = Set(try Self.optioned.map { try ModelExpression($0).name })
    for family in ModelCatalogue.families where family.usage != family.name {
      #expect(written.contains(family.name), "\(family.name)")
    }
  }

  @Test("stands inside stl with its own quotation marks, periods with spaces and all")
  func nestedQuotation() throws {
    for text in [
      "regression(linear,step(\"Apr 2021\"))12", "arima(0,1,1,step(\"Apr 2021\"))(0,0,1)12",
      "structural(level,season=dummy,step(\"Apr 2021\"))12",
    ] {
      let base = try ModelCatalogue.model(named: text)
      let nested = SeasonallyAdjusted(base, season: 12)
      let read = try #require(try ModelCatalogue.model(named: nested.specification) as? SeasonallyAdjusted)
      // The season that both have follows the inner parentheses.
      #expect(read.specification == nested.specification)
      #expect(read.season == 12)
      let inner = ModelExpression.quoted(base.specification)
      #expect(nested.specification.contains(inner))
    }
  }

  @Test("refuses horizons that nobody can mean", arguments: examples)
  func horizons(example: String) throws {
    let model = try ModelCatalogue.model(named: example)
    let ordinary = try OrdinarySeries.sound()
    let fits = ordinary.compactMap { one in (try? model.sample(one.series)).flatMap { try? model.fit($0) } }
    guard example != PooledTrend().specification else {
      #expect(fits.isEmpty)
      return
    }
    let fitted = try #require(fits.first)
    for horizon in [-1, 0, Forecast.longestHorizon + 1] {
      #expect(throws: ForecastingError.horizon(horizon)) { try fitted.predictive(step: horizon) }
      #expect(throws: ForecastingError.horizon(horizon)) { try fitted.predictive(horizon: horizon) }
    }
  }
}
