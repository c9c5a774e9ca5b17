import Statistics

extension Draws {
  /// The values of so many simulated futures, all of them finite.
  ///
  /// - Parameters:
  ///   - draws: the quantity.
  ///   - what: what the quantity is, for the complaint.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where a future has no value or not a number.
  func values(count: Int, of what: String) throws(CommissioningError) -> [Double] {
    let values: [Double]
    switch storage {
    case .known(let value): values = Array(repeating: value, count: count)
    case .sampled(let sampled): values = sampled
    }
    guard values.count == count, count > 0 else {
      throw .invalid(
        service: what,
        reason: "there are \(values.count) simulated futures of it, and \(count) of what it is compared with")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw .invalid(service: what, reason: "it is not a finite number in some simulated future")
    }
    return values
  }
}

/// A mean over simulated futures, with the error that their number leaves.
public struct MeanEstimate: Hashable, Sendable {
  /// The mean.
  public let value: Double
  /// Its Monte Carlo standard error; zero for what is known.
  public let error: Double

  /// The mean of a quantity.
  ///
  /// - Parameter what: what the quantity is, for the complaint.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where it is not a finite number in some future.
  public init(_ draws: Draws, of what: String) throws(CommissioningError) {
    let values = try draws.values(count: draws.futures ?? 1, of: what)
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    value = mean
    error =
      draws.futures == nil || values.count < 2
      ? 0 : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count).squareRoot()
  }
}
