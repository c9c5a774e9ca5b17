import LinearAlgebra
import TimeSeries

/// How the one-step errors of several series go together: their correlations from the few years they share, shrunk
/// towards zero and made to fit together.
///
/// 1. Pair by pair, over the years that both series have (`ResidualYears`), about zero.
/// 2. Shrunk towards zero by an estimated share, more where there are fewer years (`CorrelationShrinkage`).
/// 3. Pairwise correlations from unlike years need not fit together: the nearest correlation matrix with no eigenvalue
///    below ``eigenvalueFloor`` takes their place (Higham 2002).
/// 4. The Cholesky factor, with which independent normal draws become correlated ones.
public struct ResidualCorrelation: Sendable {
  /// The least eigenvalue that the correlations are left with. No combination of series is then known more than a
  /// hundredfold better than one of them, which a dozen years could never show.
  public static let eigenvalueFloor = 1e-4

  /// The series, in the order given.
  public let names: [String]
  /// The correlations after shrinkage, positive definite, with ones on the diagonal.
  public let correlations: Matrix
  /// The lower triangle L with LLᵀ = ``correlations``.
  public let factor: Matrix
  /// The share of the correlations that was shrunk away, 0 to 1: the sum of their sizes that went, over the sum of their
  /// sizes; 1 where no pair shares enough years.
  public let shrinkage: Double
  /// The fewest and the most years that a usable pair shares; nil where there is no usable pair.
  public let commonYears: ClosedRange<Int>?
  /// The number of pairs with too few common years, taken as independent.
  public let unusablePairs: Int
  /// How far the shrunk correlations had to be moved to be positive definite, in the Frobenius norm; zero for not at all.
  public let repair: Double
  /// The series that are independent of all others, because they share too few years of errors with any.
  public let independent: [String]

  let shrinkageRule: CorrelationShrinkage

  /// Estimates the correlations of several series.
  ///
  /// - Parameter series: each with its name and its one-step errors by period, in any unit: correlations have none. Keep
  ///   errors on the scale on which they are alike over time (relative errors for what grows).
  /// - Throws: `invalid` for no series, a name given twice, or an error that is not a finite number.
  public init(_ series: [(name: String, residuals: [Period: Double])]) throws(CommissioningError) {
    guard !series.isEmpty else {
      throw .invalid(service: "correlations", reason: "there are no series; give at least one")
    }
    var seen: Set<String> = []
    var years: [ResidualYears] = []
    for (name, residuals) in series {
      guard seen.insert(name).inserted else {
        throw .invalid(
          service: name, reason: "its errors are given twice; one series can be correlated only once")
      }
      years.append(try ResidualYears(residuals, of: name))
    }
    let count = series.count
    var rule = CorrelationShrinkage()
    var pairs: [[ResidualPair]] = []
    for row in 0..<count {
      pairs.append((0..<row).map { ResidualPair(years[row], years[$0]) })
      for pair in pairs[row] { rule.add(pair) }
    }
    let usable = pairs.joined().filter(\.isUsable)
    let before = usable.reduce(0) { $0 + abs($1.correlation) }
    let after = usable.reduce(0) { $0 + abs(rule.shrunk($1)) }
    let shrunk = Matrix(rows: count, columns: count) { row, column in
      row == column ? 1 : rule.shrunk(pairs[max(row, column)][min(row, column)])
    }
    do {
      let nearest = try NearestCorrelation(of: shrunk, eigenvalueFloor: Self.eigenvalueFloor)
      correlations = nearest.matrix
      repair = nearest.distance
      factor = try CholeskyFactorisation(nearest.matrix).lower
    } catch {
      throw .invalid(
        service: "correlations", reason: "the correlations of the errors cannot be used: \(error)")
    }
    names = series.map(\.name)
    shrinkage = before > 0 ? 1 - after / before : 1
    commonYears = usable.map(\.years).min().flatMap { least in
      usable.map(\.years).max().map { least...$0 }
    }
    unusablePairs = count * (count - 1) / 2 - usable.count
    independent = series.indices.filter { series in
      !pairs.indices.contains { other in
        other != series && pairs[max(series, other)][min(series, other)].isUsable
      }
    }.map { series[$0].name }
    shrinkageRule = rule
  }

  /// What a reader must know, a sentence each.
  public var remarks: [String] {
    var remarks: [String] = []
    if let commonYears {
      let years =
        commonYears.lowerBound == commonYears.upperBound
        ? "\(commonYears.lowerBound)" : "\(commonYears.lowerBound) to \(commonYears.upperBound)"
      remarks.append(
        "the correlations of \(names.count) series come from \(years) common years of errors; "
          + "\(Int((100 * shrinkage).rounded())) per cent of them was shrunk away")
    }
    if repair > 0 {
      remarks.append("the correlations did not fit together and were moved to the nearest that do")
    }
    if !independent.isEmpty, names.count > 1 {
      remarks.append(
        "taken as independent, for want of \(ResidualPair.leastYears) years of errors in common with another: "
          + independent.joined(separator: ", "))
    }
    return remarks
  }
}
