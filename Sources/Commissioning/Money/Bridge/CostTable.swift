/// Numbers and unit costs by setting, and lines without numbers: one side of a ``CostBridge``, a year, a plan or a
/// scenario.
public struct CostTable: Sendable {
  /// A setting.
  public struct Row: Sendable {
    /// The name that scripts use; the row of the same id on the other side is the same setting.
    public let id: String
    /// The name that people use.
    public let name: String
    /// Children on average.
    public let number: Draws
    /// Pounds for one of them; nil where there are none and nobody knows a price. In a future without children it may
    /// be not a number, which says the same of that future: the other side's price stands for it.
    public let unitCost: Draws?

    /// Describes a setting.
    public init(id: String, name: String, number: Draws, unitCost: Draws?) {
      self.id = id
      self.name = name
      self.number = number
      self.unitCost = unitCost
    }

    /// Describes a setting by what its children cost together, in pounds.
    ///
    /// - Throws: ``CommissioningError/invalid(service:reason:)`` where there is a cost without children, because no
    ///   number times a price makes it; give such money as a line.
    public init(
      id: String, name: String, number: Draws, pounds: Draws
    ) throws(CommissioningError) {
      try number.combined(pounds) { $0 == 0 ? $1 : 0 }.require(
        "the cost of \"\(name)\" without children", "nothing, or a line without a number,", service: "bridge"
      ) { $0 == 0 }
      self.init(
        id: id, name: name, number: number,
        unitCost: pounds.combined(number) { $1 == 0 ? .nan : $0 / $1 })
    }
  }

  /// A line of cost that follows no number of children.
  public struct Line: Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// The amount.
    public let amount: PenceDraws

    /// Describes a line.
    public init(id: String, name: String, amount: PenceDraws) {
      self.id = id
      self.name = name
      self.amount = amount
    }
  }

  /// What the side is called: a year, a scenario, a plan and its date.
  public let name: String
  /// The settings.
  public let rows: [Row]
  /// Lines without numbers.
  public let lines: [Line]
  /// The population of which the children are a share; nil where the volume is not divided.
  public let population: Draws?

  /// Puts together a side.
  ///
  /// - Throws: ``CommissioningError`` when two rows or lines have one id, for a setting with children and no price, and
  ///   for a number or price that is negative or a population that is not above zero.
  public init(
    name: String, rows: [Row], lines: [Line] = [], population: Draws? = nil
  ) throws(CommissioningError) {
    let service = "bridge"
    var ids: Set<String> = []
    for id in rows.map(\.id) + lines.map(\.id) where !ids.insert(id).inserted {
      throw .invalid(
        service: service, reason: "\(name) has two rows or lines \"\(id)\"; join them or rename one")
    }
    for row in rows {
      try row.number.require(
        "the number of children in \"\(row.name)\" of \(name)", "a number of 0 or more", service: service
      ) { $0 >= 0 }
      guard let price = row.unitCost else {
        guard row.number.isZero else {
          throw .missingPrice(
            service: service, line: "\"\(row.name)\" of \(name)", series: "unit-cost/\(row.id)")
        }
        continue
      }
      try row.number.combined(price) { $0 == 0 && $1.isNaN ? 0 : $1 }.require(
        "the price of \"\(row.name)\" of \(name)", "an amount of 0 or more", service: service
      ) { $0 >= 0 }
    }
    try population?.require(
      "the population of \(name)", "a number above 0", service: service
    ) { $0 > 0 }
    self.name = name
    self.rows = rows
    self.lines = lines
    self.population = population
  }
}
