import TimeSeries

/// What others pay towards a placement service, year by year. The spending stays gross; contributions stand on lines of
/// their own, and what they leave is the net spending.
struct PlacementFunding {
  private let service: Placements
  private let terms: Placements.Funding
  private let joint: JointFunding
  private let context: SimulationContext
  private let considered: [String: Draws]
  private let counted: [String: SeriesPaths]
  private let stated: [String: Draws]

  private static let average = YearAverage(rule: .marchCensus)

  /// - Returns: nil where the workspace says of nobody else that they pay.
  init?(_ service: Placements, in context: SimulationContext) throws(CommissioningError) {
    guard let terms = service.funding else { return nil }
    self.service = service
    self.terms = terms
    self.context = context
    func name(_ placement: String) -> String {
      service.placements.first { $0.id == placement }?.name ?? placement
    }
    var splits: [FundingSplit] = []
    for placement in service.placements where placement.weeklyCost != nil {
      let own = terms.splits.first { $0.placement == placement.id }
      splits.append(
        try (own ?? Placements.Funding.Split(placement: placement.id, shares: [terms.bearer: 1], rounding: 0))
          .checked(name: placement.name))
    }
    var groups: [ContinuingCare] = []
    var considered: [String: Draws] = [:]
    for group in terms.continuingCare {
      groups.append(
        try ContinuingCare(
          id: group.id, name: group.name, setting: group.placement,
          weeklyContribution: try context.assumption(group.weeklyContribution, .amount, for: service.id),
          probability: try context.assumption(group.probability, .share, for: service.id)))
      considered[group.id] = try context.assumption(group.children, .amount, for: service.id)
    }
    var counted: [String: SeriesPaths] = [:]
    var stated: [String: Draws] = [:]
    let census = try Self.average.censuses(of: context.years.upperBound, service: service.id).later
    for band in terms.unaccompanied {
      switch band.children {
      case .assumption(let id): stated[band.id] = try context.assumption(id, .amount, for: service.id)
      case .series(let id):
        let published = try context.requiredSeries(id, for: service.id)
        try context.require(published, "a number of children", for: service.id) { $0 >= 0 }
        counted[band.id] = try context.paths(
          id, like: census, fallback: service.holdSpread, service: service.id)
      }
    }
    self.considered = considered
    self.counted = counted
    self.stated = stated
    joint = try JointFunding(
      bearer: terms.bearer, splits: splits, continuingCare: groups,
      unaccompanied: terms.unaccompanied.isEmpty
        ? nil
        : UnaccompaniedGrant(
          bands: terms.unaccompanied.map {
            UnaccompaniedGrant.Band(id: $0.id, name: $0.name, weeklyRates: $0.weeklyRates)
          }))
  }

  /// What others pay in a year of which the spending is known; empty where the cost of placements is not.
  ///
  /// - Parameter notes: gains what a reader must know of the year.
  func lines(
    of figures: ServiceYear, notes: inout [String]
  ) throws(CommissioningError) -> [ServiceLine] {
    let year = figures.year
    var gross: [String: Draws] = [:]
    for line in figures.lines where line.part == .spend {
      if joint.splits.contains(where: { $0.setting == line.id }) { gross[line.id] = line.amount }
    }
    if gross.isEmpty { return [] }
    var children = stated
    for (band, paths) in counted {
      guard
        let average = try Self.average.average(in: year, service: service.id, { paths.at($0) })
      else {
        notes.append("What others pay in \(year) is not planned: the number of \(band) is not known.")
        return []
      }
      children[band] = average
    }
    let result: JointFunding.Year
    do throws(CommissioningError) {
      result = try joint.year(
        year,
        inputs: JointFunding.Inputs(gross: gross, continuingCare: considered, unaccompanied: children),
        draws: context.draws, seed: context.seed, asOf: context.asOf)
    } catch {
      // A year before the first rate that was known has no grant, and its net spending would be too high without it.
      guard case .missing(_, let what, let period) = error else {
        throw .invalid(service: service.id, reason: "\(error)")
      }
      notes.append("What others pay in \(year) is not planned: \(what) is not known for \(period).")
      return []
    }
    return result.contributions.map {
      ServiceLine(id: "contribution.\($0.id)", name: $0.name, part: .contribution, amount: $0.pounds)
    }
  }

  /// What a reader must know of who pays.
  var notes: [String] {
    var notes = [
      "Spend is gross. What others pay stands on lines of its own, and net spend is what is left to "
        + "\(terms.bearer.name); the budget is not changed by it."
    ]
    for split in joint.splits {
      guard let remainder = split.remainder else { continue }
      notes.append(
        "\(split.name): \(perCent(remainder.share)) of the cost is agreed with nobody and stays with "
          + "\(terms.bearer.name): \(remainder.reason).")
    }
    return notes
  }
}
