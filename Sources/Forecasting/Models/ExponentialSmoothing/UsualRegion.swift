/// The usual region of the smoothing parameters as a box, which a bounded search can walk in.
///
/// Its coordinates are alpha, the shares of beta in [0.0001, alpha] and of gamma in [0.0001, 1 - alpha], and phi in
/// [0.8, 0.98]; those that are fixed, or that the form has not, are left out.
struct UsualRegion {
  /// No weight is searched for closer to zero, or to one, than this.
  static let edge = 1e-4
  /// The range of the damping factor; below it the trend is over at once, above it nothing tells it from no damping.
  static let damping = 0.8...0.98

  let hasTrend: Bool
  let hasSeason: Bool
  let isDamped: Bool
  let fixed: ETS.Fixed
  /// The number of coordinates.
  let dimensions: Int

  init(_ form: ETSForm, fixed: ETS.Fixed) {
    hasTrend = form.trend != .none
    hasSeason = form.season != .none
    isDamped = form.trend.isDamped
    let fixed = fixed.relevant(to: form)
    self.fixed = fixed
    dimensions = form.smoothingParameters - fixed.count
  }

  /// The bounds of each coordinate, in order.
  func bounds(_ body: (_ index: Int, _ lower: Double, _ upper: Double) -> Void) {
    var index = 0
    if fixed.alpha == nil {
      // Fixed neighbours narrow the room for alpha.
      let lower = max(Self.edge, fixed.beta ?? 0)
      body(index, lower, max(lower, min(1 - Self.edge, 1 - (fixed.gamma ?? 0))))
      index += 1
    }
    if hasTrend && fixed.beta == nil {
      body(index, 0, 1)
      index += 1
    }
    if hasSeason && fixed.gamma == nil {
      body(index, 0, 1)
      index += 1
    }
    if isDamped && fixed.phi == nil { body(index, Self.damping.lowerBound, Self.damping.upperBound) }
  }

  /// The weights at a point.
  @inline(__always)
  func weights(at point: UnsafePointer<Double>) -> SmoothingWeights {
    var weights = SmoothingWeights()
    var index = 0
    if let alpha = fixed.alpha {
      weights.alpha = alpha
    } else {
      weights.alpha = point[0]
      index = 1
    }
    if hasTrend {
      if let beta = fixed.beta {
        weights.beta = beta
      } else {
        let least = min(Self.edge, weights.alpha)
        weights.beta = least + (weights.alpha - least) * point[index]
        index += 1
      }
    }
    if hasSeason {
      if let gamma = fixed.gamma {
        weights.gamma = gamma
      } else {
        let room = 1 - weights.alpha
        let least = min(Self.edge, room)
        weights.gamma = least + (room - least) * point[index]
        index += 1
      }
    }
    if isDamped { weights.phi = fixed.phi ?? point[index] }
    return weights
  }

  /// Carries derivatives with respect to the weights over to the coordinates.
  @inline(__always)
  func pull(
    _ slopes: SmoothingWeights, at point: UnsafePointer<Double>,
    into gradient: UnsafeMutablePointer<Double>
  ) {
    let alpha = fixed.alpha ?? point[0]
    var index = fixed.alpha == nil ? 1 : 0
    var alphaSlope = slopes.alpha
    if hasTrend && fixed.beta == nil {
      gradient[index] = slopes.beta * max(0, alpha - Self.edge)
      alphaSlope += slopes.beta * point[index]
      index += 1
    }
    if hasSeason && fixed.gamma == nil {
      gradient[index] = slopes.gamma * max(0, 1 - alpha - Self.edge)
      alphaSlope -= slopes.gamma * point[index]
      index += 1
    }
    if isDamped && fixed.phi == nil { gradient[index] = slopes.phi }
    if fixed.alpha == nil { gradient[0] = alphaSlope }
  }

  /// The point nearest to some weights.
  func point(nearest weights: SmoothingWeights, into point: UnsafeMutablePointer<Double>) {
    var index = 0
    let alpha = fixed.alpha ?? min(max(weights.alpha, Self.edge), 1 - Self.edge)
    if fixed.alpha == nil {
      point[0] = alpha
      index = 1
    }
    if hasTrend && fixed.beta == nil {
      point[index] = Self.share(weights.beta, of: alpha)
      index += 1
    }
    if hasSeason && fixed.gamma == nil {
      point[index] = Self.share(weights.gamma, of: 1 - alpha)
      index += 1
    }
    if isDamped && fixed.phi == nil {
      point[index] = min(max(weights.phi, Self.damping.lowerBound), Self.damping.upperBound)
    }
  }

  private static func share(_ weight: Double, of room: Double) -> Double {
    room > edge ? min(max((weight - edge) / (room - edge), 0), 1) : 0
  }
}
