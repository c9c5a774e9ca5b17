extension SimulationContext {
  /// A flow of a service in a year, as the plan's levers leave it; the very same numbers where nothing acts on it.
  ///
  /// - Parameters:
  ///   - value: the flow before any change.
  ///   - name: the flow, under the name that the service makes known.
  ///   - bounds: what it can be.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where any future is taken outside what it can be.
  func changed(
    _ value: Draws, by name: String, of service: String, in year: FinancialYear,
    within bounds: ClosedRange<Double> = 0 ... .infinity
  ) throws(CommissioningError) -> Draws {
    let change = flows.change(of: name, in: service, year: year)
    if change.isNone { return value }
    return try change.applied(
      to: value, within: bounds, of: Flow(service: service, name: name), in: "\(year)")
  }
}
