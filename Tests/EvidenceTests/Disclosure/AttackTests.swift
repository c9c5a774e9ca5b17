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
    let exposed = Set(outcome.report.exposed.map(\.name))
    for cell in attacker.bySubtraction { found.append("\(table.cells[cell].name) by subtraction") }
    for cell in attacker.bySolving { found.append("\(table.cells[cell].name) by solving") }
    for (position, cell) in table.cells.enumerated() where !exposed.contains(cell.name) {
      guard outcome.treatments[position][version] == .primary, let bounds = rule.withheld else { continue }
      let value = cell.values[version]
      guard bounds.contains(value) else { continue }
      if rule.remainder == .wholeBounds {
        for count in [bounds.lowerBound, bounds.upperBound] where !attacker.isPossible(position, count) {
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
    arguments: [DisclosureRule.underFive, .underThree, .alcoholUnder18])
  func twoWay(rule: DisclosureRule) throws {
    var generator = SeededGenerator(state: 11)
    var held = 0
    for _ in 0..<120 {
      let rows = Int.random(in: 2...4, using: &generator)
      let columns = Int.random(in: 2...4, using: &generator)
      let table = try InventedTables.twoWay(InventedTables.sparse(rows, columns, &generator))
      let outcome = DisclosureControl(rule: rule).apply(to: table)
      held += outcome.report.secondary
      #expect(findings(table, outcome, rule) == [], "\(table.cells.map(\.values))")
      #expect(outcome.report.unproved == 0)
    }
    #expect(held > 100)
  }
}
