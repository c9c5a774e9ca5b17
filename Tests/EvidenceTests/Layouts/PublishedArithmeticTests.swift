import Testing
import TimeSeries

@testable import Evidence

/// What is found from the numbers themselves: rounding, and the counts of which a rate is made.
@Suite struct PublishedArithmeticTests {
  @Test("values are rounded to the unit of which all are multiples, when there are enough to tell")
  func rounding() {
    let tens = (1...40).map { Double($0 * 10) }
    #expect(RoundingSearch.unit(of: tens, isCount: true) == 10)
    #expect(RoundingSearch.unit(of: tens + [0, 0, .nan], isCount: true) == 10)
    #expect(RoundingSearch.unit(of: tens + [15], isCount: true) == 5)
    #expect(RoundingSearch.unit(of: tens + [17], isCount: true) == nil)
    #expect(RoundingSearch.unit(of: tens + [17], isCount: false) == 1)
    #expect(RoundingSearch.unit(of: tens.map { $0 / 100 }, isCount: false) == 0.1)
    #expect(RoundingSearch.unit(of: tens.map { $0 / 1000 + 0.03 }, isCount: false) == 0.01)
    #expect(RoundingSearch.unit(of: tens.map { $0 / 7 }, isCount: false) == nil)
  }

  @Test("few values, or none above the unit, show no rounding")
  func tooFew() {
    #expect(RoundingSearch.unit(of: (1...29).map { Double($0 * 10) }, isCount: true) == nil)
    #expect(RoundingSearch.unit(of: Array(repeating: 10.0, count: 100), isCount: true) == nil)
    #expect(RoundingSearch.unit(of: Array(repeating: 0.0, count: 100), isCount: true) == nil)
  }

  private static func file(_ rows: Int, header: String, _ cells: (Int) -> String) -> String {
    var text = "time_period,time_identifier,geographic_level,old_la_code,la_name,\(header)\n"
    for row in 0..<rows {
      text += "2024,Calendar year,Local authority,\(100 + row),Area \(row),\(cells(row))\n"
    }
    return text
  }

  @Test("a rate that follows from two counts gets them, whatever they are called")
  func quotient() throws {
    let text = Self.file(60, header: "rate_per_10000,apples,pears,plums") { row in
      let (pears, apples) = (9000 + 137 * row, 31 + 7 * row)
      return "\((Double(apples) * 1e4 / Double(pears)).rounded()),\(apples),\(pears),\(apples + 40)"
    }
    let figures = try InventedFile.read(text, as: ExploreEducationLayout.self)
    let rate = try #require(try figures.only("rate_per_10000", "103").first)
    #expect(rate.numerator == 52 && rate.denominator == 9411)
    #expect(rate.rounding == 1)
    #expect(try figures.key("rate_per_10000").unit == .rate(per: 10_000))
    #expect(figures.notes("rate_per_10000 is 10000 × apples / pears within rounding in 60 of 60 rows"))
    #expect(try figures.only("plums", "103").first?.numerator == nil)
  }

  @Test("names alone make no numerator: a rate that does not follow from its counts has none")
  func namesProveNothing() throws {
    let text = Self.file(60, header: "rate_per_10000,numerator,denominator") { row in
      "\(row * row % 97 + 1),\(31 + 7 * row),\(9000 + 137 * row)"
    }
    let figures = try InventedFile.read(text, as: ExploreEducationLayout.self)
    #expect(figures.series.flatMap(\.figures).allSatisfy { $0.numerator == nil && $0.denominator == nil })
  }

  @Test("a rate whose unit its name does not say gets it from the arithmetic, and the odd row is doubted")
  func oddRow() throws {
    let text = Self.file(80, header: "in_time_rate,in_time,plans") { row in
      let (plans, inTime) = (210 + 3 * row, 100 + row)
      let share = (Double(inTime) * 1000 / Double(plans)).rounded() / 10
      return "\(row == 20 ? 99.9 : share),\(inTime),\(plans)"
    }
    let figures = try InventedFile.read(text, as: ExploreEducationLayout.self)
    #expect(try figures.key("in_time_rate").unit == .percentage)
    let doubt = try #require(figures.problems.first)
    #expect(doubt.severity == .warning && doubt.row == 22)
    #expect(
      doubt.message.contains("in_time_rate does not follow from in_time and plans here, and in 1 rows in all")
    )
    #expect(try figures.only("in_time_rate", "120").first?.numerator == 120)
  }

  @Test("counts rounded at one level are rounded there alone, and it is said")
  func roundedLevel() throws {
    var text =
      "time_period,time_identifier,geographic_level,region_code,region_name,old_la_code,la_name,children\n"
    for row in 0..<40 {
      text += "2024,Calendar year,Regional,R\(row),Region \(row),,,\(row * 20)\n"
      text += "2024,Calendar year,Local authority,,,\(100 + row),Area \(row),\(row * 3)\n"
    }
    let figures = try InventedFile.read(text, as: ExploreEducationLayout.self)
    #expect(try figures.only("children", "R7").first?.rounding == 10)
    #expect(try figures.only("children", "107").first?.rounding == nil)
    #expect(figures.notes("level Regional: every value beside zero of these measures is a multiple of 10"))
  }

  @Test("files too wide to try every pair of columns say that they were not searched")
  func tooWide() throws {
    let header = "rate_per_1000," + (0..<1500).map { "count_\($0)" }.joined(separator: ",")
    let text = Self.file(2, header: header) { row in
      "5," + (0..<1500).map { "\($0 + row)" }.joined(separator: ",")
    }
    let figures = try InventedFile.read(text, as: ExploreEducationLayout.self)
    #expect(figures.notes("were not looked for: there are 1 rates and 1500 counts"))
  }

  @Test(
    "the words of a column's name say its unit",
    arguments: [
      ("ass_none_ehc_pc", Unit.percentage), ("pc_plans", .percentage), ("pupil_percent", .percentage),
      ("PT_Percentage", .percentage), ("rate_per_10000", .rate(per: 10_000)),
      ("starts_per_10k", .rate(per: 10_000)),
      ("rate_per_1000_births", .rate(per: 1000)), ("gap_pp", .other("percentage points")),
      ("total_expenditure", .pounds), ("avg_cost", .pounds),
      ("teachers_fte", .other("full-time equivalents")),
      ("avg_att8_score", .score), ("avg_weeks_wait", .weeks), ("median_age", .other("unit not given")),
      ("absence_rate", .other("unit not given")), ("pupil_count", .count), ("number_on_roll", .count),
    ])
  func units(name: String, unit: Unit) {
    #expect(MeasureUnits.unit(name, isWhole: true) == unit)
  }

  @Test("a number that is not whole throughout is no count")
  func notWhole() {
    #expect(MeasureUnits.unit("pupil_count", isWhole: false) == .other("unit not given"))
    #expect(UnitLabel.unit("Number of pupils", isWhole: false) == .other("Number of pupils"))
  }

  @Test(
    "the label of an axis says the unit",
    arguments: [
      ("% of births", Unit.percentage), ("Percentage gap", .other("percentage points")),
      ("% gap", .other("percentage points")), ("Rate per 10,000 of 10-17 population", .rate(per: 10_000)),
      ("Rate per 1000 live births", .rate(per: 1000)), ("Spend", .pounds), ("Unit Cost", .pounds),
      ("£ per head", .pounds), ("Average Score", .score), ("Number plans", .count), ("Total cases", .count),
      ("Case Load", .other("Case Load")), ("Turnover rate", .other("Turnover rate")),
      ("Visits per child", .other("Visits per child")),
    ])
  func labels(label: String, unit: Unit) {
    #expect(UnitLabel.unit(label, isWhole: true) == unit)
  }

  @Test("headers of two releases are compared by what the names say, not by where they stand")
  func drift() {
    let drift = HeaderDrift(
      from: ["a", "PC_done", "plans_issued_total", "gone"],
      to: ["pc_done", "a", "plans_issued_total_count", "brand_new"])
    #expect(drift.renamed.map(\.before) == ["PC_done", "plans_issued_total"])
    #expect(drift.renamed.map(\.isWriting) == [true, false])
    #expect(drift.added == ["brand_new"] && drift.removed == ["gone"])
    #expect(drift.sentences.count == 4)
    #expect(
      drift.sentences.contains { $0.contains("plans_issued_total, now perhaps plans_issued_total_count") })
    #expect(HeaderDrift(from: ["a", "b"], to: ["b", "a"]).isEmpty)
    #expect(HeaderDrift(from: ["_"], to: ["."]).renamed.map(\.isWriting) == [true])
  }
}
