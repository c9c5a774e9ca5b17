import TimeSeries

/// The children in care when a forecast begins, at the end of a day.
public struct CareOpening: Sendable {
  /// A child: the next birthday counts from the date of birth, or is drawn within the band where only that is known.
  enum Member: Sendable {
    case born(CivilDate, category: Int)
    case aged(band: Int, category: Int)
  }

  /// The end of this day is where the forecast begins.
  public let date: CivilDate
  let members: [Member]
  let scheme: PlacementScheme

  /// The number of children.
  public var count: Int { members.count }

  /// Children whose dates of birth are known, as ``CareEpisodes/children(on:)`` gives them.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a child outside the age bands or of no category.
  public init(_ children: [CareEpisodes.Child], on date: CivilDate, scheme: PlacementScheme)
    throws(CommissioningError)
  {
    for child in children {
      guard scheme.categories.indices.contains(child.category) else {
        throw PlacementScheme.refusal(
          "a child is in category \(child.category); the scheme has \(scheme.categories.count), counted from 0"
        )
      }
      guard scheme.band(ofAge: child.birth.completedYears(on: date)) != nil else {
        throw PlacementScheme.refusal(
          "a child born on \(child.birth) is outside every age band on \(date)")
      }
    }
    self.date = date
    self.scheme = scheme
    members = children.map { .born($0.birth, category: $0.category) }
  }

  /// Numbers of children by band and, within it, category, in the order of the scheme: their birthdays are spread over the
  /// ages of the band.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for numbers that are negative, not whole, or more than
  ///   1,000,000 in all, or that are not one for each band and category.
  public init(counts: [[Double]], on date: CivilDate, scheme: PlacementScheme) throws(CommissioningError) {
    guard counts.count == scheme.bands.count, counts.allSatisfy({ $0.count == scheme.categories.count })
    else {
      throw PlacementScheme.refusal(
        "the stock needs \(scheme.bands.count) age bands of \(scheme.categories.count) categories each")
    }
    for (band, row) in counts.enumerated() {
      for (category, number) in row.enumerated() {
        guard number >= 0, number == number.rounded(), number <= 1_000_000 else {
          throw PlacementScheme.refusal(
            "the stock in \(scheme.categories[category].id) at \(scheme.bands[band].name) is \(plainText(number)); "
              + "a whole number from 0 to 1,000,000 is needed")
        }
      }
    }
    let total = counts.joined().reduce(0, +)
    guard total <= 1_000_000 else {
      throw PlacementScheme.refusal(
        "the stock is \(plainText(total)) children; at most 1,000,000 are accepted")
    }
    self.date = date
    self.scheme = scheme
    var members: [Member] = []
    for (band, row) in counts.enumerated() {
      for (category, number) in row.enumerated() {
        members += repeatElement(.aged(band: band, category: category), count: Int(number))
      }
    }
    self.members = members
  }

  /// The children of each state.
  func stock() -> [Double] {
    var stock = [Double](repeating: 0, count: scheme.stateCount)
    for member in members {
      switch member {
      case .aged(let band, let category): stock[band * scheme.categories.count + category] += 1
      case .born(let birth, let category):
        guard let band = scheme.band(ofAge: birth.completedYears(on: date)) else { continue }
        stock[band * scheme.categories.count + category] += 1
      }
    }
    return stock
  }
}
