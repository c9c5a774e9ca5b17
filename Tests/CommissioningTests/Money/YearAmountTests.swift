import Commissioning
import Testing
import TimeSeries

@Suite("What a financial year pays of other years, and how many children it has")
struct YearAmountTests {
  private static func near(_ left: Double?, _ right: Double, _ tolerance: Double = 1e-9) -> Bool {
    left.map { abs($0 - right) <= tolerance * max(1, abs(right)) } ?? false
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
    try #require(CivilDate(year: year, month: month, day: day))
  }

  @Test(
    "an academic-year price is paid in twelfths, by terms, or from August after 16",
    arguments: [
      (.monthly, 11_000.0 * 5 / 12 + 12_200.0 * 7 / 12, 7.0 / 12),
      (.termly, 11_000.0 / 3 + 12_200.0 * 2 / 3, 2.0 / 3),
      (.postSixteen, 11_000.0 / 3 + 12_200.0 * 2 / 3, 8.0 / 12),
    ] as [(AcademicYearPrices.Payment, Double, Double)])
  func prices(_ payment: AcademicYearPrices.Payment, _ pounds: Double, _ effect: Double) throws {
    let prices = try AcademicYearPrices([2023: Draws(11_000), 2024: Draws(12_200)], paid: payment)
    let price = try prices.price(in: FinancialYear(2024))
    #expect(price.year == FinancialYear(2024))
    #expect(Self.near(price.pounds.knownValue, pounds))
    #expect(Self.near(prices.partYearEffect, effect))
    let error = #expect(throws: CommissioningError.self) { try prices.price(in: FinancialYear(2025)) }
    #expect(error?.description.contains("is not known for 2025/26") == true)
    #expect(throws: CommissioningError.self) { try prices.price(in: FinancialYear(2023)) }
  }

  @Test("a price is uncertain in every future by itself")
  func uncertainPrice() throws {
    let prices = try AcademicYearPrices([2023: Draws(1_200), 2024: Draws([1_200, 2_400])], paid: .monthly)
    let pounds = try prices.price(in: FinancialYear(2024)).pounds
    #expect(Self.near(pounds[0], 1_200))
    #expect(Self.near(pounds[1], 500 + 1_400))
    #expect(throws: CommissioningError.self) {
      try AcademicYearPrices([2023: Draws([1, -1])], paid: .termly)
    }
  }

  @Test("a January count becomes an average by 0.294 and 0.706, or exactly by the days of the censuses")
  func januaryCounts() throws {
    let counts = try JanuaryCounts([2024: Draws(2_000), 2025: Draws([2_200, 2_000])])
    let average = try counts.average(in: FinancialYear(2024))
    #expect(average.year == FinancialYear(2024))
    #expect(Self.near(average.children[0], 2_000 + 0.706 * 200, 1e-4))
    #expect(average.children[1] == 2_000)
    // Means over every day of the year of the line through both counts, in exact fractions.
    let dated = try JanuaryCounts(on: [
      (try Self.day(2025, 1, 16), Draws(2_200)), (try Self.day(2024, 1, 18), Draws(2_000)),
      (try Self.day(2023, 1, 19), Draws(1_800)),
    ])
    #expect(Self.near(try dated.average(in: FinancialYear(2024)).children.knownValue, 194_800.0 / 91))
    // 2023/24 has 366 days, and its later census is on 18 January.
    #expect(Self.near(try dated.average(in: FinancialYear(2023)).children.knownValue, 194_725.0 / 91 - 200))
    #expect(throws: CommissioningError.self) { try counts.average(in: FinancialYear(2025)) }
    #expect(throws: CommissioningError.self) { try counts.average(in: FinancialYear(2023)) }
  }

  @Test("a count that is none, of another month, or the second of its year is refused")
  func badCounts() throws {
    #expect(throws: CommissioningError.self) { try JanuaryCounts([2024: Draws(-1)]) }
    let first = try Self.day(2024, 1, 18)
    let february = try Self.day(2024, 2, 1)
    #expect(throws: CommissioningError.self) {
      try JanuaryCounts(on: [(first, Draws(1)), (first.adding(days: 1), Draws(1))])
    }
    #expect(throws: CommissioningError.self) { try JanuaryCounts(on: [(february, Draws(1))]) }
    #expect(throws: CommissioningError.self) { try StockPath([(first, Draws(1)), (first, Draws(2))]) }
    #expect(throws: CommissioningError.self) { try StockPath([(first, Draws(.nan))]) }
  }

  @Test("a path of the stock is integrated over the days of the year")
  func path() throws {
    let path = try StockPath([
      (try Self.day(2024, 6, 1), Draws(160)), (try Self.day(2023, 3, 15), Draws(100)),
      (try Self.day(2023, 9, 1), Draws(130)), (try Self.day(2024, 1, 10), Draws(120)),
    ])
    #expect(
      Self.near(try path.average(in: FinancialYear(2023)).children.knownValue, 2_143_091.0 / 17_446))
    for year in [2022, 2024] {
      #expect(throws: CommissioningError.self) { try path.average(in: FinancialYear(year)) }
    }
    #expect(throws: CommissioningError.self) { try StockPath([]).average(in: FinancialYear(2024)) }
  }

  @Test("a straight monthly path has the average that exact census weights give")
  func straightPath() throws {
    let first = try Self.day(2024, 1, 18)
    let second = try Self.day(2025, 1, 16)
    let points = try (0...12).map { month in
      let day = try Self.day(2024, 4, 1).adding(months: month)
      let share = Double(first.days(to: day)) / Double(first.days(to: second))
      return (day: day, children: Draws(2_000 + 200 * share))
    }
    let path = try StockPath(points).average(in: FinancialYear(2024)).children.knownValue
    let counts = try JanuaryCounts(on: [(first, Draws(2_000)), (second, Draws(2_200))])
    #expect(Self.near(path, try #require(counts.average(in: FinancialYear(2024)).children.knownValue)))
  }

  @Test("a place from September costs seven twelfths of a year by months, and 212 or 213 days by days")
  func partYear() throws {
    #expect(PartYear.share(fromMonth: 9) == 7.0 / 12)
    #expect(PartYear.share(fromMonth: 4) == 1)
    #expect(PartYear.share(fromMonth: 3) == 1.0 / 12)
    #expect(PartYear.share(fromMonth: 1) == 3.0 / 12)
    #expect(PartYear.share(fromMonth: 0) == nil && PartYear.share(fromMonth: 13) == nil)
    #expect(PartYear.share(from: try Self.day(2024, 9, 1), of: FinancialYear(2024)) == 212.0 / 365)
    #expect(PartYear.share(from: try Self.day(2023, 9, 1), of: FinancialYear(2023)) == 213.0 / 366)
    #expect(PartYear.share(from: try Self.day(2022, 9, 1), of: FinancialYear(2023)) == 1)
    #expect(PartYear.share(from: try Self.day(2024, 4, 1), of: FinancialYear(2023)) == 0)
    let price = FinancialYearPrice(year: FinancialYear(2024), pounds: Draws(36_500))
    #expect(Self.near(price.cost(from: try Self.day(2024, 9, 1)).knownValue, 21_200))
  }

  @Test("a weekly price is paid for every day, 366 of them in a year with a 29 February")
  func weekly() throws {
    let price = WeeklyPrice(pounds: Draws(7_000))
    #expect(price.price(in: FinancialYear(2023)).pounds.knownValue == 366_000)
    #expect(price.price(in: FinancialYear(2024)).pounds.knownValue == 365_000)
    let first = try Self.day(2024, 2, 26)
    #expect(try price.cost(from: first, through: try Self.day(2024, 3, 3)).knownValue == 7_000)
    #expect(try price.cost(from: first, through: first).knownValue == 1_000)
    #expect(throws: CommissioningError.self) { try price.cost(from: first, through: first.adding(days: -1)) }
  }

  @Test("a number of one year is not multiplied by the price of another")
  func years() throws {
    let price = FinancialYearPrice(year: FinancialYear(2024), pounds: Draws(20_000))
    #expect(
      try price.cost(of: AverageNumber(year: FinancialYear(2024), children: Draws(2.5))).knownValue == 50_000)
    let error = #expect(throws: CommissioningError.self) {
      try price.cost(of: AverageNumber(year: FinancialYear(2025), children: Draws(2)))
    }
    #expect(error?.description.contains("of 2025/26 and the price of 2024/25") == true)
  }
}
