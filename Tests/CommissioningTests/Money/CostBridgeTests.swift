import Commissioning
import Statistics
import Testing

@Suite("Why one cost is another")
struct CostBridgeTests {
  private static func row(_ id: String, _ number: Draws, _ price: Draws?) -> CostTable.Row {
    CostTable.Row(id: id, name: id, number: number, unitCost: price)
  }

  private static func table(
    _ name: String, _ rows: [(String, Double, Double)], lines: [(String, Int64)] = [],
    population: Double? = nil
  ) throws(CommissioningError) -> CostTable {
    try CostTable(
      name: name, rows: rows.map { row($0.0, Draws($0.1), Draws($0.2)) },
      lines: lines.map { .init(id: $0.0, name: $0.0, amount: PenceDraws(Pence($0.1))) },
      population: population.map { Draws($0) })
  }

  private static let first = [
    ("special", 400.0, 24_000.0), ("independent", 100.0, 60_000.0), ("mainstream", 900.0, 7_000.0),
  ]
  private static let second = [
    ("special", 420.0, 25_000.0), ("independent", 140.0, 66_000.0), ("mainstream", 1_000.0, 7_500.0),
  ]

  private static func worked(_ form: CostBridge.Form, people: (Double, Double)? = nil) throws -> CostBridge {
    try CostBridge(
      from: table("2024/25", first, population: people?.0),
      to: table("2025/26", second, population: people?.1),
      form: form)
  }

  /// Whether an amount is a number of pounds to the penny that rounding three rows can leave.
  private static func near(_ amount: PenceDraws?, _ pounds: Double, pence: Double = 3) -> Bool {
    amount?.known.map { abs(Double($0.count) - pounds * 100) <= pence } ?? false
  }

  @Test("21.90m to 27.24m is 2.503m of volume, 1.077m of mix and 1.760m of price")
  func worked() throws {
    let bridge = try Self.worked(.baseWeighted)
    #expect(bridge.fromCost.known == Pence("£21,900,000.00"))
    #expect(bridge.toCost.known == Pence("£27,240,000.00"))
    #expect(Self.near(bridge.totals[.volume], 2_502_857.142857))
    #expect(Self.near(bridge.totals[.mix], 1_077_142.857143))
    #expect(bridge.totals[.price]?.known == Pence("£1,760,000.00"))
    #expect(bridge.totals[.population]?.known == .zero)
    #expect(!bridge.isDividedByPopulation)
    // Row by row as well: independent places are 0.686m of volume and 1.714m of mix.
    #expect(Self.near(bridge.rows[1].parts[.volume], 685_714.285714, pence: 1))
    #expect(Self.near(bridge.rows[1].parts[.mix], 1_714_285.714286, pence: 1))
    #expect(bridge.rows[1].change.known == Pence("£3,240,000.00"))
    let steps = try bridge.summary().steps
    #expect(steps.map(\.name) == ["Volume", "Mix", "Price"])
    #expect(try Pence.sum(steps.map(\.mean)) == Pence("£5,340,000.00"))
  }

  @Test("Bennet's form weighs with the averages of both sides")
  func bennet() throws {
    // Exact fractions worked out apart from this code.
    let bridge = try Self.worked(.bennet)
    #expect(Self.near(bridge.totals[.volume], 2_644_652.0146520147))
    #expect(Self.near(bridge.totals[.mix], 1_090_347.9853479853))
    #expect(bridge.totals[.price]?.known == Pence("£1,605,000.00"))
  }

  @Test("volume divides into population and prevalence")
  func population() throws {
    let base = try Self.worked(.baseWeighted, people: (50_000, 51_000))
    #expect(Self.near(base.totals[.population], 438_000))
    #expect(Self.near(base.totals[.volume], 2_064_857.142857))
    #expect(Self.near(try base.wholeVolume(), 2_502_857.142857))
    let bennet = try Self.worked(.bennet, people: (50_000, 51_000))
    #expect(Self.near(bennet.totals[.population], 484_204.6703296703))
    #expect(Self.near(bennet.totals[.volume], 2_160_447.3443223443))
    #expect(try bennet.summary().steps.map(\.name) == ["Population", "Prevalence", "Mix", "Price"])
  }

  @Test("lines without numbers stand beside, whether both sides have them or one")
  func lines() throws {
    let bridge = try CostBridge(
      from: Self.table("plan", Self.first, lines: [("support", 500), ("closed", 70)]),
      to: Self.table("scenario", Self.first, lines: [("support", 650), ("opened", 9)]), form: .bennet)
    #expect(bridge.lines.map(\.id) == ["support", "closed", "opened"])
    #expect(bridge.lines.map { $0.change.known?.count } == [150, -70, 9])
    #expect(bridge.otherLines.known == Pence(89))
    #expect(bridge.change.known == Pence(89))
    #expect(CostBridge.Part.allCases.allSatisfy { bridge.totals[$0]?.isZero == true })
    #expect(bridge.from == "plan" && bridge.to == "scenario" && bridge.form == .bennet)
  }

  @Test("a setting that only one side has comes or goes as volume and mix, and never as price")
  func newSetting() throws {
    let bridge = try CostBridge(
      from: Self.table("a", [("special", 10, 100)]), to: Self.table("b", [("units", 10, 150)]),
      form: .baseWeighted)
    #expect(bridge.rows.map(\.id) == ["special", "units"])
    #expect(bridge.totals[.price]?.known == .zero)
    #expect(bridge.totals[.mix]?.known == Pence("£500.00"))
    let unpriced = try CostTable(
      name: "c", rows: [Self.row("special", Draws(10), Draws(100)), Self.row("units", Draws(0), nil)])
    let back = try CostBridge(from: Self.table("b", [("units", 10, 150)]), to: unpriced, form: .bennet)
    #expect(back.totals[.price]?.known == .zero)
    #expect(back.change.known == Pence("-£500.00"))
  }

  @Test("in a future without children on one side, the price of the other stands for it")
  func futureWithoutChildren() throws {
    func table(_ name: String, _ number: [Double], _ pounds: [Double]) throws -> CostTable {
      try CostTable(
        name: name,
        rows: [
          Self.row("special", Draws(10), Draws(100)),
          try CostTable.Row(id: "units", name: "units", number: Draws(number), pounds: Draws(pounds)),
        ])
    }
    let bridge = try CostBridge(
      from: table("a", [0, 5, 0], [0, 500, 0]), to: table("b", [10, 5, 0], [1_500, 750, 0]), form: .bennet)
    #expect((0..<3).map { bridge.totals[.price]?[$0]?.count } == [0, 25_000, 0])
    #expect((0..<3).map { bridge.change[$0]?.count } == [150_000, 25_000, 0])
    #expect(throws: CommissioningError.self) { try table("c", [0, 5, 0], [1, 500, 0]) }
  }

  // MARK: Properties

  private static func random(
    _ stream: inout RandomStream, futures: Int?, population: Bool, name: String
  ) throws -> CostTable {
    func draws(_ scale: Double) -> Draws {
      guard let futures, stream.next() % 3 > 0 else { return Draws(stream.uniform() * scale) }
      return Draws((0..<futures).map { _ in stream.uniform() * scale })
    }
    var rows: [CostTable.Row] = []
    for id in ["a", "b", "c", "d", "e", "f", "g"] where id == "a" || stream.next() % 5 > 0 {
      rows.append(row(id, draws(500), draws(90_000)))
    }
    return try CostTable(
      name: name, rows: rows,
      lines: [.init(id: "line", name: "line", amount: try PenceDraws(pounds: draws(1e6)))],
      population: population ? Draws(20_000 + stream.uniform() * 9_000) : nil)
  }

  @Test(
    "in every future parts sum to the change, and Bennet's bridge back is the bridge with its signs changed")
  func properties() throws {
    var stream = RandomStream(seed: 11, name: "bridges")
    for round in 0..<150 {
      let futures = round % 3 == 0 ? nil : 1 + round % 7
      let first = try Self.random(&stream, futures: futures, population: round % 2 == 0, name: "first")
      let second = try Self.random(&stream, futures: futures, population: round % 2 == 0, name: "second")
      for form in CostBridge.Form.allCases {
        let bridge = try CostBridge(from: first, to: second, form: form)
        let back = try CostBridge(from: second, to: first, form: form)
        for path in 0..<(futures ?? 1) {
          let parts = CostBridge.Part.allCases.compactMap { bridge.totals[$0]?[path] }
          #expect(parts.count == 4)
          #expect(
            try Pence.sum(parts + [bridge.otherLines[path]].compactMap { $0 }) == bridge.change[path])
          for row in bridge.rows {
            let own = CostBridge.Part.allCases.compactMap { row.parts[$0]?[path] }
            #expect(try Pence.sum(own) == row.change[path])
          }
          guard form == .bennet else { continue }
          for part in CostBridge.Part.allCases {
            #expect(back.totals[part]?[path] == (try bridge.totals[part]?[path]?.negated()))
          }
        }
        let summary = try bridge.summary()
        #expect(try Pence.sum(summary.steps.map(\.mean)) == summary.change)
        #expect(try summary.from.adding(summary.change) == summary.to)
        #expect(summary.from == bridge.fromCost.mean && summary.to == bridge.toCost.mean)
      }
    }
  }

  @Test("every part is what its formula says to the penny for each setting")
  func formulae() throws {
    var stream = RandomStream(seed: 12, name: "formulae")
    for _ in 0..<50 {
      let ids = ["a", "b", "c", "d"]
      func rows() -> [(String, Double, Double)] {
        ids.map { ($0, stream.uniform() * 300 + 1, stream.uniform() * 50_000) }
      }
      let (first, second) = (rows(), rows())
      let bridge = try CostBridge(
        from: Self.table("first", first), to: Self.table("second", second), form: .baseWeighted)
      let (all0, all1) = (first.reduce(0) { $0 + $1.1 }, second.reduce(0) { $0 + $1.1 })
      let c0 = first.reduce(0) { $0 + $1.1 * $1.2 } / all0
      let volume = (all1 - all0) * c0
      let mix = zip(first, second).reduce(0) { $0 + all1 * ($1.1.1 / all1 - $1.0.1 / all0) * $1.0.2 }
      let price = zip(first, second).reduce(0) { $0 + $1.1.1 * ($1.1.2 - $1.0.2) }
      // Two pence a setting: its cost and its parts are rounded.
      #expect(Self.near(bridge.totals[.volume], volume, pence: 8))
      #expect(Self.near(bridge.totals[.mix], mix, pence: 8))
      #expect(Self.near(bridge.totals[.price], price, pence: 8))
    }
  }

  // MARK: Refusals

  @Test("sides that cannot be compared are refused with the reason")
  func refusals() throws {
    func reason(_ first: CostTable, _ second: CostTable) -> String {
      let error = #expect(throws: CommissioningError.self) {
        try CostBridge(from: first, to: second, form: .bennet)
      }
      return error?.description ?? ""
    }
    let plain = try Self.table("a", Self.first)
    #expect(
      reason(plain, try Self.table("b", Self.first, population: 5)).contains(
        "b states a population and a none; state both, or neither"))
    #expect(
      reason(try Self.table("b", Self.first, population: 5), plain).contains("b states a population"))
    #expect(
      reason(plain, try Self.table("none", [("special", 0, 1)])).contains(
        "the number of children of none is 0; a number above 0 in every future"))
    let line = try Self.table("b", [("special", 1, 1)], lines: [("mainstream", 5)])
    #expect(reason(plain, line).contains("\"mainstream\" has a number of children in a and none in b"))
    #expect(reason(line, plain).contains("\"mainstream\" has a number of children in a and none in b"))
    let two = try CostTable(name: "two", rows: [Self.row("special", Draws([1, 2]), Draws(1))])
    let three = try CostTable(name: "three", rows: [Self.row("special", Draws([1, 2, 3]), Draws(1))])
    #expect(reason(two, three).contains("one quantity has 2 simulated futures and another 3"))
    #expect(reason(plain, try Self.table("dear", [("special", 1e9, 1e9)])).contains("too much to be divided"))
  }

  @Test("a table that cannot be is refused with the reason")
  func tables() {
    func reason(_ make: () throws -> CostTable) -> String {
      (#expect(throws: CommissioningError.self) { try make() })?.description ?? ""
    }
    #expect(reason { try Self.table("a", [("x", 1, 1), ("x", 1, 1)]) }.contains("two rows or lines \"x\""))
    #expect(reason { try Self.table("a", [("x", 1, 1)], lines: [("x", 1)]) }.contains("two rows or lines"))
    #expect(reason { try Self.table("a", [("x", -1, 1)]) }.contains("is -1; a number of 0 or more"))
    #expect(reason { try Self.table("a", [("x", 1, .nan)]) }.contains("the price of \"x\" of a is nan"))
    #expect(reason { try Self.table("a", [("x", 1, 1)], population: 0) }.contains("the population of a is 0"))
    #expect(
      reason { try CostTable(name: "a", rows: [Self.row("x", Draws([0, 1]), nil)]) }.contains(
        "\"x\" of a has children and no price"))
  }
}
