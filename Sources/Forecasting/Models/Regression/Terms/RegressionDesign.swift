import LinearAlgebra
import RealModule

/// The columns that the terms of a regression become for one sample, at every period of its history and beyond.
///
/// The design is checked where it is made: a column that was never observed, does not vary beside an intercept or
/// is a combination of others is refused by name.
public struct RegressionDesign: Sendable {
  /// The sample whose periods the rows stand for.
  public let sample: Sample
  /// The columns, in the order of the terms.
  public let columns: [RegressionColumn]
  /// The rows of the observations: ``Sample/count`` × ``columns``.
  public let history: Matrix
  /// Who asks, for errors.
  private let model: String
  private let polynomials: OrthogonalPolynomials?

  /// Makes the columns of some terms.
  ///
  /// - Parameters:
  ///   - terms: the terms, none twice.
  ///   - sample: gives positions, season and regressors.
  ///   - model: the specification of the model that asks, for errors.
  ///   - season: the length of the season where it is not that of the sample.
  ///   - spare: how many observations there must be beyond one for each column.
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for a term that the sample cannot serve or
  ///   a column that cannot be told from others;
  ///   ``ForecastingError/tooFewObservations(series:model:found:needed:)``.
  public init(
    _ terms: [RegressionTerm], sample: Sample, model: String, season: Int? = nil, spare: Int = 1
  ) throws(ForecastingError) {
    var columns: [RegressionColumn] = []
    for term in terms {
      columns += try RegressionColumn.columns(of: term, sample: sample, model: model, season: season)
    }
    let needed = columns.count + spare
    guard sample.count >= needed else {
      throw .tooFewObservations(series: sample.name, model: model, found: sample.count, needed: needed)
    }
    let degree = terms.reduce(1) { if case .trend(let degree) = $1 { max($0, degree) } else { $0 } }
    do {
      polynomials =
        degree < 2
        ? nil : try OrthogonalPolynomials(degree: degree, abscissae: sample.positions.map(Double.init))
    } catch {
      throw Self.failure(error, sample: sample, model: model)
    }
    self.sample = sample
    self.columns = columns
    self.model = model
    var values: [Double] = []
    values.reserveCapacity(sample.count * columns.count)
    for column in columns {
      for position in sample.positions {
        values.append(try Self.known(column, at: position, sample, polynomials, model: model))
      }
    }
    let rows = sample.count
    history = Matrix(rows: rows, columns: columns.count) { values[$1 * rows + $0] }
    try refuseUseless(hasIntercept: terms.contains(.intercept))
    try refuseDependent()
  }

  /// What the columns are called, in order.
  public var columnNames: [String] { columns.map(\.name) }

  /// Lasting changes that are extrapolated from fewer than three observations, each as a remark.
  public var remarks: [String] {
    let last = sample.positions.last ?? 0
    return columns.compactMap { column in
      let change: (period: String, first: Int)?
      switch (column.term, column.rule) {
      case (.intervention(let intervention), .intervention(.step, let first, let end))
      where end.map({ $0 > last }) ?? true:
        change = (intervention.start, first)
      case (.intervention(let intervention), .intervention(.slope, let first, _)):
        change = (intervention.start, first)
      case (.knot(let period), .knot(let bend)): change = (period, bend + 1)
      default: change = nil
      }
      guard let change else { return nil }
      let count = sample.positions.count { $0 >= change.first }
      guard count < 3 else { return nil }
      return "the change at \(change.period) is known from \(count) observation\(count == 1 ? "" : "s") alone"
    }
  }

  /// The row of a period: of an observation, a gap, or a period to come.
  ///
  /// - Parameter position: periods since the first observation.
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for a regressor that is not known there.
  public func row(at position: Int) throws(ForecastingError) -> [Double] {
    var row: [Double] = []
    row.reserveCapacity(columns.count)
    for column in columns {
      row.append(try Self.known(column, at: position, sample, polynomials, model: model))
    }
    return row
  }

  /// The value of one column at a period.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for a regressor that is not known there.
  public func value(_ column: Int, at position: Int) throws(ForecastingError) -> Double {
    try Self.known(columns[column], at: position, sample, polynomials, model: model)
  }

  /// The rows of the periods after the last observation: `horizon` × ``columns``.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)``, naming the first period in which a
  ///   regressor is not known; ``ForecastingError/horizon(_:)`` for a horizon that cannot be forecast.
  public func future(horizon: Int) throws(ForecastingError) -> Matrix {
    guard horizon >= 1, horizon <= Forecast.longestHorizon else { throw .horizon(horizon) }
    let last = sample.positions.last ?? 0
    var rows: [[Double]] = []
    rows.reserveCapacity(horizon)
    for step in 1...horizon { rows.append(try row(at: last + step)) }
    return Matrix(rows: horizon, columns: columns.count) { rows[$0][$1] }
  }

  /// Writes the row of a period into a buffer of ``columns`` places, without allocating.
  ///
  /// - Returns: whether all regressors are known there; the row holds NaN where one is not.
  func fill(_ row: UnsafeMutableBufferPointer<Double>, at position: Int) -> Bool {
    var isKnown = true
    for (index, column) in columns.enumerated() {
      let value = Self.value(column, at: position, sample, polynomials)
      row[index] = value
      isKnown = isKnown && value.isFinite
    }
    return isKnown
  }
}

extension RegressionDesign {
  /// The value of a column at a position; NaN for a regressor that is not known there.
  private static func value(
    _ column: RegressionColumn, at position: Int, _ sample: Sample, _ polynomials: OrthogonalPolynomials?
  ) -> Double {
    switch column.rule {
    case .constant: return 1
    case .time: return Double(position + 1)
    case .polynomial(let degree):
      return polynomials?.value(ofDegree: degree, at: Double(position)) ?? .nan
    case .season(let phase, let length, let reference, let sumsToZero):
      let current = position % length
      return current == phase ? 1 : sumsToZero && current == reference ? -1 : 0
    case .cosine(let frequency, let length): return Double.cos(angle(frequency, position, length))
    case .sine(let frequency, let length): return Double.sin(angle(frequency, position, length))
    case .regressor(let index): return sample.regressors[index].value(at: position) ?? .nan
    case .intervention(let shape, let first, let last):
      return Intervention.value(shape, at: position, from: first, until: last)
    case .knot(let knot): return Double(max(0, position - knot))
    }
  }

  /// The angle of a harmonic, reduced to one turn before it is multiplied, so that it is as exact far ahead as
  /// near.
  private static func angle(_ frequency: Int, _ position: Int, _ length: Int) -> Double {
    2 * Double.pi * Double(frequency * (position % length) % length) / Double(length)
  }

  private static func known(
    _ column: RegressionColumn, at position: Int, _ sample: Sample, _ polynomials: OrthogonalPolynomials?,
    model: String
  ) throws(ForecastingError) -> Double {
    let value = value(column, at: position, sample, polynomials)
    guard value.isFinite else {
      let isAhead = position > sample.positions.last ?? 0
      throw .unsuitable(
        series: sample.name, model: model,
        problem: "needs \(column.name) at \(sample.label(at: position)), which is missing; "
          + (isAhead
            ? "supply it for every period of the horizon, or shorten the horizon"
            : "supply it, or leave \(column.name) out"))
    }
    return value
  }

  /// Refuses columns from which nothing can be learned.
  private func refuseUseless(hasIntercept: Bool) throws(ForecastingError) {
    for (index, column) in columns.enumerated() where column.rule != .constant {
      let values = history.column(index)
      let first = values.first ?? 0
      if values.allSatisfy({ $0 == 0 }) {
        throw unsuitable("cannot estimate \(column.name), which is zero at every observation; leave it out")
      }
      if hasIntercept, values.allSatisfy({ $0 == first }) {
        throw unsuitable(
          "cannot estimate \(column.name), which is the same at every observation; leave it out")
      }
    }
  }

  /// Refuses columns that are combinations of others.
  private func refuseDependent() throws(ForecastingError) {
    guard !columns.isEmpty else { return }
    do {
      _ = try LeastSquaresProblem(design: history, columnNames: columnNames, refinement: .none)
    } catch {
      throw Self.failure(error, sample: sample, model: model)
    }
  }

  private func unsuitable(_ problem: String) -> ForecastingError {
    .unsuitable(series: sample.name, model: model, problem: problem)
  }

  /// What a failure of the linear algebra means for a regression.
  static func failure(_ error: LinearAlgebraError, sample: Sample, model: String) -> ForecastingError {
    func name(_ column: ColumnReference) -> String { column.name ?? "column \(column.index + 1)" }
    switch error {
    case .rankDeficient(let column, let others, _, _):
      return .unsuitable(
        series: sample.name, model: model,
        problem: others.isEmpty
          ? "cannot estimate \(name(column)), which is zero at every observation; leave it out"
          : "cannot tell \(name(column)) from \(ArgumentReader.list(others.map(name), joining: "and")), of which "
            + "it is a combination at the observations; leave one out")
    case .illConditioned(let column, _):
      return .unsuitable(
        series: sample.name, model: model,
        problem:
          "cannot tell \(name(column)) from the other terms, of which it is so nearly a combination that "
          + "rounding hides the difference; leave it out")
    case .tooFewDistinctAbscissae(let found, let degree):
      return .tooFewObservations(series: sample.name, model: model, found: found, needed: degree + 1)
    default:
      return .numerical(series: sample.name, model: model, reason: "\(error)")
    }
  }
}
