/// Why one cost is another: by how many more children, in which settings, at which prices, and by lines that follow no
/// number; between two years, two plans or two scenarios.
///
/// Of settings k with numbers N_k and prices p_k, shares s_k = N_k / N, bars for the average of both sides:
///
///     base-weighted            Bennet
///     volume_k  (N1 - N0) s_k0 p_k0      (N1 - N0) s̄_k p̄_k
///     mix_k     N1 (s_k1 - s_k0) p_k0    N̄ (s_k1 - s_k0) p̄_k
///     price_k   N_k1 (p_k1 - p_k0)       N̄_k (p_k1 - p_k0)
///
/// Each row's parts sum to the change of its cost, N_k1 p_k1 - N_k0 p_k0, in both forms. In Bennet's no side is the
/// base, so that the bridge back is the bridge with its signs changed (Bennet, 1920, "The Theory of Measurement of
/// Changes in Cost of Living"; Diewert, 2005, on its axioms). Where both sides have a population P, volume is divided
/// in the same way by N = P h: dP h0 + P1 dh, or dP h̄ + P̄ dh.
///
/// Everything is worked out inside each simulated future and in whole pence: the parts of a row sum to the change of its
/// cost to the penny, and every total is the sum of its rows. The bridge of means is another thing than the mean of
/// bridges; this is the second.
public struct CostBridge: Sendable {
  /// Whose weights a bridge has.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// The first side's numbers and prices weigh, except that prices change at the second side's numbers.
    case baseWeighted = "base-weighted"
    /// The averages of both sides weigh.
    case bennet
  }

  /// The parts of a change.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    /// More or fewer children, because there are more or fewer people; nothing where no population is stated.
    case population
    /// More or fewer children of the same people; of all, where no population is stated.
    case volume
    /// Other shares of the settings.
    case mix
    /// Other prices.
    case price
  }

  /// A setting's change by part.
  public struct Row: Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// The parts, in the order of ``CostBridge/Part``.
    public let parts: [Part: PenceDraws]
    /// The change of the setting's cost; the sum of the parts.
    public let change: PenceDraws
  }

  /// A line's change.
  public struct Line: Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// The change.
    public let change: PenceDraws
  }

  /// Whose weights it has.
  public let form: Form
  /// What the first side is called.
  public let from: String
  /// What the second side is called.
  public let to: String
  /// Whether volume is divided by population and prevalence; ``Part/volume`` is then prevalence.
  public let isDividedByPopulation: Bool
  /// The settings, those of the first side and then those that only the second has.
  public let rows: [Row]
  /// The lines without numbers, likewise.
  public let lines: [Line]
  /// The sums of the rows by part.
  public let totals: [Part: PenceDraws]
  /// The sum of the lines' changes.
  public let otherLines: PenceDraws
  /// The cost of the first side: every row rounded to the penny.
  public let fromCost: PenceDraws
  /// The cost of the second side.
  public let toCost: PenceDraws
  /// The difference of the two; the sum of the totals and of the lines.
  public let change: PenceDraws

  /// Bridges one cost and another.
  ///
  /// A setting that only one side has stands at no children on the other, at the same price: its coming or going is mix
  /// and not price.
  ///
  /// - Throws: ``CommissioningError`` when the sides belong to runs of different length, when one of them has no
  ///   children in some future, when only one states a population, when something is a setting on one side and a line without a number on
  ///   the other, and for amounts that cannot be held in pence.
  public init(
    from first: CostTable, to second: CostTable, form: Form
  ) throws(CommissioningError) {
    guard (first.population == nil) == (second.population == nil) else {
      let (with, without) = first.population == nil ? (second, first) : (first, second)
      throw Self.refused(
        "\(with.name) states a population and \(without.name) none; state both, or neither")
    }
    try Self.checkKinds(first, second)
    try Self.checkKinds(second, first)
    let pairs = Self.pairs(first.rows, second.rows)
    let work = try Work(first, second, pairs: pairs, form: form)
    self.form = form
    from = first.name
    to = second.name
    isDividedByPopulation = first.population != nil
    fromCost = try PenceDraws.sum(work.costs.map(\.from) + first.lines.map(\.amount), service: "bridge")
    toCost = try PenceDraws.sum(work.costs.map(\.to) + second.lines.map(\.amount), service: "bridge")
    change = try PenceDraws.sum([toCost], less: [fromCost], service: "bridge")
    rows = work.rows
    var totals: [Part: PenceDraws] = [:]
    for part in Part.allCases {
      totals[part] = try PenceDraws.sum(work.rows.compactMap { $0.parts[part] }, service: "bridge")
    }
    self.totals = totals
    lines = try Self.lines(first.lines, second.lines)
    otherLines = try PenceDraws.sum(lines.map(\.change), service: "bridge")
  }

  static func refused(_ reason: String) -> CommissioningError { .invalid(service: "bridge", reason: reason) }

  /// Refuses what has a number on one side and none on the other: of such a change nobody can say what is volume.
  private static func checkKinds(_ one: CostTable, _ other: CostTable) throws(CommissioningError) {
    let lines = Set(other.lines.map(\.id))
    guard let row = one.rows.first(where: { lines.contains($0.id) }) else { return }
    throw refused(
      "\"\(row.name)\" has a number of children in \(one.name) and none in \(other.name); give both a number, or make "
        + "both lines without one")
  }

  /// The settings of both sides by id, a missing one at no children and the price of the other.
  private static func pairs(
    _ first: [CostTable.Row], _ second: [CostTable.Row]
  ) -> [(from: CostTable.Row, to: CostTable.Row)] {
    func absent(_ row: CostTable.Row) -> CostTable.Row {
      CostTable.Row(id: row.id, name: row.name, number: Draws(0), unitCost: row.unitCost)
    }
    let later = Dictionary(second.map { ($0.id, $0) }) { first, _ in first }
    let known = Set(first.map(\.id))
    return first.map { ($0, later[$0.id] ?? absent($0)) }
      + second.filter { !known.contains($0.id) }.map { (absent($0), $0) }
  }

  private static func lines(
    _ first: [CostTable.Line], _ second: [CostTable.Line]
  ) throws(CommissioningError) -> [Line] {
    var result: [Line] = []
    let known = Set(first.map(\.id))
    for line in first {
      let later = second.first { $0.id == line.id }?.amount ?? .zero
      result.append(
        Line(
          id: line.id, name: line.name,
          change: try PenceDraws.sum([later], less: [line.amount], service: "bridge")))
    }
    for line in second where !known.contains(line.id) {
      result.append(Line(id: line.id, name: line.name, change: line.amount))
    }
    return result
  }

  /// Number of children and volume of all: volume and population together.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the sum cannot be held in pence.
  public func wholeVolume() throws(CommissioningError) -> PenceDraws {
    try PenceDraws.sum([Part.population, .volume].compactMap { totals[$0] }, service: "bridge")
  }
}
