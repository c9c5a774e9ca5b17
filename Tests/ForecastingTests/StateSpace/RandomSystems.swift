import Statistics

@testable import Forecasting

/// Systems and series drawn at random for claims that hold for all of them.
struct RandomSystem {
  let system: StateSpace
  let series: ObservedSeries

  /// Draws one of up to four states and up to two covariates, some states diffuse and some not, with missing
  /// observations and, in every third, known variances.
  init(path: UInt64) {
    var stream = RandomStream(seed: 7, name: "random systems", path: path)
    let own = 1 + Int(stream.next() % 4)
    let covariates = Int(stream.next() % 3)
    let m = own + covariates
    let unknown = (0..<own).filter { _ in stream.uniform() < 0.6 }
    var system = StateSpace(dimension: m, diffuseStates: unknown, covariates: covariates)
    for i in 0..<own {
      system.loading[i] = stream.normal()
      system.intercept[i] = 0.3 * stream.normal()
      system.initialState[i] = stream.normal()
      for j in 0..<own where i == j || stream.uniform() < 0.7 {
        system.setTransition(i, j, (i == j ? 0.95 - 0.3 * Double(i) : 0) + 0.15 * stream.normal())
      }
    }
    // R Q Rᵀ of one or two disturbances, and a proper start that is no more than positive semidefinite.
    for _ in 0..<(1 + Int(stream.next() % 2)) {
      let column = (0..<own).map { _ in stream.normal() }
      for i in 0..<own {
        for j in 0..<own { system.disturbance[i * m + j] += 0.5 * column[i] * column[j] }
      }
    }
    let column = (0..<own).map { unknown.contains($0) ? 0 : stream.normal() }
    for i in 0..<own {
      for j in 0..<own { system.initialVariance[i * m + j] = column[i] * column[j] }
    }
    system.noise = stream.uniform() < 0.8 ? 0.2 + stream.uniform() : 0.05
    let n = 14 + Int(stream.next() % 8)
    let gapped = stream.uniform() < 0.7
    let values = (0..<n).map { _ in gapped && stream.uniform() < 0.25 ? Double.nan : 5 * stream.normal() }
    let known = path.isMultiple(of: 3) ? (0..<n).map { _ in stream.uniform() } : []
    self.system = system
    series = ObservedSeries(
      values: values, knownVariances: known,
      covariates: (0..<(n * covariates)).map { _ in stream.normal() }, covariateCount: covariates)
  }
}
