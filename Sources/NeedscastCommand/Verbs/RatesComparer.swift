import Needscast

/// Sets the figures of `needscast rates` beside others.
struct RatesComparer {
  private let told: [RatesInput.Told]
  private let positions: [Panel.Key: Int]
  /// The positions of the areas of each series.
  private let sameSeries: [String: [Int]]
  private let verb: RatesVerb
  private let benchmark: String?
  private let neighbours: [String]?
  private let shown: [Confidence]

  init(
    _ told: [RatesInput.Told], verb: RatesVerb, benchmark: String?, neighbours: [String]?, shown: [Confidence]
  ) {
    self.told = told
    self.verb = verb
    self.benchmark = benchmark
    self.neighbours = neighbours
    self.shown = shown
    var positions: [Panel.Key: Int] = [:]
    for (position, one) in told.enumerated() { positions[Panel.Key(id: one.id, area: one.area)] = position }
    self.positions = positions
    sameSeries = Dictionary(grouping: told.indices, by: { told[$0].id })
  }

  /// The rules of what is compared, as sentences.
  var rules: [String] {
    var rules: [String] = []
    if benchmark != nil || verb.region != nil {
      let others = [benchmark, verb.region].compactMap { $0 }.joined(separator: " and ")
      rules.append("Beside \(others): \(verb.compare.rule).")
    }
    if neighbours != nil {
      rules.append(
        "Rank among the areas of the neighbours file: 1 is the best where the measure is judged, the highest where it is "
          + "not; quarter A is the best, D the worst; \(Quartile.ruleOfTies); quarters need \(Quartile.leastCount) areas; z "
          + "counts standard deviations above their mean.")
    }
    if verb.funnel {
      rules.append(
        "Funnel: limits about \(benchmark ?? "all areas together") within which chance alone leaves an area of this size; "
          + "Wilson for shares, exact Poisson for rates.")
    }
    if verb.change {
      rules.append(
        "Change since the figure before: the difference of shares (Newcombe's limits) or the ratio of rates (exact "
          + "limits); * beyond chance at 95%.")
    }
    let reported = told.filter { verb.area.isEmpty || verb.area.contains($0.area ?? "") }
    if reported.contains(where: { $0.rated?.figures.contains { $0.expected != nil } ?? false }) {
      rules.append(
        "Expected: the published rate times the population, with the limits of the rate; a single year varies about it by "
          + "chance as well.")
    }
    if let polarity = verb.polarity {
      rules.append(
        "Which way every measure goes was said: \(polarity == .neutral ? "neither" : polarity == .higherIsBetter ? "higher is better" : "lower is better")."
      )
    }
    return rules
  }

  private func rated(_ id: String, _ area: String?) -> RatedSeries? {
    positions[Panel.Key(id: id, area: area)].flatMap { told[$0].rated }
  }

  /// Whether an area is a whole that others are set beside.
  private func isWhole(_ area: String?) -> Bool { area == benchmark || area == verb.region }

  /// A figure with all that it is compared with.
  func figure(
    _ figure: RatedSeries.Figure, of one: RatesInput.Told, polarity: Polarity
  ) -> RatesDocument.Figure {
    guard let estimate = figure.estimate else {
      return RatesDocument.Figure(period: figure.period.label, reason: figure.reason)
    }
    func beside(_ area: String?) -> RatesDocument.Comparison? {
      guard let area, area != one.area else { return nil }
      guard let other = rated(one.id, area)?.estimate(at: figure.period) else {
        return RatesDocument.Comparison(
          area: area, value: nil, standing: Standing.notCompared.rawValue,
          reason: "\(area) has no figure for the period")
      }
      let comparison = BenchmarkComparison(
        estimate, with: other, named: area, polarity: polarity, by: verb.compare,
        among: verb.compare == .quartiles ? others(of: one, at: figure.period) : [])
      return RatesDocument.Comparison(
        area: area, value: other.value, standing: comparison.standing.rawValue, reason: comparison.reason)
    }
    return RatesDocument.Figure(
      period: figure.period.label, value: estimate.value,
      limits: RatesDocument.Limits.of(estimate.limits, at: shown), numerator: estimate.numerator,
      denominator: estimate.denominator, statistic: estimate.statistic, method: estimate.method,
      remark: estimate.remark, benchmark: beside(benchmark), region: beside(verb.region),
      peers: peers(estimate, one, figure.period, polarity), funnel: funnel(figure, one),
      change: change(figure, one),
      expected: figure.expected.map {
        RatesDocument.Expected(value: $0.value, limits: RatesDocument.Limits.of($0.limits, at: shown))
      })
  }

  /// The values of the other areas that are no wholes.
  private func others(of one: RatesInput.Told, at period: Period) -> [Double] {
    areas(of: one.id).compactMap { $0.area == one.area ? nil : $0.rated?.estimate(at: period)?.value }
  }

  /// The areas of a series that are no wholes.
  private func areas(of id: String) -> [RatesInput.Told] {
    (sameSeries[id] ?? []).map { told[$0] }.filter { !isWhole($0.area) }
  }

  private func peers(
    _ estimate: Estimate, _ one: RatesInput.Told, _ period: Period, _ polarity: Polarity
  ) -> RatesDocument.Peers? {
    guard let neighbours, !isWhole(one.area) else { return nil }
    func unranked(_ reason: String) -> RatesDocument.Peers {
      RatesDocument.Peers(
        rank: nil, ranked: 0, quartile: nil, z: nil, median: nil, lowest: nil, highest: nil, missing: [],
        reason: reason)
    }
    guard let area = one.area else {
      return unranked("the series has no area, and the neighbours are areas")
    }
    guard !neighbours.contains(area) || verb.area.contains(area) else {
      return unranked("it is in the neighbours file itself; name it with --area to rank it among the others")
    }
    let peers = neighbours.filter { $0 != area }.map { name in
      PeerComparison.Peer(name, rated(one.id, name)?.estimate(at: period)?.value)
    }
    do throws(IndicatorsError) {
      let place = try PeerComparison(estimate.value, among: peers, polarity: polarity, subject: one.id)
      return RatesDocument.Peers(
        rank: place.rank, ranked: place.count, quartile: place.quartile?.rawValue, z: place.zScore,
        median: place.median, lowest: place.range.lowerBound, highest: place.range.upperBound,
        missing: place.missing, reason: place.quartileRefusal)
    } catch {
      return RatesDocument.Peers(
        rank: nil, ranked: 1, quartile: nil, z: nil, median: nil, lowest: nil, highest: nil,
        missing: peers.filter { $0.value == nil }.map(\.name), reason: "\(error)")
    }
  }

  private func funnel(_ figure: RatedSeries.Figure, _ one: RatesInput.Told) -> RatesDocument.Funnel? {
    guard verb.funnel, let rated = one.rated, !isWhole(one.area) else { return nil }
    guard let counts = figure.counts else {
      return RatesDocument.Funnel(reason: "no place in a funnel without counts")
    }
    let unit = rated.series.measure.unit
    do throws(IndicatorsError) {
      let about: Funnel
      if let whole = benchmark.flatMap({ self.rated(one.id, $0)?.estimate(at: figure.period)?.value }) {
        about = try Funnel(benchmark: whole, in: unit, series: one.id)
      } else {
        let pairs = areas(of: one.id).compactMap {
          $0.rated?.figures.first { $0.period == figure.period }?.counts
        }
        guard pairs.count > 1 else {
          return RatesDocument.Funnel(
            reason:
              "no funnel, because no other area has counts for the period and an area is not set beside itself; "
              + "name a --benchmark, or add areas")
        }
        about = try Funnel(of: pairs, in: unit, series: one.id)
      }
      var limits: [RatesDocument.Limits] = []
      for level in shown {
        let pair = try about.limits(denominator: counts.denominator, at: level)
        limits.append(RatesDocument.Limits(level: level.level, lower: pair.lower, upper: pair.upper))
      }
      return RatesDocument.Funnel(
        benchmark: about.benchmark, limits: limits, position: try about.position(of: counts).rawValue)
    } catch {
      return RatesDocument.Funnel(reason: "\(error)")
    }
  }

  private func change(_ figure: RatedSeries.Figure, _ one: RatesInput.Told) -> RatesDocument.Change? {
    guard verb.change, let rated = one.rated,
      let before = rated.figures.last(where: { $0.period < figure.period && $0.estimate != nil })
    else { return nil }
    func untested(_ reason: String) -> RatesDocument.Change {
      RatesDocument.Change(
        since: before.period.label, effect: nil, statistic: nil, limits: [], p: nil, beyondChance: nil,
        reason: reason)
    }
    let points = rated.series.points
    guard
      let broken = points.first(where: {
        $0.period > before.period && $0.period <= figure.period && $0.breakBefore
      })
    else {
      if case .pooledYears = figure.period.kind {
        return untested("the periods overlap, so that the change since \(before.period.label) is not tested")
      }
      if case .rollingMonths = figure.period.kind {
        return untested("the periods overlap, so that the change since \(before.period.label) is not tested")
      }
      guard let earlier = before.counts, let later = figure.counts else {
        return untested("without counts the change since \(before.period.label) is not tested")
      }
      do throws(IndicatorsError) {
        let unit = rated.series.measure.unit
        let test =
          unit.whole != nil
          ? try DifferenceTest(shares: earlier, later, in: unit) : try DifferenceTest(rates: earlier, later)
        return RatesDocument.Change(
          since: before.period.label, effect: test.effect.value, statistic: test.effect.statistic,
          limits: RatesDocument.Limits.of(test.effect.limits, at: Confidence.published), p: test.pValue,
          beyondChance: test.isBeyondChance(), reason: nil)
      } catch {
        return untested("\(error)")
      }
    }
    return untested("the series breaks before \(broken.period.label), so that the change is not tested")
  }
}
