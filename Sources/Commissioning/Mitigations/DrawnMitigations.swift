import Statistics
import TimeSeries

/// Whether the measures of a register count in a run, and how.
public enum MitigationMode: String, Hashable, Sendable, CaseIterable {
  /// None of them does.
  case none
  /// Every one is delivered; how strongly it works is drawn.
  case certain
  /// Whether each is delivered is drawn for every future, by its probability; how strongly it works is drawn as well.
  case weighted
}

/// A register with everything uncertain about it drawn: what is delivered, how strongly it works, what it costs.
///
/// Each measure draws from streams of its own name, so that in one future it is the same in every scenario, and whether
/// it is delivered follows its probability: what is delivered at one half is delivered at three quarters too.
public struct DrawnMitigations: Sendable {
  /// What the register says.
  public let register: MitigationRegister
  /// Whether the measures count.
  public let mode: MitigationMode
  /// What is drawn of each measure; nil of one that does not count.
  private let drawn: [Drawn?]

  private struct Drawn {
    /// One for each effect: what is more or less than one of a factor, units added or pounds saved, at full strength;
    /// nothing in futures in which the measure is not delivered.
    var effects: [Draws]
    var oneOff: Draws
    var recurring: Draws
  }

  /// Draws the measures.
  ///
  /// - Parameters:
  ///   - register: what is stated.
  ///   - mode: whether the measures count, and how.
  ///   - including: the ids of those that count; nil for all of them.
  ///   - draws: the number of simulated futures.
  ///   - seed: the seed of the run.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when one is to count that the register does not have, or
  ///   that the budget has already.
  public init(
    _ register: MitigationRegister, mode: MitigationMode, including: Set<String>? = nil, draws: Int,
    seed: UInt64
  ) throws(CommissioningError) {
    for id in (including ?? []).sorted() {
      guard let measure = register.measures.first(where: { $0.id == id }) else {
        throw MitigationRegister.refusal(
          "\"\(id)\" is to count, and there is no such measure; name one of "
            + register.measures.map { "\"\($0.id)\"" }.joined(separator: ", "))
      }
      if measure.isInBudget {
        throw MitigationRegister.refusal("\"\(id)\" is to count, and the budget has it already; leave it out")
      }
    }
    self.register = register
    self.mode = mode
    drawn = register.measures.map { measure in
      guard mode != .none, !measure.isInBudget, including?.contains(measure.id) ?? true else { return nil }
      return Self.draw(measure, isWeighted: mode == .weighted, draws: draws, seed: seed)
    }
  }

  private static func draw(_ measure: Mitigation, isWeighted: Bool, draws: Int, seed: UInt64) -> Drawn {
    let prefix = "mitigation/\(measure.id)"
    let delivered =
      isWeighted
      ? occurs(measure.probability, draws: draws, seed: seed, name: "\(prefix)/delivered") : Draws(1)
    let spread = measure.spread.draws(draws, seed: seed, name: "\(prefix)/spread")
    let effects = measure.effects.enumerated().map { number, effect in
      let size = effect.size.draws(draws, seed: seed, name: "\(prefix)/effect/\(number)")
      return (effect.multiplies ? size + -1 : size) * spread * delivered
    }
    let paid = measure.cost.evenIfNotDelivered ? Draws(1) : delivered
    return Drawn(
      effects: effects,
      oneOff: measure.cost.oneOff.draws(draws, seed: seed, name: "\(prefix)/one-off") * paid,
      recurring: measure.cost.recurring.draws(draws, seed: seed, name: "\(prefix)/recurring") * paid)
  }

  /// In every future, one where a uniform number falls below the probability and nothing elsewhere.
  private static func occurs(_ probability: Double, draws: Int, seed: UInt64, name: String) -> Draws {
    if probability <= 0 || probability >= 1 { return Draws(probability) }
    let stream = RandomStream(seed: seed, name: name)
    return Draws(
      (0..<max(0, draws)).map { path in
        var own = stream.path(UInt64(path))
        return own.uniform() < probability ? 1 : 0
      })
  }

  // MARK: Effects

  /// What the measures do to a flow over a stretch of time: factors first, in the order of the register, then additions.
  ///
  /// Each measure acts by its average strength over the stretch.
  func change(of flow: Flow, over window: MonthSpan) -> FlowChange {
    var factor = Draws(1)
    var addition = Draws(0)
    for combination in register.combinations(on: .flow(flow)) {
      let share = combination.share
      var own: (factor: Draws, addition: Draws) = (Draws(1), Draws(0))
      for index in combination.members {
        for (effect, size) in acting(index, on: .flow(flow), over: window) {
          if effect.multiplies {
            own.factor = own.factor.combined(size) { Overlap.factor($0, 1 + $1, share: share) }
          } else {
            own.addition = own.addition.combined(size) { Overlap.sum($0, $1, share: share) }
          }
        }
      }
      factor = factor * own.factor
      addition = addition + own.addition
    }
    return FlowChange(factor: factor, addition: addition)
  }

  /// Pounds saved on a line in a financial year.
  func saving(on line: SavedLine, in year: FinancialYear) -> Draws {
    let target = MitigationEffect.Target.line(line)
    return Draws.sum(
      register.combinations(on: target).map { combination in
        combination.members.reduce(Draws(0)) { sum, index in
          acting(index, on: target, over: year.span).reduce(sum) { sum, acting in
            sum.combined(acting.size) { Overlap.sum($0, $1, share: combination.share) }
          }
        }
      })
  }

  /// The effects of one measure on a target, at their strength over a stretch of time.
  private func acting(
    _ index: Int, on target: MitigationEffect.Target, over window: MonthSpan
  ) -> [(effect: MitigationEffect, size: Draws)] {
    guard let drawn = drawn[index] else { return [] }
    let measure = register.measures[index]
    let strength = measure.ramp.strength(over: window, active: measure.active)
    guard strength > 0 else { return [] }
    return zip(measure.effects, drawn.effects).filter { $0.0.target == target }.map {
      ($0.0, $0.1 * strength)
    }
  }

  /// What an effect of a measure comes to at full strength, in its own units: for a factor, what it takes off the whole.
  func fullSize(of id: String, effect: Int) -> Draws? {
    guard let index = register.measures.firstIndex(where: { $0.id == id }), let drawn = drawn[index],
      drawn.effects.indices.contains(effect)
    else { return nil }
    return drawn.effects[effect]
  }

  // MARK: Costs

  /// What delivering a measure costs in a year.
  public struct CostLine: Sendable {
    /// The measure.
    public let measure: Mitigation
    /// Pounds.
    public let amount: Draws
  }

  /// What it costs to deliver the measures in a financial year, in the order of the register; measures that cost nothing
  /// in it are left out.
  public func costs(in year: FinancialYear) -> [CostLine] {
    var result: [CostLine] = []
    for (measure, drawn) in zip(register.measures, drawn) {
      guard let drawn, !measure.cost.isNothing else { continue }
      let share = measure.active.share(of: year.span)
      let begins = year.days.contains(measure.start)
      guard begins || share > 0 else { continue }
      let recurring = drawn.recurring * share
      result.append(CostLine(measure: measure, amount: begins ? drawn.oneOff + recurring : recurring))
    }
    return result
  }
}
