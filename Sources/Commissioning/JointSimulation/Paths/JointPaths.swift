import LinearAlgebra
import TimeSeries

/// Gives paths that were simulated series by series the dependence that the errors of the series show.
///
/// Each series keeps its own paths, exactly: only which of its paths belongs to which simulated future is changed. Whole
/// paths are re-ordered so that the ranks of how high they run follow correlated normal scores (R. L. Iman and
/// W. J. Conover 1982; the Schaake shuffle of M. Clark and others, 2004, does the same with past years for scores). So any
/// predictive distribution can be joined: skewed, of counts, a mixture.
///
/// Series come one after another, as services ask for them. Series k has the scores s = Σⱼ Lₖⱼ zⱼ: row k of the Cholesky
/// factor of the correlations, which depends on the series before it and on none after. Its own zₖ are the normal scores
/// of its paths in the order in which they were simulated, so no random numbers are drawn: the order is settled by the
/// paths and the errors, a series that is correlated with none keeps its order, and a weak correlation moves few paths.
/// The paths of different series must have been simulated independently, from streams of different names.
///
/// A rank correlation that is right for how high paths run is somewhat less in a single year, since a path that runs
/// high is not high every year. Cost: two sorts of the draws for each series, and one product for each earlier one.
public struct JointPaths: Sendable {
  /// The most that the earlier series may say about the next, as a share of its variance: the rest is its own.
  static let mostExplained = 0.99

  /// How one series was joined to those before it.
  public struct Joined: Sendable, Hashable {
    /// The series.
    public let name: String
    /// The number of earlier series with which it shares enough years of errors.
    public let relatives: Int
    /// The share of its correlations with them that was shrunk away, 0 to 1; 1 where there are none.
    public let shrinkage: Double
    /// The target correlations of the normal scores with the earlier series, in the order of ``JointPaths/joined``.
    public let correlations: [Double]
    /// Why it is independent of every earlier series; nil where it is not.
    public let independence: Independence?
  }

  /// Why a series is independent of those before it.
  public enum Independence: String, Sendable, Hashable {
    /// It is the first.
    case first = "it is the first series"
    /// It has no one-step errors.
    case noErrors = "it has no one-step errors"
    /// It shares fewer than three years of errors with every earlier series.
    case noCommonYears = "it shares fewer than three years of errors with every earlier series"
    /// Its paths are all the same: there is nothing to order.
    case known = "its paths are all the same"
    /// Its correlations are within what chance would give, and were shrunk away wholly.
    case shrunkAway = "its correlations are no larger than chance would make them"
  }

  /// The number of simulated futures.
  public let draws: Int
  /// The series joined, in their order.
  public private(set) var joined: [Joined] = []

  private let scores: [Double]
  private var shrinkage: CorrelationShrinkage
  private let isShrinkageGiven: Bool
  private var years: [ResidualYears] = []
  /// The rows of the Cholesky factor, each as long as the series before and itself.
  private var rows: [[Double]] = []
  /// The own scores of every series, by future; empty for a known one.
  private var own: [[Double]] = []

  /// Nothing joined yet.
  ///
  /// - Parameters:
  ///   - draws: the number of simulated futures, at least 1.
  ///   - estimate: the correlations of all series, where their errors are known beforehand: the shrinkage is then estimated
  ///     from all pairs at once and does not depend on the order in which series come. Without it each series is shrunk by
  ///     what the pairs up to it say.
  /// - Throws: `invalid` for fewer draws than 1.
  public init(draws: Int, estimate: ResidualCorrelation? = nil) throws(CommissioningError) {
    guard draws >= 1 else {
      throw .invalid(service: "joint paths", reason: "\(draws) simulated futures; at least 1 is needed")
    }
    self.draws = draws
    scores = PathOrder.normalScores(draws)
    shrinkage = estimate?.shrinkageRule ?? CorrelationShrinkage()
    isShrinkageGiven = estimate != nil
  }

  /// Joins one more series.
  ///
  /// - Parameters:
  ///   - name: the series, once only.
  ///   - paths: `draws` rows of one value for each step, row after row.
  ///   - residuals: its one-step errors, by period; empty where it has none, and then it is independent of all others.
  /// - Returns: for every future, the row of `paths` that belongs to it: each row once.
  /// - Throws: `invalid` for a name given twice, paths that are not `draws` equal rows, or a number that is not finite.
  public mutating func join(
    _ name: String, paths: [Double], residuals: [Period: Double]
  ) throws(CommissioningError) -> [Int] {
    guard !joined.contains(where: { $0.name == name }) else {
      throw .invalid(
        service: name, reason: "its paths have been joined already; ask for them once and keep them")
    }
    guard !paths.isEmpty, paths.count.isMultiple(of: draws) else {
      throw .invalid(
        service: name,
        reason: "\(paths.count) values are no \(draws) paths of equal length; give one row for each future")
    }
    let horizon = paths.count / draws
    if let index = paths.firstIndex(where: { !$0.isFinite }) {
      throw .invalid(
        service: name,
        reason:
          "path \(index / horizon) is \(paths[index]) at step \(index % horizon + 1); a finite number is needed"
      )
    }
    let errors = try ResidualYears(residuals, of: name)
    let pairs = years.map { ResidualPair(errors, $0) }
    if !isShrinkageGiven {
      for (pair, earlier) in zip(pairs, own) where !earlier.isEmpty { shrinkage.add(pair) }
    }
    let identity = Array(0..<draws)
    guard let order = PathOrder.ascending(paths, draws: draws, horizon: horizon) else {
      note(name, errors, pairs: [], target: [], row: [], own: [], independence: .known)
      return identity
    }
    // A known series has no order for another to follow.
    let target = zip(pairs, own).map { $1.isEmpty ? 0 : shrinkage.shrunk($0) }
    let row = factorRow(target)
    var scoresOfPaths = [Double](repeating: 0, count: draws)
    for (rank, path) in order.enumerated() { scoresOfPaths[path] = scores[rank] }
    let independence: Independence? =
      if joined.isEmpty { .first } else if errors.years.isEmpty {
        .noErrors
      } else if !pairs.contains(
        where: \.isUsable)
      { .noCommonYears } else if target.allSatisfy({ $0 == 0 }) { .shrunkAway } else { nil }
    note(
      name, errors, pairs: pairs, target: correlations(with: row), row: row, own: scoresOfPaths,
      independence: independence)
    guard independence == nil else { return identity }

    var wanted = [Double](repeating: 0, count: draws)
    for (series, weight) in row.enumerated() where weight != 0 {
      own[series].withUnsafeBufferPointer { source in
        for future in 0..<draws { wanted[future] += weight * source[future] }
      }
    }
    // The future with the r-th lowest score gets the path that runs r-th lowest.
    var permutation = identity
    for (rank, future) in PathOrder.ascending(wanted).enumerated() { permutation[future] = order[rank] }
    return permutation
  }

  /// Row k of the Cholesky factor for target correlations with the series before: Ly = r by forward substitution, then
  /// the rest for the series itself.
  ///
  /// Correlations from unlike years may ask for more than can be: where the earlier series would explain more than
  /// ``mostExplained``, all correlations of this row are drawn in by one factor until they do not.
  private func factorRow(_ target: [Double]) -> [Double] {
    var row: [Double] = []
    row.reserveCapacity(target.count + 1)
    for column in target.indices {
      let earlier = rows[column]
      // A known series has no row of its own and nothing to say.
      guard let diagonal = earlier.last else {
        row.append(0)
        continue
      }
      var rest = target[column]
      for index in 0..<(earlier.count - 1) { rest -= earlier[index] * row[index] }
      row.append(rest / diagonal)
    }
    var explained = row.reduce(0) { $0 + $1 * $1 }
    if explained > Self.mostExplained {
      let factor = (Self.mostExplained / explained).squareRoot()
      for index in row.indices { row[index] *= factor }
      explained = Self.mostExplained
    }
    return row + [(1 - explained).squareRoot()]
  }

  /// The correlations that a row of the factor gives with the earlier series.
  private func correlations(with row: [Double]) -> [Double] {
    rows.map { earlier in zip(earlier, row).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private mutating func note(
    _ name: String, _ errors: ResidualYears, pairs: [ResidualPair], target: [Double], row: [Double],
    own scores: [Double], independence: Independence?
  ) {
    let usable = zip(pairs, own).filter { $0.isUsable && !$1.isEmpty }.count
    let before = zip(pairs, own).reduce(0) { $0 + ($1.1.isEmpty ? 0 : abs($1.0.correlation)) }
    let after = target.reduce(0) { $0 + abs($1) }
    joined.append(
      Joined(
        name: name, relatives: usable, shrinkage: before > 0 ? max(0, 1 - after / before) : 1,
        correlations: target.isEmpty ? joined.map { _ in 0 } : target, independence: independence))
    years.append(errors)
    rows.append(row)
    own.append(scores)
  }

  /// What a reader must know, a sentence each.
  public var remarks: [String] {
    var remarks: [String] = []
    let dependent = joined.filter { $0.independence == nil }
    if !dependent.isEmpty {
      let share = dependent.reduce(0) { $0 + $1.shrinkage } / Double(dependent.count)
      remarks.append(
        "the futures of \(dependent.count + 1) series go together as their one-step errors have done; "
          + "\(Int((100 * share).rounded())) per cent of the correlations was shrunk away")
    }
    for series in joined {
      if let independence = series.independence, independence != .first {
        remarks.append(
          "\(series.name) is simulated as independent of the series before it: \(independence.rawValue)")
      }
    }
    return remarks
  }
}
