import Commissioning
import Statistics
import Testing

@Suite("An account to the penny in every simulated future")
struct LedgerTests {
  private static func line(
    _ id: String, _ part: LedgerLine.Part, _ pence: [Int64]
  ) throws -> LedgerLine {
    LedgerLine(id: id, name: id, part: part, amount: try PenceDraws(pence: pence))
  }

  private static func known(_ id: String, _ part: LedgerLine.Part, _ pence: Int64) -> LedgerLine {
    LedgerLine(id: id, name: id, part: part, amount: PenceDraws(Pence(pence)))
  }

  @Test("opening balance, budget less spend and movements are the closing balance in every future")
  func identity() throws {
    let year = try AccountYear(
      year: FinancialYear(2024), opening: PenceDraws(Pence(-500)),
      lines: [
        try Self.line("places", .spend, [101, 102, 103]), Self.known("income", .spend, -1),
        Self.known("block", .budget, 90), try Self.line("grant", .movement, [0, 450, 0]),
      ])
    #expect((0..<3).map { year.spend[$0]?.count } == [100, 101, 102])
    #expect((0..<3).map { year.inYear[$0]?.count } == [-10, -11, -12])
    #expect((0..<3).map { year.closing[$0]?.count } == [-510, -61, -512])
    #expect(year.budget.known == Pence(90))
    #expect(year.closing.known == nil && year.closing.futures == 3 && year.closing[3] == nil)
    #expect(year["block"]?.amount.known == Pence(90))
    #expect(year["none"] == nil)
    let next = try year.following([])
    #expect(next.year == FinancialYear(2025))
    #expect(next.opening == year.closing && next.closing == year.closing)
    #expect(next.total(of: .movement).known == .zero)
  }

  @Test("means of lines are rounded so that they sum, where each rounded by itself would not")
  func footing() throws {
    // A third of a penny three times: one of them is reported as a penny, the earliest.
    let year = try AccountYear(
      year: FinancialYear(2024), opening: .zero,
      lines: [
        try Self.line("a", .budget, [1, 0, 0]), try Self.line("b", .budget, [0, 1, 0]),
        try Self.line("c", .budget, [0, 0, 1]), Self.known("d", .budget, 7),
      ])
    let summary = try year.summary()
    #expect(summary.lines.map(\.mean.count) == [1, 0, 0, 7])
    #expect(summary.budget.count == 8)
    #expect(summary.closing.count == 8)
  }

  @Test("summaries foot over many years for random accounts, and stay within a penny of the exact means")
  func property() throws {
    var stream = RandomStream(seed: 3, name: "ledgers")
    for _ in 0..<40 {
      let futures = 1 + Int(stream.next() % 37)
      func amount() throws -> PenceDraws {
        func one() -> Int64 { Int64(truncatingIfNeeded: stream.next()) >> Int64(20 + stream.next() % 43) }
        return stream.next() % 4 == 0
          ? PenceDraws(Pence(one())) : try PenceDraws(pence: (0..<futures).map { _ in one() })
      }
      var ledger = Ledger(opening: try amount(), at: FinancialYear(2020))
      var exact: [[Double]] = []
      for _ in 0..<8 {
        let lines = try (0..<Int(stream.next() % 12)).map { number in
          LedgerLine(
            id: "\(number)", name: "line \(number)",
            part: LedgerLine.Part.allCases[Int(stream.next() % 3)], amount: try amount())
        }
        let year = try ledger.close(lines)
        exact.append(
          [year.opening, year.spend, year.budget, year.movements, year.closing].map(Self.mean))
        let summary = try #require(ledger.summaries.last)
        for (line, reported) in zip(lines, summary.lines) {
          #expect(abs(Double(reported.mean.count) - Self.mean(line.amount)) <= 1 + 1e-3)
          if let known = line.amount.known { #expect(reported.mean == known) }
        }
      }
      for (summary, means) in zip(ledger.summaries, exact) {
        func sum(_ part: LedgerLine.Part) throws -> Pence {
          try Pence.sum(summary.lines.filter { $0.part == part }.map(\.mean))
        }
        #expect(try sum(.spend) == summary.spend)
        #expect(try sum(.budget) == summary.budget)
        #expect(try sum(.movement) == summary.movements)
        #expect(try summary.budget.subtracting(summary.spend) == summary.inYear)
        #expect(
          try Pence.sum([summary.opening, summary.inYear, summary.movements]) == summary.closing)
        let reported = [
          summary.opening, summary.spend, summary.budget, summary.movements, summary.closing,
        ]
        for (place, value) in reported.enumerated() {
          let allowed = place == 0 || place == 4 ? 0.5 : 1
          #expect(abs(Double(value.count) - means[place]) <= allowed + 1e-3)
        }
      }
      for (before, after) in zip(ledger.summaries, ledger.summaries.dropFirst()) {
        #expect(before.closing == after.opening)
      }
    }
  }

  /// The mean in pence of amounts below 2^44, exact enough to tell pennies apart.
  private static func mean(_ amount: PenceDraws) -> Double {
    guard let futures = amount.futures else { return Double(amount.known?.count ?? 0) }
    return Double((0..<futures).reduce(Int64(0)) { $0 + (amount[$1]?.count ?? 0) }) / Double(futures)
  }

  @Test("the mean to the penny sends a half up on either side of zero")
  func mean() throws {
    #expect(try PenceDraws(pence: [1, 2]).mean == Pence(2))
    #expect(try PenceDraws(pence: [-1, -2]).mean == Pence(-1))
    #expect(try PenceDraws(pence: [Int64.max, Int64.max]).mean == Pence(Int64.max))
  }

  @Test("pounds become pence in every future and come back, known amounts as known ones")
  func conversion() throws {
    let pence = try PenceDraws(pounds: Draws([1.115, -0.125, 3]))
    #expect((0..<3).map { pence[$0]?.count } == [111, -12, 300])
    #expect(pence.pounds[1] == -0.12)
    #expect(try PenceDraws(pounds: Draws(2.5)).known == Pence(250))
    #expect(PenceDraws(Pence(250)).pounds.knownValue == 2.5)
    #expect(try PenceDraws(pounds: pence.pounds) == pence)
  }

  @Test("a value that is no amount is refused by line, future and value")
  func unusable() {
    let error = #expect(throws: CommissioningError.self) {
      try LedgerLine(
        id: "a", name: "Places", part: .spend, pounds: Draws([1, 2, .nan]), service: "high-needs")
    }
    #expect(
      error?.description.hasPrefix("high-needs: \"Places\" is nan pounds in simulated future 3, which cannot")
        == true)
    #expect(throws: CommissioningError.self) { try PenceDraws(pounds: Draws(1e20)) }
    #expect(throws: CommissioningError.self) { try PenceDraws(pounds: Draws([])) }
    #expect(throws: CommissioningError.self) { try PenceDraws(pence: []) }
  }

  @Test("lines of one id, of runs of different length, and sums that cannot be held are refused")
  func refusals() throws {
    func account(_ lines: [LedgerLine]) throws {
      _ = try AccountYear(year: FinancialYear(2024), opening: .zero, lines: lines)
    }
    let twice = #expect(throws: CommissioningError.self) {
      try account([Self.known("a", .spend, 1), Self.known("a", .budget, 1)])
    }
    #expect(twice?.description.contains("two lines with the id \"a\"") == true)
    let lengths = #expect(throws: CommissioningError.self) {
      try account([try Self.line("a", .spend, [1, 2]), try Self.line("b", .spend, [1, 2, 3])])
    }
    #expect(lengths?.description.contains("2 and of 3 simulated futures") == true)
    #expect(throws: CommissioningError.self) {
      try account([Self.known("a", .spend, Int64.max), Self.known("b", .spend, 1)])
    }
    #expect(throws: CommissioningError.self) {
      try account([try Self.line("a", .spend, [0, Int64.max]), Self.known("b", .spend, 1)])
    }
    #expect(throws: CommissioningError.self) {
      try account([try Self.line("a", .spend, [2, 0]), try Self.line("b", .budget, [Int64.min, 0])])
    }
    #expect(throws: CommissioningError.self) { try PenceDraws(Pence(Int64.min)).deficit() }
    #expect(throws: CommissioningError.self) { try PenceDraws(pence: [0, Int64.min]).deficit() }
  }

  @Test("a year that is refused leaves the account as it was")
  func unchanged() throws {
    var ledger = Ledger(opening: PenceDraws(Pence(5)), at: FinancialYear(2023))
    #expect(throws: CommissioningError.self) {
      try ledger.close([Self.known("a", .spend, 1), Self.known("a", .spend, 1)])
    }
    #expect(ledger.lastClosed == FinancialYear(2023) && ledger.balance.known == Pence(5))
    try ledger.close([Self.known("a", .spend, 1)])
    #expect(ledger.lastClosed == FinancialYear(2024) && ledger.balance.known == Pence(4))
    #expect(ledger.summaries.count == 1)
    var last = Ledger(opening: .zero, at: FinancialYear(9998))
    #expect(throws: CommissioningError.self) { try last.close([]) }
  }
}
