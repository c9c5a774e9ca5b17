// The columns that each term of a regression becomes for a sample.

extension RegressionColumn {
  /// The columns of one term.
  static func columns(
    of term: RegressionTerm, sample: Sample, model: String, season: Int?
  ) throws(ForecastingError) -> [RegressionColumn] {
    func unsuitable(_ problem: String) -> ForecastingError {
      .unsuitable(series: sample.name, model: model, problem: problem)
    }
    func column(_ name: String, _ rule: Rule) -> RegressionColumn {
      RegressionColumn(name: name, term: term, rule: rule)
    }
    /// The length of the season of a term.
    func cycle(_ own: Int?) throws(ForecastingError) -> Int {
      let length = own ?? season ?? sample.season
      guard length >= 2 else {
        throw unsuitable(
          "asks for \(term), and the periods of the series have no season; write its length, as in season(12)"
        )
      }
      return length
    }

    switch term {
    case .intercept: return [column("intercept", .constant)]
    case .trend(let degree):
      guard (1...RegressionTerm.highestDegree).contains(degree) else {
        throw unsuitable(
          "asks for a polynomial of degree \(degree); write one from 1 to \(RegressionTerm.highestDegree)")
      }
      return [column("slope", .time)]
        + (2...max(2, degree)).prefix(degree - 1).map { column(powerName($0), .polynomial(degree: $0)) }
    case .season(let coding, let own):
      let length = try cycle(own)
      // Of a season far longer than the series the first that is missing comes soon.
      let observed = Set(sample.positions.map { $0 % length })
      if let phase = (0...observed.count).first(where: { !observed.contains($0) }), phase < length {
        throw unsuitable(
          "asks for a season of \(length) periods, of which \(sample.seasonName(phase, length: length)) was never "
            + "observed; supply it, or choose fourier(1) or a shorter season")
      }
      // Dummies compare with the first season; effects are written for all but the last.
      let phases = coding == .dummies ? Array(1..<length) : Array(0..<(length - 1))
      let reference = coding == .dummies ? 0 : length - 1
      return phases.map {
        column(
          sample.seasonName($0, length: length),
          .season($0, length: length, reference: reference, sumsToZero: coding == .effects))
      }
    case .fourier(let harmonics, let own):
      let length = try cycle(own)
      let most = min(length / 2, RegressionTerm.mostHarmonics)
      guard (1...most).contains(harmonics) else {
        throw unsuitable(
          "asks for \(harmonics) harmonics of a season of \(length) periods; write \(most < 2 ? "1" : "1 to \(most)")"
        )
      }
      return fourier(term, harmonics: harmonics, length: length)
    case .regressor(let name):
      guard let index = sample.regressors.firstIndex(where: { $0.name == name }) else {
        let known = sample.regressors.map(\.name)
        throw unsuitable(
          "asks for the regressor \(name), which the series does not have; "
            + (known.isEmpty
              ? "add it as a column" : "it has \(ArgumentReader.list(known, joining: "and"))"))
      }
      return [column(name, .regressor(index))]
    case .everyRegressor:
      guard !sample.regressors.isEmpty else {
        throw unsuitable("asks for regressors, and the series has none; add them as columns")
      }
      return sample.regressors.indices.map { column(sample.regressors[$0].name, .regressor($0)) }
    case .intervention(let intervention):
      return [column("\(intervention)", try rule(intervention, sample: sample, model: model))]
    case .knot(let period):
      let position = try sample.position(ofPeriod: period, model: model)
      guard position < sample.positions.last ?? 0 else {
        throw unsuitable(
          "asks for \(term), after which there is no observation; choose a period before "
            + "\(sample.labels.last ?? "the last")")
      }
      return [column("\(term)", .knot(position))]
    }
  }

  /// The rule of an intervention, refused where the observations cannot show its effect.
  private static func rule(
    _ intervention: Intervention, sample: Sample, model: String
  ) throws(ForecastingError) -> Rule {
    func unsuitable(_ problem: String) -> ForecastingError {
      .unsuitable(series: sample.name, model: model, problem: problem)
    }
    let first = try sample.position(ofPeriod: intervention.start, model: model)
    var last: Int?
    if let end = intervention.end { last = try sample.position(ofPeriod: end, model: model) }
    guard first <= sample.positions.last ?? 0 else {
      throw unsuitable(
        "cannot estimate \(intervention), which begins after the last observation, "
          + "\(sample.labels.last ?? ""); choose a period that was observed")
    }
    if let last, last < first {
      throw unsuitable(
        "asks for \(intervention), which ends before it begins; write the first period of the change first")
    }
    if intervention.shape != .pulse, first == 0, last == nil {
      throw unsuitable(
        "cannot estimate \(intervention), which begins at the first observation, so that there is nothing to "
          + "compare with; choose a later period")
    }
    return .intervention(intervention.shape, from: first, until: last)
  }

  private static func powerName(_ degree: Int) -> String {
    switch degree {
    case 2: "quadratic"
    case 3: "cubic"
    default: "degree \(degree)"
    }
  }
}
