import Statistics

extension TornadoCandidate {
  /// An assumption to be moved: one with a range from the tenth to the ninetieth percentile of it, one number by a share
  /// of itself either way, and the probability of an event, which happens or does not, to 0 and to 1.
  ///
  /// - Parameters:
  ///   - assumption: the assumption.
  ///   - swing: the share of a fixed number by which it is moved, above 0.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a swing that is not above 0 and finite.
  public init(_ assumption: Assumption, swing: Double) throws(CommissioningError) {
    guard swing.isFinite, swing > 0 else {
      throw .invalid(
        service: "tornado",
        reason: "a swing of \(plainText(swing)) moves nothing; give a share above 0, such as 10%")
    }
    let path = "assumptions.\(assumption.id).value"
    // Nobody will ever see three quarters of an event: what moves a plan is whether it happens.
    if assumption.isProbability, case .fixed = assumption.value {
      self.init(id: assumption.id, path: path, low: 0, high: 1, reason: .outcomes)
      return
    }
    switch assumption.value {
    case .range(let low, let mostLikely, let high) where low < high:
      do {
        let range = try PERT(minimum: low, mode: mostLikely, maximum: high)
        self.init(
          id: assumption.id, path: path, low: try range.quantile(0.1), high: try range.quantile(0.9),
          reason: .quantiles(0.1, 0.9))
      } catch {
        throw .invalidAssumption(id: assumption.id, reason: "\(error)")
      }
    case .fixed(let value), .range(_, let value, _):
      let step = abs(value) * swing
      self.init(id: assumption.id, path: path, low: value - step, high: value + step, reason: .swing(swing))
    }
  }

  /// Whether both ends are one number, as a share of nothing is.
  public var isStill: Bool { low == high }
}
