import GRDB

/// A quantity of a plan, as a row of its CSV.
public struct PlanQuantity: Hashable, Sendable {
  /// The scenario.
  public var scenario: String
  /// The service, or the total.
  public var service: String
  /// The year, as the plan writes it.
  public var year: String
  /// Whether it is an outturn, an estimate or a forecast.
  public var kind: String
  /// What it is: `demand`, `spend`, `probabilityDeficit`.
  public var quantity: String
  /// The mean, or the number itself; nil where there is none.
  public var mean: Double?
  /// The quantiles of 2.5, 10, 50, 90 and 97.5 per cent, nil where there are none: always five.
  public private(set) var quantiles: [Double?]

  /// A quantity.
  public init(
    scenario: String, service: String, year: String, kind: String, quantity: String, mean: Double?,
    p2_5: Double? = nil, p10: Double? = nil, p50: Double? = nil, p90: Double? = nil, p97_5: Double? = nil
  ) {
    self.scenario = scenario
    self.service = service
    self.year = year
    self.kind = kind
    self.quantity = quantity
    self.mean = mean
    quantiles = [p2_5, p10, p50, p90, p97_5]
  }

  /// Whether every number in it is finite.
  var isFinite: Bool { ([mean] + quantiles).allSatisfy { $0?.isFinite ?? true } }
}

/// A plan that was saved.
public struct SavedPlan: Hashable, Sendable {
  /// The number of the run in the store, from 1.
  public let number: Int
  /// The plan's `manifest.json`, as it was saved.
  public let manifest: String
  /// Its quantities, in their order.
  public let quantities: [PlanQuantity]
}

extension Store {
  /// Saves a plan with its manifest: all of it or, when anything goes wrong, nothing.
  ///
  /// The very same plan from the very same manifest is saved once; the result says so.
  ///
  /// - Parameters:
  ///   - quantities: the rows of `plan.csv`.
  ///   - manifest: the text of `manifest.json`.
  /// - Throws: ``EvidenceError``: a number that is not finite, a manifest that is no JSON, another process that does not
  ///   finish.
  public func save(_ quantities: [PlanQuantity], manifest: String) throws(EvidenceError) -> StoreSaving {
    if let one = quantities.first(where: { !$0.isFinite }) {
      throw .badData(
        Problem(
          file: path,
          message:
            "\(one.quantity) of \(one.service) in \(one.year) is not a finite number; nothing was saved"))
    }
    return try writing { database in
      let check = try PreparedStatement(database, "SELECT json_valid(?)")
      try check.bind(1, manifest)
      let isJSON = try check.step() && check.integer(0) == 1
      check.reset()
      guard isJSON else {
        throw EvidenceError.badData(
          Problem(file: path, message: "the manifest of a plan to be saved is no JSON"))
      }
      for earlier in try PlanRows.read(database)
      where earlier.manifest == manifest && earlier.quantities == quantities {
        return (false, StoreSaving(run: earlier.number, isRepeat: true))
      }
      let run = try StoredRuns.insert(database, kind: "plan", manifest: manifest)
      try PlanRows.write(quantities, database, run: run)
      return (true, StoreSaving(run: run, isRepeat: false))
    }
  }

  /// The plans that were saved, in their order.
  ///
  /// - Throws: ``EvidenceError`` when the file cannot be read or is damaged.
  public func savedPlans() throws(EvidenceError) -> [SavedPlan] {
    try reading { database in try PlanRows.read(database) }
  }
}

/// The table of the quantities of plans.
private enum PlanRows {
  static func write(_ quantities: [PlanQuantity], _ database: Database, run: Int) throws {
    let insert = try PreparedStatement(
      database,
      """
      INSERT INTO plan_quantities
        (run, position, scenario, service, year, kind, quantity, mean, p2_5, p10, p50, p90, p97_5)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for (position, quantity) in quantities.enumerated() {
      try insert.bind(1, run)
      try insert.bind(2, position)
      try insert.bind(3, quantity.scenario)
      try insert.bind(4, quantity.service)
      try insert.bind(5, quantity.year)
      try insert.bind(6, quantity.kind)
      try insert.bind(7, quantity.quantity)
      try insert.bind(8, quantity.mean)
      for (place, value) in quantity.quantiles.enumerated() { try insert.bind(9 + Int32(place), value) }
      try insert.run()
    }
  }

  static func read(_ database: Database) throws -> [SavedPlan] {
    let runs = try PreparedStatement(
      database, "SELECT id, manifest FROM runs WHERE kind = 'plan' ORDER BY id")
    let rows = try PreparedStatement(
      database,
      """
      SELECT scenario, service, year, kind, quantity, mean, p2_5, p10, p50, p90, p97_5
      FROM plan_quantities WHERE run = ? ORDER BY position
      """)
    var plans: [SavedPlan] = []
    while try runs.step() {
      try rows.bind(1, runs.integer(0))
      var quantities: [PlanQuantity] = []
      while try rows.step() {
        quantities.append(
          PlanQuantity(
            scenario: rows.text(0), service: rows.text(1), year: rows.text(2), kind: rows.text(3),
            quantity: rows.text(4), mean: rows.number(5), p2_5: rows.number(6), p10: rows.number(7),
            p50: rows.number(8), p90: rows.number(9), p97_5: rows.number(10)))
      }
      plans.append(
        SavedPlan(number: Int(runs.integer(0)), manifest: runs.text(1), quantities: quantities))
    }
    return plans
  }
}
