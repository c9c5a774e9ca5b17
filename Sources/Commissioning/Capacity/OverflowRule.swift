/// Where children go for whom a full setting has no place.
///
/// The shares are of the children who newly find no place. Where nobody leaves they are shares of the shortage as well;
/// where children leave, the places they free go to those who wait, so that the list stays short and, if nobody is
/// brought back, more and more of the shortage stands in the other settings: of a lasting shortage x with a share k
/// passed on, a share w = 1 - k waiting and a part l leaving each year, k x / (k + l w) in the end.
public struct OverflowRule: Sendable {
  /// One way out.
  public struct Route: Sendable {
    /// The setting that takes them: a dearer one, or mainstream with support.
    public let setting: String
    /// The part that goes there, 0 to 1.
    public let share: Draws
    /// The part of the children there who are brought back in a year, as far as places are spare once nobody waits.
    public let broughtBack: Draws

    /// States a way out.
    public init(to setting: String, share: Draws, broughtBack: Draws = Draws(0)) {
      self.setting = setting
      self.share = share
      self.broughtBack = broughtBack
    }
  }

  /// The part that waits.
  public enum Waits: Sendable {
    /// As many as are left by the routes.
    case remainder
    /// A stated part; with the routes it sums to one.
    case share(Draws)
  }

  /// The setting that may be full.
  public let setting: String
  /// The ways out, in the order in which they are reported.
  public let routes: [Route]
  /// The part that waits.
  public let waits: Waits
  /// The part of children placed elsewhere, or waiting, who leave in a year: their plan ceases, or they move away or on.
  public let leaving: Draws

  /// States where children go; ``Overflow`` checks it.
  public init(
    from setting: String, to routes: [Route], waits: Waits = .share(Draws(0)), leaving: Draws
  ) {
    self.setting = setting
    self.routes = routes
    self.waits = waits
    self.leaving = leaving
  }

  /// The part that waits, in every future.
  var waitingShare: Draws {
    switch waits {
    case .share(let share): share
    // Rounding alone can take it below nothing once the shares are checked.
    case .remainder: (Draws(1) - Draws.sum(routes.map(\.share))).positivePart
    }
  }

  /// Every uncertain quantity of it.
  var quantities: [Draws] {
    [leaving, waitingShare] + routes.flatMap { [$0.share, $0.broughtBack] }
  }

  /// Shares within this of one are one: what rounding leaves of thirds.
  static let tolerance = 1e-9

  /// What is wrong with its numbers; nil where nothing is.
  var fault: String? {
    var shares: [(name: String, value: Draws)] = routes.map { ("goes to \"\($0.setting)\"", $0.share) }
    if case .share(let share) = waits { shares.append(("waits", share)) }
    let others =
      [(name: "leaves in a year", value: leaving)]
      + routes.map { (name: "is brought back from \"\($0.setting)\" in a year", value: $0.broughtBack) }
    for (name, value) in shares + others {
      if let wrong = value.firstValue(outside: 0...1) {
        return "the part that \(name) is \(grouped(wrong)), and a share, 0 to 1 or 0% to 100%, is needed"
      }
    }
    if let fault = Draws.futuresFault(quantities) { return fault }
    let sum = Draws.sum(shares.map(\.value))
    // Twelve decimals of a share are more than anybody writes, and fewer than binary fractions show.
    func text(_ value: Double) -> String { grouped((value * 1e12).rounded() / 1e12) }
    switch waits {
    case .share:
      guard let wrong = sum.firstValue(outside: 1 - Self.tolerance...1 + Self.tolerance) else { return nil }
      return "its shares sum to \(text(wrong)), and 1 is needed; mend them, or let the remainder wait"
    case .remainder:
      guard let wrong = sum.firstValue(outside: 0...1 + Self.tolerance) else { return nil }
      return "its shares sum to \(text(wrong)), and 1 or less is needed, because the remainder waits"
    }
  }
}
