/// A number held as the unevaluated sum of two doubles, `high + low` with `|low| ≤ ulp(high)/2`: about 32
/// decimal digits.
///
/// The residuals of a least squares problem are differences of nearly equal numbers; in double precision most
/// of their digits are rounding. Two doubles keep them at a tenth of the cost of arbitrary precision.
///
/// Error-free transformations after Knuth (1969) and Dekker (1971), the product by a fused multiply-add; the
/// operations are the accurate ones of Joldes, Muller and Popescu (2017), with relative errors below 2⁻¹⁰⁰.
struct DoubleDouble: Equatable, Sendable {
  /// The number rounded to double.
  var high: Double
  /// What rounding left over.
  var low: Double

  static let zero = DoubleDouble(0)
  static let one = DoubleDouble(1)

  /// A double, exactly.
  @inline(__always)
  init(_ value: Double) {
    high = value
    low = 0
  }

  @inline(__always)
  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// `a + b` exactly (Knuth's two-sum).
  @inline(__always)
  static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    let ofB = sum - a
    return DoubleDouble(high: sum, low: (a - (sum - ofB)) + (b - ofB))
  }

  /// `a + b` exactly where `|a| ≥ |b|` or a is zero (Dekker's fast two-sum).
  @inline(__always)
  static func orderedSum(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    return DoubleDouble(high: sum, low: b - (sum - a))
  }

  /// `ab` exactly: the fused multiply-add gives the rounding error of the product.
  @inline(__always)
  static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let product = a * b
    return DoubleDouble(high: product, low: (-product).addingProduct(a, b))
  }

  /// The nearest double.
  @inline(__always)
  var rounded: Double { high + low }

  /// The number times 2 to the `exponent`, exactly unless it leaves the range of doubles.
  func scaled(byPowerOfTwo exponent: Int) -> DoubleDouble {
    DoubleDouble(high: high.scaled(byPowerOfTwo: exponent), low: low.scaled(byPowerOfTwo: exponent))
  }
}

extension DoubleDouble {
  @inline(__always)
  static prefix func - (value: DoubleDouble) -> DoubleDouble {
    DoubleDouble(high: -value.high, low: -value.low)
  }

  @inline(__always)
  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let highs = sum(a.high, b.high)
    let lows = sum(a.low, b.low)
    let partial = orderedSum(highs.high, highs.low + lows.high)
    return orderedSum(partial.high, partial.low + lows.low)
  }

  @inline(__always)
  static func + (a: DoubleDouble, b: Double) -> DoubleDouble {
    let highs = sum(a.high, b)
    return orderedSum(highs.high, highs.low + a.low)
  }

  @inline(__always)
  static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + (-b) }

  @inline(__always)
  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let highs = product(a.high, b.high)
    let cross = (a.high * b.low).addingProduct(a.low, b.high)
    return orderedSum(highs.high, highs.low + cross)
  }

  @inline(__always)
  static func * (a: DoubleDouble, b: Double) -> DoubleDouble {
    let highs = product(a.high, b)
    return orderedSum(highs.high, highs.low.addingProduct(a.low, b))
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    let remainder = a - b * first
    let second = remainder.high / b.high
    let third = (remainder - b * second).high / b.high
    return orderedSum(first, second) + third
  }

  static func += (a: inout DoubleDouble, b: DoubleDouble) { a = a + b }
  static func -= (a: inout DoubleDouble, b: DoubleDouble) { a = a - b }
}

extension Double {
  /// The number times 2 to the `exponent`, exactly unless it leaves the range of doubles.
  func scaled(byPowerOfTwo exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: self)
  }
}
