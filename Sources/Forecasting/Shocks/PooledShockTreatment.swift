import RealModule
import TimeSeries

extension ShockTreatment {
  /// The samples of a pool without their shocks: those that all share are found in the path that they share, and have in
  /// each sample the pool's size, moved towards the sample's own by as much as it can tell; those of one series are
  /// looked for in what the shared path leaves.
  ///
  /// The evidence for a shared shock is that of the whole pool: a year that disturbs every area by ten times what they
  /// usually share is unmistakable, however noisy each area is. Fewer than five samples, or samples without dates in
  /// common, are treated one by one. Sizes vary between samples with a variance that is estimated by moments (R.
  /// DerSimonian and N. Laird, "Meta-analysis in clinical trials", 1986). The order of the samples changes no answer.
  ///
  /// - Parameter pool: samples that measure the same thing; their lengths, last periods and gaps may differ.
  /// - Returns: one treated sample for each, in their order.
  public func treat(pool: [Sample]) -> [TreatedSample] {
    guard let path = CommonPath(pool), let shared = SharedShocks(path, treatment: self) else {
      return pool.map { treat($0) }
    }
    return shared.treat(pool, by: self)
  }
}

/// The shocks that a pool shares.
private struct SharedShocks {
  let path: CommonPath
  let findings: [ShockSearch.Finding]
  /// The sizes of the coefficients of each finding, in the unit of the path.
  let sizes: [[Double]]
  /// The probabilities of the kinds of each finding, where it is too recent to tell; none where it is not.
  let kinds: [[Double]]
  let prior: ShockPrior
  /// The share of each time of the path that overlaps the pandemic.
  private let first: Period

  /// - Returns: nil where the path cannot be searched.
  init?(_ path: CommonPath, treatment: ShockTreatment) {
    self.path = path
    first = path.firstPeriod
    prior = treatment.prior
    let origin = path.times[0]
    let positions = path.times.map { $0 - origin }
    var unit = 0.0
    for value in path.values { unit = max(unit, abs(value)) }
    guard unit > 0, positions.count <= ShockTreatment.longestWindow,
      let entry = treatment.store.entry(
        positions: positions, season: path.firstPeriod.frequency.seasonalPeriod,
        first: path.firstPeriod.advanced(by: origin), prior: prior)
    else { return nil }
    let count = Double(positions.count)
    let search = ShockSearch(
      values: path.values.map { $0 / unit }, floor: count * path.noise / (unit * unit) + 1e-12 * count,
      prior: prior)
    let found = search.findings(design: entry.design, pandemic: entry.pandemic)
    guard let (means, _) = search.sizes(of: found.flatMap(\.freelySized), design: entry.design) else {
      return nil
    }
    var next = 0
    sizes = found.map { finding in
      defer { next += finding.disturbances.count }
      return (0..<finding.disturbances.count).map { unit * means[next + $0] }
    }
    kinds = found.indices.map { Self.openKinds(found, number: $0, search: search, design: entry.design) }
    findings = found
  }

  /// The probabilities of the kinds of a finding that stands at the end of the path.
  private static func openKinds(
    _ found: [ShockSearch.Finding], number: Int, search: ShockSearch, design: ShockDesign
  ) -> [Double] {
    let last = design.count - 1
    switch found[number].what {
    case .shock(_, let index):
      return last - index < ShockTreatment.openObservations ? found[number].kinds : []
    case .pandemic(let treatment) where treatment != .downWeighted:
      let disturbances = found[number].disturbances
      let first = disturbances.compactMap { $0.effects.firstIndex { $0 != 0 } }.min() ?? 0
      guard disturbances.contains(where: { $0.effects[last] == 1 }) else { return [] }
      var shifted = found
      shifted[number] = ShockSearch.Finding(
        what: .shock(kind: 2, index: first),
        disturbances: [
          Disturbance(
            effects: design.effects(2, from: first), variance: search.prior.size * search.prior.size)
        ], logOdds: found[number].logOdds)
      guard let stays = search.probability(of: shifted, ratherThan: found, design: design) else { return [] }
      return treatment == .dummied ? [1 - stays, 0, stays] : [0, 1 - stays, stays]
    default: return []
    }
  }

  /// What a finding does at a time of the pool, in the unit of the path.
  private func effect(_ number: Int, at time: Int) -> Double {
    let finding = findings[number]
    switch finding.what {
    case .shock(let kind, let index):
      let after = time - path.times[index]
      guard after >= 0 else { return 0 }
      switch kind {
      case 0: return after == 0 ? sizes[number][0] : 0
      case 1: return sizes[number][0] * Double.pow(prior.decay, after)
      default: return sizes[number][0]
      }
    case .pandemic(.temporaryChange):
      let effects = finding.disturbances[0].effects
      guard let index = path.times.lastIndex(where: { $0 <= time }) else { return 0 }
      let fading = Double.pow(prior.decay, 1 / first.stepsPerYear)
      return sizes[number][0] * effects[index] * Double.pow(fading, time - path.times[index])
    case .pandemic:
      var sum = 0.0
      for (place, disturbance) in finding.disturbances.enumerated() {
        guard let index = disturbance.effects.firstIndex(of: 1), path.times[index] == time else { continue }
        sum += sizes[number][place]
      }
      return sum
    case .announced, .shared: return 0
    }
  }

  private func kind(_ number: Int) -> Shock.Kind {
    switch findings[number].what {
    case .shock(let kind, _):
      kind == 0 ? .additiveOutlier : kind == 1 ? .temporaryChange(decay: prior.decay) : .levelShift
    case .pandemic(.temporaryChange): .temporaryChange(decay: Double.pow(prior.decay, 1 / first.stepsPerYear))
    case .pandemic(.downWeighted): .downWeighted
    case .pandemic, .announced, .shared: .additiveOutlier
    }
  }

  /// A sample beside the pool: its scope, its values without the shared path, and what the shared shocks do to it.
  private struct Member {
    let scope: SearchScope
    let search: ShockSearch
    /// Effects of every finding that this sample sees, in the unit of its search, by finding.
    let effects: [[Double]]
    /// How far the sample's own coefficient of each finding is from the pool's, and its variance; nil where it cannot
    /// tell.
    let differences: [(mean: Double, variance: Double, error: Double)?]
  }

  func treat(_ pool: [Sample], by treatment: ShockTreatment) -> [TreatedSample] {
    let members = pool.indices.map { member(pool[$0], number: $0, treatment: treatment) }
    let spreads = findings.indices.map { number in
      Self.spread(members.compactMap { $0?.differences[number] })
    }
    return pool.indices.map { index in
      guard let member = members[index] else { return treatment.treat(pool[index]) }
      return treated(member, spreads: spreads, members: pool.count, by: treatment)
    }
  }

  private func member(_ sample: Sample, number: Int, treatment: ShockTreatment) -> Member? {
    guard path.factors[number] > 0, let scope = SearchScope(sample, treatment: treatment),
      scope.hasOrdinaryChange
    else { return nil }
    let movement = path.movement(of: sample, number: number)
    let origin = movement[scope.first]
    let values = scope.values.indices.map {
      scope.values[$0] - (movement[scope.first + $0] - origin) / scope.unit
    }
    let search = ShockSearch(values: values, floor: scope.floor, prior: treatment.prior)
    guard !findings.isEmpty else { return Member(scope: scope, search: search, effects: [], differences: []) }
    let (squares, logs) = search.bases(scope.entry.design)
    let most = logs.max() ?? 0
    let weights = logs.map { Double.exp($0 - most) }
    let total = weights.reduce(0, +)
    var all: [[Double]] = []
    var differences: [(mean: Double, variance: Double, error: Double)?] = []
    let design = scope.entry.design
    for finding in findings.indices {
      let effects = scope.values.indices.map { index in
        path.factors[number] / scope.unit
          * effect(finding, at: path.starts[number] + sample.positions[scope.first + index])
      }
      all.append(effects)
      var (mean, variance, error, isTold) = (0.0, 0.0, 0.0, true)
      for base in 0..<design.bases {
        let projected = design.projected(effects, base: base)
        var (strength, inner) = (0.0, 0.0)
        for index in effects.indices {
          strength += effects[index] * projected[index]
          inner += projected[index] * values[index]
        }
        let square = squares[base] - (strength > 0 ? inner * inner / strength : 0)
        let own = max(square, scope.floor) / max(design.freedom - 1, 1)
        guard strength > 1e-9 else {
          isTold = false
          break
        }
        let share = weights[base] / total
        mean += share * inner / strength
        variance += share * own / strength
        error += share * own
      }
      differences.append(isTold && variance > 0 && variance.isFinite ? (mean, variance, error) : nil)
    }
    return Member(scope: scope, search: search, effects: all, differences: differences)
  }

  /// The variance of the sizes between samples, by moments.
  private static func spread(_ differences: [(mean: Double, variance: Double, error: Double)]) -> Double {
    // Sorted, so that the order of the samples changes no last digit.
    let terms = differences.map { ($0.mean * $0.mean / $0.variance, 1 / $0.variance) }.sorted { $0 < $1 }
    var (sum, weight) = (0.0, 0.0)
    for term in terms {
      sum += term.0
      weight += term.1
    }
    return weight > 0 ? max(0, (sum - Double(terms.count)) / weight) : 0
  }

  private func treated(
    _ member: Member, spreads: [Double], members: Int, by treatment: ShockTreatment
  ) -> TreatedSample {
    let sample = member.scope.sample
    var design = member.scope.entry.design
    var shared: [ShockSearch.Finding] = []
    var told: [ShockRemoval.SharedShock] = []
    for number in findings.indices {
      let effects = member.effects[number]
      guard let first = effects.firstIndex(where: { $0 != 0 }), effects.contains(where: { $0 != effects[0] })
      else {
        continue
      }
      var isPandemic = false
      if case .pandemic = findings[number].what { isPandemic = true }
      let error = member.differences[number]?.error ?? 1
      // The least variance keeps the equations solvable where samples do not differ at all.
      shared.append(
        ShockSearch.Finding(
          what: .shared(told.count),
          disturbances: [Disturbance(effects: effects, variance: max(spreads[number] / error, 1e-6))],
          logOdds: findings[number].logOdds))
      told.append(
        ShockRemoval.SharedShock(
          kind: kind(number), index: first, odds: Double.exp(findings[number].logOdds),
          isPandemic: isPandemic,
          members: members, kinds: kinds[number]))
    }
    let announced = member.scope.announced
    if !announced.isEmpty || !shared.isEmpty {
      guard let admitted = design.admitting((announced + shared).flatMap(\.disturbances)) else {
        return treatment.treat(sample)
      }
      design = admitted
    }
    let own = member.search.findings(design: design, pandemic: [])
    let all = announced + shared + own
    guard !all.isEmpty || !sample.breaks.isEmpty else {
      return treatment.provisional(TreatedSample(untouched: sample), revisions: [])
    }
    var removal = ShockRemoval(
      scope: member.scope, search: member.search, design: member.scope.entry.design, findings: all,
      prior: treatment.prior)
    removal.shared = told
    return treatment.provisional(removal.treated, revisions: [])
  }
}
