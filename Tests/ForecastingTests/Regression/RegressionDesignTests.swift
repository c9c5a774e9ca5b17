import LinearAlgebra
import Testing
import TimeSeries

@testable import Forecasting

/// A monthly series from April 2018 in the unit of a score, with columns beside it.
func monthly(
  _ values: [Double?], beside columns: [(name: String, values: [Double?])] = []
) throws -> Series {
  let first = try #require(Period.month(year: 2018, month: 4))
  let length = max(values.count, columns.map(\.values.count).max() ?? 0)
  return try Series(
    id: "referrals", measure: Measure(id: "referrals", unit: .score),
    points: (0..<length).map { index in
      DataPoint(
        period: first.advanced(by: index),
        observation: values.indices.contains(index)
          ? values[index].map { Observation.value($0) } ?? .notAvailable : .notAvailable,
        covariates: columns.map { $0.values.indices.contains(index) ? $0.values[index] : nil })
    }, covariateNames: columns.map(\.name))
}

@Suite("Terms of a regression and the columns they become")
struct RegressionDesignTests {
  static func terms(_ text: String) throws -> [RegressionTerm] {
    let expression = try ModelExpression("regression(\(text))")
    return try RegressionTerm.read(expression.groups[0], of: expression)
  }

  static func design(
    _ text: String, _ sample: Sample, intercept: Bool = true, season: Int? = nil
  ) throws -> RegressionDesign {
    try RegressionDesign(
      (intercept ? [.intercept] : []) + terms(text), sample: sample, model: "regression", season: season)
  }

  /// The design of all variables beside the series, which no specification asks for but a caller may.
  static func everyRegressor(_ sample: Sample) throws -> RegressionDesign {
    try RegressionDesign([.intercept, .everyRegressor], sample: sample, model: "regression", season: nil)
  }

  static let level = (0..<30).map { Double(($0 * 7) % 11) }

  @Test("every term can be written, and is written back as it was read")
  func reading() throws {
    let text =
      "linear,season,season(effects,6),fourier(2),fourier(1,7),regressor(rain),step(2018-06),"
      + "step(2018-06,2018-09),pulse(\"Apr 2019\"),slope(2019-01),knot(2019-05)"
    let terms = try Self.terms(text)
    #expect(terms.map(\.description).joined(separator: ",") == text)
    #expect(try Self.terms("quadratic") == [.trend(degree: 2)])
    #expect(try Self.terms("polynomial(3)") == [.trend(degree: 3)])
    #expect(try Self.terms("regressors(a,b)") == [.regressor("a"), .regressor("b")])
    #expect(try Self.terms("ramp(2020)") == Self.terms("slope(2020)"))
    #expect(try Self.terms("season(dummies)") == Self.terms("season"))
    #expect(try Self.terms("polynomial(3)").map(\.description) == ["polynomial(3)"])
    #expect(try Self.terms("quadratic,season(12)").map(\.description) == ["quadratic", "season(12)"])
    #expect(
      terms.map(\.role.rawValue).first == "trend" && RegressionTerm.everyRegressor.description == "regressors"
        && RegressionTerm.intercept.description == "intercept")
  }

  @Test("time counts 1 at the first observation, a change of slope 1 at its date, and a knot 1 after it")
  func columns() throws {
    let sample = try Sample(try monthly([5, 6, nil, 7, 9, 8, 9, 12]))
    let design = try Self.design("linear,step(2018-08),slope(2018-08),pulse(2018-05),knot(2018-09)", sample)
    #expect(
      design.columnNames == [
        "intercept", "slope", "step(2018-08)", "slope(2018-08)", "pulse(2018-05)", "knot(2018-09)",
      ])
    #expect(design.history.column(1) == [1, 2, 4, 5, 6, 7, 8])
    #expect(design.history.column(2) == [0, 0, 0, 1, 1, 1, 1])
    #expect(design.history.column(3) == [0, 0, 0, 1, 2, 3, 4])
    #expect(design.history.column(4) == [0, 1, 0, 0, 0, 0, 0])
    #expect(design.history.column(5) == [0, 0, 0, 0, 0, 1, 2])
    #expect(try design.row(at: 2) == [1, 3, 0, 0, 0, 0])
    #expect(try design.future(horizon: 2).row(1) == [1, 10, 1, 6, 0, 4])
  }

  @Test("a temporary step ends after its last period; a temporary change of slope stays where it came to")
  func temporary() throws {
    let sample = try Sample(try monthly(Array(Self.level.prefix(9))))
    let design = try Self.design("step(2018-06,2018-07),slope(2018-08,2018-10)", sample)
    #expect(design.history.column(1) == [0, 0, 1, 1, 0, 0, 0, 0, 0])
    #expect(design.history.column(2) == [0, 0, 0, 0, 1, 2, 3, 3, 3])
  }

  @Test("seasons are compared with the first one or with the average, by name")
  func seasons() throws {
    let sample = try Sample(try monthly(Self.level))
    let dummies = try Self.design("season", sample)
    #expect(dummies.columnNames.prefix(3) == ["intercept", "May", "June"] && dummies.columnNames.count == 12)
    #expect(try dummies.row(at: 13) == [1, 1] + Array(repeating: 0, count: 10))
    let effects = try Self.design("season(effects)", sample)
    for column in 1..<12 {
      let cycle = try (0..<12).map { try effects.row(at: 100 + $0)[column] }
      #expect(cycle.reduce(0, +) == 0)
    }
    #expect(effects.columnNames[1] == "April" && effects.columnNames[11] == "February")
    let four = try Self.design("season(4)", sample)
    #expect(four.columnNames == ["intercept", "season 2", "season 3", "season 4"])
    #expect(try Self.design("season", sample, season: 4).columnNames == four.columnNames)
    #expect(try four.row(at: 5) == [1, 1, 0, 0])
  }

  @Test("sines and cosines repeat with the season; at half an even season the sine is left out")
  func fourier() throws {
    let sample = try Sample(try monthly(Self.level))
    let design = try Self.design("fourier(2,4)", sample)
    #expect(design.columnNames == ["intercept", "cosine 1", "sine 1", "cosine 2"])
    let (near, far) = (try design.row(at: 3), try design.row(at: 403))
    #expect(near == far)
    #expect(zip(near, [1, 0, -1, -1]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test("seasons and harmonics beyond all series are refused, not made")
  func outlandish() throws {
    let sample = try Sample(try monthly((0..<24).map { Double($0 % 5) }), scale: .natural)
    for term in [
      RegressionTerm.fourier(harmonics: .max, length: nil), .fourier(harmonics: .max, length: .max),
      .fourier(harmonics: 1 << 40, length: 1 << 60), .season(.dummies, length: .max),
      .season(.effects, length: 1 << 40),
    ] {
      let said = sentence { _ = try RegressionDesign([term], sample: sample, model: "regression") }
      #expect(said?.contains("asks for") == true, "\(term): \(said ?? "taken")")
    }
  }

  @Test("polynomials are orthogonal over the observations, gaps or not, and go on beyond them")
  func polynomials() throws {
    let sample = try Sample(try monthly([1, 4, 2, nil, 5, 3, 2, nil, nil, 6, 7, 4]))
    let design = try Self.design("polynomial(4)", sample)
    let count = Double(sample.count)
    for first in 2...4 {
      for second in 0...first {
        let product = zip(design.history.column(first), design.history.column(second))
          .reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (first == second ? count : 0)) < 1e-11 * count)
      }
    }
    // A cubic of time lies in the space of the columns, and so does its continuation.
    let cubic = { (t: Double) in 3 - 2 * t + 0.5 * t * t - 0.01 * t * t * t }
    let fit = try LeastSquaresProblem(design: design.history)
      .fit(sample.positions.map { cubic(Double($0)) })
    for position in [15, 40] {
      let row = try design.row(at: position)
      let value = zip(row, fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(agree(value, cubic(Double(position)), relative: 1e-10))
    }
  }

  @Test("a regressor is taken by name, and refused by period where it is missing")
  func regressors() throws {
    let known = (0..<14).map { Optional(Double($0 * $0 * $0 % 11)) }
    let sample = try Sample(
      try monthly(Array(Self.level.prefix(12)), beside: [("rain", known), ("cost", Array(known.reversed()))]))
    let design = try Self.design("regressors(cost,rain)", sample)
    #expect(design.columnNames == ["intercept", "cost", "rain"])
    #expect(try design.row(at: 13) == [1, 0, 8])
    #expect(try Self.everyRegressor(sample).columnNames == ["intercept", "rain", "cost"])
    #expect(
      sentence { _ = try design.future(horizon: 4) } == """
        series "referrals": regression needs cost at 2019-06, which is missing; supply it for every period of the \
        horizon, or shorten the horizon
        """)
    #expect(throws: ForecastingError.horizon(0)) { try design.future(horizon: 0) }
    #expect(
      sentence { _ = try Self.design("regressor(snow)", sample) } == """
        series "referrals": regression asks for the regressor snow, which the series does not have; it has rain and cost
        """)
    let gapped = try Sample(
      try monthly(Array(Self.level.prefix(12)), beside: [("rain", [1, 2, nil] + known)]))
    #expect(
      sentence { _ = try Self.design("regressor(rain)", gapped) } == """
        series "referrals": regression needs rain at 2018-06, which is missing; supply it, or leave rain out
        """)
    let bare = try Sample(try monthly(Array(Self.level.prefix(12))))
    #expect(sentence { _ = try Self.everyRegressor(bare) }?.hasSuffix("add them as columns") == true)
    #expect(sentence { _ = try Self.design("regressor(a)", bare) }?.hasSuffix("add it as a column") == true)
  }

  static let refusals: [(String, String)] = [
    ("step(2020-10)", "which begins after the last observation, 2020-09; choose a period that was observed"),
    ("step(2018-04)", "which begins at the first observation, so that there is nothing to compare with"),
    ("step(2019-06,2019-05)", "which ends before it begins"),
    ("step(2017-04)", "names the period 2017-04, which is not one of the series"),
    ("step(2018-04,2020-09)", "step(2018-04,2020-09), which is the same at every observation; leave it out"),
    ("pulse(2018-08)", "cannot estimate pulse(2018-08), which is zero at every observation; leave it out"),
    ("knot(2020-09)", "asks for knot(2020-09), after which there is no observation"),
    ("linear,slope(2018-04,2020-09)", "cannot tell slope(2018-04,2020-09) from slope, of which"),
    ("step(2019-01),step(2018-05),pulse(2018-04)", "cannot tell pulse(2018-04) from"),
    ("fourier(7)", "asks for 7 harmonics of a season of 12 periods; write 1 to 6"),
    ("season,fourier(1)", "of which it is a combination at the observations; leave one out"),
    ("season(36)", "asks for a season of 36 periods, of which season 5 was never observed"),
  ]

  @Test("a column from which nothing can be learned is refused by name", arguments: refusals)
  func refused(text: String, expected: String) throws {
    var values = Self.level.map { Optional($0) }
    values[4] = nil
    let sample = try Sample(try monthly(values))
    let said = sentence { _ = try Self.design(text, sample) }
    #expect(said?.contains(expected) == true, "\(said ?? "accepted")")
  }

  @Test("a season where there is none, and a degree that nobody could mean, are refused")
  func noSeason() throws {
    let sample = try natural([3, 1, 4, 1, 5, 9, 2, 6])
    #expect(
      sentence { _ = try Self.design("season", sample) } == """
        series "plans": regression asks for season, and the periods of the series have no season; write its length, \
        as in season(12)
        """)
    #expect(
      sentence { _ = try RegressionDesign([.trend(degree: 11)], sample: sample, model: "x") }?
        .contains("degree 11; write one from 1 to 10") == true)
    #expect(
      throws: ForecastingError.tooFewObservations(series: "plans", model: "regression", found: 8, needed: 9)
    ) { try Self.design("polynomial(7)", sample) }
  }

  static let misspelt: [(String, String)] = [
    ("sqrt", "position 12: \"sqrt\" is not a term of a regression; write linear|quadratic"),
    ("linear,quadratic", "position 19: quadratic stands beside another trend"),
    ("step(2019),step(2019)", "position 23: step(2019) stands there twice; write it once"),
    ("step", "position 12: step needs a period; write step(PERIOD)"),
    ("step(2019,2020,2021)", "\"2021\" is not an option of regression"),
    ("polynomial(0)", "\"0\" is not a value of degree; write a whole number from 1 to 10"),
    ("fourier", "harmonics is missing"),
    ("season(1)", "\"1\" is not a value of length"),
    ("regressor", "regressor needs a name; write regressor(NAME)"),
  ]

  @Test("a term that cannot be read is refused at its position", arguments: misspelt)
  func misspelling(text: String, expected: String) {
    let said = sentence { _ = try Self.terms(text) }
    #expect(said?.contains(expected) == true, "\(said ?? "accepted")")
  }

  @Test("quarters are called by their number, and months of a yearly cycle of censuses by their month")
  func seasonNames() throws {
    func names(_ first: Period) throws -> [String] {
      let series = try Series(
        id: "visits", measure: Measure(id: "visits", unit: .score),
        points: (0..<30).map { DataPoint(first.advanced(by: $0), Double($0 * 7 % 11)) })
      return try Self.design("season", try Sample(series)).columnNames
    }
    #expect(
      try names(try #require(Period.quarter(2, ofYear: 2015, .financial))) == ["intercept", "Q3", "Q4", "Q1"])
    let census = Period.censusDate(try #require(CivilDate("2020-01-31")), every: .monthly)
    #expect(try names(census)[1...2] == ["February", "March"])
    #expect(try names(.day(try #require(CivilDate("2020-01-31"))))[1...2] == ["season 2", "season 3"])
  }

  @Test("columns that rounding cannot tell apart are refused by name")
  func nearlyDependent() throws {
    let (first, second) = ((0..<14).map { Double($0 * $0) }, (0..<14).map { Double($0 * $0) * (1 + 1e-16) })
    let sample = try Sample(
      try monthly(Array(Self.level.prefix(14)), beside: [("a", first), ("b", second)]))
    #expect(
      sentence { _ = try Self.everyRegressor(sample) }?.contains("cannot tell b from a, of which")
        == true)
    func said(_ error: LinearAlgebraError) -> String {
      "\(RegressionDesign.failure(error, sample: sample, model: "x"))"
    }
    let blurred = LinearAlgebraError.illConditioned(
      column: ColumnReference(index: 1, name: "b"), conditionEstimate: 1e17)
    #expect(said(blurred).contains("cannot tell b from the other terms"))
    #expect(said(.notConverged(routine: "dsyevd")).contains("could not be solved"))
  }

  @Test("a polynomial needs more observations than its degree, and those that are numbers")
  func polynomialRefusals() throws {
    #expect(throws: LinearAlgebraError.negativeDegree(-1)) {
      try OrthogonalPolynomials(degree: -1, abscissae: [1, 2])
    }
    #expect(throws: LinearAlgebraError.empty(rows: 0, columns: 1)) {
      try OrthogonalPolynomials(degree: 1, abscissae: [])
    }
    #expect(throws: LinearAlgebraError.self) { try OrthogonalPolynomials(degree: 1, abscissae: [1, .nan]) }
    #expect(throws: LinearAlgebraError.tooFewDistinctAbscissae(found: 2, degree: 2)) {
      try OrthogonalPolynomials(degree: 2, abscissae: [1, 2])
    }
    let cubic = try OrthogonalPolynomials(degree: 3, abscissae: [0, 1, 2, 3, 4])
    #expect(cubic.degree == 3 && cubic.value(ofDegree: 4, at: 1).isNaN)
    #expect(cubic.value(ofDegree: 0, at: 9) == 1)
    // The mean square of 0, 1, … 4 about their mean is 2.
    #expect(agree(cubic.value(ofDegree: 1, at: 9), 7 / 2.0.squareRoot(), relative: 1e-15))
  }
}
