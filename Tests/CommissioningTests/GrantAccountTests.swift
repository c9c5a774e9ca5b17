import Commissioning
import Testing
import TimeSeries

@Suite("The account of a ring-fenced grant")
struct GrantAccountTests {
  @Test("an outturn year shows the published balance and the spending that it implies")
  func outturn() throws {
    let years = try InventedPlan.grant().byYear()
    let last = try #require(years[FinancialYear(2021)])
    #expect(last.kind == .outturn)
    #expect(agree(last.closingBalance?.known, -5e6))
    #expect(agree(last.spend?.known, 14e6))
    #expect(agree(last.budget?.known, 12e6))
    #expect(agree(last.inYearBalance?.known, -2e6))
    #expect(last.spendOnAssumption == 0)
    #expect(last.probabilityOverspend?.isCertain == true)
    let first = try #require(years[FinancialYear(2020)])
    #expect(agree(first.closingBalance?.known, -3e6))
    // The balance at March 2020 is not known, so neither is what was spent.
    #expect(first.spend == nil)
  }

  @Test("available less spent is the in-year balance, and opening plus in-year is the closing balance")
  func arithmetic() throws {
    let years = try InventedPlan.grant().byYear()
    // 14m a year earlier, a tenth more each year; 12m and 5 per cent more each year.
    for (start, spend, block, closing) in [
      (2022, 15.4e6, 12.6e6, -7.8e6), (2023, 16.94e6, 13.23e6, -11.51e6),
      (2024, 18.634e6, 13.8915e6, -16.2525e6),
    ] {
      let year = try #require(years[FinancialYear(start)])
      #expect(year.kind == .forecast)
      #expect(agree(year.spend?.known, spend))
      #expect(agree(year.budget?.known, block))
      #expect(agree(year.inYearBalance?.known, block - spend))
      #expect(agree(year.closingBalance?.known, closing))
      #expect(year.probabilityDeficit?.isCertain == true)
    }
  }

  @Test("a year that is over and not published is an estimate")
  func estimate() throws {
    var plan = try InventedPlan.grant()
    plan.asOf = Invented.date(2023, 3, 31)
    let years = try plan.byYear()
    #expect(years[FinancialYear(2022)]?.kind == .estimate)
    #expect(years[FinancialYear(2023)]?.kind == .forecast)
  }

  @Test("years before anything was known are shown without money and not as outturn")
  func early() throws {
    var plan = try InventedPlan.grant()
    plan.years = FinancialYear(2017)...FinancialYear(2024)
    let year = try #require(try plan.byYear()[FinancialYear(2017)])
    #expect(year.kind == .estimate)
    #expect(year.spend == nil)
    #expect(year.need == nil)
  }

  @Test("the account runs on from the opening balance even when the plan begins later")
  func lateStart() throws {
    var plan = try InventedPlan.grant()
    plan.years = FinancialYear(2024)...FinancialYear(2024)
    #expect(agree(try plan.byYear()[FinancialYear(2024)]?.closingBalance?.known, -16.2525e6))
  }

  @Test("lines of spend, of budget and of balance sum to spend, to budget and to the movement of the balance")
  func lines() throws {
    var plan = try InventedPlan.grant()
    plan.assumptions["price-growth"] = .range(low: 0, mostLikely: 0.05, high: 0.1)
    plan.assumptions["other-blocks"] = .fixed(-250_000)
    plan.assumptions["import-export"] = .fixed(100_000)
    let service = try #require(try plan.outcome().services.first)
    for (before, year) in zip(service.years, service.years.dropFirst()) where year.kind != .outturn {
      func sum(_ part: String) -> Double {
        year.lines.filter { $0.part == part }.reduce(0) { $0 + $1.amount.mean }
      }
      #expect(agree(sum("spend"), try #require(year.spend).mean))
      #expect(agree(sum("budget"), try #require(year.budget).mean))
      let opening = try #require(before.closingBalance).mean
      let inYear = try #require(year.inYearBalance).mean
      #expect(agree(opening + inYear + sum("balance"), try #require(year.closingBalance).mean))
      #expect(sum("balance") == -250_000)
    }
  }

  @Test("from the funding break on the block grows by an assumption of its own")
  func fundingBreak() throws {
    var plan = try InventedPlan.grant()
    plan.policies = Policies(
      blockTransferLimit: [], statutoryOverride: [], afterOverride: .held, stabilityGrant: [],
      fundingBreaks: [
        Invented.rule(2023, effective: Invented.date(2023, 4, 1), known: Invented.date(2022, 11, 1))
      ])
    let years = try plan.byYear()
    #expect(agree(years[FinancialYear(2022)]?.budget?.known, 12.6e6))
    #expect(agree(years[FinancialYear(2023)]?.budget?.known, 12.6e6 * 1.02))
    #expect(agree(years[FinancialYear(2024)]?.budget?.known, 12.6e6 * 1.02 * 1.02))
    #expect(try plan.notes().contains { $0.contains("2023/24 is not like for like") })
    plan.asOf = Invented.date(2022, 10, 31)
    #expect(agree(try plan.byYear()[FinancialYear(2023)]?.budget?.known, 12.6e6 * 1.05))
  }

  @Test("plans beyond the places that place funding pays for are unmet need")
  func places() throws {
    let year = try #require(try InventedPlan.grant().byYear()[FinancialYear(2022)])
    #expect(agree(year.need?.mean, 1000))
    #expect(agree(year.demand?.mean, 1000))
    #expect(agree(year.supply?.known, 400))
    #expect(agree(year.unmetNeed?.mean, 600))
  }

  @Test("what growth, the unexplained line and the adjustment add is money on assumption")
  func onAssumption() throws {
    let year = try #require(try InventedPlan.grant().byYear()[FinancialYear(2022)])
    // Section 251 alone would make it 12m, and the last block published is 12m.
    #expect(agree(year.spendOnAssumption, 3.4e6))
    #expect(agree(year.budgetOnAssumption, 0.6e6))
  }

  @Test(
    "growth up and an unexplained line down are both money on assumption, never set off against each other")
  func grossOnAssumption() throws {
    var plan = try InventedPlan.grant()
    // 12 - 3 + 1.2 = 10.2m spent in 2021/22, where Section 251 with inflation explains 13.2m: 3m too much.
    plan.replace(try Invented.yearly("deficit", .percentage, from: 2020, [3, 1.2]))
    let year = try #require(try plan.byYear()[FinancialYear(2022)])
    #expect(agree(year.spend?.known, 11.22e6))
    // 14.52m explained, of which 2.52m is inflation, and 3.3m taken off.
    #expect(agree(year.spendOnAssumption, 2.52e6 + 3.3e6))
  }

  @Test(
    "a line at a price borrowed from another setting rests on assumption whole, and no more than the spend does"
  )
  func borrowedPrice() throws {
    var plan = try InventedPlan.grant {
      $0.settings.append(
        RingFencedGrant.Setting(
          id: "mainstream", name: "Mainstream", plans: ["plans-mainstream"], spend: [], pricedAs: "special"))
    }
    plan.assumptions["unexplained"] = .fixed(0)
    plan.draws = 2
    let year = try #require(try plan.byYear()[FinancialYear(2021).next])
    let borrowed = try #require(year.lines.first { $0.id == "mainstream" }).amount.mean
    let inflated = try #require(year.spend).mean - borrowed
    #expect(agree(year.spendOnAssumption, borrowed + inflated * (1 - 1 / 1.21)))
    plan.assumptions["price-growth"] = .fixed(30)
    plan.assumptions["unexplained"] = .fixed(1)
    for (_, later) in try plan.byYear() {
      #expect((later.spendOnAssumption ?? 0) <= max(0, later.spend?.mean ?? 0))
    }
  }

  @Test("the user's opening balance overrides the published one of its year")
  func statedBalance() throws {
    let plan = try InventedPlan.grant {
      $0.openingBalances = [GrantParts.stated(2021, -6e6, known: Invented.date(2022, 7, 1))]
    }
    let years = try plan.byYear()
    #expect(agree(years[FinancialYear(2021)]?.closingBalance?.known, -6e6))
    #expect(agree(years[FinancialYear(2021)]?.spend?.known, 15e6))
    #expect(agree(years[FinancialYear(2022)]?.closingBalance?.known, -6e6 + 12.6e6 - 16.5e6))
    #expect(try plan.notes().first == "The account opens with a deficit of £6m at 2022-03-31, the accounts.")
  }

  @Test("of two statements of one year the one known last counts, and none before it is known")
  func revisedBalance() throws {
    var plan = try InventedPlan.grant {
      $0.openingBalances = [
        GrantParts.stated(2021, 1e6, known: Invented.date(2022, 9, 1)),
        GrantParts.stated(2021, -6e6, known: Invented.date(2022, 7, 1)),
      ]
    }
    #expect(agree(try plan.byYear()[FinancialYear(2021)]?.closingBalance?.known, 1e6))
    #expect(try plan.notes().first?.contains("a surplus of £1m") == true)
    plan.asOf = Invented.date(2022, 8, 31)
    #expect(agree(try plan.byYear()[FinancialYear(2021)]?.closingBalance?.known, -6e6))
    plan.asOf = Invented.date(2022, 6, 30)
    #expect(agree(try plan.byYear()[FinancialYear(2021)]?.closingBalance?.known, -5e6))
  }

  @Test("a balance stated for a later year moves the opening, one for an earlier year does not")
  func otherYears() throws {
    var plan = try InventedPlan.grant {
      $0.openingBalances = [GrantParts.stated(2019, -1e6, known: Invented.date(2020, 7, 1))]
    }
    var years = try plan.byYear()
    #expect(agree(years[FinancialYear(2020)]?.spend?.known, 14e6))
    #expect(agree(years[FinancialYear(2022)]?.closingBalance?.known, -7.8e6))
    plan.services = [
      {
        var parts = GrantParts()
        parts.openingBalances = [GrantParts.stated(2022, -9e6, known: Invented.date(2023, 6, 1))]
        return parts.service
      }()
    ]
    plan.asOf = Invented.date(2023, 6, 1)
    years = try plan.byYear()
    #expect(years[FinancialYear(2022)]?.kind == .outturn)
    #expect(agree(years[FinancialYear(2022)]?.closingBalance?.known, -9e6))
    // The block of 2022/23 is not published, so what was spent is not known.
    #expect(years[FinancialYear(2022)]?.spend == nil)
    #expect(agree(years[FinancialYear(2023)]?.closingBalance?.known, -9e6 + 13.23e6 - 16.94e6))
    #expect(
      try plan.notes().contains(
        "From the balance before it, the plan would have put the balance of 31 March 2023 at -£7.8m on average; the "
          + "statement says -£9m. The level of spending is not changed by it."))
    // Once its block is published the year's spending follows: 12.6 - 5 + 9 = 16.6m instead of 15.4m.
    plan.replace(try Invented.yearly("block", .pounds, from: 2019, [12e6, 12e6, 12e6, 12.6e6]))
    years = try plan.byYear()
    #expect(agree(years[FinancialYear(2022)]?.spend?.known, 16.6e6))
    #expect(agree(years[FinancialYear(2023)]?.spend?.known, 16.6e6 * 1.1))
    let notes = try plan.notes()
    #expect(!notes.contains { $0.contains("The level of spending is not changed") })
    #expect(notes.contains { $0.hasPrefix("Spending of 2022/23 is the difference of a published balance") })
  }

  @Test("a statement that leaps years without a block says that it cannot be compared")
  func leap() throws {
    var plan = try InventedPlan.grant {
      $0.openingBalances = [GrantParts.stated(2022, -9e6, known: Invented.date(2023, 6, 1))]
    }
    plan.asOf = Invented.date(2023, 6, 1)
    plan.replace(
      try Invented.series("block", .pounds, [(.financialYear(2021), 12e6), (.financialYear(2023), 13e6)]))
    let notes = try plan.notes()
    #expect(
      notes.contains {
        $0.hasPrefix("The stated balance of 31 March 2023 does not change the level of spending")
          && $0.contains("the high needs block is not known for 2022/23")
      }, "\(notes)")
  }

  @Test("a balance that was known before its year was over is a forecast and refused")
  func forecastBalance() throws {
    let plan = try InventedPlan.grant {
      $0.openingBalances = [GrantParts.stated(2022, -9e6, known: Invented.date(2022, 6, 1))]
    }
    #expect(try plan.refusal().contains("before the year was over"))
  }

  @Test("without any balance there is no account")
  func noBalance() throws {
    var plan = try InventedPlan.grant()
    plan.remove("deficit")
    #expect(
      try plan.refusal()
        == "high-needs: nothing of \"deficit\" for Ambridge had been published by 2022-12-31; the plans are forecast, "
        + "what they cost is not"
    )
  }

  @Test("a deficit published as a share of a grant that is not known is said to be unusable")
  func shareOfNothing() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.yearly("deficit", .percentage, from: 2020, [3, 5, 7]))
    #expect(try plan.notes().contains { $0.contains("The deficit of 2022/23") })
    #expect(agree(try plan.byYear()[FinancialYear(2021)]?.closingBalance?.known, -5e6))
  }

  @Test("a deficit as a proportion and one in per cent are the same deficit")
  func units() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.yearly("deficit", .proportion, from: 2020, [0.03, 0.05]))
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.closingBalance?.known, -7.8e6))
  }

  @Test(
    "a series in other units or other periods is refused",
    arguments: [
      ("block", "thousands", false), ("deficit", "pounds", false), ("spend-special", "thousands", false),
      ("whole", "count", false), ("block", "pounds", true),
    ])
  func wrongUnits(_ id: String, _ unit: String, _ isAcademic: Bool) throws {
    var plan = try InventedPlan.grant()
    let measured: TimeSeries.Unit =
      unit == "pounds" ? .pounds : unit == "count" ? .count : .other("thousand pounds")
    plan.replace(
      try Invented.series(
        id, measured,
        (2019...2021).map { (isAcademic ? .academicYear($0) : .financialYear($0), 12) }))
    let reason = try plan.refusal()
    #expect(reason.contains("\"\(id)\""))
    #expect(reason.contains("must be") || reason.contains("are needed"))
  }
}
