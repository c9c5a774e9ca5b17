import Testing
import TimeSeries

@testable import Evidence

@Suite("Panels fit to be published")
struct PanelProtectionTests {
  private func control(_ name: String = "under-5") throws -> DisclosureControl {
    DisclosureControl(rule: try DisclosureRule(named: name))
  }

  private func series(
    _ id: String, area: String? = nil, _ values: [Double?], unit: Unit = .count, measure: String = "plans",
    attributes: [String: String] = [:]
  ) throws -> Series {
    try Series(
      id: id, area: area, measure: Measure(id: measure, unit: unit),
      points: values.enumerated().map { year, value in
        DataPoint(
          period: .calendarYear(2020 + year), observation: value.map { .value($0) } ?? .notAvailable,
          note: "as counted")
      },
      attributes: attributes.sorted { $0.key < $1.key }.map {
        Series.Attribute(name: $0.key, value: $0.value)
      })
  }

  private func share(
    _ id: String, area: String, _ pairs: [(Double, Double)], unit: Unit, measure: String = "share"
  ) throws -> Series {
    try Series(
      id: id, area: area, measure: Measure(id: measure, unit: unit),
      points: pairs.enumerated().map { year, pair in
        DataPoint(
          period: .calendarYear(2020 + year),
          observation: .value(pair.0 / pair.1 * (unit.multiplier ?? 1)), numerator: pair.0,
          denominator: pair.1)
      })
  }

  private let parents = [
    "Wirral": "North West", "Sefton": "North West", "Halton": "North West", "North West": "England",
  ]

  @Test("Areas in a region, and the region in the nation, do not tell of one another")
  func areas() throws {
    let panel = try Panel([
      series("plans", area: "Wirral", [3, 20]), series("plans", area: "Sefton", [40, 50]),
      series("plans", area: "Halton", [9, 30]), series("plans", area: "North West", [52, 100]),
      series("plans", area: "England", [300, 400]),
    ])
    let protection = PanelProtection(control: try control(), parents: parents)
    let (safe, report) = try protection.protect(panel)
    #expect(safe["plans", area: "Wirral"]?.points[0].observation == .suppressed(nil))
    #expect(safe["plans", area: "Halton"]?.points[0].observation == .suppressed(nil))
    #expect(safe["plans", area: "Sefton"]?.values == [40, 50])
    #expect(safe["plans", area: "North West"]?.values == [52, 100])
    #expect(safe["plans", area: "England"]?.values == [300, 400])
    #expect(report.primary == 1 && report.secondary == 1 && report.isSafe)
    #expect(report.relations == 4)
    // What England has beside the one region is a remainder that is protected too.
    #expect(report.notes.contains { $0.contains("2 totals are more than the sum of the parts given") })
    // What else a point says stays.
    #expect(safe["plans", area: "Wirral"]?.points[0].note == "as counted")
  }

  @Test("What the areas given leave of a region is protected as if it were shown")
  func remainder() throws {
    let panel = try Panel([
      series("plans", area: "Wirral", [30]), series("plans", area: "Sefton", [40]),
      series("plans", area: "North West", [72]),
    ])
    let (safe, report) = try PanelProtection(control: try control(), parents: parents).protect(panel)
    #expect(safe.filter { $0.points[0].value == nil }.map(\.area) == ["Wirral"])
    #expect(report.secondary == 1 && report.primary == 0)
  }

  @Test("Breakdowns with a total are one table with the areas")
  func breakdowns() throws {
    var all: [Series] = []
    var counts: [String: [String: Double]] = [
      "Wirral": ["Boys": 3, "Girls": 20], "Sefton": ["Boys": 12, "Girls": 31],
      "Halton": ["Boys": 25, "Girls": 14],
    ]
    counts["North West"] = ["Boys": 40, "Girls": 65]
    for area in ["Wirral", "Sefton", "Halton", "North West"] {
      let own = counts[area] ?? [:]
      let total = own.values.reduce(0, +)
      for (sex, count) in [("Boys", own["Boys"] ?? 0), ("Girls", own["Girls"] ?? 0), ("Total", total)] {
        all.append(
          try series("plans \(sex)", area: area, [count], attributes: ["sex": sex, "year type": "Calendar"]))
      }
    }
    let protection = PanelProtection(
      control: try control(), parents: parents, breakdowns: [PanelProtection.Breakdown(attribute: "sex")])
    let (safe, report) = try protection.protect(try Panel(all))
    let held = safe.filter { $0.points[0].value == nil }.map { "\($0.id) \($0.area ?? "")" }
    #expect(held.count == 4)
    #expect(held.contains("plans Boys Wirral") && held.contains("plans Girls Wirral"))
    #expect(report.relations == 4 + 3 && report.proved == 1 && report.isSafe)
  }

  @Test("An attribute that is no breakdown tells tables apart")
  func tables() throws {
    let panel = try Panel([
      series("a", area: "Wirral", [3], attributes: ["type": "new"]),
      series("b", area: "Wirral", [30], attributes: ["type": "old"]),
    ])
    let (_, report) = try PanelProtection(control: try control(), parents: parents).protect(panel)
    #expect(report.relations == 0 && report.primary == 1)
    let alike = try Panel([series("a", area: "Wirral", [3]), series("b", area: "Wirral", [30])])
    let error = #expect(throws: EvidenceError.self) {
      try PanelProtection(control: try control(), parents: parents).protect(alike)
    }
    #expect(error?.description.contains("name the attribute that tells them apart as a breakdown") == true)
  }

  @Test("Running figures do not tell how few were added")
  func runningFigures() throws {
    let panel = try Panel([series("plans", area: "Wirral", [20, 22, 60])])
    let still = try PanelProtection(control: try control()).protect(panel)
    #expect(still.panel[0].values == [20, 22, 60])
    let (safe, report) = try PanelProtection(control: try control(), runsOn: true).protect(panel)
    #expect(safe[0].values.filter { $0 == nil }.count == 1)
    #expect(report.secondary == 1 && report.relations == 2 && report.isSafe)
    let falling = try PanelProtection(control: try control(), runsOn: true)
      .protect(try Panel([series("plans", area: "Wirral", [20, 12])]))
    #expect(falling.report.notes.contains { $0.contains("1 figures fall from a period to the next") })
  }

  @Test("A rate goes with its count, and a share of nearly all with the few it leaves")
  func rates() throws {
    let panel = try Panel([
      share("rate", area: "Wirral", [(3, 60_000), (30, 60_000)], unit: .rate(per: 10_000)),
      share("per cent", area: "Wirral", [(18, 20), (10, 20)], unit: .percentage, measure: "in time"),
      share("few", area: "Wirral", [(2, 3), (0, 3)], unit: .proportion, measure: "few"),
    ])
    let (safe, report) = try PanelProtection(control: try control()).protect(panel)
    let rate = safe[0].points
    #expect(
      rate[0].observation == .suppressed(nil) && rate[0].numerator == nil && rate[0].denominator == 60_000)
    #expect(rate[1].observation == .value(5) && rate[1].numerator == 30)
    let share = safe[1].points
    #expect(
      share[0].observation == .suppressed(nil) && share[0].numerator == nil && share[0].denominator == 20)
    #expect(share[1].observation == .value(50) && share[1].numerator == 10 && share[1].denominator == 20)
    // Where the whole is too small, the share is held back with it.
    #expect(safe[2].points.map(\.observation) == [.suppressed(nil), .suppressed(nil)])
    #expect(safe[2].points.map(\.denominator) == [nil, nil])
    #expect(report.rates == 4)
  }

  @Test("Rates are from rounded counts for measured children, from unrounded ones for hospital episodes")
  func roundedRates() throws {
    let panel = try Panel([share("obese", area: "Wirral", [(12, 83), (41, 83)], unit: .percentage)])
    let children = try PanelProtection(control: try control("ncmp")).protect(panel).panel[0].points
    #expect(children.map(\.numerator) == [10, 40] && children.map(\.denominator) == [85, 85])
    #expect(children.map { $0.value ?? 0 } == [10.0 / 85 * 100, 40.0 / 85 * 100])
    let episodes = try PanelProtection(control: try control("hes")).protect(panel).panel[0].points
    #expect(episodes.map(\.numerator) == [10, 40])
    #expect(episodes.map { $0.value ?? 0 } == [12.0 / 83 * 100, 41.0 / 83 * 100])
    // A whole that rounds to nothing has no share.
    let none = DisclosureRule(
      name: "coarse", summary: "", source: "", withheld: nil, rounding: 100, hasSecondary: false)
    let coarse = try PanelProtection(control: DisclosureControl(rule: none)).protect(
      try Panel([share("obese", area: "Wirral", [(12, 43)], unit: .percentage)]))
    #expect(coarse.panel[0].points[0].observation == .notAvailable)
  }

  @Test("Exact rates undo the rounding of counts, so that sums are protected as if nothing were rounded")
  func exactRates() throws {
    // Rounded counts leave the small one open; rates of a known population give back the counts that they came from.
    let areas = [("Wirral", 3.0), ("Sefton", 30.0), ("Halton", 9.0), ("North West", 42.0)]
    let counts = try Panel(areas.map { try series("stays", area: $0.0, [$0.1]) })
    let rates = try Panel(
      areas.map { try share("stays", area: $0.0, [($0.1, 50_000)], unit: .rate(per: 100_000)) })
    let protection = PanelProtection(control: try control("hes"), parents: parents)
    #expect(try protection.protect(counts).report.secondary == 0)
    let (safe, report) = try protection.protect(rates)
    #expect(report.secondary == 1 && report.isSafe)
    #expect(safe["stays", area: "Halton"]?.points[0].observation == .suppressed(nil))
  }

  @Test("A directly standardised rate of fewer than ten events is not published")
  func standardised() throws {
    let panel = try Panel([
      share(
        "self-harm", area: "Wirral", [(9, 50_000), (10, 50_000)], unit: .rate(per: 100_000), measure: "dsr")
    ])
    let (safe, report) = try PanelProtection(control: try control(), standardised: ["dsr"]).protect(panel)
    #expect(safe[0].points.map(\.observation) == [.suppressed(nil), .value(20)])
    #expect(safe[0].points.map(\.numerator) == [9, 10])
    #expect(report.rates == 1)
  }

  @Test("Scenarios hold back the same figures")
  func scenarios() throws {
    let now = try Panel([
      series("plans", area: "Wirral", [3]), series("plans", area: "Sefton", [40]),
      series("plans", area: "Halton", [12]), series("plans", area: "North West", [55]),
    ])
    let then = try Panel([
      series("plans", area: "Wirral", [9]), series("plans", area: "Sefton", [40]),
      series("plans", area: "Halton", [12]), series("plans", area: "North West", [61]),
    ])
    let protection = PanelProtection(control: try control(), parents: parents)
    let (panels, report) = try protection.protect(scenarios: [now, then])
    #expect(panels.count == 2 && report.isSafe)
    for (first, second) in zip(panels[0], panels[1]) {
      #expect((first.points[0].value == nil) == (second.points[0].value == nil))
    }
    #expect(panels[1]["plans", area: "Wirral"]?.points[0].observation == .suppressed(nil))
    // By itself the second would have shown its nine.
    #expect(try protection.protect(then).panel["plans", area: "Wirral"]?.values == [9])
    // Where counts are rounded, each scenario stands by itself.
    let rounded = try PanelProtection(control: try control("hes"), parents: parents).protect(scenarios: [
      now, then,
    ])
    #expect(rounded.panels[1]["plans", area: "Wirral"]?.values == [10])
    #expect(rounded.panels[0]["plans", area: "Wirral"]?.values == [nil])
    #expect(try protection.protect(scenarios: []).panels.isEmpty)
  }

  @Test("Panels that do not fit together, and counts that are none, are refused")
  func refusals() throws {
    let protection = PanelProtection(control: try control(), parents: parents)
    func message(_ scenarios: [Panel]) -> String {
      do {
        _ = try protection.protect(scenarios: scenarios)
        return ""
      } catch {
        return "\(error)"
      }
    }
    let one = try Panel([series("plans", area: "Wirral", [3])])
    #expect(
      message([one, try Panel([series("plans", area: "Sefton", [3])])]).contains("is not in every scenario"))
    #expect(
      message([one, try Panel([series("plans", area: "Wirral", [3, 4])])]).contains("same periods in every"))
    #expect(
      message([one, try Panel([series("plans", area: "Wirral", [nil])])]).contains(
        "in some scenarios and not"))
    #expect(
      message([one, try Panel([series("plans", area: "Wirral", [3]), series("plans", area: "Sefton", [3])])])
        .contains("have 1 and 2 series"))
    #expect(
      message([try Panel([series("plans", area: "Wirral", [3.5])])]).contains("is 3.5 in 2020, and people"))
    #expect(
      message([try Panel([series("plans", area: "Wirral", [-3])])]).contains(
        "no count of people is below zero"))
    #expect(message([try Panel([series("plans", area: "Wirral", [1e300])])]).contains("whole numbers up to"))
    #expect(
      message([try Panel([share("rate", area: "Wirral", [(3, 8.5)], unit: .percentage)])]).contains(
        "has the denominator 8.5"))
  }

  @Test("Figures without counts behind them are left as they are, and said to be")
  func unjudged() throws {
    let panel = try Panel([
      series("cost", area: "Wirral", [12.5, nil], unit: .pounds, measure: "cost"),
      series("plans", area: "Wirral", [nil, 3]),
      series("empty", area: "Sefton", [], measure: "none"),
    ])
    let (safe, report) = try PanelProtection(control: try control()).protect(panel)
    #expect(safe[0].values == [12.5, nil])
    #expect(safe[1].points.map(\.observation) == [.notAvailable, .suppressed(nil)])
    #expect(
      report.notes == [
        "1 figures have no counts of people behind them in the panel and are published as they are"
      ])
  }

  @Test("Totals that are less than their parts are said to be no totals")
  func excess() throws {
    let panel = try Panel([
      series("plans", area: "Wirral", [3]), series("plans", area: "North West", [2]),
    ])
    let (_, report) = try PanelProtection(control: try control(), parents: parents).protect(panel)
    #expect(report.relations == 0)
    #expect(report.notes.contains { $0.contains("1 totals are less than the sum of their parts") })
  }

  @Test("A count and the rate published beside it hold back the same figures, if they are said to be alike")
  func alike() throws {
    let areas = [("Wirral", 3.0), ("Sefton", 30.0), ("Halton", 9.0), ("North West", 42.0)]
    var all = try areas.map { try series("plans", area: $0.0, [$0.1]) }
    all += try areas.map {
      try share("rate", area: $0.0, [($0.1, 50_000)], unit: .rate(per: 10_000), measure: "rate")
    }
    let protection = PanelProtection(control: try control(), parents: parents, alike: ["rate": "plans"])
    let (safe, report) = try protection.protect(try Panel(all))
    #expect(report.primary == 1 && report.secondary == 1)
    for area in areas.map(\.0) {
      #expect(
        (safe["plans", area: area]?.points[0].value == nil)
          == (safe["rate", area: area]?.points[0].value == nil))
    }
    let others = try Panel([
      series("plans", area: "Wirral", [3]),
      share("rate", area: "Wirral", [(4, 50_000)], unit: .rate(per: 10_000), measure: "rate"),
    ])
    let error = #expect(throws: EvidenceError.self) { try protection.protect(others) }
    #expect(error?.description.contains("name measures alike only if they count the same people") == true)
    let shares = try Panel([
      share("plans", area: "Wirral", [(9, 20)], unit: .percentage, measure: "plans"),
      share("rate", area: "Wirral", [(9, 30)], unit: .percentage, measure: "rate"),
    ])
    let other = #expect(throws: EvidenceError.self) { try protection.protect(shares) }
    #expect(other?.description.contains("is a share of another whole") == true)
  }

  @Test("A part that its source held back already is not found from the rest either")
  func heldBackBefore() throws {
    let given = [("Wirral", nil), ("Sefton", 40.0), ("Halton", 9.0), ("North West", 52.0)]
    let panel = try Panel(given.map { try series("plans", area: $0.0, [$0.1]) })
    let (safe, report) = try PanelProtection(control: try control(), parents: parents).protect(panel)
    #expect(safe["plans", area: "Wirral"]?.points[0].observation == .notAvailable)
    #expect(safe["plans", area: "Halton"]?.points[0].observation == .suppressed(nil))
    #expect(report.secondary == 1 && report.isSafe)
  }

  @Test("In random panels of areas, regions, groups and years no subtraction finds what is held back")
  func attack() throws {
    var generator = SeededGenerator(state: 41)
    let parents = [
      "a": "north", "b": "north", "c": "south", "d": "south", "north": "England", "south": "England",
    ]
    let areas = ["a", "b", "c", "d", "north", "south", "England"]
    let groups = ["boys", "girls", "unknown", "Total"]
    func add(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
      zip(left, right).map { zip($0, $1).map { $0 + $1 } }
    }
    var held = 0
    for _ in 0..<25 {
      // Counts of every area, group and year, and their sums.
      var counts: [String: [[Double]]] = [:]
      for area in areas.prefix(4) {
        counts[area] = (0..<3).map { _ in
          (0..<2).map { _ in Double(InventedCounts.sparse(1, 1, &generator)[0][0]) }
        }
      }
      for (area, parts) in [("north", ["a", "b"]), ("south", ["c", "d"]), ("England", ["north", "south"])] {
        counts[area] = parts.compactMap { counts[$0] }.reduce(Array(repeating: [0, 0], count: 3), add)
      }
      var all: [Series] = []
      for area in areas {
        let own = counts[area] ?? []
        let lines = own + [own.reduce([0, 0]) { zip($0, $1).map { $0 + $1 } }]
        for (group, line) in zip(groups, lines) {
          all.append(try series("plans \(group)", area: area, line, attributes: ["sex": group]))
        }
      }
      let protection = PanelProtection(
        control: try control(), parents: parents, breakdowns: [PanelProtection.Breakdown(attribute: "sex")])
      let (safe, report) = try protection.protect(try Panel(all))
      #expect(report.isSafe)
      held += report.secondary
      for year in 0..<2 { #expect(found(safe, year: year, areas: areas, groups: groups) == []) }
    }
    #expect(held > 50)
  }

  /// What one sum after another gives to somebody who has a panel.
  private func found(_ panel: Panel, year: Int, areas: [String], groups: [String]) -> [String] {
    var known: Set<String> = []
    for one in panel where one.values[year] != nil {
      known.insert("\(one.area ?? "") \(one.attribute("sex") ?? "")")
    }
    var sums = areas.map { area in groups.map { "\(area) \($0)" } }
    for group in groups {
      for line in [["north", "a", "b"], ["south", "c", "d"], ["England", "north", "south"]] {
        sums.append(line.map { "\($0) \(group)" })
      }
    }
    var found: [String] = []
    var isChanged = true
    while isChanged {
      isChanged = false
      for sum in sums {
        let open = sum.filter { !known.contains($0) }
        guard open.count == 1 else { continue }
        known.insert(open[0])
        found.append(open[0])
        isChanged = true
      }
    }
    return found
  }
}
