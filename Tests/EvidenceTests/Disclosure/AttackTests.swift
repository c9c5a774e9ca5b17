import Testing
import TimeSeries

@testable import Evidence

@Suite("Somebody tries to find what is held back")
struct AttackTests {
  /// What an attacker finds out of what is held back, in sentences; nothing where the rule is kept.
  private func findings(
    _ table: DisclosureTable, _ outcome: DisclosureControl.Outcome, _ rule: DisclosureRule, version: Int = 0
  ) -> [String] {
    let attacker = Attacker(table, outcome, rule: rule, version: version, least: rule.protectsZero ? 0 : 1)
    var found: [String] = []
    let narrowed = outcome.report.narrowed
    if rule.hasSecondary, !outcome.report.isSafe { found.append("the report says that it is not safe") }
    // What is added between two publications is nobody's secret where it is no small count.
    let isSecret = { (cell: Int) in
      table.cells[cell].visibility != .hidden
        || (rule.withheld.map { $0.contains(table.cells[cell].values[version]) } ?? false)
    }
    for cell in attacker.bySubtraction where isSecret(cell) {
      found.append("\(table.cells[cell].name) by subtraction")
    }
    for cell in attacker.bySolving where isSecret(cell) {
      found.append("\(table.cells[cell].name) by solving")
    }
    for (position, cell) in table.cells.enumerated() {
      guard outcome.treatments[position][version] == .primary, let bounds = rule.withheld else { continue }
      let value = cell.values[version]
      guard bounds.contains(value) else { continue }
      if rule.remainder == .wholeBounds {
        // What cannot be kept whole must still leave what the report says.
        let less = narrowed.first { $0.name == cell.name }
        let ends = less.map { [value - $0.down, value + $0.up] } ?? [bounds.lowerBound, bounds.upperBound]
        for count in ends where !attacker.isPossible(position, count) {
          found.append("\(cell.name) is not \(count)")
        }
      } else if !attacker.isPossible(position, value - 1), !attacker.isPossible(position, value + 1) {
        found.append("\(cell.name) is \(value)")
      }
    }
    return found
  }

  @Test(
    "In random tables of two ways nothing that is held back is found, by subtraction, equations or trial",
    arguments: [
      DisclosureRule.underFive, .underThree, .alcoholUnder18,
    ])
  func twoWay(rule: DisclosureRule) throws {
    var generator = SeededGenerator(state: 11)
    var held = 0
    for _ in 0..<120 {
      let rows = Int.random(in: 2...4, using: &generator)
      let columns = Int.random(in: 2...4, using: &generator)
      let table = try InventedCounts.twoWay(InventedCounts.sparse(rows, columns, &generator))
      let outcome = DisclosureControl(rule: rule).apply(to: table)
      held += outcome.report.secondary
      #expect(findings(table, outcome, rule) == [], "\(table.cells.map(\.values))")
      #expect(outcome.report.unproved == 0)
    }
    #expect(held > 100)
  }

  @Test("Without the second step the attack succeeds, so that it is an attack")
  func withoutSecondary() throws {
    var generator = SeededGenerator(state: 11)
    let rule = DisclosureRule.underFive
    let careless = DisclosureRule(
      name: "careless", summary: "no second step", source: "a test", withheld: rule.withheld,
      hasSecondary: false)
    var found = (bySubtraction: 0, bySolving: 0, byBounds: 0)
    for _ in 0..<60 {
      let table = try InventedCounts.twoWay(InventedCounts.sparse(3, 3, &generator))
      let outcome = DisclosureControl(rule: careless).apply(to: table)
      let all = findings(table, outcome, careless)
      found.bySubtraction += all.count { $0.hasSuffix("subtraction") }
      found.bySolving += all.count { $0.hasSuffix("solving") }
      found.byBounds += all.count { !$0.hasSuffix("subtraction") && !$0.hasSuffix("solving") }
      #expect(outcome.report.secondary == 0)
    }
    #expect(found.bySubtraction > 30)
    #expect(found.bySolving > 30)
    #expect(found.byBounds > 30)
  }

  @Test("Nor where rows are gathered in regions, and the nation stands above")
  func regions() throws {
    var generator = SeededGenerator(state: 12)
    for _ in 0..<60 {
      let table = try InventedCounts.twoWay(
        InventedCounts.sparse(4, 2, &generator), regions: 2, national: true)
      let outcome = DisclosureControl(rule: .underFive).apply(to: table)
      #expect(findings(table, outcome, .underFive) == [], "\(table.cells.map(\.values))")
      #expect(outcome.report.unproved == 0)
    }
  }

  @Test("Nor where marks tell which figures are small")
  func marked() throws {
    var generator = SeededGenerator(state: 13)
    for _ in 0..<60 {
      let table = try InventedCounts.twoWay(InventedCounts.sparse(3, 3, &generator))
      let outcome = DisclosureControl(rule: .underFive, marks: .bounds).apply(to: table)
      #expect(findings(table, outcome, .underFive) == [], "\(table.cells.map(\.values))")
      for (cell, treatments) in zip(table.cells.indices, outcome.treatments) where treatments == [.primary] {
        #expect(outcome.observations[cell] == [.suppressed(1...4)])
      }
    }
  }

  @Test("Nor in tables of three ways, whose relations form no network")
  func threeWays() throws {
    var generator = SeededGenerator(state: 14)
    var held = 0
    for round in 0..<60 {
      let table = try InventedCounts.threeWay(
        InventedCounts.sparse(3, 2, &generator), InventedCounts.sparse(3, 2, &generator))
      let outcome = DisclosureControl(rule: .underFive).apply(to: table)
      #expect(findings(table, outcome, .underFive) == [], "\(round): \(table.cells.map(\.values))")
      #expect(outcome.report.unproved == 0)
      held += outcome.report.secondary
    }
    #expect(held > 100)
  }

  @Test("Nor in running totals, where what is added from year to year is a count of people too")
  func runningTotals() throws {
    var generator = SeededGenerator(state: 15)
    for round in 0..<60 {
      let table = try InventedCounts.runningTotals(
        (0..<3).map { _ in InventedCounts.sparse(2, 2, &generator) })
      let outcome = DisclosureControl(rule: .underFive).apply(to: table)
      let attacker = Attacker(table, outcome, rule: .underFive, least: 0)
      let narrowed = Set(outcome.report.narrowed.map(\.name))
      for (position, cell) in table.cells.enumerated()
      where cell.visibility == .hidden && (1...4).contains(cell.values[0]) && !narrowed.contains(cell.name) {
        #expect(attacker.isPossible(position, 1) && attacker.isPossible(position, 4), "\(round) \(cell.name)")
      }
      #expect(findings(table, outcome, .underFive) == [], "\(round): \(table.cells.map(\.values))")
    }
  }

  @Test("Nor from several scenarios of a table, though every difference between them be known")
  func scenarios() throws {
    var generator = SeededGenerator(state: 16)
    for round in 0..<60 {
      let first = InventedCounts.sparse(3, 3, &generator)
      // A scenario changes a few figures, by little or much.
      let second = first.map { row in
        row.map {
          Int.random(in: 0..<4, using: &generator) == 0 ? $0 + Int.random(in: 0...9, using: &generator) : $0
        }
      }
      let table = try InventedCounts.layered([first, second])
      let outcome = DisclosureControl(rule: .underFive).apply(to: table)
      let joint = try InventedCounts.joined(table)
      let attacker = Attacker(joint.table, joint.outcome(outcome), rule: .underFive, least: 0)
      let narrowed = Set(outcome.report.narrowed.map(\.name))
      #expect(
        attacker.bySubtraction == [],
        "\(round) \(narrowed) \(table.cells.map(\.values)) \(outcome.treatments)")
      #expect(attacker.bySolving == [], "\(round)")
      for version in 0..<2 {
        for (position, cell) in table.cells.enumerated()
        where (1...4).contains(cell.values[version]) && !narrowed.contains(cell.name) {
          let own = joint.position(position, version)
          #expect(attacker.isPossible(own, 1), "\(round) \(cell.name)")
          #expect(attacker.isPossible(own, 4), "\(round) \(cell.name)")
        }
      }
    }
  }

  @Test("The rule of hospital episodes needs no second step where one rounded count is taken from another")
  func hospitalEpisodesInDifferences() throws {
    let rule = DisclosureRule.hospitalEpisodes
    for small in 1...7 {
      for other in 8...60 {
        let (table, outcome) = try sum([small, other], rule)
        #expect(outcome.report.secondary == 0, "\(small) \(other)")
        #expect(findings(table, outcome, rule) == [], "\(small) \(other)")
      }
    }
  }

  @Test("It seldom needs one in longer sums, where the errors of rounding add up, and then has it")
  func hospitalEpisodesInSums() throws {
    let rule = DisclosureRule.hospitalEpisodes
    var needed = 0
    var all = 0
    for small in 1...7 {
      for first in 8...22 {
        for second in first...22 {
          let (table, outcome) = try sum([small, first, second], rule)
          #expect(findings(table, outcome, rule) == [], "\(small) \(first) \(second)")
          all += 1
          needed += outcome.report.secondary
        }
      }
    }
    #expect(needed > 0 && needed * 20 < all, "\(needed) of \(all)")
    // 8 and 8 are shown as 10 and are at least 8; their sum with 1, shown as 15, is at most 17.
    #expect(try sum([1, 8, 8], rule).outcome.report.secondary == 1)
  }

  /// Parts and their total under a rule.
  private func sum(
    _ parts: [Int], _ rule: DisclosureRule
  ) throws -> (table: DisclosureTable, outcome: DisclosureControl.Outcome) {
    var table = DisclosureTable(name: "episodes")
    let own = try parts.enumerated().map {
      try table.add(DisclosureCell(name: "part \($0.offset)", values: [$0.element]))
    }
    let total = try table.add(
      DisclosureCell(name: "total", values: [parts.reduce(0, +)], standing: .total))
    try table.relate(total: total, parts: own)
    return (table, DisclosureControl(rule: rule, marks: .bounds).apply(to: table))
  }

  @Test("It needs one where a nation is published unrounded, or where two sums meet, and then has it")
  func hospitalEpisodesBeyondSums() throws {
    let rule = DisclosureRule.hospitalEpisodes
    // 12 is shown as 10, so at most 12; the nation's 19 leaves at least 7, and the mark at most 7.
    var table = DisclosureTable(name: "episodes")
    let large = try table.add(DisclosureCell(name: "large", values: [12]))
    let small = try table.add(DisclosureCell(name: "small", values: [7]))
    let nation = try table.add(DisclosureCell(name: "nation", values: [19], standing: .national))
    try table.relate(total: nation, parts: [large, small])
    let careless = DisclosureRule(
      name: "careless", summary: "", source: "", withheld: 1...7, rounding: 5, sparesNational: true,
      hasSecondary: false, remainder: .twoValues)
    let open = DisclosureControl(rule: careless, marks: .bounds).apply(to: table)
    #expect(findings(table, open, careless) == ["small is 7"])
    let closed = DisclosureControl(rule: rule, marks: .bounds).apply(to: table)
    #expect(findings(table, closed, rule) == [])
    #expect(closed.treatments == [[.secondary(protecting: "small")], [.primary], [.published]])

    // Two rows of 8 and 4: each total of 12 is shown as 10, each 4 is then at most 4, and the column's 8, shown as 10,
    // at least 8.
    let square = try InventedCounts.twoWay([[8, 4], [8, 4]])
    #expect(
      findings(square, DisclosureControl(rule: careless, marks: .bounds).apply(to: square), careless).count
        == 2)
    let safe = DisclosureControl(rule: rule, marks: .bounds).apply(to: square)
    #expect(findings(square, safe, rule) == [])
    #expect(safe.report.secondary > 0)
    #expect(safe.report.isSafe)
  }

  @Test("Random tables under rules that round are not solved either", arguments: [false, true])
  func rounding(national: Bool) throws {
    var generator = SeededGenerator(state: 17)
    for rule in [DisclosureRule.hospitalEpisodes, .childMeasurement] {
      for _ in 0..<40 {
        let table = try InventedCounts.twoWay(InventedCounts.sparse(2, 3, &generator), national: national)
        let outcome = DisclosureControl(rule: rule, marks: .bounds).apply(to: table)
        #expect(findings(table, outcome, rule) == [], "\(rule.name) \(table.cells.map(\.values))")
      }
    }
  }
}
