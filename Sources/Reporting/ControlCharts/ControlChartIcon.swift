import Indicators

/// An icon of Making Data Count, drawn: a ring with a letter in it and words under it.
struct ControlChartIcon {
  enum Kind: Hashable {
    case variation(VariationIcon)
    case assurance(AssuranceIcon)

    /// The icons of a chart; none where its end has no limits, and no assurance without a target to judge by.
    static func kinds(of chart: ControlChart) -> [Kind] {
      var kinds: [Kind] = []
      if let variation = chart.variation { kinds.append(.variation(variation)) }
      if let assurance = chart.assurance, assurance != .notApplicable { kinds.append(.assurance(assurance)) }
      return kinds
    }
  }

  let kind: Kind
  /// The middle of the ring.
  let x: Double
  let y: Double

  private static let radius = 20.0

  var shapes: [String] {
    var parts: [String?] = [
      SVGElement.circle(x: x, y: y, radius: Self.radius, colour: .paper, edge: colour, width: 4)
    ]
    if let letter {
      parts.append(
        SVGElement.text(
          letter, x: x - (slope == 0 ? 0 : 7), y: y + 7, anchor: .middle, size: 20, weight: .bold))
    }
    if let slope, slope != 0 {
      // Three dots on the way up or down.
      parts += (-1...1).map { step in
        SVGElement.circle(
          x: x + 8 + Double(step) * 3.5, y: y - Double(step) * 6 * slope, radius: 1.8, colour: colour)
      }
    }
    if case .variation(.commonCause) = kind {
      let wave = (-3...3).map { step in
        (x: x + Double(step) * 4.5, y: y + (step.isMultiple(of: 2) ? 4.0 : -4))
      }
      parts.append(SVGElement.polyline(wave, colour: .faint))
    }
    parts += words.enumerated().map { index, line in
      SVGElement.text(
        line, x: x, y: y + Self.radius + 14 + 12 * Double(index), anchor: .middle, size: 11)
    }
    return parts.compactMap { $0 }
  }

  private var colour: ChartColour {
    switch kind {
    case .variation(let icon): ControlChartMark(icon).colour
    case .assurance(.consistentlyPasses): ControlChartMark.improvement.colour
    case .assurance(.consistentlyFails): ControlChartMark.concernHigh.colour
    case .assurance(.hitAndMiss), .assurance(.notApplicable): ControlChartMark.common.colour
    }
  }

  private var letter: String? {
    switch kind {
    case .variation(.commonCause): nil
    case .variation(.improvementHigh), .variation(.concernHigh), .variation(.neutralHigh): "H"
    case .variation(.improvementLow), .variation(.concernLow), .variation(.neutralLow): "L"
    case .assurance(.consistentlyPasses): "P"
    case .assurance(.consistentlyFails): "F"
    case .assurance(.hitAndMiss), .assurance(.notApplicable): "?"
    }
  }

  /// Up for high, down for low, 0 for icons of assurance; nil for common cause.
  private var slope: Double? {
    switch kind {
    case .variation(.commonCause): nil
    case .variation(.improvementHigh), .variation(.concernHigh), .variation(.neutralHigh): 1
    case .variation(.improvementLow), .variation(.concernLow), .variation(.neutralLow): -1
    case .assurance: 0
    }
  }

  private var words: [String] {
    switch kind {
    case .variation(.commonCause): ["common", "cause"]
    case .variation(.improvementHigh): ["improvement,", "high"]
    case .variation(.improvementLow): ["improvement,", "low"]
    case .variation(.concernHigh): ["concern,", "high"]
    case .variation(.concernLow): ["concern,", "low"]
    case .variation(.neutralHigh): ["no judgement,", "high"]
    case .variation(.neutralLow): ["no judgement,", "low"]
    case .assurance(.consistentlyPasses): ["passes", "the target"]
    case .assurance(.consistentlyFails): ["fails", "the target"]
    case .assurance(.hitAndMiss): ["hit and", "miss"]
    case .assurance(.notApplicable): ["no target"]
    }
  }
}
