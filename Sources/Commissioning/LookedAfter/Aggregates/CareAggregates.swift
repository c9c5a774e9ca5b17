import TimeSeries

/// Yearly totals of children looked after, where there are no episodes: one age class, a rate of entry per head, a rate of
/// leaving, and what they leave unexplained.
///
/// > opening + starts − ceased + unexplained = closing
///
/// holds of every published year by what is unexplained, which is rounding, children counted twice in a year, and late
/// corrections; and it holds in every simulated one.
public struct CareAggregates: Sendable {
  /// The years, in order.
  public let years: [CareYear]
  /// Children on the day before the first.
  public let opening: Double
  /// The parts of the last year's children in each category, in the order of ``scheme``; they sum to 1.
  public let shares: [Double]
  /// One age band of all children, and the categories.
  public let scheme: PlacementScheme

  /// Checks yearly totals.
  ///
  /// - Parameters:
  ///   - years: the years, one after another without a gap, two or more.
  ///   - opening: children on 31 March before the first.
  ///   - shares: by category, the part of the last year's children there, as a share. Shares that sum to less than 1 leave
  ///     the rest to `remainder`; those that sum to more by no more than half a percentage point for each, as published
  ///     rounding may, are scaled to 1, and ``notes`` says so.
  ///   - remainder: the category that takes what the shares leave; nil where they must sum to 1.
  ///   - leavingAge: the birthday on which care ends.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for fewer years, a gap, a number that is negative or not
  ///   whole, nobody in care, more children ceasing than there were, or shares that cannot be.
  public init(
    years: [CareYear], opening: Double, shares: [(category: PlacementCategory, share: Double)],
    remainder: PlacementCategory? = nil, leavingAge: Int = 18
  ) throws(CommissioningError) {
    guard years.count >= 2 else {
      throw PlacementScheme.refusal(
        "\(years.count) years of totals are given; at least two are needed for rates")
    }
    for (year, next) in zip(years, years.dropFirst()) where next.year != year.year.next {
      throw PlacementScheme.refusal(
        "\(next.year) follows \(year.year); the years must have no gap between them")
    }
    try Self.check(opening, "at the start of \(years[0].year)")
    var before = opening
    for year in years {
      try Self.check(year.starts, "who started in \(year.year)")
      try Self.check(year.ceased, "who ceased in \(year.year)")
      try Self.check(year.closing, "at the end of \(year.year)")
      guard year.ceased <= before + year.starts + 0.02 * before + 10 else {
        throw PlacementScheme.refusal(
          "\(plainText(year.ceased)) children ceased in \(year.year), and there were \(plainText(before)) and "
            + "\(plainText(year.starts)) more; mend the figures")
      }
      before = year.closing
    }
    guard before > 0, years.contains(where: { $0.ceased > 0 }) else {
      throw PlacementScheme.refusal(
        "nobody was in care at the end of \(years[years.count - 1].year), or nobody ever ceased; rates need both"
      )
    }
    var notes: [String] = []
    var categories = shares.map(\.category)
    var parts = shares.map(\.share)
    for (category, share) in shares where !(share >= 0 && share <= 1) {
      throw PlacementScheme.refusal(
        "the share of \(category.name) is \(plainText(share)); a share is from 0 to 1")
    }
    let sum = parts.reduce(0, +)
    let rounding = 0.005 * Double(max(parts.count, 1))
    if let remainder {
      categories.append(remainder)
      parts.append(max(0, 1 - sum))
    }
    guard sum <= 1 + rounding, remainder != nil || sum >= 1 - rounding, sum > 0 || remainder != nil else {
      throw PlacementScheme.refusal(
        "the shares of placements sum to \(perCent(sum)); 100 per cent is needed, within the rounding of each"
          + (remainder == nil ? ", or less with a category that takes the rest" : ""))
    }
    let whole = parts.reduce(0, +)
    if abs(whole - 1) > 1e-9 {
      notes.append("The published shares of placements sum to \(perCent(whole)) and are scaled to the whole.")
    }
    scheme = try PlacementScheme(
      bands: [AgeBand(name: "all ages", from: 0, to: leavingAge)], categories: categories)
    self.years = years
    self.opening = opening
    self.shares = parts.map { $0 / whole }
    self.notes = notes
  }

  /// What was done to the figures, as sentences.
  public let notes: [String]

  private static func check(_ number: Double, _ what: String) throws(CommissioningError) {
    guard number >= 0, number == number.rounded(), number <= 1_000_000 else {
      throw PlacementScheme.refusal(
        "the number of children \(what) is \(plainText(number)); a whole number from 0 to 1,000,000 is needed"
      )
    }
  }

  /// What each year's figures leave unexplained: closing − opening − starts + ceased.
  public var unexplained: [Double] {
    var before = opening
    return years.map { year in
      defer { before = year.closing }
      return year.closing - before - year.starts + year.ceased
    }
  }

  /// The last year's children by category: whole numbers that sum to the published one (largest remainder).
  public var closingByCategory: [Double] {
    let total = years[years.count - 1].closing
    var counts = shares.map { ($0 * total).rounded(.down) }
    let order = shares.indices.sorted {
      let (left, right) = (shares[$0] * total - counts[$0], shares[$1] * total - counts[$1])
      return left == right ? $0 < $1 : left > right
    }
    for index in order.prefix(Int(total - counts.reduce(0, +))) { counts[index] += 1 }
    return counts
  }
}
