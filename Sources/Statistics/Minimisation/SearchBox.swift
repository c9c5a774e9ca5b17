/// The box in which a search may move, checked.
@usableFromInline
struct SearchBox {
  @usableFromInline let lower: [Double]
  @usableFromInline let upper: [Double]

  @usableFromInline
  init(
    method: String, start: [Double], lower: [Double]?, upper: [Double]?
  ) throws(StatisticsError) {
    func refuse(_ problem: String, _ accepted: String) -> StatisticsError {
      .invalidSearch(method: method, problem: problem, accepted: accepted)
    }
    if start.isEmpty { throw refuse("the starting point has no coordinates", "give at least one") }
    for (i, x) in start.enumerated() where !x.isFinite {
      throw refuse("coordinate \(i) of the starting point is \(x)", "give a finite number")
    }
    for (bound, name) in [(lower, "lower"), (upper, "upper")] {
      guard let bound, bound.count != start.count else { continue }
      throw refuse(
        "there are \(bound.count) \(name) bounds for \(start.count) coordinates", "give one for each")
    }
    for i in start.indices {
      let (low, high) = (lower?[i] ?? -.infinity, upper?[i] ?? .infinity)
      guard low <= high, low < .infinity, high > -.infinity else {
        throw refuse(
          "the bounds of coordinate \(i) are \(low) and \(high)", "the lower must not exceed the upper")
      }
    }
    self.lower = lower ?? start.map { _ in -.infinity }
    self.upper = upper ?? start.map { _ in .infinity }
  }

  @usableFromInline
  func clamped(_ x: Double, _ i: Int) -> Double { min(max(x, lower[i]), upper[i]) }

  /// Whether a coordinate stands on a bound that the downhill direction would cross.
  @usableFromInline
  func holds(_ x: Double, _ gradient: Double, _ i: Int) -> Bool {
    (x <= lower[i] && gradient > 0) || (x >= upper[i] && gradient < 0)
  }
}
