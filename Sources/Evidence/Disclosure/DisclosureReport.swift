/// What was done to a table before it was published, and what is known of how well it protects.
public struct DisclosureReport: Hashable, Sendable {
  /// A figure that is held back, and of which readers can learn more than the rule wants, whatever else is held back.
  public struct Narrowed: Hashable, Sendable, CustomStringConvertible {
    /// The name of the figure.
    public let name: String
    /// How far below the truth readers must still think it possible.
    public let down: Int
    /// How far above the truth readers must still think it possible.
    public let up: Int
    /// Whether it can be found exactly.
    public var isFound: Bool { down == 0 && up == 0 }
    /// The figure and what to do.
    public var description: String {
      isFound
        ? "\"\(name)\" can be found from figures known elsewhere; do not publish this table, or make "
          + "its categories coarser"
        : "\"\(name)\" stays one of \(down + up + 1) values at least, which may be fewer than the rule "
          + "names, because of what "
          + "it is a sum or a part of; make the categories coarser if that is too few"
    }
  }

  /// The name of the rule.
  public let rule: String
  /// The figures that were to be published.
  public var figures = 0
  /// Those held back for their own sake.
  public var primary = 0
  /// Those held back so that others cannot be found.
  public var secondary = 0
  /// Those published rounded to another number.
  public var rounded = 0
  /// Those published as `low`.
  public var low = 0
  /// The sums and differences that were taken into account.
  public var relations = 0
  /// Figures, among those held back for their own sake and those not shown, proved to keep what the rule wants.
  public var proved = 0
  /// Those of which readers can learn more, whatever else is held back: a total of two small counts is at least 2.
  public var narrowed: [Narrowed] = []
  /// The parts of the table too large to be proved, in which everything was held back that could be.
  public var abandoned = 0
  /// Figures for which no proof was found, although all that they are summed with is held back; and all of them where the
  /// rule asks for no further figures to be held back.
  public var unproved = 0
  /// Rates held back with their counts, or because the events are too few.
  public var rates = 0
  /// What else a reader of the report should know, each a sentence.
  public var notes: [String] = []

  /// A report of nothing.
  public init(rule: String) { self.rule = rule }

  /// Whether nothing that is held back can be found.
  public var isSafe: Bool { unproved == 0 && !narrowed.contains(where: \.isFound) }

  /// Adds what another table of the same release came to.
  public mutating func add(_ other: DisclosureReport) {
    figures += other.figures
    primary += other.primary
    secondary += other.secondary
    rounded += other.rounded
    low += other.low
    relations += other.relations
    proved += other.proved
    narrowed += other.narrowed
    abandoned += other.abandoned
    unproved += other.unproved
    rates += other.rates
    for note in other.notes where !notes.contains(note) { notes.append(note) }
  }

  /// The report in sentences, one to a line.
  public var lines: [String] {
    // How many of the others rounding has changed is not said: it would tell that those left alone are exact.
    let unit = DisclosureRule.named.first { $0.name == rule }?.rounding
    var lines = [
      "rule \(rule): of \(figures) figures \(primary) are held back because they are small and "
        + "\(secondary) because they would tell others; the others are "
        + (unit.map { "rounded to \($0)" } ?? "as they are")
        + "; \(relations) sums and differences were checked"
    ]
    if rates > 0 { lines.append("\(rates) rates are held back, with their counts or for too few events") }
    let protected = proved + narrowed.count + unproved
    if protected > 0 {
      lines.append(
        "\(proved) of \(protected) protected figures are proved to keep what the rule wants, by "
          + "whole-number tables that agree with everything published"
      )
    }
    if abandoned > 0 {
      lines.append(
        "\(abandoned) parts were too large to prove; everything in them that could be is held back")
    }
    if unproved > 0 { lines.append("\(unproved) figures remain without a proof") }
    return lines + narrowed.map(\.description) + notes
  }
}
