import Needscast

extension Control {
  /// The control of an assumption; nil where nothing tells how far it could move.
  init?(_ assumption: Assumption) {
    guard let range = ControlRange(assumption) else { return nil }
    let isRange: Bool
    let middle: Double
    let ends: (low: Double, high: Double)?
    switch assumption.value {
    case .fixed(let value): (isRange, middle, ends) = (false, value, nil)
    case .range(let low, let mostLikely, let high):
      (isRange, middle, ends) = (low < high, mostLikely, (low, high))
    }
    let scale = assumption.isPercentage ? 100.0 : 1
    self.init(
      path: "assumptions.\(assumption.id).value", name: Self.name(of: assumption.id), unit: assumption.unit,
      reason: assumption.reason, stated: assumption.text,
      value: Self.clean(middle * scale), low: range.low, high: range.high,
      step: range.step, decimals: range.decimals, isPercentage: assumption.isPercentage, isLever: false,
      isRange: isRange, statedLow: (ends?.low).map { Self.clean($0 * scale) },
      statedHigh: (ends?.high).map { Self.clean($0 * scale) })
  }

  /// The control of a flow: places are added, anything else grows faster or slower than it would.
  init(_ flow: FlowName, of service: any ServiceDefinition, base: PlanPaths) {
    let isPlaces = flow.unit == "places"
    let supply = base.services.first?.years.compactMap { $0.supply?.mean }.last ?? 0
    let most = isPlaces ? max(50, (supply / 2).isFinite ? supply / 2 : 50) : 10
    let range = ControlRange(-most, most)
    self.init(
      path: "\(service.id).\(flow.id).\(isPlaces ? "add" : "growth")",
      name: Self.capitalised(flow.meaning) + (isPlaces ? ": extra" : ": extra growth"),
      unit: isPlaces ? flow.unit : "a year, on top of what the plan has",
      reason: "A question and no forecast: \(flow.meaning), changed in every year that is not over.",
      stated: isPlaces ? "0" : "0%", value: 0, low: range.low, high: range.high, step: range.step,
      decimals: range.decimals, isPercentage: !isPlaces, isLever: true, isRange: false,
      isPart: !isPlaces && flow.id.contains("."), service: service.name)
  }

  /// A figure of the slider as `--set` takes it: `4.5%`.
  func text(_ figure: Double) -> String {
    NumberText.fixed(figure, decimals: decimals).filter { $0 != "," } + (isPercentage ? "%" : "")
  }

  /// Where an end may lie, the widest first.
  func ends(atLow: Bool) -> [Double] {
    let end = atLow ? low : high
    let stated = (atLow ? statedLow : statedHigh).map { [$0] } ?? []
    return [end] + stated + [2.0, 4].map { onStep(value + (end - value) / $0) }.filter { $0 != value }
  }

  /// The control with one of its ends elsewhere.
  func ending(at end: Double, atLow: Bool) -> Control {
    Control(
      path: path, name: name, unit: unit, reason: reason, stated: stated, value: value,
      low: atLow ? end : low, high: atLow ? high : end, step: step, decimals: decimals,
      isPercentage: isPercentage, isLever: isLever, isRange: isRange, statedLow: statedLow,
      statedHigh: statedHigh, isPart: isPart, service: service, group: group, swing: swing)
  }

  private func onStep(_ figure: Double) -> Double {
    let moved = (figure / step).rounded() * step
    return Double(text(moved).filter { $0 != "%" }) ?? value
  }

  /// A name for scripts as a person reads it: `high-needs-price-growth` as `High needs price growth`.
  private static func name(of id: String) -> String {
    let words = String(id.map { $0 == "-" || $0 == "_" ? " " : $0 })
    return capitalised(words)
  }

  private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// Twelve decimals are more than anybody writes, and fewer than binary fractions show.
  private static func clean(_ value: Double) -> Double {
    let scaled = (value * 1e10).rounded() / 1e10
    return scaled.isFinite ? scaled : value
  }
}
