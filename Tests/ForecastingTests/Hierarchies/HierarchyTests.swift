import Testing
import TimeSeries

@testable import Forecasting

@Suite("What adds up to what")
struct HierarchyTests {
  static let region: [Hierarchy.Member] = [
    .init("A1", of: "A"), .init("region"), .init("A", of: "region"), .init("B", of: "region"),
    .init("A2", of: "A"), .init("B1", of: "B"), .init("B2", of: "B"), .init("B3", of: "B"),
  ]

  /// A series of counts in financial years from 2020/21.
  static func series(
    _ id: String, _ values: [Double], area: String? = nil, unit: TimeSeries.Unit = .count,
    attributes: [Series.Attribute] = []
  ) throws -> Series {
    try Series(
      id: id, area: area, measure: Measure(id: id, unit: unit),
      points: values.enumerated().map { DataPoint(.financialYear(2020 + $0), $1) }, attributes: attributes)
  }

  @Test("wards add up to boroughs and boroughs to a region, in whatever order they are listed")
  func tree() throws {
    let hierarchy = try Hierarchy(parents: Self.region)
    #expect(hierarchy.aggregates == ["region", "A", "B"])
    #expect(hierarchy.bottom == ["A1", "A2", "B1", "B2", "B3"])
    #expect(hierarchy.count == 8 && hierarchy.nodes.count == 8)
    #expect(hierarchy.members(of: "B") == ["B1", "B2", "B3"])
    #expect(hierarchy.members(of: "region") == hierarchy.bottom)
    #expect(hierarchy.members(of: "A2") == ["A2"])
    #expect(hierarchy.members(of: "C") == nil && hierarchy.position(of: "C") == nil)
    #expect(try hierarchy.aggregated([1, 2, 4, 8, 16]) == [31, 3, 28, 1, 2, 4, 8, 16])
    #expect(hierarchy.children == [[1, 2], [3, 4], [5, 6, 7]])
    #expect(hierarchy.total == 0)
  }

  @Test("branches of unequal depth are one tree, and trees may stand side by side")
  func uneven() throws {
    let hierarchy = try Hierarchy(parents: [
      .init("all"), .init("x", of: "all"), .init("y", of: "all"), .init("y1", of: "y"), .init("y2", of: "y"),
      .init("other"), .init("o1", of: "other"), .init("o2", of: "other"),
    ])
    #expect(hierarchy.aggregates == ["all", "other", "y"])
    #expect(hierarchy.members(of: "all") == ["x", "y1", "y2"])
    #expect(hierarchy.total == nil)
  }

  @Test("sexes and ages cross: each sex, each age and all, and nothing twice")
  func crossed() throws {
    let hierarchy = try Hierarchy(
      grouping: [
        .init("girls under 5", ["girls", "0 to 4"]), .init("girls over 5", ["girls", "5 to 9"]),
        .init("boys under 5", ["boys", "0 to 4"]), .init("boys over 5", ["boys", "5 to 9"]),
      ], by: ["sex", "age"], total: "all")
    #expect(hierarchy.aggregates == ["all", "girls", "boys", "0 to 4", "5 to 9"])
    #expect(hierarchy.members(of: "0 to 4") == ["girls under 5", "boys under 5"])
    #expect(hierarchy.children == nil)
  }

  @Test("nested columns give each group once, and groups of one series are that series")
  func nested() throws {
    let series = try [
      Self.series("plans", [1], area: "Bury", attributes: [.init(name: "region", value: "North")]),
      Self.series("plans", [1], area: "Hull", attributes: [.init(name: "region", value: "North")]),
      Self.series("plans", [1], area: "Kent", attributes: [.init(name: "region", value: "South")]),
    ]
    let hierarchy = try Hierarchy(grouping: series, by: ["region", "area"])
    #expect(hierarchy.aggregates == ["total", "North"])
    #expect(hierarchy.bottom == ["plans, Bury", "plans, Hull", "plans, Kent"])
    let repeated = try Hierarchy(
      grouping: [
        .init("a", ["x", "p"]), .init("b", ["x", "p"]), .init("c", ["y", "p"]), .init("d", ["y", "p"]),
      ],
      by: ["first", "second"])
    #expect(repeated.aggregates == ["total", "x", "y"])
    let several = try Hierarchy(
      grouping: [
        .init("a", ["x", "p"]), .init("b", ["x", "p"]), .init("c", ["y", "p"]), .init("d", ["x", "q"]),
      ], by: ["first", "second"])
    #expect(several.aggregates == ["total", "x", "p", "x, p"])
  }

  @Test("a structure that cannot add up is refused with what is wrong")
  func refusals() {
    func said(_ members: [Hierarchy.Member]) -> String? { sentence { _ = try Hierarchy(parents: members) } }
    #expect(
      said([.init("a", of: "b"), .init("c", of: "b")])
        == "parts and totals: \"b\", the parent of \"a\", is not listed; list it, with its own parent or none"
    )
    #expect(said([.init("a"), .init("a")])?.contains("\"a\" is listed twice") == true)
    #expect(said([.init("a"), .init("b", of: "a")])?.contains("\"a\" has one part, \"b\"") == true)
    #expect(
      said([
        .init("t"), .init("u", of: "t"), .init("v", of: "t"), .init("a", of: "b"), .init("b", of: "a"),
        .init("c", of: "a"), .init("d", of: "b"),
      ])?.contains("\"a\", \"b\", \"c\", \"d\" are below one another in a circle") == true)
    #expect(said([.init("a"), .init("b")])?.contains("nothing adds up") == true)
    #expect(said([])?.contains("nothing adds up") == true)

    func saidOf(_ members: [Hierarchy.Labelled], _ columns: [String] = ["sex"]) -> String? {
      sentence { _ = try Hierarchy(grouping: members, by: columns) }
    }
    #expect(saidOf([.init("a", ["x"]), .init("a", ["y"])])?.contains("\"a\" is listed twice") == true)
    #expect(saidOf([.init("a", ["x"])])?.contains("two or more series are needed") == true)
    #expect(
      saidOf([.init("a", ["x"]), .init("b", [""])])?.contains(
        "\"b\" needs a value for each of the columns sex")
        == true)
    #expect(saidOf([.init("a", []), .init("b", [])], [])?.contains("1 to 8 columns and 0 are named") == true)
    #expect(
      saidOf([.init("a", ["x", "x"]), .init("b", ["x", "y"]), .init("c", ["z", "x"])], ["p", "q"])?
        .contains("two series would be called \"x\"") == true)
    #expect(
      sentence { _ = try Hierarchy(parents: Self.region).aggregated([1, 2]) }?
        .contains("5 bottom series and 2 values") == true)
  }

  @Test("published totals are held against their published parts, rounding allowed for")
  func check() throws {
    let hierarchy = try Hierarchy(parents: Self.region)
    var series = try [
      Self.series("A1", [10, 20, 35]), Self.series("A2", [15, 25, 30]), Self.series("A", [25, 45, 65]),
      Self.series("B1", [5, 5, 10]), Self.series("B2", [10, 10, 10]), Self.series("B3", [25, 35, 30]),
      Self.series("B", [40, 45, 50]), Self.series("region", [65, 110, 115]),
      Self.series("elsewhere", [1, 2, 3]),
    ]
    // To the nearest 5, B and three parts may differ by 10, and the region from two parts by 7.5.
    #expect(try hierarchy.check(series).map(\.aggregate) == ["region"])
    let found = try #require(try hierarchy.check(series).first)
    #expect(found.period == .financialYear(2021) && found.total == 110 && found.sum == 90)
    #expect(found.tolerance == 7.5)
    // The same figures with one that is not round are known to the nearest whole number.
    series[3] = try Self.series("B1", [5, 6, 10])
    series[6] = try Self.series("B", [48, 48, 50])
    #expect(try hierarchy.check(series).map(\.aggregate) == ["region", "region", "B"])
    let grouped = try Hierarchy(
      grouping: [.init("A1", ["x"]), .init("A2", ["x"]), .init("B1", ["y"])], by: ["p"], total: "A")
    #expect(
      try grouped.check([
        series[0], series[1], series[3], try Self.series("A", [30, 51, 99]),
        try Self.series("x", [25, 45, 65]),
      ]).map(\.period) == [.financialYear(2022)])
    // A part that is not known leaves its period out.
    let short = try Self.series("A1", [10])
    #expect(try hierarchy.check([short] + series.dropFirst()).allSatisfy { $0.aggregate != "A" })
  }

  @Test("a check needs every series once, in a unit that adds up")
  func checkRefusals() throws {
    let hierarchy = try Hierarchy(parents: [.init("t"), .init("a", of: "t"), .init("b", of: "t")])
    let a = try Self.series("a", [1])
    #expect(sentence { _ = try hierarchy.check([a, a]) }?.contains("\"a\" is given twice") == true)
    #expect(sentence { _ = try hierarchy.check([a]) }?.contains("the series \"t\" is missing") == true)
    for unit in [TimeSeries.Unit.percentage, .proportion, .rate(per: 10_000)] {
      let share = try Self.series("a", [0.5], unit: unit)
      #expect(
        sentence { _ = try hierarchy.check([share]) }?.contains("reconcile the counts above the line") == true
      )
    }
    let wait = try Self.series("a", [5], unit: .weeks)
    #expect(sentence { _ = try hierarchy.check([wait]) }?.contains("does not add up over parts") == true)
  }
}
