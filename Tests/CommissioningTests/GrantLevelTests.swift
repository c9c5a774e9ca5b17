import Commissioning
import Testing
import TimeSeries

@Suite("The level and the mix of high needs spending")
struct GrantLevelTests {
  /// Two settings, one in four plans in special schools.
  private static func twoSettings(_ change: (inout GrantParts) -> Void = { _ in }) throws -> InventedPlan {
    try InventedPlan.grant {
      $0.settings.append(
        RingFencedGrant.Setting(
          id: "mainstream", name: "Mainstream", plans: ["plans-mainstream"], spend: ["spend-mainstream"]))
      change(&$0)
    }
  }

  @Test("volume times price in the price year is what Section 251 says was spent, line by line")
  func priceYear() throws {
    // The account opens before the price year, so that it is accounted and not outturn.
    var plan = try Self.twoSettings {
      $0.openingBalances = [GrantParts.stated(2019, -1e6, known: Invented.date(2020, 7, 1))]
    }
    plan.replace(
      try Invented.census("plans", 1, 15, from: 2018, [700, 800, 1000, 1300, 1500, 1700, 1900, 2000]))
    plan.remove("deficit")
    plan.assumptions["unexplained"] = .fixed(0)
    let year = try #require(try plan.byYear()[FinancialYear(2020)])
    let lines = Dictionary(
      uniqueKeysWithValues: year.lines.filter { $0.part == "spend" }.map { ($0.id, $0.amount.mean) })
    #expect(agree(lines["special"], 10e6))
    #expect(agree(lines["mainstream"], 5e6))
    #expect(agree(lines["support"], 2e6))
  }

  @Test("every simulated future reproduces the last year whose spending is known")
  func calibration() throws {
    var plan = try Self.twoSettings {
      $0.openingBalances = [GrantParts.stated(2020, -3e6, known: Invented.date(2021, 7, 1))]
      $0.statedSpending = [GrantParts.stated(2021, 14e6, known: Invented.date(2022, 7, 1))]
    }
    plan.remove("deficit")
    plan.assumptions["price-growth"] = .range(low: -0.02, mostLikely: 0.05, high: 0.2)
    let year = try #require(try plan.byYear()[FinancialYear(2021)])
    let spend = try #require(year.spend?.distribution)
    #expect(agree(spend.p2_5, 14e6))
    #expect(agree(spend.p97_5, 14e6))
    // 12 - 14 = -2, from -3.
    #expect(agree(year.closingBalance?.mean, -5e6))
    #expect(year.kind == .estimate)
  }

  @Test("the share that Section 251 does not explain goes on as the assumption says")
  func unexplained() throws {
    var plan = try InventedPlan.grant()
    plan.assumptions["unexplained"] = .fixed(0.5)
    // 13.2m of the 14m are explained in 2021/22; half of the rest goes on.
    let year = try #require(try plan.byYear()[FinancialYear(2022)])
    #expect(agree(year.spend?.known, 1.1 * (13.2e6 + 0.4e6)))
    #expect(agree(year.lines.first { $0.id == "unexplained" }?.amount.known, 1.1 * 0.4e6))
    #expect(
      try plan.notes().contains {
        $0.hasPrefix("Section 251 prices come to £13.2m in 2021/22, where spending was £14m")
          && $0.contains("6.1 per cent")
      })
  }

  @Test(
    "what is assumed of other blocks and of imports held in the year of the level, and is not counted twice")
  func otherBlocks() throws {
    var plan = try InventedPlan.grant()
    plan.assumptions["other-blocks"] = .fixed(-1e6)
    plan.assumptions["import-export"] = .fixed(0.5e6)
    let years = try plan.byYear()
    // As published: 12 - 14. Of the 14m net, 1m was the other blocks', and 0.5m more was there to spend.
    #expect(agree(years[FinancialYear(2021)]?.spend?.known, 14e6))
    let year = try #require(years[FinancialYear(2022)])
    #expect(agree(year.spend?.known, 13.5e6 * 1.1))
    #expect(agree(year.budget?.known, 13.1e6))
    #expect(agree(year.closingBalance?.known, -5e6 + 13.1e6 - 14.85e6 - 1e6))
  }

  @Test("the mix is the census's own up to the year after it, then scatters, and sums to one in every future")
  func mix() throws {
    var plan = try Self.twoSettings()
    plan.draws = 500
    let years = try plan.byYear()
    #expect(agree(years[FinancialYear(2021)]?.demand?.known, 250))
    let later = try #require(years[FinancialYear(2023)]?.demand?.distribution)
    // The standard deviation of a share of a quarter at a concentration of 200 is 3.1 percentage points.
    let deviation = 1000 * (0.25 * 0.75 / 201).squareRoot()
    #expect(abs(later.mean - 250) < 4 * deviation / 500.0.squareRoot())
    #expect(abs((later.p90 - later.p10) / (2 * 1.2816) - deviation) < 0.2 * deviation)
    let other = try #require(years[FinancialYear(2024)]?.demand?.distribution)
    #expect(other == later)
  }

  @Test("a setting without a line of its own has the price of another")
  func pricedAs() throws {
    let plan = try InventedPlan.grant {
      $0.settings.append(
        RingFencedGrant.Setting(
          id: "mainstream", name: "Mainstream", plans: ["plans-mainstream"], spend: [], pricedAs: "special"))
    }
    // A quarter of a thousand plans cost 10m, and so does each of the other quarters: 40m and 2m are explained.
    let year = try #require(try plan.byYear()[FinancialYear(2021)])
    #expect(agree(year.demand?.known, 250))
    #expect(
      try plan.notes().contains {
        $0.hasPrefix("Section 251 prices come to £46.2m in 2021/22, where spending was £14m")
      })
  }

  @Test("a setting priced as one that is not above it is refused")
  func pricedAsNothing() throws {
    let plan = try InventedPlan.grant {
      $0.settings = [
        RingFencedGrant.Setting(
          id: "special", name: "Special", plans: ["plans-special"], spend: [], pricedAs: "mainstream")
      ]
    }
    #expect(
      try plan.refusal().contains("Special has children and no price, because \"mainstream\" is not known"))
  }

  @Test("a setting with spending and no plans has no price and is refused")
  func noPlans() throws {
    var plan = try Self.twoSettings()
    plan.replace(try Invented.census("plans-mainstream", 1, 15, from: 2021, [0]))
    #expect(try plan.refusal().contains("Mainstream has no plans at 2021-01-15"))
  }

  @Test("an income line is taken off")
  func income() throws {
    let plan = try InventedPlan.grant {
      $0.fixedLines[0] = RingFencedGrant.FixedLine(
        id: "support", name: "Support", spend: ["spend-support", "support-income"])
    }
    #expect(try plan.notes().contains { $0.hasPrefix("Section 251 prices come to £12.7m") })
  }

  @Test("a Section 251 line that is not there is refused by name")
  func missingLine() throws {
    var plan = try InventedPlan.grant()
    plan.remove("spend-support")
    #expect(try plan.refusal().contains("\"spend-support\" is not known"))
  }

  @Test("Section 251 lines that come to nothing set no level")
  func nothingSpent() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.yearly("spend-special", .pounds, from: 2020, [0]))
    plan.replace(try Invented.yearly("spend-support", .pounds, from: 2020, [0]))
    #expect(try plan.refusal().contains("no level can be set by them"))
  }

  @Test(
    "before the mix was published every plan costs the same, and the level is that of the last year known")
  func onePrice() throws {
    var plan = try InventedPlan.grant()
    plan.remove("plans-special")
    plan.assumptions["price-growth"] = .range(low: 0, mostLikely: 0.1, high: 0.2)
    plan.assumptions["price-growth"] = .fixed(0.1)
    let years = try plan.byYear()
    #expect(agree(years[FinancialYear(2022)]?.spend?.known, 15.4e6))
    // 14m are evidence; only the growth since is assumed.
    #expect(agree(years[FinancialYear(2022)]?.spendOnAssumption, 1.4e6))
    #expect(years[FinancialYear(2022)]?.supply == nil)
    #expect(try plan.notes().contains { $0.hasSuffix("every plan costs the same.") })
  }

  @Test("without any year's spending the level is that of Section 251, and without that there is none")
  func noAnchor() throws {
    var plan = try InventedPlan.grant {
      $0.openingBalances = [GrantParts.stated(2021, -5e6, known: Invented.date(2022, 7, 1))]
    }
    plan.remove("deficit")
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.spend?.known, 12e6 * 1.21))
    #expect(try plan.notes().contains { $0.contains("not calibrated") })
    plan.remove("plans-special")
    #expect(try plan.refusal().contains("what plans cost"))
  }

  @Test("spending stated as negative, or before its year was over, is refused")
  func statedSpending() throws {
    let negative = try InventedPlan.grant {
      $0.statedSpending = [GrantParts.stated(2020, -1, known: Invented.date(2021, 7, 1))]
    }
    #expect(try negative.refusal().contains("spending is a positive number"))
    let early = try InventedPlan.grant {
      $0.statedSpending = [GrantParts.stated(2020, 1, known: Invented.date(2021, 1, 1))]
    }
    #expect(try early.refusal().contains("the stated spending of 2020/21"))
  }

  @Test("an average that rests on one census is said to")
  func oneCensus() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.census("plans", 1, 15, from: 2021, Array(repeating: 1000, count: 6)))
    #expect(
      try plan.notes().contains(
        "The average number of plans of 2020/21 is that of the later census alone, because the earlier one is not known."
      ))
  }

  @Test("a census on another day of January is the same census")
  func censusDay() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.census("plans", 1, 18, from: 2019, Array(repeating: 1000, count: 8)))
    plan.replace(try Invented.census("plans-special", 1, 18, from: 2021, [1000]))
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.closingBalance?.known, -7.8e6))
  }

  @Test("plans counted at another time of the year are refused")
  func wrongCensus() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.census("plans", 3, 31, from: 2019, Array(repeating: 1000, count: 8)))
    #expect(try plan.refusal().contains("\"plans\" is of periods such as 2019-03-31"))
  }

  @Test("a census that is missing leaves the years that need it without a figure")
  func gap() throws {
    var plan = try InventedPlan.grant()
    plan.replace(
      try Invented.series(
        "plans", .count,
        [2019, 2020, 2021, 2022, 2024, 2025, 2026].map { (.censusDate(Invented.date($0, 1, 15)), 1000) }))
    #expect(
      try plan.refusal()
        == "high-needs: the number of plans is not known for 2022/23; the plans are forecast, what they cost is not"
    )
  }

  @Test("a mix that does not scatter at all cannot be drawn")
  func concentration() throws {
    var plan = try Self.twoSettings()
    plan.assumptions["mix"] = .fixed(0)
    #expect(try plan.refusal().contains("a number above zero"))
  }

  @Test("growth of minus everything or less is refused", arguments: ["price-growth", "grant-growth"])
  func growth(_ id: String) throws {
    var plan = try InventedPlan.grant()
    plan.assumptions[id] = .fixed(-1)
    #expect(try plan.refusal().contains("\"\(id)\" is -1, and growth a year, above -1"))
  }

  @Test("negative growth over years is a fall, not an error")
  func fall() throws {
    var plan = try InventedPlan.grant()
    plan.assumptions["price-growth"] = .fixed(-0.1)
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.spend?.known, 14e6 * 0.9))
  }
}
