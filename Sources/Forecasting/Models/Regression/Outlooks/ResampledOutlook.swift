import RealModule
import Statistics

/// Errors to come that are spread like those seen, wild ones and lopsided ones among them: a kernel estimate of
/// their distribution (Silverman, 1986), as robust regressions need, which do not say how errors are spread.
struct ResampledOutlook: RegressionOutlook {
  private let coefficients: [Double]
  private let factor: CovarianceFactor
  /// The errors seen, widened for having been fitted and drawn together for having been smoothed.
  private let errors: [Double]
  private let width: Double
  let degreesOfFreedom: Double

  init(
    coefficients: [Double], factor: CovarianceFactor, errors seen: [Double], degreesOfFreedom: Int,
    floor: Double
  ) {
    let count = Double(seen.count)
    let widened = seen.map { $0 * (count / Double(degreesOfFreedom)).squareRoot() }
    let mean = widened.reduce(0) { $0 + $1 / count }
    let variance = widened.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
    let sorted = widened.sorted()
    let quartiles = sorted[(3 * sorted.count - 1) / 4] - sorted[sorted.count / 4]
    let spread = quartiles > 0 ? min(variance.squareRoot(), quartiles / 1.349) : variance.squareRoot()
    let width = max(0.9 * spread * Double.pow(count, -0.2), floor.squareRoot(), .leastNormalMagnitude)
    // Smoothing adds its own variance; the errors move towards their mean so that the sum is as it was.
    let share = variance > 0 ? max(0, 1 - width * width / variance).squareRoot() : 0
    errors = widened.map { mean + share * ($0 - mean) }
    self.width = width
    self.coefficients = coefficients
    self.factor = factor
    self.degreesOfFreedom = Double(degreesOfFreedom)
  }

  func components(row: [Double], step: Int) -> [StudentMixture.Component] {
    let location = zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    let scale = (factor.quadraticForm(row) + width * width).squareRoot()
    return errors.map { StudentMixture.Component(weight: 1, location: location + $0, scale: scale) }
  }

  func plugInVariance(step: Int) -> Double {
    let count = Double(errors.count)
    let mean = errors.reduce(0) { $0 + $1 / count }
    return width * width + errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
  }

  func draw(
    path: UnsafeMutableBufferPointer<Double>, design: RegressionDesign, from stream: inout RandomStream
  ) {
    let chiSquared = max(stream.chiSquared(degreesOfFreedom: degreesOfFreedom), 1e-12)
    let spread = (degreesOfFreedom / chiSquared).squareRoot()
    withUnsafeTemporaryAllocation(of: Double.self, capacity: coefficients.count) { drawn in
      for index in drawn.indices { drawn[index] = coefficients[index] }
      factor.addDraw(to: drawn, scale: spread, from: &stream)
      design.forEachRow(path, coefficients: drawn) { step, mean in
        let index = min(Int(stream.uniform() * Double(errors.count)), errors.count - 1)
        path[step] = mean + errors[index] + spread * width * stream.normal()
      }
    }
  }
}
