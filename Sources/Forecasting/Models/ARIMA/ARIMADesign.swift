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
  private let constant: ARIMA.Constant
  private let regressors: [Regressor]
  private let specification: String

  /// The number of observations that differencing leaves.
  var observations: Int { response.count - gaps.count }

  init(_ model: ARIMA, _ sample: Sample) throws(ForecastingError) {
    self.sample = sample
    specification = model.specification
    let constant = model.constant
    self.constant = constant
    let season = try Self.season(model, sample)
    let differencedAway = model.differencedAway(season: season)
    let needed = model.minimumObservations(season: season)
    guard sample.count >= needed else {
      throw .tooFewObservations(
        series: sample.name, model: model.specification, found: sample.count, needed: needed)
    }
    orders = ARMAOrders(
      p: model.order.autoregressive, q: model.order.movingAverage, seasonalP: model.seasonal.autoregressive,
      seasonalQ: model.seasonal.movingAverage, season: season)
    let difference = ARMAPolynomials.difference(
      model.order.differences, seasonal: model.seasonal.differences, season: season)
    self.difference = difference

    var regressors: [Regressor] = []
    for name in model.regressors {
      guard let regressor = sample.regressors.first(where: { $0.name == name }) else {
        let known = sample.regressors.map(\.name)
        throw Self.unsuitable(
          model, sample,
          "needs the regressor \"\(name)\", which the series does not have; "
            + (known.isEmpty
              ? "supply it as a column beside the series"
              : "its regressors are \(ArgumentReader.list(known, joining: "and"))"))
      }
      regressors.append(regressor)
    }
    self.regressors = regressors
    let last = sample.positions.last ?? 0
    var columns: [[Double]] = []
    if constant != .none { columns.append((0...last).map { constant == .mean ? 1 : Double($0) }) }
    for regressor in regressors {
      var column: [Double] = []
      for position in 0...last {
        guard let value = regressor.value(at: position), value.isFinite else {
          throw Self.unsuitable(
            model, sample,
            "needs the regressor \"\(regressor.name)\" at every period, and it is missing at period \(position + 1) of \(last + 1)"
          )
        }
        column.append(value)
      }
      columns.append(column)
    }
    self.columns = columns
    names = (constant == .none ? [] : [constant.rawValue]) + model.regressors

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
    guard observations >= needed - differencedAway else {
      throw .tooFewObservations(
        series: sample.name, model: model.specification, found: sample.count, needed: needed)
    }
    withoutRegression = try ordinaryResiduals(model)
  }

  /// What ordinary least squares leave; refuses a model whose columns leave nothing to explain, or cannot be told apart.
  private func ordinaryResiduals(_ model: ARIMA) throws(ForecastingError) -> [Double] {
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
      throw Self.unsuitable(
        model, sample,
        "has nothing left to explain: after differencing and regression every value is the same; choose naive or fewer differences"
      )
    }
    return rest
  }

  /// The columns of the regression at a position to come.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` where a regressor is not known there.
  func row(at position: Int) throws(ForecastingError) -> [Double] {
    var row: [Double] = constant == .none ? [] : [constant == .mean ? 1 : Double(position)]
    for regressor in regressors {
      guard let value = regressor.value(at: position), value.isFinite else {
        let step = position - (sample.positions.last ?? 0)
        throw .unsuitable(
          series: sample.name, model: specification,
          problem:
            "needs the regressor \"\(regressor.name)\" over the horizon, and it is missing at step \(step); supply it, or forecast fewer periods"
        )
      }
      row.append(value)
    }
    return row
  }

  /// The season that the model works with, once its orders have been found acceptable.
  private static func season(_ model: ARIMA, _ sample: Sample) throws(ForecastingError) -> Int {
    func check(_ order: ARIMA.Order, greatest: Int, _ names: (String, String, String)) throws(ForecastingError) {
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
      throw unsuitable(model, sample, "cannot estimate a mean of a differenced series; take drift, or no constant")
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
