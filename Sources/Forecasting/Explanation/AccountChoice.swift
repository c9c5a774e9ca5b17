/// Which methods made a forecast, with what weight and why, and how its ranges were made.
struct AccountChoice {
  let fitted: any FittedModel
  let periods: PeriodNames
  let figures: FigureText

  /// More methods than these are summed.
  private static let named = 3

  var sentences: [String] {
    let core = Self.core(fitted)
    if let pooled = core as? FittedPooledTrend { return pooledSentences(pooled.account) + treatment }
    if let ensemble = core as? FittedEnsemble { return ensembleSentences(ensemble) + treatment }
    var sentences: [String]
    let voices = fitted.voices.filter { $0.weight.isFinite }
    if voices.isEmpty {
      sentences = ["One method spoke: \(Self.plain(fitted.specification))."]
    } else {
      sentences = [
        weights(voices.sorted { $0.weight > $1.weight }.map { ($0.specification, $0.weight, nil) })
      ]
    }
    if let conformal = Self.conformal(fitted) {
      let errors = FigureText.fixed(
        Double(conformal.calibrations.map(\.errors).max() ?? 0), decimals: 0)
      sentences.append(
        errors != "0"
          ? "The ranges are as wide as the errors of the same method's earlier forecasts call for; \(errors) counted."
          : "No earlier forecast could be compared, so the ranges are the method's own.")
    } else {
      sentences.append(
        "The ranges are the method's own reckoning from \(figuresText(core.sample.count)); they were not checked against "
          + "earlier forecasts.")
    }
    return sentences + treatment
  }

  private func ensembleSentences(_ ensemble: FittedEnsemble) -> [String] {
    let parts = ensemble.ensemble.parts.sorted { $0.weight > $1.weight }
    var sentences = [weights(parts.map { ($0.name, $0.weight, $0.error) })]
    let errors = ensemble.spread.errors
    if parts.count > 1, parts.contains(where: { $0.error != nil }) {
      sentences.append(
        "A method weighs more the nearer its forecasts came when they were made again from earlier ends of this series."
      )
    } else if parts.count > 1 {
      sentences.append("The series is too short to try the methods on its past, so all weigh the same.")
    }
    let seen = figuresText(ensemble.sample.count)
    sentences.append(
      errors > 0
        ? "The ranges were learned from \(errors) \(errors == 1 ? "error" : "errors") of such earlier forecasts, "
          + "and widened for what \(seen) leave unknown."
        : "The ranges are assumed, not learned: \(seen) cannot show how the series moves.")
    return sentences
  }

  private func pooledSentences(_ pooled: FittedPooledTrend.Account) -> [String] {
    var sentences = [
      "It was forecast together with the \(pooled.others) other series of its pool."
    ]
    if let change = pooled.commonChange, change.isFinite {
      sentences.append("Into the last period the pool together \(Self.moved(change)).")
    }
    sentences.append(
      "That the pool has a trend in common which goes on is given a probability of "
        + "\(FigureText.probability(pooled.trend)); that it keeps to a level \(FigureText.probability(pooled.level)); that "
        + "neither holds \(FigureText.probability(pooled.none)).")
    if pooled.typicalOwn.isFinite, pooled.expectedOwn.isFinite {
      let expected =
        abs(pooled.expectedOwn) < 0.0005
        ? "no movement beside the pool" : "that beside the pool it \(Self.moves(pooled.expectedOwn))"
      sentences.append(
        "Beside the pool this series usually moves by \(FigureText.percent(pooled.typicalOwn)) from one period to the "
          + "next; for the next period \(expected) is expected.")
    }
    if let contest = pooled.contest {
      sentences.append(
        "Over \(contest.count) earlier forecasts of the pool, the error was "
          + "\(FigureText.fixed(contest.together, decimals: 2)) usual changes together and \(FigureText.fixed(contest.alone, decimals: 2)) each by itself."
      )
    }
    sentences.append(
      "The ranges come from the errors that the same forecasts made from earlier ends of all series of the pool."
    )
    return sentences
  }

  /// What was done about flagged figures, and about those known within bounds only, before the fit.
  private var treatment: [String] {
    let imputed = (fitted as? FittedImputation).map { imputed in
      "Where figures are known only within bounds, \(imputed.fits.count) values were drawn for each inside them and the "
        + "forecast made from every one; this account is of the first."
    }
    return flaggedTreatment + (imputed.map { [$0] } ?? [])
  }

  private var flaggedTreatment: [String] {
    guard ((fitted as? FittedImputation)?.fits.first ?? fitted) is FittedShockAdjusted else { return [] }
    return fitted.sample.breaks.isEmpty && fitted.sample.provisional.isEmpty
      ? ["Unusual figures of the past were allowed for before the methods saw them."]
      : ["What is flagged in the figures was allowed for before the methods saw them."]
  }

  private func weights(_ voices: [(name: String, weight: Double, error: Double?)]) -> String {
    if voices.count == 1, let only = voices.first { return "One method spoke: \(Self.plain(only.name))." }
    var items = voices.prefix(Self.named).map { voice in
      "\(Self.plain(voice.name)) (\(FigureText.percent(voice.weight))"
        + (voice.error.map { $0.isFinite ? ", wrong by \(figures.change($0)) on average" : "" } ?? "") + ")"
    }
    let rest = voices.dropFirst(Self.named)
    if !rest.isEmpty {
      let share = FigureText.percent(rest.reduce(0) { $0 + $1.weight })
      items.append(rest.count == 1 ? "one other (\(share))" : "\(rest.count) others (\(share) together)")
    }
    return "\(voices.count) methods spoke, by weight: \(items.joined(separator: "; "))."
  }

  private func figuresText(_ count: Int) -> String { count == 1 ? "one figure" : "\(count) figures" }

  /// The model within those that only prepare its history.
  private static func core(_ fitted: any FittedModel) -> any FittedModel {
    if let imputed = fitted as? FittedImputation { return imputed.fits.first.map(core) ?? fitted }
    return (fitted as? FittedShockAdjusted)?.branches.first.map { core($0.base) } ?? fitted
  }

  private static func conformal(_ fitted: any FittedModel) -> FittedConformal? {
    core(fitted) as? FittedConformal
  }

  private static func moved(_ change: Double) -> String {
    abs(change) < 0.0005
      ? "stayed where it was" : "\(change > 0 ? "rose" : "fell") by \(FigureText.percent(abs(change)))"
  }

  private static func moves(_ change: Double) -> String {
    "\(change > 0 ? "rises" : "falls") by \(FigureText.percent(abs(change)))"
  }

  /// What a model says, in people's words; its specification where there are none.
  static func plain(_ specification: String) -> String {
    let logarithm = "log "
    if specification.hasPrefix(logarithm) {
      return "in proportion, \(plain(String(specification.dropFirst(logarithm.count))))"
    }
    switch specification.prefix(while: { $0 != "(" }) {
    case "naive": return "the last figure stays"
    case "drift": return "the average change so far goes on"
    case "theta": return "half of the long-run trend goes on from a smoothed level"
    case "dynamic-theta": return "half of the trend so far, as it bends, goes on"
    case "arima": return "recent changes echo and fade"
    case "holt": return "the recent trend goes on"
    case "damped-trend": return "the recent trend goes on and fades"
    case "holt-winters": return "the recent trend fades and the season returns"
    default: return (try? ModelCatalogue.model(named: specification).summary) ?? specification
    }
  }
}
