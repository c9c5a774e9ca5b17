import RealModule
import TimeSeries

/// What was found in a sample, taken out of it.
struct ShockRemoval {
  let scope: SearchScope
  let search: ShockSearch
  /// The design before anything was admitted.
  let design: ShockDesign
  let findings: [ShockSearch.Finding]
  let prior: ShockPrior
  /// For a sample of a pool: what the pool says of each of its shocks.
  var shared: [SharedShock] = []

  /// A shock of a pool as one sample has it: effects on the scale of the search, of which the pool knows the mean size.
  struct SharedShock {
    let kind: Shock.Kind
    let index: Int
    let odds: Double
    let isPandemic: Bool
    let members: Int
    /// The probabilities of the kinds, where the shock is too recent for the pool to tell; none where it is not.
    let kinds: [Double]
  }

  /// One effect with its estimated size, in the unit of the search.
  private struct Effect {
    let kind: Shock.Kind
    let index: Int
    let effects: [Double]
    let mean: Double
    let variance: Double
    let finding: Int
    let fading: Double
    let cost: Double
  }

  private var sample: Sample { scope.sample }
  private var last: Int { scope.values.count - 1 }

  var treated: TreatedSample {
    guard let effects = effects(findings) else { return TreatedSample(untouched: sample) }
    var readings: [TreatedSample.Reading] = []
    for (probability, kind, alternative) in openAlternatives + doubtful {
      guard let effects = self.effects(alternative) else { continue }
      readings.append(reading(effects, probability: probability, kind: kind))
    }
    let total = readings.reduce(0) { $0 + $1.probability }
    readings =
      readings.isEmpty || !(total > 0)
      ? [reading(effects, probability: 1, kind: nil)]
      : readings.map { $0.weighing($0.probability / total, kind: readings.count == 1 ? nil : $0.kind) }
        .sorted { $0.probability > $1.probability }
    let shocks = self.shocks(effects)
    var text = ShockRemarks(sample: sample, shared: shared)
    for shock in shocks { text.describe(shock) }
    return TreatedSample(
      original: sample, shocks: shocks, readings: readings, weights: weights(effects), revisionVariance: 0,
      remarks: text.remarks)
  }

  // MARK: Effects

  private func effects(_ findings: [ShockSearch.Finding]) -> [Effect]? {
    let disturbances = findings.flatMap(\.freelySized)
    guard let (means, variances) = search.sizes(of: disturbances, design: design) else { return nil }
    var list: [Effect] = []
    var next = 0
    for (number, finding) in findings.enumerated() {
      for disturbance in finding.freelySized {
        var mean = means[next]
        let variance = variances[next]
        next += 1
        let kind: Shock.Kind
        var index = disturbance.effects.firstIndex { $0 != 0 } ?? 0
        var fading = 0.0
        switch finding.what {
        case .shock(let place, let start): (kind, fading, index) = (self.kind(place), prior.decay, start)
        case .announced(let start): (kind, index) = (.levelShift, start)
        case .pandemic(.downWeighted): kind = .downWeighted
        case .pandemic(.dummied): kind = .additiveOutlier
        case .pandemic(.temporaryChange):
          fading = Double.pow(prior.decay, 1 / (sample.firstPeriod?.stepsPerYear ?? 1))
          kind = .temporaryChange(decay: fading)
        case .shared(let place):
          // The effects are those of the pool's size: what is estimated is by how much this sample's differs.
          mean += 1
          (kind, index) = (finding.kindOverride.map(self.kind) ?? shared[place].kind, shared[place].index)
          if case .temporaryChange(let decay) = kind { fading = decay }
        }
        list.append(
          Effect(
            kind: kind, index: index, effects: disturbance.effects, mean: mean, variance: variance,
            finding: number, fading: fading,
            cost: kind == .downWeighted ? 1 - 1 / (1 + disturbance.variance) : 1))
      }
    }
    return list
  }

  private func kind(_ place: Int) -> Shock.Kind {
    place == 0 ? .additiveOutlier : place == 1 ? .temporaryChange(decay: prior.decay) : .levelShift
  }

  // MARK: Readings

  /// The weakest of the findings, with the probability that it is none.
  private var weakest: (number: Int, none: Double)? {
    let number = findings.indices.filter { findings[$0].logOdds.isFinite }
      .min { findings[$0].logOdds < findings[$1].logOdds }
    guard let number else { return nil }
    let none = 1 / (1 + Double.exp(min(findings[number].logOdds, 700)))
    return none >= ShockTreatment.leastReading ? (number, none) : nil
  }

  /// The reading in which the weakest finding is none, where that is probable enough to count.
  private var doubtful: [(probability: Double, kind: Shock.Kind?, findings: [ShockSearch.Finding])] {
    guard let weakest else { return [] }
    var others = findings
    others.remove(at: weakest.number)
    return [(weakest.none, nil, others)]
  }

  /// What the findings may be read as, where the end of the sample leaves it open.
  private var openAlternatives: [(probability: Double, kind: Shock.Kind?, findings: [ShockSearch.Finding])] {
    let all = 1 - (weakest?.none ?? 0)
    return undoubted.map { (all * $0.probability, $0.kind, $0.findings) }
  }

  private var undoubted: [(probability: Double, kind: Shock.Kind?, findings: [ShockSearch.Finding])] {
    var open: (number: Int, index: Int)?
    for (number, finding) in findings.enumerated() {
      switch finding.what {
      case .shock(_, let index)
      where last - index < ShockTreatment.openObservations && index >= (open?.index ?? 0):
        open = (number, index)
      case .pandemic(let treatment) where treatment != .downWeighted:
        let isLast = finding.disturbances.contains { $0.effects[last] == 1 }
        let index = finding.disturbances.compactMap { $0.effects.firstIndex { $0 != 0 } }.min() ?? 0
        if isLast, index >= (open?.index ?? 0) { open = (number, index) }
      case .shared(let place)
      where !shared[place].kinds.isEmpty && last - shared[place].index < ShockTreatment.openObservations
        && shared[place].index >= (open?.index ?? 0):
        open = (number, shared[place].index)
      default: break
      }
    }
    guard let open else { return [(1, nil, findings)] }
    let finding = findings[open.number]
    func replaced(by kind: Int, odds: Double) -> [ShockSearch.Finding] {
      var list = findings
      list[open.number] = ShockSearch.Finding(
        what: .shock(kind: kind, index: open.index),
        disturbances: [
          Disturbance(effects: design.effects(kind, from: open.index), variance: prior.size * prior.size)
        ], logOdds: odds)
      return list
    }
    if case .shared(let place) = finding.what {
      let disturbance = finding.disturbances[0]
      return (0..<3).compactMap { kind in
        let probability = shared[place].kinds[kind]
        guard probability >= ShockTreatment.leastReading else { return nil }
        var list = findings
        // The pool has told the size; another kind has the same at its first period.
        if self.kind(kind) != shared[place].kind {
          let height = disturbance.effects[open.index]
          list[open.number].disturbances[0].effects = design.effects(kind, from: open.index).map {
            $0 * height
          }
          list[open.number].kindOverride = kind
        }
        return (probability, self.kind(kind), list)
      }
    }
    if case .shock = finding.what, let pandemic = pandemicToTheEnd(from: open.index) {
      var passing = findings
      passing[open.number] = pandemic
      // A disturbance that ends after the last observation explains the values as well as a step that stays: what the
      // prior says is all that is known.
      let stays = prior.shares.levelShift
      return [
        (1 - stays, .additiveOutlier, passing), (stays, .levelShift, replaced(by: 2, odds: finding.logOdds)),
      ].filter { $0.0 >= ShockTreatment.leastReading }
    }
    if case .shock = finding.what {
      return finding.kinds.indices.compactMap { kind in
        finding.kinds[kind] >= ShockTreatment.leastReading
          ? (finding.kinds[kind], self.kind(kind), replaced(by: kind, odds: finding.logOdds)) : nil
      }
    }
    // The pandemic years are the last that are known: do they stand out, or has the level changed?
    let shifted = replaced(by: 2, odds: finding.logOdds)
    guard let stays = search.probability(of: shifted, ratherThan: findings, design: design) else {
      return [(1, nil, findings)]
    }
    let passes: Shock.Kind =
      finding.disturbances.count == 1
      ? .temporaryChange(decay: Double.pow(prior.decay, 1 / (sample.firstPeriod?.stepsPerYear ?? 1)))
      : .additiveOutlier
    return [(1 - stays, passes, findings), (stays, .levelShift, shifted)].filter {
      $0.0 >= ShockTreatment.leastReading
    }
  }

  /// The pandemic years as a finding, where they begin with an observation and go on to the last: what looks like a step
  /// may be they.
  private func pandemicToTheEnd(from index: Int) -> ShockSearch.Finding? {
    let hasPandemic = findings.contains {
      if case .pandemic = $0.what { return true }
      return false
    }
    guard !hasPandemic, index < last,
      let alternative = scope.entry.pandemic.first(where: { $0.treatment == .dummied }),
      alternative.disturbances.contains(where: { $0.effects[last] == 1 }),
      alternative.disturbances.first?.effects.firstIndex(of: 1) == index
    else { return nil }
    return ShockSearch.Finding(
      what: .pandemic(.dummied), disturbances: alternative.disturbances, logOdds: findings[0].logOdds)
  }

  private func reading(_ effects: [Effect], probability: Double, kind: Shock.Kind?) -> TreatedSample.Reading {
    var values = sample.values
    var remainders: [TreatedSample.Reading.Remainder] = []
    var cost = 0.0
    for effect in effects {
      let size = effect.mean * scope.unit
      let variance = effect.variance * scope.unit * scope.unit
      let isShift = effect.kind == .levelShift
      let final = effect.effects[last]
      for index in values.indices {
        let own = index < scope.first ? 0 : effect.effects[index - scope.first]
        values[index] -= size * (isShift ? own - final : own)
      }
      cost += effect.cost
      guard !isShift, final != 0 else { continue }
      var decay = 0.0
      if case .temporaryChange(let rate) = effect.kind { decay = rate }
      remainders.append(
        .init(mean: decay > 0 ? size * final : 0, variance: variance * final * final, decay: decay))
    }
    moveBeforeWindow(&values)
    return TreatedSample.Reading(
      probability: probability, kind: kind,
      sample: values == sample.values ? sample : Sample(sample, values: values, breaks: []),
      parameterCount: Int(cost.rounded(.down)), remainders: remainders, recurrences: recurrences(effects))
  }

  /// Shocks to be expected after those that were found: what nobody announced, and what no pandemic explains.
  private func recurrences(_ effects: [Effect]) -> [TreatedSample.Reading.Recurrence] {
    var list: [TreatedSample.Reading.Recurrence] = []
    for isLasting in [false, true] {
      var (number, squares) = (0.0, 0.0)
      for effect in effects where (effect.kind == .levelShift) == isLasting {
        switch findings[effect.finding].what {
        case .announced, .pandemic: continue
        case .shared(let place): if shared[place].isPandemic { continue }
        case .shock: break
        }
        let size = effect.mean * scope.unit * (effect.effects.max { abs($0) < abs($1) } ?? 0)
        number += 1
        squares += size * size
      }
      guard number > 0, squares.isFinite else { continue }
      list.append(
        .init(
          rate: min(number / Double(scope.values.count), 0.5), variance: squares / number,
          isLasting: isLasting))
    }
    return list
  }

  /// Steps at breaks before the window that is searched: the change across the break is taken for an ordinary one.
  private func moveBeforeWindow(_ values: inout [Double]) {
    for position in sample.breaks {
      guard let index = sample.positions.firstIndex(of: position), index > 0, index <= scope.first else {
        continue
      }
      let step = values[index] - values[index - 1] - Sample.medianChange(sample)
      for earlier in 0..<index { values[earlier] += step }
    }
  }

  // MARK: What is said

  private func shocks(_ effects: [Effect]) -> [Shock] {
    var list = shocksBeforeWindow
    for effect in effects {
      let finding = findings[effect.finding]
      var odds = Double.exp(finding.logOdds)
      let reason: Shock.Reason
      switch finding.what {
      case .shock: reason = .values
      case .pandemic: reason = .pandemic
      case .announced: (reason, odds) = (.flaggedBreak, .infinity)
      case .shared(let place):
        reason = shared[place].isPandemic ? .pandemic : .pool
        odds = shared[place].odds
      }
      var probabilities = finding.kinds
      if case .shared(let place) = finding.what { probabilities = shared[place].kinds }
      let kinds: [Shock.Alternative] =
        probabilities.isEmpty
        ? [Shock.Alternative(kind: effect.kind, probability: 1)]
        : probabilities.indices.map { Shock.Alternative(kind: kind($0), probability: probabilities[$0]) }
          .sorted { $0.probability > $1.probability }
      // A change that fades is told by its size in the period that it is greatest in.
      let peak =
        effect.effects.indices.max { abs(effect.effects[$0]) < abs(effect.effects[$1]) } ?? effect.index
      let told = effect.kind == .levelShift ? effect.index : peak
      let size = effect.mean * scope.unit * effect.effects[told]
      let place = scope.first + told
      list.append(
        Shock(
          kind: effect.kind, position: sample.positions[place], label: label(place), size: size,
          standardError: (effect.variance).squareRoot() * scope.unit * abs(effect.effects[told]),
          sizeInUnit: sample.observed[place] - sample.restored(sample.values[place] - size), odds: odds,
          reason: reason, alternatives: kinds))
    }
    return list.sorted { ($0.position, $0.size) < ($1.position, $1.size) }
  }

  /// Breaks before the window that is searched, each bridged by the usual change.
  private var shocksBeforeWindow: [Shock] {
    let usual = sample.breaks.isEmpty ? 0 : Sample.medianChange(sample)
    return sample.breaks.compactMap { position in
      guard let index = sample.positions.firstIndex(of: position), index > 0, index <= scope.first else {
        return nil
      }
      let step = sample.values[index] - sample.values[index - 1] - usual
      return Shock(
        kind: .levelShift, position: position, label: label(index), size: step, standardError: .infinity,
        sizeInUnit: sample.observed[index] - sample.restored(sample.values[index] - step), odds: .infinity,
        reason: .flaggedBreak, alternatives: [Shock.Alternative(kind: .levelShift, probability: 1)])
    }
  }

  /// The period as it was written.
  private func label(_ index: Int) -> String {
    sample.firstPeriod.map { $0.advanced(by: sample.positions[index]).labelAsWritten } ?? sample.labels[index]
  }

  private func weights(_ effects: [Effect]) -> [Double]? {
    var weights = [Double](repeating: 1, count: sample.count)
    for effect in effects {
      switch effect.kind {
      case .additiveOutlier, .temporaryChange: weights[scope.first + effect.index] = 0
      case .downWeighted: weights[scope.first + effect.index] *= 1 - effect.cost
      case .levelShift: break
      }
    }
    return weights.contains { $0 != 1 } ? weights : nil
  }
}

extension Sample {
  /// The median of the changes per period, those across breaks left out.
  static func medianChange(_ sample: Sample) -> Double {
    var changes: [Double] = []
    for index in sample.values.indices.dropFirst() where !sample.breaks.contains(sample.positions[index]) {
      changes.append(
        (sample.values[index] - sample.values[index - 1])
          / Double(sample.positions[index] - sample.positions[index - 1]))
    }
    guard !changes.isEmpty else { return 0 }
    changes.sort()
    let middle = changes.count / 2
    return changes.count.isMultiple(of: 2) ? (changes[middle - 1] + changes[middle]) / 2 : changes[middle]
  }
}
