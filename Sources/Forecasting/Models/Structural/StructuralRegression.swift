import TimeSeries

/// The regressors and steps of a structural model, brought to a largest size of one so that their coefficients are as
/// well determined in pounds as in millions of pounds.
struct StructuralRegression: Sendable {
  /// The names under which the coefficients are reported.
  let names: [String]
  /// What each column was divided by.
  let units: [Double]
  private let model: String
  private let sample: Sample
  private let regressors: [Regressor]
  private let steps: [Int]

  init(_ model: StructuralModel, _ sample: Sample) throws(ForecastingError) {
    self.model = model.specification
    self.sample = sample
    func refused(_ problem: String) -> ForecastingError {
      .unsuitable(series: sample.name, model: model.specification, problem: problem)
    }
    var regressors: [Regressor] = []
    var units: [Double] = []
    for name in model.regressors {
      guard let regressor = sample.regressors.first(where: { $0.name == name }) else {
        let known = sample.regressors.map { "\"\($0.name)\"" }
        throw refused(
          "needs the regressor \"\(name)\", which the series does not have; "
            + (known.isEmpty ? "it has none" : "it has \(ArgumentReader.list(known, joining: "and"))"))
      }
      var values: [Double] = []
      for (position, label) in zip(sample.positions, sample.labels) {
        guard let value = regressor.value(at: position), value.isFinite else {
          throw refused("needs the regressor \"\(name)\" at \(label), where it has no value; supply it")
        }
        values.append(value)
      }
      let unit = values.reduce(0) { max($0, abs($1)) }
      guard let first = values.first, values.contains(where: { $0 != first }), unit > 0 else {
        throw refused(
          "cannot tell the regressor \"\(name)\" from the level, because it is the same at every observation; "
            + "leave it out")
      }
      regressors.append(regressor)
      units.append(unit)
    }
    var steps: [Int] = []
    for text in model.steps {
      let position = try sample.position(ofPeriod: text, model: model.specification)
      guard position > 0, position <= (sample.positions.last ?? 0) else {
        throw refused(
          "cannot see a step at \(text), because there are not observations on both sides of it; name a period "
            + "after \(sample.labels.first ?? "the first") and no later than \(sample.labels.last ?? "the last")"
        )
      }
      steps.append(position)
      units.append(1)
    }
    self.regressors = regressors
    self.steps = steps
    self.units = units
    names = model.regressors + model.steps.map { "step \($0)" }
  }

  /// The number of columns.
  var count: Int { units.count }

  /// The columns at every position from the first observation to the last; zero where a gap has no regressor, since
  /// nothing depends on it there.
  func observed() -> [Double] {
    guard count > 0 else { return [] }
    return (0...(sample.positions.last ?? 0)).flatMap { position in
      columns(at: position).enumerated().map { ($1 ?? 0) / units[$0] }
    }
  }

  /// The columns of a step after the last observation; nil where one is not known.
  func row(step: Int) -> [Double]? {
    let columns = columns(at: (sample.positions.last ?? 0) + step)
    let known = columns.compactMap(\.self)
    return known.count == count ? zip(known, units).map { $0 / $1 } : nil
  }

  /// The columns of all steps to a horizon, step after step.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for the first regressor that is not known so far
  ///   ahead.
  func rows(horizon: Int) throws(ForecastingError) -> [Double] {
    var rows: [Double] = []
    guard count > 0, horizon > 0 else { return rows }
    for step in 1...horizon {
      guard let row = row(step: step) else {
        let position = (sample.positions.last ?? 0) + step
        let name = regressors.first { !($0.value(at: position)?.isFinite ?? false) }?.name ?? ""
        let label = sample.firstPeriod?.advanced(by: position).labelAsWritten
        throw .unsuitable(
          series: sample.name, model: model,
          problem: "needs the regressor \"\(name)\" over the horizon, and it has no value "
            + (label.map { "at \($0)" } ?? "\(step) periods after the last observation")
            + "; supply it, or forecast fewer periods")
      }
      rows += row
    }
    return rows
  }

  private func columns(at position: Int) -> [Double?] {
    regressors.map { regressor in regressor.value(at: position).flatMap { $0.isFinite ? $0 : nil } }
      + steps.map { position >= $0 ? 1 : 0 }
  }
}
