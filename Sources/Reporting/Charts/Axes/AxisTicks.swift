import RealModule

/// Round numbers along an axis: steps of 1, 2 or 5 times a power of ten.
struct AxisTicks: Hashable {
  /// The values, from one at or below the least figure to one at or above the greatest.
  let values: [Double]
  /// The decimals that tell neighbouring values apart.
  let decimals: Int

  /// About `count` steps that span some figures.
  ///
  /// A span of nothing is widened by half of the figure either way, so that one flat line still has an axis.
  /// What is no number counts as nothing, and what lies beyond 1e305 as that.
  init(spanning least: Double, _ greatest: Double, about count: Int = 5) {
    func within(_ figure: Double) -> Double { figure.isNaN ? 0 : min(max(figure, -1e305), 1e305) }
    var low = min(within(least), within(greatest))
    var high = max(within(least), within(greatest))
    // Figures too small for a power of ten to stand for their step are as good as nothing.
    let greatestSize = max(high.magnitude, low.magnitude)
    if high - low <= max(greatestSize * 1e-9, 1e-290) {
      let margin = greatestSize < 1e-290 ? 1 : greatestSize / 2
      low -= margin
      high += margin
    }
    let rough = (high - low) / Double(max(1, count))
    let exponent = Double.log10(rough).rounded(.down)
    let fraction = rough / Double.pow(10, exponent)
    let mantissa: Double = fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10
    let power = Int(exponent) + (mantissa == 10 ? 1 : 0)
    let digit = mantissa == 10 ? 1 : mantissa
    decimals = max(0, -power)
    // Whole multiples of a power of ten, or of its reciprocal, so that 0.3 is not 0.30000000000000004.
    func value(_ multiple: Double) -> Double {
      power >= 0 ? multiple * digit * Double.pow(10, power) : multiple * digit / Double.pow(10, -power)
    }
    let step = value(1)
    // A figure that is a tick but for its last bits needs no further one.
    let first = (low / step + 1e-9).rounded(.down)
    let last = (high / step - 1e-9).rounded(.up)
    values = stride(from: first, through: last, by: 1).map(value)
  }
}
