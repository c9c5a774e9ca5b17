import RealModule

/// Σ log of many positive numbers with few logarithms: the numbers are multiplied until the product nears the end of the
/// range.
struct LogProduct {
  private var logs = 0.0
  private var product = 1.0

  @inline(__always)
  mutating func multiply(by factor: Double) {
    product *= factor
    // Factors lie within 1e±120 or make the likelihood infinite, which the logarithm of the last product then shows.
    if product > 1e150 || product < 1e-150 {
      logs += Double.log(product)
      product = 1
    }
  }

  var logarithm: Double { logs + Double.log(product) }
}

/// Four ``LogProduct``s side by side.
struct FourLogProducts {
  private var logs = SIMD4<Double>.zero
  private var products = SIMD4<Double>.one

  @inline(__always)
  mutating func multiply(by factors: SIMD4<Double>) {
    products *= factors
    if products.max() > 1e150 || products.min() < 1e-150 {
      logs = logarithms
      products = .one
    }
  }

  var logarithms: SIMD4<Double> {
    SIMD4(
      logs[0] + Double.log(products[0]), logs[1] + Double.log(products[1]),
      logs[2] + Double.log(products[2]), logs[3] + Double.log(products[3]))
  }
}
