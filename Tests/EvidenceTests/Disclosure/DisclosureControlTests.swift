import Testing
import TimeSeries

@testable import Evidence

@Suite("A table fit to be published")
struct DisclosureControlTests {
  private typealias Treatment = DisclosureControl.Treatment

  private func row(
    _ parts: [Int], people: [Int]? = nil, rule: DisclosureRule = .underFive
  ) throws -> (table: DisclosureTable, outcome: DisclosureControl.Outcome) {
    var table = DisclosureTable(name: "row")
    let own = try parts.enumerated().map { position, part in
      try table.add(
        DisclosureCell(name: "part \(position)", values: [part], people: people.map { [$0[position]] }))
    }
    let total = try table.add(
      DisclosureCell(
        name: "total", values: [parts.reduce(0, +)], people: people.map { [$0.reduce(0, +)] },
        standing: .total))
    try table.relate(total: total, parts: own)
    return (table, DisclosureControl(rule: rule).apply(to: table))
  }

  @Test("The smallest other part is held back, never the total, when one part is too small")
  func smallest() throws {
    let (_, outcome) = try row([3, 40, 9, 0, 25])
    #expect(
      outcome.treatments.map { $0[0] }
        == [.primary, .published, .secondary(protecting: "part 0"), .published, .published, .published])
    #expect(outcome.observations[0] == [.suppressed(nil)])
    #expect(outcome.observations[2] == [.suppressed(nil)])
    #expect(outcome.observations[3] == [.value(0)])
    #expect(outcome.report.primary == 1 && outcome.report.secondary == 1 && outcome.report.proved == 1)
    #expect(outcome.report.figures == 6 && outcome.report.relations == 1)
  }

  @Test("Two ones that sum to two tell each other, so that more is held back")
  func twoOnes() throws {
    let (_, outcome) = try row([1, 1, 30, 6])
    #expect(outcome.treatments.map { $0[0] }.filter { $0 == .primary }.count == 2)
    #expect(outcome.treatments[3][0] == .secondary(protecting: "part 0"))
    #expect(outcome.report.secondary == 1)
  }

  @Test("Two small parts that hide each other need nothing else")
  func sufficient() throws {
    let (_, outcome) = try row([2, 4, 30, 6])
    #expect(outcome.report.secondary == 0)
    #expect(outcome.report.proved == 2)
  }

  @Test("A total of small parts that are all there is stays what it can be")
  func narrowed() throws {
    let (_, outcome) = try row([1, 3])
    #expect(outcome.report.primary == 3)
    #expect(outcome.report.isSafe)
    // The total of two parts is at least two.
    #expect(outcome.report.narrowed.map(\.name) == ["total"])
    #expect(outcome.report.narrowed[0].description.contains("stays one of 3 values at least"))
  }

  @Test("What everybody knows already cannot be held back, and is said to tell")
  func known() throws {
    var table = DisclosureTable(name: "known")
    let small = try table.add(DisclosureCell(name: "small", values: [3]))
    let other = try table.add(DisclosureCell(name: "other", values: [20], visibility: .known))
    let total = try table.add(DisclosureCell(name: "total", values: [23], visibility: .known))
    try table.relate(total: total, parts: [small, other])
    let outcome = DisclosureControl(rule: .underFive).apply(to: table)
    #expect(outcome.treatments.map { $0[0] } == [.primary, .published, .published])
    #expect(!outcome.report.isSafe)
    #expect(
      outcome.report.lines.contains { $0.contains("\"small\" can be found from figures known elsewhere") })
  }

  @Test("What a list of parts leaves out is found by subtraction, and is protected")
  func hidden() throws {
    var table = DisclosureTable(name: "hidden")
    let first = try table.add(DisclosureCell(name: "first", values: [30]))
    let second = try table.add(DisclosureCell(name: "second", values: [12]))
    let rest = try table.add(DisclosureCell(name: "rest", values: [2], visibility: .hidden))
    let total = try table.add(DisclosureCell(name: "total", values: [44], standing: .total))
    try table.relate(total: total, parts: [first, second, rest])
    let outcome = DisclosureControl(rule: .underFive).apply(to: table)
    #expect(
      outcome.treatments.map { $0[0] } == [.published, .secondary(protecting: "rest"), .notShown, .published])
    #expect(outcome.report.figures == 3 && outcome.report.primary == 0)
  }

  @Test("A share of nearly everybody is held back as a share of hardly anybody is")
  func complement() throws {
    for (part, isHeld) in [(3, true), (5, false), (15, false), (17, true), (20, false), (0, false)] {
      var table = DisclosureTable(name: "share")
      let whole = try table.add(DisclosureCell(name: "whole", values: [20]))
      try table.add(DisclosureCell(name: "part", values: [part], denominator: whole))
      let outcome = DisclosureControl(rule: .underFive).apply(to: table)
      #expect((outcome.treatments[1][0] == .primary) == isHeld, "\(part)")
      #expect(outcome.treatments[0][0] == .published)
      #expect(outcome.report.isSafe)
    }
    // The rule for measured children protects zero as well, and so everybody.
    var table = DisclosureTable(name: "share")
    let whole = try table.add(DisclosureCell(name: "whole", values: [21]))
    for part in [0, 21, 10] {
      try table.add(DisclosureCell(name: "part", values: [part], denominator: whole))
    }
    let outcome = DisclosureControl(rule: .childMeasurement).apply(to: table)
    #expect(outcome.treatments.map { $0[0] } == [.rounded, .primary, .primary, .published])
    #expect(outcome.observations[0] == [.value(20)])
  }

  @Test("Money is held back where few people are behind it, and not told to within a tenth")
  func amounts() throws {
    let (table, outcome) = try row([90_000, 400_000, 2_000, 800_000], people: [2, 30, 6, 60])
    #expect(outcome.treatments[0][0] == .primary)
    // The 2,000 cannot hide a tenth of 90,000.
    #expect(outcome.treatments[2][0] == .published)
    #expect(outcome.treatments[1][0] == .secondary(protecting: "part 0"))
    #expect(outcome.report.proved == 1)
    let attacker = Attacker(table, outcome, rule: .underFive, least: 0)
    #expect(attacker.bySolving == [])
    // A deficit may be below zero.
    var signed = DisclosureTable(name: "signed")
    try signed.add(DisclosureCell(name: "deficit", values: [-500], people: [2], mayBeNegative: true))
    #expect(DisclosureControl(rule: .underFive).apply(to: signed).report.proved == 1)
  }

  @Test("Where the same figure is held back in another year, it is the one that is held back")
  func families() throws {
    var table = DisclosureTable(name: "years")
    var own: [[Int]] = []
    // In the second year the cheapest to hold back would be the group of 9; the first year held back the group of 12.
    for (year, counts) in [[2, 12, 25, 60], [3, 11, 9, 60]].enumerated() {
      var cells: [Int] = []
      for (group, count) in counts.enumerated() {
        cells.append(
          try table.add(
            DisclosureCell(name: "\(group) in \(year)", values: [count], family: "group \(group)")))
      }
      let total = try table.add(
        DisclosureCell(name: "all in \(year)", values: [counts.reduce(0, +)], standing: .total))
      try table.relate(total: total, parts: cells)
      own.append(cells)
    }
    let outcome = DisclosureControl(rule: .underFive).apply(to: table)
    #expect(outcome.treatments[own[0][1]][0] == .secondary(protecting: "0 in 0"))
    #expect(outcome.treatments[own[1][1]][0] == .secondary(protecting: "0 in 1"))
    #expect(outcome.treatments[own[1][2]][0] == .published)
  }

  @Test("A scenario in which a figure is no longer small holds it back as well")
  func scenarios() throws {
    let table = try InventedCounts.layered([[[3, 20], [30, 40]], [[9, 20], [30, 40]]])
    let outcome = DisclosureControl(rule: .underFive).apply(to: table)
    for treatments in outcome.treatments { #expect(treatments[0] == treatments[1]) }
    #expect(outcome.treatments[0] == [.primary, .primary])
    #expect(outcome.observations[0] == [.suppressed(nil), .suppressed(nil)])
  }

  @Test("Nothing that turned out to be of no use stays held back")
  func frugal() throws {
    var generator = SeededGenerator(state: 21)
    for _ in 0..<40 {
      let table = try InventedCounts.twoWay(InventedCounts.sparse(4, 4, &generator))
      let outcome = DisclosureControl(rule: .underFive).apply(to: table)
      // Every figure that is held back for others could not be found: it does hide something.
      let attacker = Attacker(table, outcome, rule: .underFive, least: 1)
      #expect(attacker.bySolving == [])
      if outcome.report.primary == 0 { #expect(outcome.report.secondary == 0) }
    }
  }

  @Test("What cannot be searched with the effort allowed is held back whole, and said to be")
  func tooLarge() throws {
    var generator = SeededGenerator(state: 22)
    let table = try InventedCounts.twoWay(InventedCounts.sparse(6, 6, &generator))
    let control = DisclosureControl(rule: .underFive, marks: .alike, effort: 50)
    let outcome = control.apply(to: table)
    #expect(outcome.report.abandoned == 1)
    for (cell, observation) in zip(table.cells, outcome.observations) {
      #expect((observation[0].value == nil) == (cell.values[0] != 0), "\(cell.name)")
    }
    #expect(outcome.report.lines.contains { $0.contains("too large to prove") })
    #expect(outcome.report.unproved + outcome.report.proved + outcome.report.narrowed.count > 0)
  }

  @Test("The same table gives the same answer, and a table of 200 rows and 30 columns is answered whole")
  func large() throws {
    var generator = SeededGenerator(state: 23)
    let table = try InventedCounts.twoWay(InventedCounts.sparse(200, 30, &generator, largest: 90))
    let outcome = DisclosureControl(rule: .underFive).apply(to: table)
    #expect(outcome.report.abandoned == 0 && outcome.report.isSafe)
    #expect(outcome.report.proved == outcome.report.primary && outcome.report.primary > 1_000)
    #expect(Attacker(table, outcome, rule: .underFive, least: 1).bySubtraction == [])
    #expect(DisclosureControl(rule: .underFive).apply(to: table) == outcome)
  }

  @Test("Rounding to 5 holds nothing back, and shows what rounds to zero as low")
  func low() throws {
    let (_, outcome) = try row([0, 2, 3, 41], rule: .roundedToFive)
    #expect(
      outcome.observations.map { $0[0] } == [.value(0), .roundsToZero, .value(5), .value(40), .value(45)])
    #expect(outcome.report.low == 1 && outcome.report.rounded == 3 && outcome.report.primary == 0)
    let (_, open) = try row([0, 2, 3, 41], rule: .none)
    #expect(open.observations.map { $0[0].value } == [0, 2, 3, 41, 46])
    #expect(open.report.isSafe)
  }

  @Test("Coefficients other than one, and figures in many sums, are protected by the programme")
  func weighted() throws {
    // Children, and the legs they have: twice as many.
    var table = DisclosureTable(name: "weighted")
    let few = try table.add(DisclosureCell(name: "few", values: [3]))
    let many = try table.add(DisclosureCell(name: "many", values: [30]))
    let legs = try table.add(DisclosureCell(name: "legs", values: [66], standing: .total))
    try table.relate([(few, 2), (many, 2), (legs, -1)])
    let outcome = DisclosureControl(rule: .underFive).apply(to: table)
    #expect(outcome.treatments.map { $0[0] } == [.primary, .secondary(protecting: "few"), .published])
    #expect(outcome.report.isSafe)
  }

  @Test("What cannot be is refused with a sentence")
  func refusals() throws {
    var table = DisclosureTable(name: "placements", versions: 2)
    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      message { try table.add(DisclosureCell(name: "a", values: [1])) }.hasPrefix(
        "placements: \"a\" has not one figure for each of the 2 versions"))
    #expect(
      message { try table.add(DisclosureCell(name: "a", values: [1, -1])) }.contains(
        "no count of people is below"))
    #expect(
      message { try table.add(DisclosureCell(name: "a", values: [1, Int.min])) }.contains("use a larger unit")
    )
    #expect(
      message { try table.add(DisclosureCell(name: "a", values: [1, 1], denominator: 7)) }.contains(
        "add the denominator first"))
    let whole = try table.add(DisclosureCell(name: "whole", values: [5, 5]))
    #expect(
      message { try table.add(DisclosureCell(name: "a", values: [5, 6], denominator: whole)) }.contains(
        "is 6, more than its denominator 5"))
    let part = try table.add(DisclosureCell(name: "part", values: [5, 4]))
    #expect(
      message { try table.relate(total: whole, parts: [part]) }.contains("come to -1: \"whole\", \"part\""))
    #expect(message { try table.relate(total: whole, parts: [9]) }.contains("add the figure first"))
    #expect(message { try table.relate([(whole, 5_000)]) }.contains("at most 1000"))
    #expect(table.relationCount == 0)
  }

  @Test("A report of several tables is their sum")
  func reports() throws {
    var all = DisclosureReport(rule: "under-5")
    let (_, first) = try row([3, 40, 9])
    let (_, second) = try row([1, 3])
    all.add(first.report)
    all.add(second.report)
    #expect(all.figures == 7 && all.primary == 4 && all.secondary == 1 && all.narrowed.count == 1)
    #expect(
      all.lines[0].hasPrefix(
        "rule under-5: of 7 figures 4 are held back because they are small and 1 because they would tell"))
  }
}
