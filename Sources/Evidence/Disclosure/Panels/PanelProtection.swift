import TimeSeries

/// Makes a panel of counts, and of rates with the counts behind them, fit to be published.
///
/// ```swift
/// let protection = PanelProtection(
///   control: DisclosureControl(rule: try DisclosureRule(named: "under-5")),
///   parents: ["Sefton": "North West", "North West": "England"],
///   breakdowns: [PanelProtection.Breakdown(attribute: "sex", total: "Total")])
/// let (panel, report) = try protection.protect(panel)
/// ```
///
/// What adds up is found from the areas, from the breakdowns and, where figures run on from period to period, from the
/// years. What a list of parts leaves out is protected too, since it is the total less the parts.
public struct PanelProtection: Sendable {
  /// An attribute that divides a figure into parts, and the value it has for the whole.
  public struct Breakdown: Hashable, Sendable {
    /// The name of the attribute: `sex`.
    public let attribute: String
    /// Its value for the whole: `Total`. A series without the attribute is the whole too.
    public let total: String

    /// A breakdown.
    ///
    /// - Parameters:
    ///   - attribute: the name of the attribute.
    ///   - total: its value for the whole.
    public init(attribute: String, total: String = "Total") {
      self.attribute = attribute
      self.total = total
    }
  }

  /// The rule, and how figures are marked that are held back.
  public let control: DisclosureControl
  /// The area of which each area is a part.
  public let parents: [String: String]
  /// The areas that are whole nations.
  public let nations: Set<String>
  /// What divides figures into parts.
  public let breakdowns: [Breakdown]
  /// Whether the figures of a series run on: what a later one has more is a count of people as well.
  public let runsOn: Bool
  /// Measures that count the same people as another: the rate, and the count that is published beside it. What is held
  /// back in one is held back in the other.
  public let alike: [String: String]
  /// The measures that are directly standardised rates; below ten events none is published.
  public let standardised: Set<String>

  /// Protection of panels.
  ///
  /// - Parameters:
  ///   - control: the rule, and how figures are marked that are held back.
  ///   - parents: the area of which each area is a part.
  ///   - nations: the areas that are whole nations.
  ///   - breakdowns: what divides figures into parts; attributes that are not named tell tables apart.
  ///   - runsOn: whether the figures of a series run on from period to period.
  ///   - alike: for measures that count the same people as another, which: `["plans_rate": "plans"]`.
  ///   - standardised: the identifiers of measures that are directly standardised rates.
  public init(
    control: DisclosureControl, parents: [String: String] = [:], nations: Set<String> = ["England"],
    breakdowns: [Breakdown] = [], runsOn: Bool = false, alike: [String: String] = [:],
    standardised: Set<String> = []
  ) {
    self.control = control
    self.parents = parents
    self.nations = nations
    self.breakdowns = breakdowns
    self.runsOn = runsOn
    self.alike = alike
    self.standardised = standardised
  }

  /// Makes a panel fit to be published.
  ///
  /// - Parameter panel: the figures in the truth.
  /// - Returns: the same series with figures rounded or held back, and what was done.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where a count is not whole, is negative or larger than its
  ///   denominator, or two series stand for the same figure.
  public func protect(
    _ panel: Panel
  ) throws(EvidenceError) -> (panel: Panel, report: DisclosureReport) {
    let (panels, report) = try protect(versions: [panel])
    return (panels.first ?? panel, report)
  }

  /// Makes several scenarios of one panel fit to be published side by side.
  ///
  /// What is held back in one scenario is held back in all, and what is held back cannot be found even by somebody who
  /// knows every difference between the scenarios. Under a rule that rounds each scenario is protected by itself:
  /// differences of rounded counts are all that is published.
  ///
  /// - Parameter scenarios: panels of the same series and periods.
  /// - Returns: the panels in the same order, and what was done.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` as for one panel, and where the scenarios do not hold the same
  ///   figures.
  public func protect(
    scenarios: [Panel]
  ) throws(EvidenceError) -> (panels: [Panel], report: DisclosureReport) {
    guard control.rule.rounding != nil else { return try protect(versions: scenarios) }
    var panels: [Panel] = []
    var report = DisclosureReport(rule: control.rule.name)
    for scenario in scenarios {
      let one = try protect(versions: [scenario])
      panels += one.panels
      report.add(one.report)
    }
    return (panels, report)
  }

  private func protect(
    versions: [Panel]
  ) throws(EvidenceError) -> (panels: [Panel], report: DisclosureReport) {
    var report = DisclosureReport(rule: control.rule.name)
    guard let first = versions.first else { return ([], report) }
    var tables = PanelTables(self)
    for position in first.indices {
      var same: [Series] = []
      for version in versions {
        guard let series = version[first[position].id, area: first[position].area] else {
          throw PanelTables.problem(
            first[position], "is not in every scenario; give all scenarios the same series")
        }
        same.append(series)
      }
      try tables.add(position, same)
    }
    for version in versions where version.count != first.count {
      throw .badData(
        Problem(
          file: "scenarios",
          message: "the scenarios have \(first.count) and \(version.count) series; give all the same"))
    }
    var treated: [[[PanelTables.Treated?]]] = versions.map { panel in
      first.map { series in
        Array(repeating: nil, count: panel[series.id, area: series.area]?.points.count ?? 0)
      }
    }
    for group in tables.groups {
      let table = try tables.table(group, versions: versions.count)
      let outcome = control.apply(to: table.table)
      report.add(outcome.report)
      for figure in table.figures {
        for version in versions.indices {
          treated[version][figure.series][figure.point] = PanelTables.Treated(figure, outcome, version)
        }
      }
      for note in table.notes { report.notes.append(note) }
    }
    report.notes += tables.notes
    var panels: [Panel] = []
    for (version, panel) in versions.enumerated() {
      var series: [Series] = []
      for (position, original) in first.enumerated() {
        guard let own = panel[original.id, area: original.area] else { continue }
        series.append(try rebuilt(own, treated[version][position], &report))
      }
      do { panels.append(try Panel(series)) } catch {
        throw .badData(Problem(file: "panel", message: "\(error)"))
      }
    }
    return (panels, report)
  }

  private func rebuilt(
    _ series: Series, _ treated: [PanelTables.Treated?], _ report: inout DisclosureReport
  ) throws(EvidenceError) -> Series {
    let points = zip(series.points, treated).map { point, treated in
      guard let treated else { return point }
      let result = treated.figures(
        of: point, unit: series.measure.unit, rule: control.rule,
        isStandardised: standardised.contains(series.measure.id))
      if result.isRateWithheld { report.rates += 1 }
      return DataPoint(
        period: point.period, observation: result.observation,
        rounding: rounding(of: point, result.observation, in: series), numerator: result.numerator,
        denominator: result.denominator, publication: point.publication, flags: point.flags,
        origin: point.origin, note: point.note, covariates: point.covariates)
    }
    do {
      return try Series(
        id: series.id, area: series.area, measure: series.measure, points: points,
        attributes: series.attributes, covariateNames: series.covariateNames)
    } catch {
      throw .badData(Problem(file: series.id, message: "\(error)"))
    }
  }

  /// The unit to which a figure is rounded: every count that is published alike says the same, so that the mark does not
  /// tell which of them were round to begin with.
  private func rounding(of point: DataPoint, _ observation: Observation, in series: Series) -> Double? {
    guard series.measure.unit == .count, let unit = control.rule.rounding,
      let truth = PanelTables.whole(point.value)
    else { return observation == point.observation ? point.rounding : nil }
    guard observation.value != nil else { return nil }
    let isNational = series.area.map { nations.contains($0) } ?? false
    let known = control.rule.known(ofPublished: truth, isNational: isNational)
    return known.count > 1 ? max(Double(unit), point.rounding ?? 0) : point.rounding
  }
}
