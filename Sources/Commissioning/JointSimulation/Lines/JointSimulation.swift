import LinearAlgebra
import Statistics

/// One Monte Carlo simulation of many lines that go together, over several years, exact in its quantiles.
///
/// Year by year, so that only one year of all lines is in memory at a time:
/// 1. normal draws for all walks, correlated by the Cholesky factor, block of futures by block of futures;
/// 2. each walk goes on a year; the draws of where the total tends, and then of each walk, are spread as theory says they
///    are (``Sampling/stratified``);
/// 3. each line is worked out in every future, with its price and its mitigations; then its quantiles;
/// 4. totals inside every future; then theirs.
///
/// The work is dealt out in `strands` fixed parts, whatever the number of threads, so the bytes are the same on any.
public struct JointSimulation: Sendable {
  /// How futures are drawn.
  public enum Sampling: String, Sendable, Hashable {
    /// Each future by itself.
    case independent
    /// The draws of each walk in each year, and of the combination of walks that moves the total, are spread over strata
    /// as their known distributions say (Latin hypercube sampling with dependence): the quantiles of a line come twenty
    /// times nearer to those of endless simulation, and those of the total three times. A future then depends on how many
    /// there are.
    case stratified
  }

  /// How to run.
  public struct Options: Sendable, Hashable {
    /// The number of simulated futures.
    public var draws: Int
    /// The seed of all random streams.
    public var seed: UInt64
    /// The most threads to use; the result does not depend on it.
    public var jobs: Int
    /// The probabilities of which quantiles are wanted.
    public var quantiles: [Double]
    /// How futures are drawn.
    public var sampling: Sampling

    /// Options, with the usual quantiles of plans.
    public init(
      draws: Int = 100_000, seed: UInt64, jobs: Int = 1,
      quantiles: [Double] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975], sampling: Sampling = .stratified
    ) {
      self.draws = draws
      self.seed = seed
      self.jobs = jobs
      self.quantiles = quantiles
      self.sampling = sampling
    }
  }

  /// Into how many parts the work is divided: the most threads that are of use.
  static let strands = 16

  /// The lines and how they go together.
  public let model: JointModel
  let factor: Matrix

  /// Checks a model.
  ///
  /// - Throws: `invalid`, naming the line, price or mitigation that cannot be simulated, and why.
  public init(_ model: JointModel) throws(CommissioningError) {
    try model.check()
    self.model = model
    factor = try model.factor()
  }

  /// Simulates.
  ///
  /// Memory is about 8 bytes × draws × (walks + mitigations + 3 × 16).
  ///
  /// - Throws: `invalid` for options that cannot be used.
  public func run(_ options: Options) throws(CommissioningError) -> JointOutcome {
    let walks = model.walks.count
    let most = 1_000_000_000 / walks
    guard options.draws >= 2, options.draws <= most else {
      throw .invalid(
        service: "joint simulation",
        reason: "\(options.draws) draws of \(walks) lines and prices; 2 to \(most) are accepted")
    }
    guard options.quantiles.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw .invalid(
        service: "joint simulation",
        reason: "quantiles at \(options.quantiles) are wanted; probabilities from 0 to 1 are needed")
    }
    do {
      let run = try JointRun(model: model, factor: factor, options: options)
      return try run.outcome()
    } catch let error as CommissioningError {
      throw error
    } catch {
      throw .invalid(service: "joint simulation", reason: "\(error)")
    }
  }
}
