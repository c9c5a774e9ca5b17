import TimeSeries

/// Makes a table of counts and amounts fit to be published under a rule.
///
/// Small counts are held back first; then others, the least costly, until no sum or difference tells what was held back;
/// the rest is rounded where the rule says so. The guide <doc:PublishingSmallCounts> says what is guaranteed.
public struct DisclosureControl: Hashable, Sendable {
  /// How figures that are held back are marked.
  public enum Marks: Hashable, Sendable {
    /// All alike, without bounds: nobody can tell which were too small and which protect others. The safer way, and the
    /// usual one.
    case alike
    /// The small ones with the bounds of the rule, the others without. Readers then know more, and more may have to be held
    /// back for it.
    case bounds
  }

  /// A figure as it may be published.
  public enum Treatment: Hashable, Sendable {
    /// As it is.
    case published
    /// Rounded to another number.
    case rounded
    /// As `low`: not zero, and less than half the unit of rounding.
    case low
    /// Held back because it is small, or leaves little of its denominator.
    case primary
    /// Held back so that the figure named cannot be found.
    case secondary(protecting: String)
    /// Not shown in the first place.
    case notShown
  }

  /// A table as it may be published.
  public struct Outcome: Hashable, Sendable {
    /// The figures: for each cell, in each version.
    public let observations: [[Observation]]
    /// What was done to each cell in each version.
    public let treatments: [[Treatment]]
    /// What it came to.
    public let report: DisclosureReport
  }

  /// The rule.
  public let rule: DisclosureRule
  /// How figures are marked that are held back.
  public let marks: Marks
  /// The elementary steps that a search for proofs may take for one table; it is some seconds.
  let effort: Int

  /// Disclosure control under a rule.
  ///
  /// - Parameters:
  ///   - rule: the rule.
  ///   - marks: how figures are marked that are held back.
  public init(rule: DisclosureRule, marks: Marks = .alike) {
    self.init(rule: rule, marks: marks, effort: 1_500_000_000)
  }

  init(rule: DisclosureRule, marks: Marks, effort: Int) {
    self.rule = rule
    self.marks = marks
    self.effort = effort
  }

  /// Makes a table fit to be published.
  ///
  /// - Parameter table: its figures, in the truth, and all relations between them.
  /// - Returns: what may be published of each figure, and a report; where ``DisclosureReport/isSafe`` is false, the table
  ///   says more than the rule wants, whatever is held back.
  public func apply(to table: DisclosureTable) -> Outcome {
    let state = SuppressionState(table, rule: rule, tellsPrimary: marks == .bounds, effort: effort)
    var search = SuppressionSearch(state)
    if rule.hasSecondary { search.run() }
    return outcome(table, search)
  }

  private func outcome(_ table: DisclosureTable, _ search: SuppressionSearch) -> Outcome {
    var report = DisclosureReport(rule: rule.name)
    report.relations = table.relationCount
    var observations: [[Observation]] = []
    var treatments: [[Treatment]] = []
    for (position, cell) in table.cells.enumerated() {
      let results = (0..<table.versions).map { version in
        treatment(of: position, version, search)
      }
      treatments.append(results.map(\.treatment))
      observations.append(results.map(\.observation))
      guard cell.visibility != .hidden else { continue }
      report.figures += results.count
      for result in results {
        switch result.treatment {
        case .primary: report.primary += 1
        case .secondary: report.secondary += 1
        case .rounded: report.rounded += 1
        case .low: report.low += 1
        case .published, .notShown: break
        }
      }
    }
    for cell in search.state.primaries {
      switch search.protections[cell] {
      case .whole: report.proved += 1
      case .limited(let down, let up):
        report.narrowed.append(DisclosureReport.Narrowed(name: table.cells[cell].name, down: down, up: up))
      case .unproved: report.unproved += 1
      case nil: break
      }
    }
    report.abandoned = search.abandoned.count
    if !rule.hasSecondary, report.primary > 0 {
      report.unproved = search.state.primaries.count
      report.notes.append(
        "nothing was held back for the sake of others: sums and differences may tell what is held back")
    }
    return Outcome(observations: observations, treatments: treatments, report: report)
  }

  private func treatment(
    of position: Int, _ version: Int, _ search: SuppressionSearch
  ) -> (treatment: Treatment, observation: Observation) {
    let cell = search.state.table.cells[position]
    let value = cell.values[version]
    switch cell.visibility {
    case .hidden: return (.notShown, .suppressed(nil))
    case .known: return (.published, .value(Double(value)))
    case .published: break
    }
    switch search.state.standings[position] {
    case .primary:
      let isSmall = rule.withholds(cell.count(version), isNational: cell.standing == .national)
      guard marks == .bounds, isSmall, cell.isCount, let bounds = rule.withheld else {
        return (.primary, .suppressed(nil))
      }
      return (.primary, .suppressed(Double(bounds.lowerBound)...Double(bounds.upperBound)))
    case .secondary:
      let protected = search.reasons[position].map { search.state.table.cells[$0].name } ?? ""
      return (.secondary(protecting: protected), .suppressed(nil))
    case .open:
      guard cell.isCount else { return (.published, .value(Double(value))) }
      let rounded = rule.rounded(value, isNational: cell.standing == .national)
      if rounded == 0, value != 0, rule.marksLowCounts { return (.low, .roundsToZero) }
      return (rounded == value ? .published : .rounded, .value(Double(rounded)))
    }
  }
}
