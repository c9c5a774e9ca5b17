/// What a child costs for a year by setting and by who provides it, and how these prices move.
public struct UnitCostTable: Sendable {
  /// Who provides a place.
  public enum Provider: String, Hashable, Sendable, CaseIterable, Comparable {
    /// The authority's own schools and services, academies in its area included.
    case own
    /// Another authority's.
    case otherAuthority = "other-authority"
    /// An independent or non-maintained one.
    case independent

    /// Whether the left stands first in a table.
    public static func < (left: Provider, right: Provider) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }

    /// The provider in a sentence.
    public var text: String {
      switch self {
      case .own: "own provision"
      case .otherAuthority: "another authority"
      case .independent: "an independent provider"
      }
    }
  }

  /// A cell of the table: a setting and who provides it.
  public struct Placement: Hashable, Sendable, Comparable {
    /// The setting, by the name that scripts use.
    public let setting: String
    /// Who provides it.
    public let provider: Provider

    /// Names a cell.
    public init(_ setting: String, _ provider: Provider) {
      self.setting = setting
      self.provider = provider
    }

    /// The name that scripts use: `special/independent`.
    public var id: String { "\(setting)/\(provider.rawValue)" }

    /// Whether the left stands first in a table: by setting, then by provider.
    public static func < (left: Placement, right: Placement) -> Bool {
      (left.setting, left.provider) < (right.setting, right.provider)
    }
  }

  /// A price and the index that it moves with.
  public struct Price: Sendable {
    /// The price of one year.
    public let price: FinancialYearPrice
    /// The index that carries it to other years.
    public let index: PriceIndex

    /// Joins a price and an index.
    public init(_ price: FinancialYearPrice, index: PriceIndex) {
      self.price = price
      self.index = index
    }
  }

  /// What the children of one placement cost in a year.
  public struct Cost: Sendable {
    /// Setting and provider.
    public let placement: Placement
    /// Children on average over the year.
    public let number: AverageNumber
    /// What one costs in the year.
    public let price: FinancialYearPrice
    /// Number times price, pounds, not yet rounded.
    public let pounds: Draws
  }

  private let prices: [Placement: Price]
  private let service: String

  /// Puts together a table.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a price that is negative or no number.
  public init(_ prices: [Placement: Price], service: String = "money") throws(CommissioningError) {
    for (placement, price) in prices.sorted(by: { $0.key < $1.key }) {
      try price.price.pounds.require(
        "the price of \(placement.setting) by \(placement.provider.text) in \(price.price.year)",
        "an amount of 0 or more", service: service
      ) { $0 >= 0 }
    }
    self.prices = prices
    self.service = service
  }

  /// What one place costs in a year, carried there by its index; nil where the table has no price.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when the index does not reach the year.
  public func price(
    of placement: Placement, in year: FinancialYear
  ) throws(CommissioningError) -> FinancialYearPrice? {
    guard let known = prices[placement] else { return nil }
    let factor = try known.index.factor(from: known.price.year, to: year)
    return FinancialYearPrice(year: year, pounds: known.price.pounds * factor)
  }

  /// What a year's children cost, by placement in the order of the table.
  ///
  /// A placement that has no children in any future and no price is left out.
  ///
  /// - Throws: ``CommissioningError/missingPrice(service:line:series:)`` for a placement with children and no price, and
  ///   ``CommissioningError/invalid(service:reason:)`` for a number of children that is negative, no number, or of
  ///   another year than the rest.
  public func costs(
    of children: [Placement: AverageNumber], in year: FinancialYear
  ) throws(CommissioningError) -> [Cost] {
    var costs: [Cost] = []
    for (placement, number) in children.sorted(by: { $0.key < $1.key }) {
      try number.children.require(
        "the number of children in \(placement.setting) with \(placement.provider.text) in \(number.year)",
        "a number of 0 or more", service: service
      ) { $0 >= 0 }
      guard let price = try price(of: placement, in: year) else {
        guard number.children.isZero else {
          throw .missingPrice(
            service: service, line: "\(placement.setting) with \(placement.provider.text)",
            series: "unit-cost/\(placement.id)")
        }
        continue
      }
      costs.append(
        Cost(
          placement: placement, number: number, price: price,
          pounds: try price.cost(of: number, service: service)))
    }
    return costs
  }
}

extension Draws {
  /// Whether the quantity is zero in every simulated future.
  var isZero: Bool {
    switch storage {
    case .known(let value): value == 0
    case .sampled(let values): values.allSatisfy { $0 == 0 }
    }
  }
}
