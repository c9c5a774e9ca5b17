import TimeSeries

/// Simulated futures of children looked after: who is where on which day, for how long, and who comes and goes.
///
/// In every future and category the identity holds exactly: children at the start of a year + starts + moves in − ceased −
/// moves out + unexplained = children at its end.
public struct PlacementPaths: Sendable {
  /// The forecast they are of.
  public let forecast: PlacementForecast
  private let layout: PlacementLayout
  private let figures: [Double]

  init(forecast: PlacementForecast, layout: PlacementLayout, figures: [Double]) {
    self.forecast = forecast
    self.layout = layout
    self.figures = figures
  }

  /// The number of simulated futures.
  public var count: Int { layout.paths }
  /// The dates at whose end children were counted: every 31 March, and those asked for.
  public var dates: [CivilDate] { forecast.timetable.censuses }
  /// The financial years that the forecast touches, the first and the last perhaps in part.
  public var years: [FinancialYear] { forecast.timetable.years }

  /// A figure that counts children, by financial year.
  public enum Flow: Hashable, Sendable {
    /// Children who came into care.
    case starts
    /// Children who left care, those who reached the age at which it ends among them.
    case ceased
    /// Of them, those who reached that age.
    case agedOut
    /// Moves into a category from another.
    case movesIn
    /// Moves out of a category to another.
    case movesOut
    /// Children whom published figures of past years leave unexplained, as they may again: negative for a loss.
    case unexplained

    var place: PlacementLayout.Flow {
      switch self {
      case .starts: .starts
      case .ceased: .ceased
      case .agedOut: .agedOut
      case .movesIn: .movesIn
      case .movesOut: .movesOut
      case .unexplained: .unexplained
      }
    }
  }

  /// Children in care at the end of a day, in a category and an age band or in all.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a date that was not asked for, or a name that is unknown.
  public func children(
    on date: CivilDate, category: String? = nil, band: String? = nil
  ) throws(CommissioningError) -> Draws {
    guard let census = dates.firstIndex(of: date) else {
      throw PlacementScheme.refusal(
        "children were not counted on \(date); they were on \(dates.map(\.description).joined(separator: ", "))"
      )
    }
    let chosen = try indices(category)
    let bands = try band.map { name throws(CommissioningError) in try forecast.rates.scheme.bandIndex(name) }
    var places: [Int] = []
    for state in 0..<layout.states
    where chosen.contains(state % layout.categories)
      && (bands ?? state / layout.categories) == state / layout.categories
    {
      places.append(layout.stock(census: census, state: state))
    }
    return sum(places)
  }

  /// Days of care within a financial year, as far as the forecast reaches into it.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a year outside the forecast or an unknown category.
  public func childDays(in year: FinancialYear, category: String? = nil) throws(CommissioningError) -> Draws {
    let position = try position(of: year)
    let chosen = try indices(category)
    return sum(
      spans(of: position).flatMap { span in chosen.map { layout.childDays(span: span, category: $0) } })
  }

  /// The average number of children over a financial year: days of care over the days of the year.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a year that the forecast does not hold whole, or an unknown
  ///   category.
  public func average(in year: FinancialYear, category: String? = nil) throws(CommissioningError) -> Draws {
    let spans = spans(of: try position(of: year)).map { forecast.timetable.spans[$0] }
    guard spans.first?.first == year.firstDay, spans.last?.beyond == year.lastDay.adding(days: 1) else {
      throw PlacementScheme.refusal(
        "\(year) is not whole in the forecast, which runs from the end of \(forecast.opening.date) through "
          + "\(forecast.through); read its child-days instead")
    }
    return try childDays(in: year, category: category) / (year.weeks * 7)
  }

  /// Starts, ceased and moves of a financial year, as far as the forecast reaches into it.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a year outside the forecast or an unknown category.
  public func flow(_ flow: Flow, in year: FinancialYear, category: String? = nil) throws(CommissioningError)
    -> Draws
  {
    let position = try position(of: year)
    return sum(try indices(category).map { layout.flow(flow.place, year: position, category: $0) })
  }

  /// Children whom a lever should have moved, or an unexplained loss taken, and who were not there.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a year outside the forecast.
  public func missed(in year: FinancialYear) throws(CommissioningError) -> Draws {
    sum([layout.missed(year: try position(of: year))])
  }

  /// Days of care in one accounting span of a category.
  func childDays(span: Int, category: Int) -> Draws {
    sum([layout.childDays(span: span, category: category)])
  }

  /// The accounting spans of the year at a position.
  func spans(of year: Int) -> [Int] {
    forecast.timetable.spans.indices.filter { forecast.timetable.spans[$0].year == year }
  }

  func position(of year: FinancialYear) throws(CommissioningError) -> Int {
    guard let position = years.firstIndex(of: year) else {
      throw PlacementScheme.refusal(
        "\(year) lies outside the forecast, which runs from the end of \(forecast.opening.date) through "
          + "\(forecast.through)")
    }
    return position
  }

  private func indices(_ category: String?) throws(CommissioningError) -> [Int] {
    guard let category else { return Array(0..<layout.categories) }
    return [try forecast.rates.scheme.categoryIndex(category)]
  }

  private func sum(_ places: [Int]) -> Draws {
    var values = [Double](repeating: 0, count: layout.paths)
    for place in places {
      let first = place * layout.paths
      for path in values.indices { values[path] += figures[first + path] }
    }
    return Draws(values)
  }
}
