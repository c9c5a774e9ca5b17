import TimeSeries

/// The colour of a line: the rule of the indicator, or the first that can be applied.
struct ScorecardRating {
  let indicator: ScorecardIndicator
  let figure: ScorecardFigure
  /// The period in which the target falls due; nil without a target, or where the periods have no dates.
  let due: Period?
  /// Why the figure of a period is not held against the target; nil where it may be.
  let obstacle: (Period) -> String?
  /// How the interval of the figure was found.
  let method: String
  let benchmark: Availability<BenchmarkComparison>
  let neighbours: Availability<PeerComparison>
  let outlook: Availability<TargetOutlook>?

  /// Why a rule cannot be applied.
  private struct NotApplied: Error { let reason: String }

  /// The colour, the rule and the reason.
  func rating() -> Rating {
    if let fault = indicator.definitionFault {
      return Rating(.notJudged, by: .none, reason: "its definition was refused: \(fault)")
    }
    if indicator.rule == .none {
      return Rating(.notJudged, by: .none, reason: "the card asks for no colour")
    }
    // By a target a neutral indicator can be judged, where the card asks for it: the document says which way.
    if indicator.polarity == .neutral, indicator.rule != .target {
      return Rating(.notJudged, by: .none, reason: "it is neutral")
    }
    let rules: [RatingRule] =
      indicator.rule == .automatic ? [.target, .benchmark, .quartile] : [indicator.rule]
    var passedOver: [String] = []
    for rule in rules {
      do throws(NotApplied) {
        let (colour, reason) = try apply(rule)
        return Rating(colour, by: rule, reason: reason, passedOver: passedOver)
      } catch {
        passedOver.append("\(rule.rawValue): \(error.reason)")
      }
    }
    return Rating(
      .notJudged, by: .none, reason: "no rule can be applied (\(passedOver.joined(separator: "; ")))",
      passedOver: passedOver)
  }

  private func apply(_ rule: RatingRule) throws(NotApplied) -> (RatingColour, String) {
    switch rule {
    case .target: return try byTarget()
    case .benchmark: return try byBenchmark()
    case .quartile: return try byQuartile()
    case .automatic, .none: throw NotApplied(reason: "it is no rule of its own")
    }
  }

  private func byTarget() throws(NotApplied) -> (RatingColour, String) {
    guard let stated = indicator.target else { throw NotApplied(reason: "none is set") }
    guard let target = stated.measurable, let tolerance = stated.amberWithin else {
      throw NotApplied(reason: "the document names a direction and no figure")
    }
    var (value, period) = (figure.value, figure.period)
    if let due = outlook?.value, case .known(let known, _) = due.verdict {
      (value, period) = (known, due.period)
    } else {
      guard let due else { throw NotApplied(reason: "the periods of the series have no dates") }
      guard period <= due else {
        throw NotApplied(
          reason:
            "it fell due in \(due.label), for which no figure is published, and no later figure is held against it"
        )
      }
    }
    if let reason = obstacle(period) { throw NotApplied(reason: reason) }
    let text = "\(ShortNumber.text(value)) in \(period.label)"
    let level = stated.levelText
    if target.isMet(by: value) { return (.green, "\(text) meets the target of \(level)") }
    let gap = (value - target.level).magnitude
    let words = "\(text) misses the target of \(level) by \(ShortNumber.text(gap))"
    return gap <= tolerance
      ? (.amber, "\(words), within the tolerance of \(ShortNumber.text(tolerance))")
      : (.red, "\(words), more than the tolerance of \(ShortNumber.text(tolerance))")
  }

  private func byBenchmark() throws(NotApplied) -> (RatingColour, String) {
    guard let comparison = benchmark.value else {
      throw NotApplied(reason: benchmark.reason ?? "there is none")
    }
    let words =
      "\(ShortNumber.text(comparison.value)) beside \(comparison.benchmarkName)'s "
      + "\(ShortNumber.text(comparison.benchmark)), \(method)"
    switch comparison.standing {
    case .better: return (.green, "better: \(words)")
    case .worse: return (.red, "worse: \(words)")
    case .similar: return (.amber, "similar: \(words)")
    case .lower, .higher: throw NotApplied(reason: "the indicator is neutral")
    case .notCompared: throw NotApplied(reason: comparison.reason ?? "there is no interval")
    }
  }

  private func byQuartile() throws(NotApplied) -> (RatingColour, String) {
    guard let peers = neighbours.value else {
      throw NotApplied(reason: neighbours.reason ?? "there are none")
    }
    guard peers.count >= RatingRule.fewestAreas else {
      throw NotApplied(
        reason: "\(RatingRule.fewestAreas) areas are needed and \(peers.count) have a figure for "
          + figure.period.label)
    }
    guard let quartile = peers.quartile else { throw NotApplied(reason: "the indicator is neutral") }
    let place = "place \(peers.rank) of \(peers.count)"
    if !peers.quartileBounds.isEmpty {
      let names = peers.quartileBounds.map { $0 == .a ? "the best" : "the worst" }
      return (
        .amber,
        "\(place) among statistical neighbours, on the bound of \(names.joined(separator: " and ")) quarter and so in "
          + "the middle"
      )
    }
    switch quartile {
    case .a: return (.green, "\(place) among statistical neighbours, the best quarter")
    case .b, .c: return (.amber, "\(place) among statistical neighbours, a middle quarter")
    case .d: return (.red, "\(place) among statistical neighbours, the worst quarter")
    }
  }
}

extension ScorecardTarget {
  /// The target in words: `at least 74 by 2025-12-31`, `lower by 2025-12-31`.
  public var levelText: String {
    switch aim {
    case .level(let level, let side):
      "\(side == .atLeast ? "at least" : "at most") \(ShortNumber.text(level)) by \(date)"
    case .direction(let direction):
      "\(direction == .decreasing ? "lower" : "higher") by \(date), without a figure"
    }
  }

  /// Why the figure of a period is not held against the target; nil where it may be.
  ///
  /// - Parameters:
  ///   - series: the series as it is known on the day.
  ///   - whole: the series with what was published later, which tells a period that was still to come from one that is
  ///     not there.
  ///   - day: the day.
  ///   - period: the period whose figure is to be held against the target.
  func obstacle(_ series: Series, whole: Series, asOf day: CivilDate, period: Period) -> String? {
    if let set = baseline?.period, !series.points.contains(where: { $0.period.label == set }),
      whole.points.contains(where: { $0.period.label == set })
    {
      return "the target was set on \(set), and the figure of that period was not published by \(day)"
    }
    do throws(IndicatorsError) {
      return try breakBetween(series, and: period).map { sentence(of: $0) }
    } catch {
      return "\(error)"
    }
  }

  /// Why figures after a break are not held against the target.
  private func sentence(of broken: Period) -> String {
    guard let baseline else {
      return
        "the series was redefined before \(broken.label) and the target does not say on which definition it rests"
    }
    let set = "\(ShortNumber.text(baseline.value)) in \(baseline.period)"
    return
      "it was set on \(set), and the series was redefined before \(broken.label): figures since then are not "
      + "comparable with it"
  }
}

/// Numbers in sentences.
enum ShortNumber {
  /// A number to two decimals at most, without an exponent's noise: `8.8`, `74`.
  static func text(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    return IndicatorsError.plain((value * 100).rounded() / 100)
  }
}
