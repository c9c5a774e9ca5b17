/// One authority's Section 251 return of a year, to the penny.
public struct Section251Return: Hashable, Sendable {
  /// A line as it is returned.
  public struct Row: Hashable, Sendable {
    /// The line's number.
    public let code: String
    /// Its gross amount by phase; empty where the line is not divided.
    public let phases: [Section251Schema.Phase: Pence]
    /// What is spent.
    public let gross: Pence
    /// What comes in against it; positive.
    public let income: Pence
    /// Gross less income.
    public let net: Pence

    /// States a line.
    public init(
      code: String, phases: [Section251Schema.Phase: Pence], gross: Pence, income: Pence, net: Pence
    ) {
      self.code = code
      self.phases = phases
      self.gross = gross
      self.income = income
      self.net = net
    }
  }

  /// Which amount of a line is meant.
  public enum Amount: String, Hashable, Sendable {
    /// Before income.
    case gross
    /// After income; what authorities are compared by.
    case net
  }

  /// The financial year.
  public let year: FinancialYear
  /// The lines that it may have, and what they count towards.
  public let schema: Section251Schema
  /// The lines that it has, in the order of the schema.
  public let rows: [Row]
  /// The unit to which its figures are rounded, a pound or a thousand of them; nil where they are exact.
  public let roundedTo: Pence?

  /// Puts together a return. That its lines foot is asked by ``footingErrors()`` and ``checkFooting()``.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a line that the schema does not have, one that stands
  ///   twice, and a rounding that is not above zero.
  public init(
    year: FinancialYear, rows: [Row], schema: Section251Schema, roundedTo: Pence?
  ) throws(CommissioningError) {
    var byCode: [String: Row] = [:]
    for row in rows {
      guard schema[row.code] != nil else {
        throw Self.refused(
          "the return of \(year) has a line \(row.code), which its schema does not; the lines are "
            + schema.lines.map(\.code).joined(separator: ", "))
      }
      guard byCode.updateValue(row, forKey: row.code) == nil else {
        throw Self.refused(
          "the return of \(year) has the line \(row.code) twice; add the two, or leave one out")
      }
    }
    if let roundedTo, roundedTo <= .zero {
      throw Self.refused("figures cannot be rounded to \(roundedTo); give £1.00, £1,000.00 or nothing")
    }
    self.year = year
    self.schema = schema
    self.rows = schema.lines.compactMap { byCode[$0.code] }
    self.roundedTo = roundedTo
  }

  static func refused(_ reason: String) -> CommissioningError {
    .invalid(service: "section-251", reason: reason)
  }

  /// The line of a code; nil where the return does not have it.
  public subscript(code: String) -> Row? { rows.first { $0.code == code } }
}

// MARK: Totals

extension Section251Return {
  /// The total of high needs by which authorities are compared: every line that counts towards a group, so without the
  /// private finance costs of 1.2.10.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when the return lacks one of the lines: a line that is
  ///   not there is not taken for nothing.
  public func totalHighNeeds(_ amount: Amount = .net) throws(CommissioningError) -> Pence {
    try total(of: schema.lines.filter { $0.group != nil }, amount)
  }

  /// What high needs spent: the total and the lines that the comparison leaves out.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when the return lacks a line.
  public func accountedSpend(_ amount: Amount = .net) throws(CommissioningError) -> Pence {
    try total(of: schema.lines, amount)
  }

  /// The total of one group of lines.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when the return lacks one of them.
  public func total(
    of group: Section251Schema.Group, _ amount: Amount = .net
  ) throws(CommissioningError) -> Pence {
    try total(of: schema.lines.filter { $0.group == group }, amount)
  }

  private func total(
    of lines: [Section251Schema.Line], _ amount: Amount
  ) throws(CommissioningError) -> Pence {
    var amounts: [Pence] = []
    for line in lines {
      guard let row = self[line.code] else {
        throw .missing(
          service: "section-251", what: "line \(line.code), \(line.name),", period: "\(year)")
      }
      amounts.append(amount == .gross ? row.gross : row.net)
    }
    return try Pence.sum(amounts)
  }

  /// Place funding in special schools and alternative provision alone, which the benchmarking tool calls the place
  /// total; it leaves out places in mainstream schools, in early years and after 16.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when place funding is not given by these phases.
  public func placeTotal() throws(CommissioningError) -> Pence {
    try places(in: [.senAndSpecial, .pruAp])
  }

  /// All place funding: the sum of the phases.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when place funding is not given by every phase.
  public func placesOfAllPhases() throws(CommissioningError) -> Pence {
    try places(in: Section251Schema.Phase.allCases)
  }

  private func places(in phases: [Section251Schema.Phase]) throws(CommissioningError) -> Pence {
    var amounts: [Pence] = []
    for line in schema.lines where line.group == .places {
      for phase in phases {
        guard let amount = self[line.code]?.phases[phase] else {
          throw .missing(
            service: "section-251", what: "line \(line.code), \(line.name), in the column \(phase.rawValue)",
            period: "\(year)")
        }
        amounts.append(amount)
      }
    }
    guard !amounts.isEmpty else {
      throw Self.refused("the schema has no line of place funding")
    }
    return try Pence.sum(amounts)
  }
}
