/// How many external placements a home or unit of the authority's own must replace to pay for itself.
///
/// With F pounds a year that are paid whether places are filled or not, the capital charge among them, v pounds a week
/// for a child there and p pounds a week for the placement replaced, distance included,
///
///     breakEven = F / (weeks x (p - v))
///
/// children on average over the year. Where p is not above v it never pays, however many it replaces.
public struct BreakEven: Sendable {
  /// Children on average over the year at which it pays, in every future; an infinite number where it never does.
  public let children: Draws
  /// The number as a distribution; nil where it never pays in some futures, which have no number.
  public let childrenQuantity: Quantity?
  /// The least whole number of children at which it pays on the mean prices; nil where it does not pay on them.
  public let wholeChildren: Int?
  /// The part of its places that must be filled, in every future.
  public let occupancy: Draws
  /// The probability that it never pays, with its Monte Carlo error.
  public let probabilityNever: Probability
  /// What it saves a year with the children expected there, pounds; negative where it costs more than it replaces.
  public let saving: FundLine
  /// The probability that it costs more than it replaces with the children expected there.
  public let probabilityLoss: Probability

  /// Compares a home or unit with what it would replace.
  ///
  /// - Parameters:
  ///   - name: the home or unit.
  ///   - year: the financial year.
  ///   - places: places that are open.
  ///   - children: children expected there on average over the year, not more than the places.
  ///   - fixedCost: pounds a year, the capital charge included.
  ///   - weeklyCost: pounds a week for one child more.
  ///   - replaced: pounds a week for the placement replaced, visits and journeys included.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for amounts that cannot be, or more children than places.
  public init(
    of name: String, in year: FinancialYear, places: Double, children: Draws, fixedCost: Draws,
    weeklyCost: Draws, replaced: Draws
  ) throws(CommissioningError) {
    let service = "break-even of \(name)"
    var check = FutureCheck(service)
    try check.take(Draws(places), "the number of places", .divisor)
    try check.take(children, "the number of children", .amount)
    try check.take(fixedCost, "the fixed cost", .amount)
    try check.take(weeklyCost, "the weekly cost of a child", .amount)
    try check.take(replaced, "the weekly price of the placement replaced", .amount)
    for path in 0..<(check.futures ?? 1) {
      guard let expected = children[path], expected > places else { continue }
      throw .invalid(
        service: service,
        reason: "\(plainText(expected)) children are expected in simulated future \(path), and there are "
          + "\(plainText(places)) places; expect at most that many")
    }
    let weeks = year.weeks
    let margin = (replaced - weeklyCost) * weeks
    let needed = fixedCost.combined(margin) { fixed, margin in margin > 0 ? fixed / margin : .infinity }
    self.children = needed
    occupancy = needed / places
    probabilityNever = try Probability(negative: margin.map { $0 > 0 ? 1 : -1 })
    let isAlways = (0..<(check.futures ?? 1)).allSatisfy { needed[$0]?.isFinite == true }
    childrenQuantity = isAlways ? try Quantity(needed) : nil
    let average = margin.mean > 0 ? (fixedCost.mean / margin.mean).rounded(.up) : .infinity
    wholeChildren = Int(exactly: average)
    saving = try FundLine(
      id: "saving", name: "Saving of \(name)", pounds: children * margin - fixedCost, service: service)
    probabilityLoss = try Probability(negative: saving.pence)
  }
}
