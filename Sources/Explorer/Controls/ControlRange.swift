import Needscast

/// The ends and the step of a slider, in the figures that it shows.
struct ControlRange: Hashable, Sendable {
  var low: Double
  var high: Double
  let step: Double
  let decimals: Int

  /// A slider between two ends, about some value, with a hundred steps or as few as round steps allow; both ends lie on
  /// whole steps.
  init(_ low: Double, _ high: Double) {
    let width = high - low
    let (step, decimals) = Self.step(width / 100)
    self.step = step
    self.decimals = decimals
    self.low = Self.onStep((low / step).rounded(.down) * step, decimals)
    self.high = Self.onStep((high / step).rounded(.up) * step, decimals)
  }

  /// The slider of an assumption. A range is widened by half its width either way and one number may be halved or
  /// doubled, but what is not negative stays so and shares stay within the whole.
  ///
  /// - Returns: nil where nothing tells how far it could move.
  init?(_ assumption: Assumption) {
    let scale = assumption.isPercentage ? 100.0 : 1
    let bounds: (lower: Double, upper: Double) =
      switch assumption.value {
      case .fixed(let value): (value, value)
      case .range(let low, _, let high): (low, high)
      }
    var low: Double
    var high: Double
    switch assumption.value {
    case .range where bounds.lower < bounds.upper:
      let half = (bounds.upper - bounds.lower) / 2
      (low, high) = (bounds.lower - half, bounds.upper + half)
    case .fixed(let value), .range(_, let value, _):
      if value == 0 {
        guard assumption.isPercentage else { return nil }
        (low, high) = (0, 1)
      } else {
        (low, high) = (min(value / 2, value * 2), max(value / 2, value * 2))
      }
    }
    if bounds.lower >= 0 { low = max(0, low) }
    if assumption.isPercentage, bounds.lower >= 0, bounds.upper <= 1 { high = min(1, high) }
    guard low.isFinite, high.isFinite, low < high, (high - low) * scale < 1e15 else { return nil }
    self.init(low * scale, high * scale)
  }

  /// The least round number that is no less: 1, 2 or 5 times a power of ten.
  private static func step(_ least: Double) -> (step: Double, decimals: Int) {
    var power = -6
    while power < 15 {
      for digit in [1.0, 2, 5] {
        let step = power < 0 ? digit / raised(-power) : digit * raised(power)
        if step >= least * 0.999 { return (step, max(0, -power)) }
      }
      power += 1
    }
    return (least, 0)
  }

  private static func raised(_ power: Int) -> Double {
    (0..<power).reduce(1.0) { product, _ in product * 10 }
  }

  /// A multiple of the step as the nearest number with its decimals.
  private static func onStep(_ value: Double, _ decimals: Int) -> Double {
    let scale = raised(decimals)
    return (value * scale).rounded() / scale
  }
}
