import TimeSeries

/// One table of counts under several scenarios: rows and columns, of which some are sums of others.
///
/// ```swift
/// let tables = ScenarioTables(
///   name: "placements", scenarios: ["as it is", "more carers"],
///   rows: [.init("Wirral"), .init("Sefton"), .init("both", sumOf: [0, 1])],
///   columns: [.init("fostered"), .init("residential"), .init("all", sumOf: [0, 1])],
///   counts: counts)  // counts[scenario][row][column]
/// let safe = try tables.protected(by: DisclosureControl(rule: .underFive))
/// ```
public struct ScenarioTables: Hashable, Sendable {
  /// A row or a column.
  public struct Line: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The positions of the lines that it sums; none for a line of its own.
    public let parts: [Int]
    /// Whether it is of the whole nation.
    public let isNational: Bool

    /// A row or a column.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - parts: the positions of the lines that it sums.
    ///   - isNational: whether it is of the whole nation.
    public init(_ name: String, sumOf parts: [Int] = [], isNational: Bool = false) {
      self.name = name
      self.parts = parts
      self.isNational = isNational
    }
  }

  /// Tables fit to be published.
  public struct Protected: Hashable, Sendable {
    /// For each scenario, row and column what may be published.
    public let observations: [[[Observation]]]
    /// What was done.
    public let report: DisclosureReport
  }

  /// The name in problems.
  public let name: String
  /// The names of the scenarios.
  public let scenarios: [String]
  /// The rows.
  public let rows: [Line]
  /// The columns.
  public let columns: [Line]
  /// The counts in the truth, for each scenario, row and column.
  public let counts: [[[Int]]]

  /// Tables under scenarios.
  ///
  /// - Parameters:
  ///   - name: the name in problems.
  ///   - scenarios: the names of the scenarios.
  ///   - rows: the rows.
  ///   - columns: the columns.
  ///   - counts: the counts in the truth, for each scenario, row and column.
  public init(name: String, scenarios: [String], rows: [Line], columns: [Line], counts: [[[Int]]]) {
    self.name = name
    self.scenarios = scenarios
    self.rows = rows
    self.columns = columns
    self.counts = counts
  }

  /// The tables fit to be published side by side: what is held back in one scenario is held back in all, and cannot be
  /// found by somebody who knows every difference between them. Under a rule that rounds, each is protected by itself.
  ///
  /// - Parameter control: the rule, and how figures are marked that are held back.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where the counts have not the shape of the table, are below
  ///   zero, or do not add up.
  public func protected(by control: DisclosureControl) throws(EvidenceError) -> Protected {
    guard counts.count == scenarios.count,
      counts.allSatisfy({ $0.count == rows.count && $0.allSatisfy { $0.count == columns.count } })
    else {
      throw .badData(
        Problem(
          file: name,
          message: "the counts are not those of \(scenarios.count) scenarios with \(rows.count) rows and "
            + "\(columns.count) columns; give counts[scenario][row][column]"))
    }
    var observations: [[[Observation]]] = []
    var report = DisclosureReport(rule: control.rule.name)
    let together = control.rule.rounding == nil ? (counts.isEmpty ? [] : [counts]) : counts.map { [$0] }
    for versions in together {
      let outcome = control.apply(to: try table(versions))
      report.add(outcome.report)
      for version in versions.indices {
        observations.append(
          rows.indices.map { row in
            columns.indices.map { outcome.observations[row * columns.count + $0][version] }
          })
      }
    }
    return Protected(observations: observations, report: report)
  }

  private func table(_ versions: [[[Int]]]) throws(EvidenceError) -> DisclosureTable {
    var table = DisclosureTable(name: name, versions: versions.count)
    for (row, line) in rows.enumerated() {
      for (column, other) in columns.enumerated() {
        let standing: DisclosureCell.Standing =
          line.isNational || other.isNational
          ? .national : (line.parts.isEmpty && other.parts.isEmpty ? .detail : .total)
        try table.add(
          DisclosureCell(
            name: "\(line.name), \(other.name)", values: versions.map { $0[row][column] }, standing: standing)
        )
      }
    }
    for (row, line) in rows.enumerated() where !line.parts.isEmpty {
      try check(line, rows.count)
      for column in columns.indices {
        try table.relate(
          total: row * columns.count + column, parts: line.parts.map { $0 * columns.count + column })
      }
    }
    for (column, line) in columns.enumerated() where !line.parts.isEmpty {
      try check(line, columns.count)
      for row in rows.indices {
        try table.relate(
          total: row * columns.count + column, parts: line.parts.map { row * columns.count + $0 })
      }
    }
    return table
  }

  private func check(_ line: Line, _ count: Int) throws(EvidenceError) {
    guard line.parts.allSatisfy((0..<count).contains) else {
      throw .badData(
        Problem(
          file: name,
          message: "\"\(line.name)\" sums lines that are not there; give positions from 0 to \(count - 1)"))
    }
  }
}
