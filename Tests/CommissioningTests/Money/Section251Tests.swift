import Commissioning
import Testing

@Suite("The high needs lines of Section 251")
struct Section251Tests {
  private typealias Phase = Section251Schema.Phase

  /// A line of pounds by phase, in the order of the columns.
  private static func row(
    _ code: String, _ phases: [Int64], gross: Int64? = nil, income: Int64 = 0, net: Int64? = nil
  ) -> Section251Return.Row {
    let amounts = Dictionary(uniqueKeysWithValues: zip(Phase.allCases, phases.map { Pence($0 * 100) }))
    let sum = gross ?? phases.reduce(0, +)
    return Section251Return.Row(
      code: code, phases: amounts, gross: Pence(sum * 100), income: Pence(income * 100),
      net: Pence((net ?? sum - income) * 100))
  }

  private static let rows = [
    row("1.0.2", [10, 200, 300, 4_000, 500, 60]), row("1.2.1", [1, 2, 3, 4, 5, 6], income: 3),
    row("1.2.2", [0, 0, 0, 100, 0, 0]), row("1.2.3", [0, 0, 0, 900, 0, 50], income: 70),
    row("1.2.4", [0, 30, 0, 0, 0, 0]), row("1.2.5", [], gross: 210), row("1.2.6", [], gross: 15),
    row("1.2.7", [], gross: 45), row("1.2.8", [], gross: 33), row("1.2.9", [], gross: 7),
    row("1.2.10", [], gross: 1_000), row("1.2.11", [], gross: 12), row("1.2.13", [], gross: 8),
  ]

  private static func report(
    _ rows: [Section251Return.Row] = rows, roundedTo: Pence? = nil
  ) throws(CommissioningError) -> Section251Return {
    try Section251Return(
      year: FinancialYear(2023), rows: rows, schema: .highNeeds, roundedTo: roundedTo)
  }

  @Test("the total of high needs leaves 1.2.10 out, and what is spent takes it in")
  func totals() throws {
    let report = try Self.report()
    // 5,070 + (18 + 100 + 30 + 12) + 880 + (210 + 33 + 7) + 45 + 15 + 8.
    #expect(try report.totalHighNeeds() == Pence("£6,428.00"))
    #expect(try report.accountedSpend() == Pence("£7,428.00"))
    #expect(try report.totalHighNeeds(.gross) == Pence("£6,501.00"))
    #expect(try report.total(of: .topUpState) == Pence("£160.00"))
    let groups = try Section251Schema.Group.allCases.map { group in try report.total(of: group) }
    #expect(try Pence.sum(groups) == (try report.totalHighNeeds()))
  }

  @Test(
    "the place total is special schools and alternative provision, and all places are the sum of the phases")
  func places() throws {
    let report = try Self.report()
    #expect(try report.placeTotal() == Pence("£4,500.00"))
    #expect(try report.placesOfAllPhases() == Pence("£5,070.00"))
    let undivided = try Self.report([Self.row("1.0.2", [], gross: 5)])
    #expect(throws: CommissioningError.self) { try undivided.placeTotal() }
    let schema = try Section251Schema(lines: [.init(code: "1.2.3", name: "Top-ups", group: .topUpIndependent)]
    )
    let other = try Section251Return(year: FinancialYear(2023), rows: [], schema: schema, roundedTo: nil)
    #expect(throws: CommissioningError.self) { try other.placesOfAllPhases() }
  }

  @Test("a line that is not there is missing and not nothing")
  func missing() throws {
    let report = try Self.report(Array(Self.rows.dropLast()))
    #expect(report["1.2.13"] == nil)
    let error = #expect(throws: CommissioningError.self) { try report.totalHighNeeds() }
    #expect(
      error?.description
        == "section-251: line 1.2.13, Therapies and other health-related services, is not known for 2023/24")
  }

  @Test("lines that are unknown or stand twice, and a rounding to nothing, are refused")
  func refusals() {
    #expect(throws: CommissioningError.self) { try Self.report([Self.row("9.9.9", [])]) }
    #expect(throws: CommissioningError.self) { try Self.report([Self.rows[0], Self.rows[0]]) }
    #expect(throws: CommissioningError.self) { try Self.report(roundedTo: .zero) }
    #expect(throws: CommissioningError.self) {
      try Section251Schema(lines: [
        .init(code: "a", name: "A", group: nil), .init(code: "a", name: "B", group: nil),
      ])
    }
  }

  @Test("a return foots, or says of each line by how much it does not")
  func footing() throws {
    try Self.report().checkFooting()
    let report = try Self.report([
      Self.row("1.0.2", [1, 2, 3, 4, 5, 6], gross: 20), Self.row("1.2.3", [9], gross: 9, income: 2, net: 11),
      Self.row("1.2.4", [5]),
    ])
    let errors = try report.footingErrors()
    #expect(errors.map(\.code) == ["1.0.2", "1.2.3"])
    #expect(errors.map(\.check) == [.phases, .net])
    #expect(try errors.map { try $0.difference() } == [Pence("£1.00"), Pence("-£4.00")])
    #expect(
      errors.map(\.description) == [
        "1.0.2 High needs place funding: the phases come to £21.00, and gross is £20.00, out by £1.00",
        "1.2.3 Top-up and other funding, non-maintained and independent providers: gross less income is £7.00, and net is "
          + "£11.00, out by £4.00",
      ])
    let error = #expect(throws: CommissioningError.self) { try report.checkFooting() }
    #expect(error?.description.contains("the return of 2023/24 does not foot: 1.0.2") == true)
  }

  @Test("a difference that rounding to the published unit can make is none")
  func rounding() throws {
    // Seven figures, each at most 50p off: 3 pounds may be rounding, and 4 pounds may not.
    func errors(_ gross: Int64) throws -> [Section251FootingError] {
      try Self.report(
        [Self.row("1.0.2", [1, 2, 3, 4, 5, 6], gross: gross)], roundedTo: Pence("£1.00")
      ).footingErrors()
    }
    #expect(try errors(24).isEmpty)
    #expect(try errors(18).isEmpty)
    #expect(try errors(25).map(\.allowance) == [Pence("£3.50")])
    #expect(try errors(25)[0].description.hasSuffix("out by £4.00; rounding explains at most £3.50"))
  }

  @Test("amounts too large to be compared are refused, not wrapped round")
  func overflow() throws {
    let most = Pence(Int64.max)
    let row = Section251Return.Row(
      code: "1.2.3", phases: [.primary: most, .secondary: most], gross: most, income: .zero, net: most)
    #expect(throws: CommissioningError.self) { try Self.report([row]).footingErrors() }
    let least = Section251Return.Row(code: "1.2.3", phases: [:], gross: .zero, income: most, net: most)
    let error = try #require(try Self.report([least]).footingErrors().first)
    #expect(error.description.contains("out by more than can be held"))
    #expect(throws: CommissioningError.self) { try error.difference() }
  }
}
