import RealModule
import Statistics

@testable import Forecasting

/// Series that forms of exponential smoothing are tried on.
enum SeriesMaker {
  /// A level that grows and wanders, with a season of four and errors in proportion: positive throughout.
  static func seasonal(_ count: Int = 48, path: UInt64, spread: Double = 0.06) -> [Double] {
    var stream = RandomStream(seed: 77, name: "seasonal series", path: path)
    var level = 200.0
    let season = [0.8, 1.1, 1.3, 0.8]
    return (0..<count).map { index in
      level *= 1.01 * Double.exp(0.5 * spread * stream.normal())
      return level * season[index % 4] * Double.exp(spread * stream.normal())
    }
  }

  static func sample(_ count: Int = 48, path: UInt64, spread: Double = 0.06) -> Sample {
    SmoothingReference.seasonal(seasonal(count, path: path, spread: spread), period: 4)
  }

  /// Weights that are neither small nor large, and states such as the series begin with.
  static func states(of form: ETSForm) -> (weights: SmoothingWeights, start: ETSState) {
    let season: [Double] =
      switch form.season {
      case .none: []
      case .additive: [-40, 20, 60, -40]
      case .multiplicative: [0.8, 1.1, 1.3, 0.8]
      }
    return (
      SmoothingWeights(
        alpha: 0.3, beta: form.trend == .none ? 0 : 0.08, gamma: form.season == .none ? 0 : 0.15,
        phi: form.trend.isDamped ? 0.92 : 1),
      ETSState(
        level: 200, growth: form.trend.isMultiplicative ? 1.01 : form.trend == .none ? 0 : 2, season: season)
    )
  }
}
