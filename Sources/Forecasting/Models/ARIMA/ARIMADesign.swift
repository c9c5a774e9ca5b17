import LinearAlgebra

/// What the likelihood of an ARIMA model is computed from: the sample completed and differenced, with the columns of its
/// gaps and regressors.
struct ARIMADesign: Sendable {
  let sample: Sample
  let orders: ARMAOrders
  /// The coefficients of (1 − B)ᵈ (1 − Bᵐ)ᴰ.
  let difference: [Double]
  /// The values at every position, linear between observations where there is a gap.
  let completed: [Double]
  /// The positions without an observation.
  let gaps: [Int]
  /// The names of the columns of the regression, the constant first.
  let names: [String]
  /// Those columns at every position of the sample.
  let columns: [[Double]]
  /// The differenced series.
  let response: [Double]
  let differencedGaps: [[Double]]
  let differencedColumns: [[Double]]
  /// The differenced series less its regression by ordinary least squares.
  private(set) var withoutRegression: [Double]
  /// Whether a drift alone fits the series exactly, so that the variance is known only to lie below that of rounding.
  private(set) var isExact = false
  /// The number of coefficients, those of the regression included.
  let coefficientCount: Int
  private let constant: ARIMA.Constant
  private let regression: RegressionDesign?

  /// The number of observations that differencing leaves.
  var observations: Int { response.count - gaps.count }

  /// The least sum of squares that errors are counted with: none, or that of rounding where the fit is exact.
  var leastSumOfSquares: Double { isExact ? Double(observations) * sample.roundingVariance : 0 }

  /// The remarks that the terms of the regression call for.
  var remarks: [String] { regression?.remarks ?? [] }

  init(_ model: ARIMA, _ sample: Sample) throws(ForecastingError) {
    self.sample = sample
    let constant = model.constant
    self.constant = constant
    let season = try Self.season(model, sample)
    let differencedAway = model.differencedAway(season: season)
    let needed = model.minimumObservations(season: season)
    guard sample.count >= needed else {
      throw .tooFewObservations(
        series: sample.name, model: model.specification, found: sample.count, needed: needed)
    }
    let last = sample.positions.last ?? 0
    let missing = last + 1 - sample.count
    guard missing <= ARIMA.mostGaps else {
      throw Self.unsuitable(
        model, sample,
        "takes at most \(ARIMA.mostGaps) missing periods, and there are \(missing); supply them, begin the series "
          + "after them, or choose local-level or smooth-trend, to which gaps cost nothing")
    }
    orders = ARMAOrders(
      p: model.order.autoregressive, q: model.order.movingAverage, seasonalP: model.seasonal.autoregressive,
      seasonalQ: model.seasonal.movingAverage, season: season)
    let difference = ARMAPolynomials.difference(
      model.order.differences, seasonal: model.seasonal.differences, season: season)
    self.difference = difference

    let regression =
      model.terms.isEmpty
      ? nil
      : try RegressionDesign(
        model.terms, sample: sample, model: model.specification, season: season > 1 ? season : nil)
    self.regression = regression
    names = (constant == .none ? [] : [constant.rawValue]) + (regression?.columnNames ?? [])
    coefficientCount = orders.count + names.count
    var rows: [[Double]] = []
    for position in 0...last { rows.append(try Self.row(at: position, constant, regression)) }
    columns = names.indices.map { column in rows.map { $0[column] } }

    let completed = Self.completed(sample)
    self.completed = completed
    let known = Set(sample.positions)
    let gaps = (0...last).filter { !known.contains($0) }
    self.gaps = gaps
    response = Self.differenced(completed, by: difference)
    differencedColumns = columns.map { Self.differenced($0, by: difference) }
    differencedGaps = gaps.map { gap in
      Self.differenced((0...last).map { $0 == gap ? 1 : 0 }, by: difference)
    }
    withoutRegression = response
    guard observations >= coefficientCount + 2 else {
      throw .tooFewObservations(
        series: sample.name, model: model.specification, found: sample.count,
        needed: differencedAway + coefficientCount + 2)
    }
    (withoutRegression, isExact) = try ordinaryResiduals(model)
  }

  /// What ordinary least squares leave; refuses a model whose columns leave nothing to explain, or cannot be told apart.
  ///
  /// A random walk whose drift leaves nothing is a straight line, and is accepted: it has no coefficient that nothing
  /// tells.
  private func ordinaryResiduals(
    _ model: ARIMA
  ) throws(ForecastingError) -> (values: [Double], areNothing: Bool) {
    let all = differencedGaps + differencedColumns
    var rest = response
    if !all.isEmpty {
      let gapNames = gaps.map { "the missing period \($0 + 1)" }
      do {
        let matrix = Matrix(rows: response.count, columns: all.count) { all[$1][$0] }
        rest = try LeastSquaresProblem(design: matrix, columnNames: gapNames + names, refinement: .none)
          .fit(response).residuals
      } catch {
        throw Self.unsuitable(model, sample, "cannot tell its columns apart after differencing: \(error)")
      }
    }
    let size = completed.reduce(0) { max($0, abs($1)) }
    guard rest.contains(where: { abs($0) > 1e-12 * size }) else {
      if orders.count == 0, constant == .drift, response.contains(where: { abs($0) > 1e-12 * size }) {
        return (rest, true)
      }
      throw Self.unsuitable(
        model, sample,
        "has nothing left to explain: after differencing and regression every value is the same; choose naive or fewer differences"
      )
    }
    return (rest, false)
  }

  /// The columns of the regression at a position, to come or past.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` where a regressor is not known there.
  func row(at position: Int) throws(ForecastingError) -> [Double] {
    try Self.row(at: position, constant, regression)
  }

  private static func row(
    at position: Int, _ constant: ARIMA.Constant, _ regression: RegressionDesign?
  ) throws(ForecastingError) -> [Double] {
    let first: [Double] =
      switch constant {
      case .none: []
      case .mean: [1]
      case .drift: [Double(position + 1)]
      }
    guard let regression else { return first }
    return first + (try regression.row(at: position))
  }

  /// The season that the model works with, once its orders have been found acceptable.
  private static func season(_ model: ARIMA, _ sample: Sample) throws(ForecastingError) -> Int {
    func check(_ order: ARIMA.Order, greatest: Int, _ names: (String, String, String))
      throws(ForecastingError)
    {
      let limits = [
        (names.0, order.autoregressive, greatest), (names.1, order.differences, ARIMA.greatestDifferences),
        (names.2, order.movingAverage, greatest),
      ]
      for (name, value, limit) in limits where !(0...limit).contains(value) {
        throw unsuitable(model, sample, "has \(name) = \(value); 0 to \(limit) is accepted")
      }
    }
    try check(model.order, greatest: ARIMA.greatestDegree, ("p", "d", "q"))
    try check(model.seasonal, greatest: ARIMA.greatestSeasonalDegree, ("P", "D", "Q"))
    let differences = model.order.differences + model.seasonal.differences
    if model.constant == .mean, differences > 0 {
      throw unsuitable(
        model, sample, "cannot estimate a mean of a differenced series; take drift, or no constant")
    }
    if model.constant == .drift, differences != 1 {
      throw unsuitable(
        model, sample, "can estimate a drift only of a series differenced once, and d + D is \(differences)")
    }
    guard model.seasonal != .none else { return 1 }
    let season = model.season ?? sample.season
    guard season > 1 else {
      throw unsuitable(
        model, sample, "has seasonal orders and the series has no season; write its length after the orders")
    }
    guard season < sample.count else {
      throw unsuitable(
        model, sample, "has a season of \(season) periods, longer than the series of \(sample.count)")
    }
    let longest =
      season
      * (max(model.seasonal.autoregressive, model.seasonal.movingAverage) + model.seasonal.differences)
    guard longest <= ARIMA.greatestLag else {
      throw unsuitable(
        model, sample, "reaches \(longest) periods back; up to \(ARIMA.greatestLag) is accepted")
    }
    return season
  }

  private static func unsuitable(_ model: ARIMA, _ sample: Sample, _ problem: String) -> ForecastingError {
    .unsuitable(series: sample.name, model: model.specification, problem: problem)
  }

  /// The values at every position, with straight lines across the gaps: only a start, whose own likelihood cancels.
  static func completed(_ sample: Sample) -> [Double] {
    var values: [Double] = []
    for (index, position) in sample.positions.enumerated() {
      if let before = values.last {
        let missing = position - values.count
        for step in 0..<missing {
          let share = Double(step + 1) / Double(missing + 1)
          values.append(before + share * (sample.values[index] - before))
        }
      }
      values.append(sample.values[index])
    }
    return values
  }

  /// A column filtered by a polynomial in B, from where the whole polynomial finds values.
  static func differenced(_ column: [Double], by polynomial: [Double]) -> [Double] {
    guard polynomial.count > 1 else { return column }
    let degree = polynomial.count - 1
    let lags = polynomial.indices.filter { polynomial[$0] != 0 }
    return (degree..<max(degree, column.count)).map { t in
      lags.reduce(0) { $0 + polynomial[$1] * column[t - $1] }
    }
  }
}
