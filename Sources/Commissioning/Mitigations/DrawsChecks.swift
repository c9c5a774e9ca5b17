extension Draws {
  /// The value of the first future in which the quantity lies outside what it can be, or is not finite; nil where there
  /// is none.
  func firstValue(outside bounds: ClosedRange<Double>) -> Double? {
    func isWrong(_ value: Double) -> Bool { !value.isFinite || !bounds.contains(value) }
    switch storage {
    case .known(let value): return isWrong(value) ? value : nil
    case .sampled(let values): return values.first(where: isWrong)
    }
  }

  /// The number of futures that it was drawn for; nil where it is known.
  var futures: Int? {
    if case .sampled(let values) = storage { values.count } else { nil }
  }

  /// What is wrong with the numbers of futures of quantities that belong to one run; nil where nothing is.
  static func futuresFault(_ quantities: [Draws]) -> String? {
    let counts = Set(quantities.compactMap(\.futures))
    if counts.contains(0) { return "a quantity has no simulated futures at all; simulate at least one" }
    guard counts.count > 1 else { return nil }
    return "quantities of " + counts.sorted().map(String.init).joined(separator: " and ")
      + " simulated futures do not belong together; take all of them from one run"
  }
}
