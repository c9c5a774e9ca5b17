/// Figures that are published together, and the sums that hold between them.
///
/// A relation says that some figures, each added or taken away, come to zero: the parts of a total, a later total less
/// an earlier one and what came between. Every relation that a reader can know belongs here, through figures that are
/// not shown as well: protection is only against relations that are stated.
public struct DisclosureTable: Sendable {
  /// A figure in a relation.
  struct Term: Hashable, Sendable {
    let cell: Int
    let coefficient: Int
  }

  /// The name in problems.
  public let name: String
  /// The number of versions: scenarios of one table, of which readers may know every difference.
  public let versions: Int
  /// The figures, in the order in which they were added.
  public private(set) var cells: [DisclosureCell] = []
  private(set) var relations: [[Term]] = []

  /// The largest magnitude of a figure; sums of millions of them stay exact.
  public static let largestFigure = 1 << 40

  /// A table without figures.
  ///
  /// - Parameters:
  ///   - name: the name in problems.
  ///   - versions: the number of versions, at least one.
  public init(name: String, versions: Int = 1) {
    self.name = name
    self.versions = max(1, versions)
  }

  /// The number of relations.
  public var relationCount: Int { relations.count }

  /// Adds a figure.
  ///
  /// - Parameter cell: the figure.
  /// - Returns: its position.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where it has not one value for each version, is beyond
  ///   ``largestFigure``, is a count below zero, or names a denominator that is not there.
  @discardableResult
  public mutating func add(_ cell: DisclosureCell) throws(EvidenceError) -> Int {
    guard cell.values.count == versions, cell.people.map({ $0.count == versions }) ?? true else {
      throw problem(
        "\"\(cell.name)\" has not one figure for each of the \(versions) versions; give one for each")
    }
    for value in cell.values + (cell.people ?? []) where value.magnitude > Self.largestFigure.magnitude {
      throw problem(
        "\"\(cell.name)\" is \(value), beyond the \(Self.largestFigure) up to which sums are exact; use "
          + "a larger unit"
      )
    }
    for count in cell.people ?? (cell.mayBeNegative ? [] : cell.values) where count < 0 {
      throw problem(
        "\"\(cell.name)\" is \(count), and no count of people is below zero; mend it, or say that it "
          + "may be negative"
      )
    }
    if let denominator = cell.denominator {
      guard cells.indices.contains(denominator) else {
        throw problem(
          "\"\(cell.name)\" names a denominator that is not in the table; add the denominator first")
      }
      for version in 0..<versions where cell.values[version] > cells[denominator].values[version] {
        throw problem(
          "\"\(cell.name)\" is \(cell.values[version]), more than its denominator "
            + "\(cells[denominator].values[version])"
        )
      }
    }
    cells.append(cell)
    return cells.count - 1
  }

  /// Says that a figure is the sum of others.
  ///
  /// - Parameters:
  ///   - total: the position of the sum.
  ///   - parts: the positions of its parts.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where they do not add up in every version.
  public mutating func relate(total: Int, parts: [Int]) throws(EvidenceError) {
    try relate([(total, -1)] + parts.map { ($0, 1) })
  }

  /// Says that figures, each times a coefficient, come to zero.
  ///
  /// - Parameter terms: the positions and their coefficients, mostly 1 and -1; a position named twice counts twice.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where they do not come to zero in every version, or a position
  ///   is not in the table.
  public mutating func relate(_ terms: [(cell: Int, coefficient: Int)]) throws(EvidenceError) {
    var sums: [Int: Int] = [:]
    for term in terms {
      guard cells.indices.contains(term.cell) else {
        throw problem(
          "a relation names figure \(term.cell), and there are \(cells.count); add the figure first")
      }
      guard term.coefficient.magnitude <= 1000 else {
        throw problem("a relation has the coefficient \(term.coefficient); use at most 1000 in size")
      }
      sums[term.cell, default: 0] += term.coefficient
    }
    let relation = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
      .map { Term(cell: $0.key, coefficient: $0.value) }
    for version in 0..<versions {
      var sum = 0
      for term in relation {
        let (product, tooLarge) = term.coefficient.multipliedReportingOverflow(
          by: cells[term.cell].values[version])
        let (next, overflow) = sum.addingReportingOverflow(product)
        guard !tooLarge, !overflow else {
          throw problem("a relation is too large to add up; use a larger unit")
        }
        sum = next
      }
      guard sum == 0 else {
        let names = relation.prefix(4).map { "\"\(cells[$0.cell].name)\"" }.joined(separator: ", ")
        throw problem(
          "figures that should come to zero come to \(sum): "
            + "\(names)\(relation.count > 4 ? " and others" : ""); mend them, or add what is left out "
            + "as a figure that is not shown"
        )
      }
    }
    if !relation.isEmpty { relations.append(relation) }
  }

  private func problem(_ message: String) -> EvidenceError {
    .badData(Problem(file: name, message: message))
  }
}
