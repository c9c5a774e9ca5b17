/// A published year of a stock, set against its flows: closing − opening = new − ceased + transfers +
/// unexplained.
///
/// A check of an imported table. What is left unexplained is not an error in itself: published plans that
/// cease hold those that move to another area, which are no new plan there, and some data come late. It is
/// shown, so that it is neither lost nor taken for growth.
public struct StockIdentity: Hashable, Sendable {
  /// The calendar year of the flows.
  public let year: Int
  /// The stock at its January census.
  public let opening: Double
  /// The stock at the next January census.
  public let closing: Double
  /// New plans in the year.
  public let new: Double
  /// Plans that ceased in the year, transfers to other areas among them where they are published so.
  public let ceased: Double
  /// Plans that came from other areas less those that went, beyond what ``ceased`` holds; 0 where it is not
  /// published.
  public let netTransfers: Double

  /// States a year.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a stock or flow below 0 or no number, and
  ///   for more plans ceased than there were or came.
  public init(
    year: Int, opening: Double, closing: Double, new: Double, ceased: Double, netTransfers: Double = 0,
    service: String
  ) throws(CommissioningError) {
    for (name, value) in [
      ("the stock at January \(year)", opening), ("the stock at the next January", closing),
      ("new plans in \(year)", new), ("ceased plans in \(year)", ceased),
    ] {
      guard value >= 0, value.isFinite else {
        throw .invalid(service: service, reason: "\(name) is \(plainText(value)); a count is 0 or more")
      }
    }
    guard netTransfers.isFinite else {
      throw .invalid(service: service, reason: "net transfers in \(year) are not a number")
    }
    guard ceased <= opening + new else {
      throw .invalid(
        service: service,
        reason:
          "\(grouped(ceased)) plans ceased in \(year), and there were no more than \(grouped(opening + new))")
    }
    self.year = year
    self.opening = opening
    self.closing = closing
    self.new = new
    self.ceased = ceased
    self.netTransfers = netTransfers
  }

  /// The growth of the stock.
  public var growth: Double { closing - opening }

  /// What the flows explain of it.
  public var explained: Double { new - ceased + netTransfers }

  /// What they leave: transfers that are not published, and late data.
  public var unexplained: Double { growth - explained }

  /// What a reader should be told where more than a share of the opening stock is unexplained; nil elsewhere.
  ///
  /// - Parameter share: The largest share of the opening stock that needs no remark, such as 0.05.
  public func remark(above share: Double) -> String? {
    guard abs(unexplained) > share * opening else { return nil }
    return
      "\(year): of a growth of \(grouped(growth)) plans the published flows explain \(grouped(explained)); "
      + "\(grouped(unexplained)) are unexplained, more than \(perCent(share)) of the \(grouped(opening)) "
      + "at January"
  }
}
