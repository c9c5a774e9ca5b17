/// A named amount of a financial year, in whole pence in every simulated future.
///
/// Pence are whole numbers held as `Double`, whose sums and differences are exact below 2^53; that is why parts sum to
/// totals to the penny in every future and not only on average.
public struct FundLine: Sendable {
  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// Whole pence in every simulated future.
  public let pence: Draws

  /// Pounds in every simulated future.
  public var pounds: Draws { pence / 100 }

  /// The greatest amount of a line, pence: a hundred thousand million pounds. Nine hundred such lines still sum exactly.
  static let limit = 1e13

  /// A line of whole pence that have been computed from other lines.
  init(id: String, name: String, pence: Draws) {
    self.id = id
    self.name = name
    self.pence = pence
  }

  /// Rounds pounds to whole pence in every future as ``Pence/init(pounds:)`` does, a half penny to the even one.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for an amount that is not finite or is beyond counting.
  init(id: String, name: String, pounds: Draws, service: String) throws(CommissioningError) {
    let pence = pounds.map { Pence.count(ofPounds: $0).map { Double($0) } ?? $0 * 100 }
    let excess: Double? =
      switch pence.storage {
      case .known(let value): value.magnitude <= Self.limit ? nil : value
      case .sampled(let values): values.first { !($0.magnitude <= Self.limit) }
      }
    if let excess {
      throw .invalid(
        service: service,
        reason: "\(name) comes to \(plainText(excess / 100)) pounds in a simulated future, and an amount "
          + "below \(millions(Self.limit / 100)) is needed; look for a price or a number in the wrong unit")
    }
    self.init(id: id, name: name, pence: pence)
  }

  /// The sum of lines, exact in every future.
  static func total(_ lines: [FundLine], id: String, name: String) -> FundLine {
    FundLine(id: id, name: name, pence: Draws.sum(lines.map(\.pence)))
  }
}
