import Statistics

/// What a quantity comes to over its simulated futures, for whoever draws or reports it.
extension Draws {
  /// Quantiles over the simulated futures, of type 7 (Hyndman and Fan 1996); of what is known, its value.
  ///
  /// - Parameter probabilities: where they are taken, each 0 to 1, in any order.
  /// - Returns: the quantiles in the order in which they were asked for.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where the quantity is not a finite number in some
  ///   future, there is no future, or a probability lies outside 0 to 1.
  public func quantiles(at probabilities: [Double]) throws(CommissioningError) -> [Double] {
    let values: [Double] =
      switch storage {
      case .known(let value): [value]
      case .sampled(let values): values
      }
    do {
      return try QuantileSummary(of: values, at: probabilities).quantiles
    } catch {
      throw .invalid(service: "simulation", reason: "a simulated quantity cannot be summarised: \(error)")
    }
  }

  /// The probability that the quantity lies below a value, counted over the simulated futures.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where the quantity is not a finite number in some
  ///   future, or there is no future.
  public func probability(below value: Double) throws(CommissioningError) -> Probability {
    try probability { $0 < value }
  }

  /// The probability that the quantity lies above a value, counted over the simulated futures.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where the quantity is not a finite number in some
  ///   future, or there is no future.
  public func probability(above value: Double) throws(CommissioningError) -> Probability {
    try probability { $0 > value }
  }

  private func probability(where isSo: (Double) -> Bool) throws(CommissioningError) -> Probability {
    _ = try amounts(of: "simulation")
    // The comparison is made in each future, since a difference from the value can round to nothing.
    return try Probability(negative: map { isSo($0) ? -1 : 1 })
  }

  /// The amounts in every simulated future, in the order of the futures; of what is known, its value alone.
  ///
  /// - Parameter what: what the quantity is, for the complaint.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where it is not a finite number in some future, or
  ///   there is no future.
  public func amounts(of what: String) throws(CommissioningError) -> [Double] {
    try values(count: max(1, futures ?? 1), of: what)
  }
}
