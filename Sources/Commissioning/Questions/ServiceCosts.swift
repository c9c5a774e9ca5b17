extension CostTable {
  /// The spending of a year as a bridge takes it: lines that are a number times a price, and the others.
  ///
  /// - Parameters:
  ///   - year: the year.
  ///   - name: what this side of the bridge is called.
  ///   - service: the service, for the complaint.
  ///   - isDivided: whether volume is to be divided by the population, where the year has one.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where no spending is known by setting, and as
  ///   ``init(name:rows:lines:population:)``.
  public init(
    _ year: ServiceYear, name: String, service: String, isDivided: Bool = true
  ) throws(CommissioningError) {
    var rows: [Row] = []
    var lines: [Line] = []
    for line in year.lines where line.part == .spend {
      if let units = line.units {
        // Nobody pays for what nobody has: without children there is no price, and none is needed.
        let price = line.amount.combined(units) { $1 > 0 ? $0 / $1 : 0 }
        rows.append(Row(id: line.id, name: line.name, number: units, unitCost: price))
      } else {
        lines.append(
          Line(
            id: line.id, name: line.name,
            amount: try PenceDraws(pounds: line.amount, "\"\(line.name)\" of \(name)", service: service)))
      }
    }
    guard !rows.isEmpty else {
      throw .invalid(
        service: service,
        reason: "the spending of \(name) is not known by number and price; choose a year of which it is")
    }
    try self.init(name: name, rows: rows, lines: lines, population: isDivided ? year.population : nil)
  }
}
