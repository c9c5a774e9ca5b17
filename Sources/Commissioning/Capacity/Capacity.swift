import TimeSeries

/// The places of every setting that has a limit. A setting that is not named takes whoever comes.
public struct Capacity: Sendable {
  /// The service that plans with them.
  public let service: String
  /// The settings, in the order in which they are stated.
  public let settings: [SettingPlaces]
  /// The days that are planned for.
  public let horizon: ClosedRange<CivilDate>

  /// Checks the places.
  ///
  /// - Parameters:
  ///   - service: the service, by the name that scripts use.
  ///   - settings: the settings with a limit.
  ///   - horizon: the days that are planned for, from the first census or financial year to the end of the last.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a setting named twice, a number that is negative or no
  ///   number, places that close before they open or outside the horizon, and more closures than places.
  public init(
    service: String, settings: [SettingPlaces], horizon: ClosedRange<CivilDate>
  ) throws(CommissioningError) {
    var names: Set<String> = []
    for places in settings {
      guard names.insert(places.setting).inserted else {
        throw .invalid(
          service: service,
          reason:
            "the places of \"\(places.setting)\" are stated twice; put all openings and closures into one")
      }
      if let fault = places.fault(horizon: horizon) {
        throw .invalid(service: service, reason: "the places of \"\(places.setting)\": \(fault)")
      }
    }
    self.service = service
    self.settings = settings
    self.horizon = horizon
  }

  /// The places of a setting; nil where it has no limit.
  public subscript(setting: String) -> SettingPlaces? { settings.first { $0.setting == setting } }

  /// Pounds of capital for all the places that open in a financial year.
  public func capitalCost(in year: FinancialYear) -> Draws {
    Draws.sum(settings.map { $0.capitalCost(in: year) })
  }
}
