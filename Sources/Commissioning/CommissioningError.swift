import TimeSeries

/// Why a plan, or one service of it, was refused. Each case is a sentence for the person who can mend it.
public enum CommissioningError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The workspace holds no series of this name for this area.
  case unknownSeries(id: String, area: String, service: String)
  /// The series exists, but nothing of it had been published by the plan's date.
  case nothingPublished(id: String, area: String, asOf: String, service: String)
  /// A series cannot be forecast; the reason is the forecaster's.
  case forecast(service: String, reason: String)
  /// A value that the service needs for a year or date is not known and not forecast.
  case missing(service: String, what: String, period: String)
  /// A service refers to an assumption that is not defined.
  case unknownAssumption(id: String, service: String)
  /// An assumption's numbers do not describe a distribution.
  case invalidAssumption(id: String, reason: String)
  /// A transfer between blocks is larger than its limit and no disapplication is recorded.
  case transferAboveLimit(service: String, year: String, amount: String, limit: String)
  /// The years of the plan are in the wrong order, or end before the plan's date.
  case horizon(String)
  /// A published figure that nobody should plan on; the area and the period say which.
  case implausible(
    service: String, series: String, area: String?, period: Period, value: String, wanted: String)
  /// An assumption is used for what its values are not fit for.
  case unfitAssumption(id: String, service: String, text: String, wanted: String)
  /// A number in a definition cannot be used.
  case invalid(service: String, reason: String)
  /// A setting or placement has children and no price.
  case missingPrice(service: String, line: String, series: String)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .unknownSeries(let id, let area, let service):
      "\(service): there is no series \"\(id)\" for \(area); add it to one of the workspace's series files, "
        + "or name another series"
    case .nothingPublished(let id, let area, let asOf, let service):
      "\(service): nothing of \"\(id)\" for \(area) had been published by \(asOf)"
    case .forecast(let service, let reason): "\(service): \(reason)"
    case .missing(let service, let what, let period): "\(service): \(what) is not known for \(period)"
    case .unknownAssumption(let id, let service):
      "\(service): the assumption \"\(id)\" is not defined; add it under assumptions, with a value and a reason"
    case .invalidAssumption(let id, let reason): "assumption \"\(id)\": \(reason)"
    case .transferAboveLimit(let service, let year, let amount, let limit):
      "\(service): the block transfer of \(amount) in \(year) is above the limit of \(limit); "
        + "lower it, or record the Secretary of State's approval with disapplication: approved"
    case .horizon(let reason): "the plan's years: \(reason)"
    case .implausible(let service, let series, _, let period, let value, let wanted):
      "\(service): \"\(series)\" is \(value) at \(period.label), and \(wanted) is needed; mend the series file"
    case .unfitAssumption(let id, let service, let text, let wanted):
      "\(service): the assumption \"\(id)\" is \(text), and \(wanted), is needed"
    case .invalid(let service, let reason): "\(service): \(reason)"
    case .missingPrice(let service, let line, let series):
      "\(service): \(line) has children and no price, because \"\(series)\" is not known; "
        + "supply the series, or leave the line unpriced with a reason"
    }
  }

  /// The service that cannot be planned; nil where the whole plan, or an assumption, is at fault.
  public var service: String? {
    switch self {
    case .unknownSeries(_, _, let service), .nothingPublished(_, _, _, let service),
      .forecast(let service, _), .missing(let service, _, _), .unknownAssumption(_, let service),
      .transferAboveLimit(let service, _, _, _), .invalid(let service, _), .missingPrice(let service, _, _),
      .implausible(let service, _, _, _, _, _), .unfitAssumption(_, let service, _, _):
      service
    case .invalidAssumption, .horizon: nil
    }
  }

  /// The assumption that must be mended, where one is at fault.
  public var assumption: String? {
    switch self {
    case .unfitAssumption(let id, _, _, _), .invalidAssumption(let id, _): id
    default: nil
    }
  }
}
