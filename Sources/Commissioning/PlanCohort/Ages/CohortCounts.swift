/// What is known of an area's plans by age and setting. What is not known is left out, never zero.
///
/// A table is by age at 31 August before the census (0 to 25, say) and, within an age, by setting. Flows are
/// those of the calendar year after a January census and before the next: those who ceased or moved stand at
/// the age they had at the first, new plans at the age they have at the second.
public struct CohortCounts: Hashable, Sendable {
  /// The area's name.
  public let area: String
  /// Ages and settings.
  public let shape: CohortShape
  /// Plans at January censuses, by year.
  public let stock: [Int: [Double]]
  /// New plans, by calendar year.
  public let new: [Int: [Double]]
  /// Plans that ceased, by calendar year.
  public let ceased: [Int: [Double]]
  /// Those who stayed by age, setting and setting at the next census, by calendar year.
  public let moves: [Int: [Double]]
  /// Requests by age at the closing census, by calendar year.
  public let requests: [Int: [Double]]
  /// Decisions whether to assess, by calendar year.
  public let assessed: [Int: PlanDecisions]
  /// Decisions whether to issue a plan, by calendar year.
  public let issued: [Int: PlanDecisions]
  /// People of each age, by calendar year: those of whom the requests and new plans of the year come.
  public let population: [Int: [Double]]

  /// States what is known.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for tables of the wrong size, a count below 0,
  ///   plans in a setting that does not hold their age, more ceased than there were, or flows of an age
  ///   without people.
  public init(
    area: String, shape: CohortShape, stock: [Int: [Double]], new: [Int: [Double]] = [:],
    ceased: [Int: [Double]] = [:], moves: [Int: [Double]] = [:], requests: [Int: [Double]] = [:],
    assessed: [Int: PlanDecisions] = [:], issued: [Int: PlanDecisions] = [:],
    population: [Int: [Double]] = [:]
  ) throws(CommissioningError) {
    self.area = area
    self.shape = shape
    self.stock = stock
    self.new = new
    self.ceased = ceased
    self.moves = moves
    self.requests = requests
    self.assessed = assessed
    self.issued = issued
    self.population = population
    for (what, tables) in [("plans at January", stock), ("new plans in", new), ("ceased plans in", ceased)] {
      for year in tables.keys.sorted() {
        try shape.requireCounts(tables[year] ?? [], service: area, what: "\(what) \(year)")
      }
    }
    for (what, tables) in [("requests in", requests), ("the population of", population)] {
      for year in tables.keys.sorted() {
        let table = tables[year] ?? []
        guard table.count == shape.ages.count, table.allSatisfy((0...PlanCounts.most).contains) else {
          throw .invalid(
            service: area,
            reason: "\(what) \(year) must be \(shape.ages.count) counts of 0 or more, one for each age")
        }
      }
    }
    for year in moves.keys.sorted() {
      let table = moves[year] ?? []
      guard table.count == shape.cells * shape.settings.count,
        table.allSatisfy((0...PlanCounts.most).contains)
      else {
        throw .invalid(
          service: area,
          reason:
            "moves in \(year) must be \(shape.cells * shape.settings.count) counts of 0 or more: ages by "
            + "settings by settings at the next census")
      }
    }
    try requireCeasedWithinStock()
    try requirePeople()
  }

  private func requireCeasedWithinStock() throws(CommissioningError) {
    for year in ceased.keys.sorted() {
      guard let gone = ceased[year], let opening = stock[year] else { continue }
      for cell in gone.indices where gone[cell] > opening[cell] {
        throw .invalid(
          service: area,
          reason:
            "\(plainText(gone[cell])) plans aged \(shape.ages.lowerBound + cell / shape.settings.count) in "
            + "\(shape.settings[cell % shape.settings.count].name) ceased in \(year), of "
            + "\(plainText(opening[cell]))")
      }
    }
  }

  private func requirePeople() throws(CommissioningError) {
    for year in population.keys.sorted() {
      guard let people = population[year] else { continue }
      let settings = shape.settings.count
      for place in people.indices where people[place] == 0 {
        let flow =
          (requests[year]?[place] ?? 0)
          + (0..<settings).reduce(0) { $0 + (new[year]?[place * settings + $1] ?? 0) }
        guard flow == 0 else {
          throw .invalid(
            service: area,
            reason:
              "\(plainText(flow)) requests or new plans in \(year) are aged "
              + "\(shape.ages.lowerBound + place), where the population is 0; supply the people of that age")
        }
      }
    }
  }

  /// What a year's flows leave unexplained in total, as a share of the opening stock; nil where a table is
  /// missing.
  var unexplainedShares: [Double] {
    var result: [Double] = []
    for year in stock.keys.sorted() {
      guard let opening = stock[year], let closing = stock[year + 1], let new = new[year],
        let gone = ceased[year]
      else { continue }
      let whole = opening.reduce(0, +)
      if whole > 0 {
        result.append((closing.reduce(0, +) - whole - new.reduce(0, +) + gone.reduce(0, +)) / whole)
      }
    }
    return result
  }
}
