extension CostTable {
  /// The spending of a service in a year: a setting for each line that is a number times a price, and a line for the
  /// rest.
  ///
  /// What a service costs the General Fund beside its own grant is not in it.
  ///
  /// - Parameters:
  ///   - name: what the table is called in a bridge.
  ///   - year: the year of the service.
  ///   - population: the people of whom the children are a share, where volume is to be divided.
  /// - Throws: ``CommissioningError`` when the year's spending is not known by line, when no line has a number, and as
  ///   ``init(name:rows:lines:population:)`` does.
  public init(
    name: String, spendingOf year: ServiceYear, population: Draws? = nil
  ) throws(CommissioningError) {
    let spending = year.lines.filter { $0.part == .spend }
    guard spending.contains(where: { $0.units != nil }) else {
      throw .missing(
        service: "bridge", what: "what was paid for, by line, without which \(name) has no volume or price,",
        period: "\(year.year)")
    }
    var rows: [Row] = []
    var lines: [Line] = []
    for line in spending {
      if let units = line.units {
        rows.append(try Row(id: line.id, name: line.name, number: units, pounds: line.amount))
      } else {
        lines.append(
          Line(
            id: line.id, name: line.name,
            amount: try PenceDraws(pounds: line.amount, "\"\(line.name)\" of \(name)", service: "bridge")))
      }
    }
    try self.init(name: name, rows: rows, lines: lines, population: population)
  }
}
