import Testing

@testable import Evidence

@Suite("Tables in which figures stand in many sums")
struct ManyWaysTests {
  @Test("A table of three ways of ordinary size is proved whole")
  func threeWays() throws {
    var generator = SeededGenerator(state: 31)
    let table = try InventedCounts.threeWay(
      InventedCounts.sparse(12, 4, &generator, largest: 90),
      InventedCounts.sparse(12, 4, &generator, largest: 90))
    let outcome = DisclosureControl(rule: .underFive).apply(to: table)
    #expect(outcome.report.abandoned == 0 && outcome.report.isSafe)
    #expect(outcome.report.proved + outcome.report.narrowed.count == outcome.report.primary)
    #expect(outcome.report.narrowed.count * 8 < outcome.report.primary)
    // Not everything is held back for it.
    #expect(outcome.report.secondary < outcome.report.figures / 2)
    let attacker = Attacker(table, outcome, rule: .underFive, least: 1)
    #expect(attacker.bySubtraction == [])
    #expect(attacker.bySolving == [])
  }

  @Test("A search that does not see far holds back what is near, and names what it cannot prove")
  func shortSighted() throws {
    var generator = SeededGenerator(state: 33)
    var unproved = 0
    for _ in 0..<6 {
      let table = try InventedCounts.runningTotals(
        (0..<3).map { _ in InventedCounts.sparse(6, 3, &generator, largest: 90) })
      let state = SuppressionState(table, rule: .underFive, tellsPrimary: false, effort: 1 << 40)
      var far = SuppressionSearch(state)
      far.run()
      var near = SuppressionSearch(state, reaches: [10])
      near.run()
      #expect(near.state.primaries == far.state.primaries)
      for cell in near.state.primaries {
        guard near.protections[cell] == .unproved else { continue }
        unproved += 1
        // All that it is summed with is held back, but for zeros and what is not shown.
        for relation in near.state.relationsOf[cell] {
          for term in table.relations[relation] { #expect(near.state.price(term.cell) == nil) }
        }
      }
      #expect(!far.protections.values.contains(.unproved))
    }
    #expect(unproved > 0)
  }

  @Test("What is released after the search protects nothing, and every relation is checked")
  func checks() throws {
    let table = try InventedCounts.twoWay([[3, 20], [30, 40]])
    var state = SuppressionState(table, rule: .underFive, tellsPrimary: false, effort: 1_000)
    // Around the block of four the rows and columns stay what they are; that needs all four held back.
    let around = [
      FigureMove(cell: 0, by: 1), FigureMove(cell: 1, by: -1), FigureMove(cell: 3, by: -1),
      FigureMove(cell: 4, by: 1),
    ]
    #expect(!state.admits(around))
    for cell in [1, 3, 4] { state.withhold(cell) }
    #expect(state.admits(around))
    #expect(!state.admits([FigureMove(cell: 0, by: 1), FigureMove(cell: 1, by: -1)]))
    #expect(!state.admits(around + [FigureMove(cell: 0, by: 1)]))
    #expect(!state.admits(around.map { FigureMove(cell: $0.cell, by: -3 * $0.by) }))
    state.release(3)
    #expect(!state.admits(around))
    state.release(0)
    #expect(state.primaries == [0])
  }

  @Test("Tableaux solve in whole numbers, and say when a number would not fit")
  func tableau() {
    // x + 2y + 3z = 0 and 4x + 5y + 6z = 0: x = z and y = -2z.
    var tableau = IntegerTableau(rows: 2, columns: 3)
    for (column, entry) in [1, 2, 3].enumerated() { tableau[0, column] = entry }
    for (column, entry) in [4, 5, 6].enumerated() { tableau[1, column] = entry }
    let isSolved = tableau.solve(preferring: 0..<3)
    #expect(isSolved)
    #expect(tableau.basis == [0, 1])
    #expect(tableau[0, 2] == -tableau.denominator && tableau[1, 2] == 2 * tableau.denominator)
    var large = IntegerTableau(rows: 2, columns: 2)
    large[0, 0] = 1 << 40
    large[0, 1] = 1
    large[1, 0] = 1
    large[1, 1] = 1 << 40
    let fits = large.solve(preferring: 0..<2)
    #expect(!fits)
    var empty = IntegerTableau(rows: 1, columns: 1)
    let canPivot = empty.pivot(row: 0, column: 0)
    #expect(!canPivot)
  }

  @Test("Relations that follow from others are left out, and no others")
  func basis() throws {
    let table = try InventedCounts.twoWay([[3, 20], [30, 40], [7, 9]])
    var state = SuppressionState(table, rule: .underFive, tellsPrimary: false, effort: 1_000_000)
    // Four rows and three columns, of which one follows from the rest.
    #expect(table.relationCount == 7)
    let basis = RelationBasis.independent(Array(0..<7), &state)
    #expect(basis.count == 6)
    let rows = RelationBasis.independent([0, 1, 2], &state)
    #expect(rows == [0, 1, 2])
  }

  @Test("The least comes first from a queue")
  func queue() {
    var generator = SeededGenerator(state: 32)
    var queue = SearchQueue()
    var all: [(Int, Int)] = []
    for node in 0..<200 {
      let priority = Int.random(in: 0..<50, using: &generator)
      queue.insert(node, priority: priority)
      all.append((priority, node))
    }
    var drawn: [Int] = []
    while let node = queue.popLeast() { drawn.append(node) }
    #expect(drawn == all.sorted { $0 < $1 }.map(\.1))
  }
}
