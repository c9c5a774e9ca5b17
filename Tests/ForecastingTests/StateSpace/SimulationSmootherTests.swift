import Statistics
import Testing

@testable import Forecasting

@Suite("Draws of states given the observations")
struct SimulationSmootherTests {
  @Test("drawn states have the mean and the variance that the smoother gives", arguments: [0, 3, 5, 9])
  func moments(path: Int) throws {
    let drawn = RandomSystem(path: UInt64(path))
    let m = drawn.system.dimension
    let smoother = KalmanSmoother(drawn.system, drawn.series)
    let simulation = SimulationSmoother(drawn.system, drawn.series)
    var stream = RandomStream(seed: 4, name: "simulation smoother", path: UInt64(path))
    let count = 1500
    let draws = (0..<count).map { _ in simulation.draw(from: &stream) }
    for time in [0, drawn.series.count / 2, drawn.series.count - 1] {
      for state in 0..<m {
        let values = draws.map { $0[time * m + state] }
        let mean = values.reduce(0, +) / Double(count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
        let expected = smoother.variances[(time * m + state) * m + state]
        // Four standard errors of a mean and of a variance of so many normal draws.
        let error = (expected / Double(count)).squareRoot()
        #expect(abs(mean - smoother.states[time * m + state]) <= 4 * error + 1e-9)
        #expect(abs(variance - expected) <= 4 * expected * (2 / Double(count)).squareRoot() + 1e-9)
      }
    }
  }

  @Test("a root of a variance of less than full rank gives the variance back")
  func roots() {
    let factor = [2.0, 1, 0, 3]
    // The outer product of one column of four.
    let variance = (0..<16).map { factor[$0 / 4] * factor[$0 % 4] }
    let root = SemidefiniteRoot.lower(of: variance, order: 4)
    for i in 0..<4 {
      for j in 0..<4 {
        let product = (0..<4).reduce(0) { $0 + root[i * 4 + $1] * root[j * 4 + $1] }
        #expect(abs(product - variance[i * 4 + j]) < 1e-12)
        if j > i { #expect(root[i * 4 + j] == 0) }
      }
    }
  }
}
