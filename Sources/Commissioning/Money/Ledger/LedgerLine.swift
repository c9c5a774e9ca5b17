/// A named part of a year's account, to the penny in every simulated future.
public struct LedgerLine: Hashable, Sendable {
  /// What a line is part of, and so which way it moves the balance.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    /// What is spent; a positive amount lowers the balance, and income set against spending is negative.
    case spend
    /// What there is to spend; a positive amount raises the balance, and a deduction is negative.
    case budget
    /// What moves the balance and is neither spent nor received in the year's running: a grant towards a deficit, a
    /// deficit taken over by another fund, the balance of other blocks. A positive amount raises the balance.
    case movement
  }

  /// The name that scripts use; one line of a year has it.
  public let id: String
  /// The name that people use.
  public let name: String
  /// What it is part of.
  public let part: Part
  /// The amount.
  public let amount: PenceDraws

  /// Describes a line.
  public init(id: String, name: String, part: Part, amount: PenceDraws) {
    self.id = id
    self.name = name
    self.part = part
    self.amount = amount
  }

  /// A line of pounds, rounded to the penny in every future, a half penny to the even one.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` that names the line and the value that is no amount.
  public init(
    id: String, name: String, part: Part, pounds: Draws, service: String = "money"
  ) throws(CommissioningError) {
    self.init(
      id: id, name: name, part: part,
      amount: try PenceDraws(pounds: pounds, "\"\(name)\"", service: service))
  }
}
