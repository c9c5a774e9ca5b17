import Indicators
import TimeSeries

extension WorkspaceNode {
  /// Which way an indicator should go.
  func indicatorPolarity(of id: String) throws(EvidenceError) -> Polarity {
    let text = try text()
    guard let polarity = Polarity(words: text) else {
      throw problem("\(IndicatorsError.unknownPolarity(indicator: id, text: text))")
    }
    return polarity
  }

  /// A target: a level or a direction, a day, and who says so.
  ///
  /// - Parameters:
  ///   - id: the indicator.
  ///   - polarity: which way it should go, which says on which side of its level a target is met.
  func scorecardTarget(of id: String, polarity: Polarity) throws(EvidenceError) -> ScorecardTarget {
    let fields = try fields(
      required: ["source"], optional: ["level", "direction", "by", "set-on", "tolerance", "met"])
    // Each value is looked at, so that each complaint is made.
    var found = GatheredFaults()
    let by = found.keep { () throws(EvidenceError) -> CivilDate in
      guard let by = fields.optional("by") else {
        let amount = try (fields.optional("level") ?? fields.optional("direction"))?.text() ?? "no level"
        throw problem("\(IndicatorsError.targetWithoutDate(indicator: id, target: amount))")
      }
      return try by.date()
    }
    let tolerance = found.keep { () throws(EvidenceError) in try amberWithin(fields.optional("tolerance")) }
    let baseline = found.keep { () throws(EvidenceError) in try setOn(fields.optional("set-on")) }
    let aim = found.keep { () throws(EvidenceError) in try self.aim(fields, polarity: polarity) }
    let source = found.keep { () throws(EvidenceError) in try fields["source"].text() }
    guard let by, let tolerance, let baseline, let aim, let source else {
      throw .badData(problems: found.problems, omitted: 0)
    }
    return ScorecardTarget(aim: aim, date: by, source: source, baseline: baseline, tolerance: tolerance)
  }

  private func amberWithin(_ node: WorkspaceNode?) throws(EvidenceError) -> Double? {
    guard let node else { return nil }
    let number = try node.number("how far beside the level is amber, in the unit of the indicator")
    guard number >= 0 else {
      throw node.problem("\(node.name) is below 0; write how far beside the level is amber")
    }
    return number
  }

  private func setOn(_ node: WorkspaceNode?) throws(EvidenceError) -> ScorecardTarget.Baseline? {
    guard let node else { return nil }
    let parts = try node.fields(required: ["period", "value"])
    return ScorecardTarget.Baseline(
      period: try parts["period"].text(), value: try parts["value"].number("the figure that it was set on"))
  }

  private func aim(_ fields: WorkspaceFields, polarity: Polarity) throws(EvidenceError) -> ScorecardTarget.Aim
  {
    switch (fields.optional("level"), fields.optional("direction")) {
    case (let level?, nil):
      return .level(
        try level.number("the level, in the unit of the indicator"),
        try side(fields.optional("met"), polarity: polarity))
    case (nil, let direction?):
      switch try direction.text() {
      case "lower": return .direction(.decreasing)
      case "higher": return .direction(.increasing)
      default:
        throw direction.problem("\"\(try direction.text())\" in \(direction.name) must be lower or higher")
      }
    default:
      throw problem("\(name) needs one of level and direction (lower or higher, where no figure is given)")
    }
  }

  private func side(_ node: WorkspaceNode?, polarity: Polarity) throws(EvidenceError) -> Target.Aim {
    guard let node else {
      switch polarity {
      case .higherIsBetter: return .atLeast
      case .lowerIsBetter: return .atMost
      case .neutral:
        throw problem(
          "\(name): the indicator is neutral, so say when it is met, met: at least or met: at most")
      }
    }
    switch try node.text() {
    case "at least": return .atLeast
    case "at most": return .atMost
    default: throw node.problem("\"\(try node.text())\" in \(node.name) must be at least or at most")
    }
  }
}

extension Polarity {
  /// Reads `higher is better`, `lower is better` or `neutral`, and the first word of each alone; nil for other words.
  public init?(words: String) {
    switch words {
    case "higher is better", "higher": self = .higherIsBetter
    case "lower is better", "lower": self = .lowerIsBetter
    case "neutral": self = .neutral
    default: return nil
    }
  }
}
