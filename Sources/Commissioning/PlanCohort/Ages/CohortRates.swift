import Statistics

/// Rates by age and setting, each with how well it is known, for a cohort of plans.
///
/// Every rate has a mean and a strength: the number of observations that it is known from. A share is Beta, a
/// row of shares Dirichlet, a rate per head Gamma. An infinite strength is a rate that is certain.
public struct CohortRates: Sendable, Hashable {
  /// Means with strengths, in the order of a table.
  public struct Table: Sendable, Hashable {
    /// The means.
    public var mean: [Double]
    /// The strengths: one for each mean, or one for each row of shares.
    public var strength: [Double]

    /// States means and strengths.
    public init(mean: [Double], strength: [Double]) {
      self.mean = mean
      self.strength = strength
    }

    /// Means that are certain, in rows of the given length.
    public static func certain(_ mean: [Double], row: Int = 1) -> Table {
      Table(mean: mean, strength: [Double](repeating: .infinity, count: mean.count / max(row, 1)))
    }
  }

  /// Ages and settings.
  public let shape: CohortShape
  /// The share of each age and setting that ceases before the next census; those of the last age all do.
  public let ceasing: Table
  /// Where those who stay are at the next census, a row of settings for each age and setting.
  public let moves: Table
  /// Requests within the year per head of those who are of each age at its closing census.
  public let requests: Table
  /// The share of decisions that are to assess; nil where requests are new plans as they stand.
  public let assessed: ShrunkRate?
  /// The share of decisions after an assessment that are to issue; nil likewise.
  public let issued: ShrunkRate?
  /// The settings of new plans, a row for each age.
  public let placement: Table
  /// Net transfers and late data as a share of those who stay.
  public let transfers: ShrunkBalance
  /// The standard deviation, in log odds, by which all ceasing differs from one year to another.
  public let ceasingYears: Double
  /// The standard deviation, in logarithms, by which all requests differ from one year to another.
  public let requestYears: Double
  /// What a reader must know of how they came about.
  public let notes: [String]

  /// States rates.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for tables of the wrong size, a share outside
  ///   0 to 1, a row that does not sum to one, a setting that cannot hold the age it is given, or a negative
  ///   rate or spread.
  public init(
    shape: CohortShape, ceasing: Table, moves: Table, requests: Table, assessed: ShrunkRate? = nil,
    issued: ShrunkRate? = nil, placement: Table,
    transfers: ShrunkBalance = .none,
    ceasingYears: Double = 0, requestYears: Double = 0, notes: [String] = [], service: String
  ) throws(CommissioningError) {
    self.shape = shape
    self.ceasing = ceasing
    self.moves = moves
    self.requests = requests
    self.assessed = assessed
    self.issued = issued
    self.placement = placement
    self.transfers = transfers
    self.ceasingYears = ceasingYears
    self.requestYears = requestYears
    self.notes = notes
    let settings = shape.settings.count
    try require(ceasing, means: shape.cells, strengths: shape.cells, service, "ceasing")
    try require(moves, means: shape.cells * settings, strengths: shape.cells, service, "moves")
    try require(requests, means: shape.ages.count, strengths: shape.ages.count, service, "requests per head")
    try require(placement, means: shape.cells, strengths: shape.ages.count, service, "placement of new plans")
    for (what, value) in [("ceasing", ceasingYears), ("requests", requestYears)] {
      guard value >= 0, value.isFinite else {
        throw .invalid(
          service: service, reason: "the spread of \(what) between years is \(value); give 0 or more")
      }
    }
    for cell in 0..<shape.cells where ceasing.mean[cell] > 1 {
      throw .invalid(
        service: service,
        reason: "ceasing of \(label(cell)) is \(plainText(ceasing.mean[cell])); a share is 0 to 1")
    }
    for place in 0..<shape.ages.count {
      let age = shape.ages.lowerBound + place
      try requireRow(placement, row: place, service, "placement of new plans aged \(age)") {
        shape.holds(age, setting: $0)
      }
      guard place + 1 < shape.ages.count else { continue }
      for setting in 0..<settings {
        let cell = place * settings + setting
        try requireRow(moves, row: cell, service, "moves of \(label(cell))") {
          shape.allows(ageAt: place, to: $0)
        }
      }
    }
  }

  private func label(_ cell: Int) -> String {
    let settings = shape.settings
    return "age \(shape.ages.lowerBound + cell / settings.count) in \(settings[cell % settings.count].name)"
  }

  private func require(
    _ table: Table, means: Int, strengths: Int, _ service: String, _ what: String
  ) throws(CommissioningError) {
    guard table.mean.count == means, table.strength.count == strengths else {
      throw .invalid(
        service: service,
        reason: "\(what) has \(table.mean.count) means and \(table.strength.count) strengths; \(means) and "
          + "\(strengths) are needed")
    }
    if let wrong = table.mean.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .invalid(service: service, reason: "\(what): a rate of \(plainText(wrong)); give 0 or more")
    }
    if let wrong = table.strength.first(where: { !($0 > 0) }) {
      throw .invalid(service: service, reason: "\(what): a strength of \(plainText(wrong)); give one above 0")
    }
  }

  /// A row of shares sums to one, and gives nothing to a setting that cannot hold the age.
  private func requireRow(
    _ table: Table, row: Int, _ service: String, _ what: String, allowed: (Int) -> Bool
  ) throws(CommissioningError) {
    let settings = shape.settings
    var sum = 0.0
    for setting in settings.indices {
      let share = table.mean[row * settings.count + setting]
      sum += share
      guard share == 0 || allowed(setting) else {
        throw .invalid(
          service: service,
          reason: "\(what): \(plainText(share)) go to \(settings[setting].name), which does not hold the age")
      }
    }
    guard abs(sum - 1) < 1e-9 else {
      throw .invalid(
        service: service, reason: "\(what): the shares sum to \(plainText(sum)); they must sum to 1")
    }
  }
}
