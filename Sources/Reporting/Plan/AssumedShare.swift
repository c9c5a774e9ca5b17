import Commissioning

/// How much of the mean spending of a service's forecast years rests on assumptions.
struct AssumedShare {
  let name: String
  let span: String
  let spend: Double
  let onAssumption: Double

  /// Nil when no forecast year has spending.
  init?(name: String, years: [YearOutcome]) {
    let counted = years.filter { $0.kind == .forecast && $0.spend != nil && $0.spendOnAssumption != nil }
    guard let first = counted.map(\.year).min(), let last = counted.map(\.year).max() else { return nil }
    self.name = name
    span = first == last ? "\(first)" : "\(first) to \(last)"
    spend = counted.compactMap(\.spend?.mean).reduce(0, +)
    onAssumption = counted.compactMap(\.spendOnAssumption).reduce(0, +)
  }

  var text: String {
    spend == 0
      ? NumberText.absent
      : NumberText.fixed(onAssumption / spend, decimals: 0, dividedByTenTo: -2) + "%"
  }
}
