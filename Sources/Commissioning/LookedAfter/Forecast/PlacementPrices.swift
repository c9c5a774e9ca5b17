import TimeSeries

/// What a week in a category costs from a day on.
public struct DatedWeeklyPrice: Sendable {
  /// The first day of the price.
  public let from: CivilDate
  /// Pounds a week, in every simulated future.
  public let pounds: Draws

  /// A price from a day on, until the next.
  public init(from: CivilDate, pounds: Draws) {
    self.from = from
    self.pounds = pounds
  }
}

/// Weekly costs of placements over time, by category.
public struct PlacementPrices: Sendable {
  private let prices: [String: [DatedWeeklyPrice]]

  /// Prices by category id, each from its day until the next, in any order.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a price that in any future is negative or no number, for a
  ///   category without any, or for two prices of one category from the same day.
  public init(_ prices: [String: [DatedWeeklyPrice]]) throws(CommissioningError) {
    for (category, path) in prices.sorted(by: { $0.key < $1.key }) {
      guard !path.isEmpty else {
        throw PlacementScheme.refusal(
          "the prices of \"\(category)\" are an empty list; leave the category out or price it")
      }
      for price in path {
        if let worst = price.pounds.worst(where: { !($0 >= 0 && $0.isFinite) }) {
          throw PlacementScheme.refusal(
            "a week in \"\(category)\" costs \(plainText(worst)) pounds from \(price.from); a price is a number from 0"
          )
        }
      }
      guard Set(path.map(\.from)).count == path.count else {
        throw PlacementScheme.refusal("\"\(category)\" has two prices from one day; keep one")
      }
    }
    self.prices = prices.mapValues { $0.sorted { $0.from < $1.from } }
  }

  /// The days on which a price changes, which a forecast needs among its accounting dates unless they are 1 April.
  public var changes: [CivilDate] { Set(prices.values.joined().map(\.from)).sorted() }

  fileprivate func path(_ category: String) -> [DatedWeeklyPrice]? { prices[category] }
  fileprivate var categories: [String] { prices.keys.sorted() }
}

extension PlacementPaths {
  /// What care costs in a financial year, as far as the forecast reaches into it: days over seven times the weekly price of
  /// those days, category by category; pounds.
  ///
  /// - Returns: the cost by category id, for categories in which there is a child in some future.
  /// - Throws: ``CommissioningError/missingPrice(service:line:series:)`` for such a category without a price;
  ///   ``CommissioningError/invalid(service:reason:)`` for a year outside the forecast, prices of an unknown category, a
  ///   price path that begins too late, that changes on a day from which child-days were not counted apart, or that holds
  ///   another number of futures.
  public func cost(
    in year: FinancialYear, at prices: PlacementPrices
  ) throws(CommissioningError) -> [String: Draws] {
    let position = try position(of: year)
    let scheme = forecast.rates.scheme
    for name in prices.categories { _ = try scheme.categoryIndex(name) }
    var result: [String: Draws] = [:]
    for (index, category) in scheme.categories.enumerated() {
      guard try childDays(in: year, category: category.id).worst(where: { $0 > 0 }) != nil else { continue }
      guard let path = prices.path(category.id) else {
        throw .missingPrice(
          service: "children looked after", line: category.name, series: "weekly price of \(category.id)")
      }
      var total = Draws(0)
      for number in spans(of: position) {
        let span = forecast.timetable.spans[number]
        guard let current = path.last(where: { $0.from <= span.first }) else {
          throw PlacementScheme.refusal(
            "\(category.name) has no price on \(span.first); its first is from \(path[0].from)")
        }
        if let change = path.first(where: { $0.from > span.first && $0.from < span.beyond }) {
          throw PlacementScheme.refusal(
            "\(category.name) changes price on \(change.from), from which days were not counted apart; "
              + "give that day to the forecast as an accounting date")
        }
        if let futures = current.pounds.futures, futures != count {
          throw PlacementScheme.refusal(
            "the price of \(category.name) holds \(futures) simulated futures, and the forecast \(count)")
        }
        total = total + childDays(span: number, category: index) / 7 * current.pounds
      }
      result[category.id] = total
    }
    return result
  }
}
