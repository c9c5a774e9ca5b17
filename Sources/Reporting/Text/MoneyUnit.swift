/// The unit in which a table shows pounds.
public enum MoneyUnit: String, CaseIterable, Hashable, Sendable {
  /// Thousands of pounds, in whole numbers.
  case thousands
  /// Millions of pounds, to one decimal.
  case millions

  /// The unit that suits some amounts: thousands where every one of them is under three million pounds.
  public init(suiting pounds: [Double]) {
    self = pounds.contains { $0.magnitude >= 3e6 } ? .millions : .thousands
  }

  /// What heads a column of it.
  public var heading: String {
    switch self {
    case .thousands: "£k"
    case .millions: "£m"
    }
  }

  /// An amount for a column headed by the unit: `-4.2`.
  public func cell(_ pounds: Double) -> String {
    switch self {
    case .thousands: NumberText.fixed(pounds, decimals: 0, dividedByTenTo: 3)
    case .millions: NumberText.fixed(pounds, decimals: 1, dividedByTenTo: 6)
    }
  }

  /// An amount for a sentence: `-£4.2m`.
  public func sentence(_ pounds: Double) -> String {
    let number = cell(pounds)
    let suffix = self == .thousands ? "k" : "m"
    return number.hasPrefix("-") ? "-£\(number.dropFirst())\(suffix)" : "£\(number)\(suffix)"
  }
}
