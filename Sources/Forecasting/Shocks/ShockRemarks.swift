import RealModule
import TimeSeries

/// Shocks in sentences for the reader of a forecast.
struct ShockRemarks {
  let sample: Sample
  let shared: [ShockRemoval.SharedShock]
  private(set) var remarks: [String] = []

  init(sample: Sample, shared: [ShockRemoval.SharedShock]) {
    self.sample = sample
    self.shared = shared
  }

  /// Adds the sentence of a shock.
  mutating func describe(_ shock: Shock) {
    let distance = self.distance(shock)
    let periods = sample.firstPeriod?.frequency == .yearly ? "years" : "periods"
    let evidence = Self.odds(shock.odds)
    switch (shock.reason, shock.kind) {
    case (.flaggedBreak, _):
      let before = sample.positions.count { $0 < shock.position }
      remarks.append(
        "the series breaks before \(shock.label): \(before) earlier and \(sample.count - before) later observations put the "
          + "step at \(distance), and the earlier ones are moved to the present level")
    case (_, .levelShift):
      remarks.append(
        "the level from \(shock.label) on lies \(distance) what it was\(pool(shock)); treated as a level shift\(evidence)"
          + open(shock))
    default:
      remarks.append(
        "\(shock.label) lies \(distance) the path of the other \(periods)\(pool(shock)); treated as "
          + "\(Self.article(shock.kind)) \(shock.kind.name)\(evidence)\(open(shock))")
    }
  }

  /// `34 % below`, or a distance in the unit where the unit is a share or may be negative.
  private func distance(_ shock: Shock) -> String {
    let side = shock.sizeInUnit < 0 ? "below" : "above"
    let index = sample.positions.firstIndex(of: shock.position) ?? 0
    let path = sample.observed[index] - shock.sizeInUnit
    let isShare = sample.unit?.upperBound != nil
    if !isShare, path > 0, !sample.observed.contains(where: { $0 < 0 }) {
      let percent = 100 * abs(shock.sizeInUnit) / path
      if percent.isFinite, percent < 1e6 { return "\(Self.rounded(percent)) % \(side)" }
    }
    return "\(Self.rounded(abs(shock.sizeInUnit))) \(side)"
  }

  private func pool(_ shock: Shock) -> String {
    guard let one = shared.first(where: { sample.positions[$0.index] == shock.position || $0.isPandemic }),
      shock.reason != .values
    else { return "" }
    return ", as in the pool of \(one.members) series"
  }

  private func open(_ shock: Shock) -> String {
    let likely = shock.alternatives.filter { $0.probability >= ShockTreatment.leastReading }
    let isOpen =
      sample.positions.count { $0 > shock.position } < ShockTreatment.openObservations && likely.count > 1
    guard isOpen else { return "" }
    let parts = likely.map { "\($0.kind.name) \(Self.rounded(100 * $0.probability)) %" }
    return "; too recent to tell, so the forecast mixes \(parts.joined(separator: ", "))"
  }

  private static func article(_ kind: Shock.Kind) -> String { kind == .additiveOutlier ? "an" : "a" }

  private static func odds(_ odds: Double) -> String {
    guard odds.isFinite else { return "" }
    return odds >= 1000 ? " (odds above 1000 to 1)" : " (odds \(rounded(odds)) to 1)"
  }

  /// Two significant digits, or whole numbers.
  private static func rounded(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return "0" }
    if value >= 10 { return NumberText.plain(value.rounded()) }
    let digits = Double.pow(10, (1 - Double.log10(value).rounded(.down)))
    return NumberText.plain((value * digits).rounded() / digits)
  }
}
