/// A linear Gaussian state-space model of one series (Durbin and Koopman, 2012, chapter 4):
///
///     y(t)   = Z(t) α(t) + ε(t),       ε(t) ~ N(0, H + h(t))
///     α(t+1) = T α(t) + c + R η(t),    R η(t) ~ N(0, V)
///     α(1)   = a + A δ + ω,            ω ~ N(0, P), δ ~ N(0, κ I) as κ → ∞
///
/// The system does not change with time, with two exceptions that come with the series (``ObservedSeries``): the last
/// ``covariates`` elements of `Z(t)` are the covariates of that time, and a known variance `h(t)` may be added to the
/// noise. Matrices are flat and row-major, so that a search over parameters changes numbers in place and allocates
/// nothing.
public struct StateSpace: Sendable {
  /// The number of states, m.
  public let dimension: Int
  /// The number of states, the last ones, whose loadings are the covariates of each time: regression coefficients.
  public let covariates: Int
  /// The number of columns of ``diffuse``, r.
  public let diffuseRank: Int
  /// Z: the m loadings of the states on the observation; those of the covariates are not read.
  public var loading: [Double]
  /// T: m × m.
  public var transition: [Double]
  /// c: m constants that are added to the states at each step.
  public var intercept: [Double]
  /// V = R Q Rᵀ: the m × m variance of the disturbances of the states.
  public var disturbance: [Double]
  /// H: the variance of the noise of every observation.
  public var noise: Double
  /// a: the m means of the first states.
  public var initialState: [Double]
  /// P: the m × m variance of that part of the first states that has a proper distribution.
  public var initialVariance: [Double]
  /// A: r columns of m elements, one after another, the directions in which nothing is known of the first states.
  public var diffuse: [Double]

  /// A system of zeros, of the given shape, for the caller to fill; ``diffuse`` are the unit vectors of some states.
  ///
  /// - Parameters:
  ///   - dimension: the number of states, covariates included; at least 1, and moved there if below.
  ///   - diffuseStates: the states of whose start nothing is known; those that there are not are left out.
  ///   - covariates: how many of the last states are regression coefficients; their transition is the identity and
  ///     their start diffuse, without being listed; from none to all, and moved there if outside.
  public init(dimension: Int, diffuseStates: [Int], covariates: Int = 0) {
    let dimension = max(1, dimension)
    let covariates = min(max(0, covariates), dimension)
    let first = dimension - covariates
    // Each state once: a direction that is given twice is still one.
    let unknown = (0..<first).filter(diffuseStates.contains) + Array(first..<dimension)
    self.init(dimension: dimension, diffuseRank: unknown.count, covariates: covariates)
    for (column, state) in unknown.enumerated() { diffuse[column * dimension + state] = 1 }
  }

  /// A system of zeros, of the given shape, for the caller to fill; the covariates do not change.
  ///
  /// - Parameters:
  ///   - dimension: the number of states, covariates included; at least 1, and moved there if below.
  ///   - diffuseRank: the number of directions in which nothing is known of the first states; from 0 to `dimension`, and
  ///     moved there if outside.
  ///   - covariates: how many of the last states are regression coefficients; likewise.
  public init(dimension: Int, diffuseRank: Int, covariates: Int = 0) {
    let dimension = max(1, dimension)
    let covariates = min(max(0, covariates), dimension)
    let diffuseRank = min(max(0, diffuseRank), dimension)
    self.dimension = dimension
    self.covariates = covariates
    self.diffuseRank = diffuseRank
    loading = Array(repeating: 0, count: dimension)
    transition = Array(repeating: 0, count: dimension * dimension)
    intercept = loading
    disturbance = transition
    noise = 0
    initialState = loading
    initialVariance = transition
    diffuse = Array(repeating: 0, count: dimension * diffuseRank)
    for state in (dimension - covariates)..<dimension { transition[state * dimension + state] = 1 }
  }

  /// Sets one element of T.
  public mutating func setTransition(_ row: Int, _ column: Int, _ value: Double) {
    transition[row * dimension + column] = value
  }

  /// Sets one variance on the diagonal of V.
  public mutating func setDisturbance(_ state: Int, variance: Double) {
    disturbance[state * dimension + state] = variance
  }

  /// The same system with every variance multiplied: how a scale that was concentrated out comes back.
  public func scaled(by factor: Double) -> StateSpace {
    var system = self
    system.noise *= factor
    for index in disturbance.indices {
      system.disturbance[index] *= factor
      system.initialVariance[index] *= factor
    }
    return system
  }
}
