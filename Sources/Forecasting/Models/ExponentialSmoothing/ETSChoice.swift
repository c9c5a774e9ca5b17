/// The outcome of choosing among the forms of exponential smoothing: the best, and what each other came to.
public struct ETSChoice: Sendable {
  /// What was found out about one form.
  public struct Candidate: Hashable, Sendable {
    /// The form.
    public let form: ETSForm
    /// The corrected criterion of Akaike (Hurvich and Tsai, 1989), the smaller the better; nil where it was refused.
    public let correctedAkaike: Double?
    /// Why it was refused; nil where it was fitted.
    public let refusal: String?
  }

  /// The form with the smallest criterion, fitted.
  public let fitted: any FittedModel
  /// Every form that was considered, best first and those refused last.
  public let ranking: [Candidate]
}

extension ETS {
  /// A season longer than this has more starting states than a likelihood can settle, and is not chosen by itself.
  static let longestChosenSeason = 24

  /// The forms that remain to be chosen from, simplest first.
  ///
  /// Trends that multiply are considered only where they are asked for; forms whose forecasts have no finite variance only
  /// where nothing else remains (Hyndman and others, 2008, section 4.3).
  func candidates(period: Int) -> [ETSForm] {
    let trends = trend.map { [$0] } ?? [.none, .additive, .damped]
    let isSeasonal = period > 1 && period <= Self.longestChosenSeason
    let seasons = season.map { [$0] } ?? (isSeasonal ? ETSForm.Season.allCases : [.none])
    let errors = error.map { [$0] } ?? ETSForm.ErrorTerm.allCases
    let forms = errors.flatMap { error in
      trends.flatMap { trend in seasons.map { ETSForm(error: error, trend: trend, season: $0) } }
    }
    let stable = forms.filter { !$0.isUnstable }
    return stable.isEmpty ? forms : stable
  }

  /// Fits every form that remains to be chosen from and takes the one with the smallest corrected criterion; a tie goes
  /// to the simpler.
  ///
  /// - Throws: ``ForecastingError`` for a sample that no form takes: gaps, values that never change, too few; and
  ///   ``ForecastingError/noCandidate(series:reasons:)`` with the reason for each form where every one is refused.
  public func choose(_ sample: Sample) throws(ForecastingError) -> ETSChoice {
    try requireUsable(sample)
    let period = period ?? sample.season
    var estimation = ETSEstimation(sample: sample, period: period, fixed: fixed, start: start)
    var ranking: [ETSChoice.Candidate] = []
    var best: FittedETS?
    var least = Double.infinity
    for form in candidates(period: period) {
      do {
        if let refusal = refusal(of: form, period: period, sample: sample) { throw refusal }
        let fitted = try fitted(form, sample: sample, estimation: &estimation)
        let criterion = fitted.correctedAkaike
        ranking.append(ETSChoice.Candidate(form: form, correctedAkaike: criterion, refusal: nil))
        if best == nil || criterion < least { (best, least) = (fitted, criterion) }
      } catch {
        ranking.append(ETSChoice.Candidate(form: form, correctedAkaike: nil, refusal: "\(error)"))
      }
    }
    guard let best else {
      throw .noCandidate(series: sample.name, reasons: ranking.compactMap(\.refusal))
    }
    // The order in which forms were tried decides between equals.
    let order = ranking.indices.sorted {
      (ranking[$0].correctedAkaike ?? .infinity, $0) < (ranking[$1].correctedAkaike ?? .infinity, $1)
    }
    return ETSChoice(fitted: best, ranking: order.map { ranking[$0] })
  }
}
