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
    guard let by = fields.optional("by") else {
      let amount = try (fields.optional("level") ?? fields.optional("direction"))?.text() ?? "no level"
      throw problem("\(IndicatorsError.targetWithoutDate(indicator: id, target: amount))")
    }
    var tolerance: Double?
    if let node = fields.optional("tolerance") {
      let number = try node.number("how far beside the level is amber, in the unit of the indicator")
      guard number >= 0 else {
        throw node.problem("\(node.name) is below 0; write how far beside the level is amber")
      }
      tolerance = number
    }
    var baseline: ScorecardTarget.Baseline?
    if let node = fields.optional("set-on") {
      let parts = try node.fields(required: ["period", "value"])
      baseline = ScorecardTarget.Baseline(
        period: try parts["period"].text(), value: try parts["value"].number("the figure that it was set on"))
    }
    return ScorecardTarget(
      aim: try aim(fields, polarity: polarity), date: try by.date(), source: try fields["source"].text(),
      baseline: baseline, tolerance: tolerance)
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
