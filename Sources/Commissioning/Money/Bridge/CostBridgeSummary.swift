/// The means of a bridge over the simulated futures, to the penny, of which the parts sum to the change.
///
/// Both costs are exact means to the nearest penny, as ``AccountSummary`` has them, and their difference is shared out
/// among the parts and lines by the largest remainder: each is its exact mean rounded down or up.
public struct CostBridgeSummary: Hashable, Sendable {
  /// One step of the bridge.
  public struct Step: Hashable, Sendable {
    /// The name that scripts use: a part, or the id of a line.
    public let id: String
    /// The name that people use.
    public let name: String
    /// The mean.
    public let mean: Pence
  }

  /// The mean cost of the first side.
  public let from: Pence
  /// The steps in order: the parts of the settings' change, then the lines.
  public let steps: [Step]
  /// The mean cost of the second side.
  public let to: Pence
  /// The difference of the two; the sum of the steps.
  public let change: Pence

  init(_ bridge: CostBridge) throws(CommissioningError) {
    from = bridge.fromCost.mean
    to = bridge.toCost.mean
    change = try to.subtracting(from)
    let parts = CostBridge.Part.allCases.filter { $0 != .population || bridge.isDividedByPopulation }
    var steps: [(id: String, name: String, amount: PenceDraws)] = []
    for part in parts {
      let name = part.name(isDivided: bridge.isDividedByPopulation)
      steps.append((part.rawValue, name, bridge.totals[part] ?? .zero))
    }
    steps += bridge.lines.map { ($0.id, $0.name, $0.change) }
    let denominator = bridge.change.exactMean.futures
    let numerators = steps.map { step in
      let (sum, futures) = step.amount.exactMean
      return sum * (denominator / futures)
    }
    guard let means = Pence.footed(numerators, over: denominator, to: Int128(change.count)) else {
      throw CostBridge.refused("the mean steps cannot be rounded to \(change)")
    }
    self.steps = zip(steps, means).map { step, mean in
      Step(id: step.id, name: step.name, mean: Pence(Int64(truncatingIfNeeded: mean)))
    }
  }
}

extension CostBridge {
  /// The means over the simulated futures, of which the parts sum to the change.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the change of the means cannot be held in pence.
  public func summary() throws(CommissioningError) -> CostBridgeSummary { try CostBridgeSummary(self) }
}

extension CostBridge.Part {
  /// The part as a table names it.
  func name(isDivided: Bool) -> String {
    switch self {
    case .population: "Population"
    case .volume: isDivided ? "Prevalence" : "Volume"
    case .mix: "Mix"
    case .price: "Price"
    }
  }
}
