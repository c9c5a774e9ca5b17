import Commissioning
import Testing
import TimeSeries

@Suite("What the notes of a grant say in plain words")
struct GrantRemarkTests {
  private static func plan(
    until: CivilDate?, after: AfterOverride = .held
  ) throws -> InventedPlan {
    var plan = try InventedPlan.grant()
    plan.policies = Policies(
      blockTransferLimit: [],
      statutoryOverride: until.map {
        [
          Invented.rule(
            $0, effective: Invented.date(2020, 4, 1), known: Invented.date(2020, 4, 1))
        ]
      } ?? [], afterOverride: after, stabilityGrant: [], fundingBreaks: [])
    return plan
  }

  // MARK: Places

  @Test("children beyond the places are said to be priced as if they had one")
  func pricedAsMet() throws {
    let notes = try InventedPlan.grant().notes()
    // A thousand plans, four hundred places, one setting.
    #expect(
      notes.contains(
        "The 600 plans of 2024/25 beyond the funded places are priced as if they had one, at the price of "
          + "Special schools."), "\(notes)")
  }

  @Test("the note says how many times as high the dearest price is")
  func dearest() throws {
    var plan = try InventedPlan.grant {
      $0.settings.append(
        RingFencedGrant.Setting(
          id: "independent", name: "Independent schools", plans: ["plans-independent"],
          spend: ["spend-independent"]))
    }
    plan.replace(try Invented.census("plans-independent", 1, 15, from: 2021, [250]))
    plan.replace(try Invented.yearly("spend-independent", .pounds, from: 2020, [6e6]))
    // 6m for a fifth of the plans against 10m for four fifths: 2.4 times as much.
    let note = try #require(try plan.notes().first { $0.contains("beyond the funded places") })
    #expect(note.hasSuffix("; the price of Independent schools is 2.4 times as high."), "\(note)")
  }

  @Test("nothing is said of places where everybody has one")
  func enough() throws {
    var plan = try InventedPlan.grant()
    plan.assumptions["place-funding"] = .fixed(1000)
    #expect(try !plan.notes().contains { $0.contains("beyond the funded places") })
  }

  // MARK: Override

  @Test(
    "the end of the override is stated with what the plan does with the deficit then",
    arguments: [
      (
        AfterOverride.held,
        "the plan carries the deficit on, -£11.5m on 31 March 2024 on average; nobody has settled who pays it."
      ),
      (.generalFund, "£11.5m on average is charged to the General Fund on 1 April 2024."),
      (.grant, "a grant is taken to pay £11.5m on average on 1 April 2024; the plan's author assumes it."),
    ])
  func override(_ after: AfterOverride, _ words: String) throws {
    let note = try #require(
      try Self.plan(until: Invented.date(2024, 3, 31), after: after).notes().last)
    #expect(
      note
        == "The statutory override, which keeps the deficit out of the General Fund, ends on 31 March 2024, as known "
        + "on 2022-12-31: " + words)
  }

  @Test("an override beyond the plan, one before the account, one without a deficit and none are each said")
  func otherOverrides() throws {
    #expect(
      try Self.plan(until: Invented.date(2028, 3, 31)).notes().last?
        .contains("ends on 31 March 2028, after the plan's last year") == true)
    #expect(
      try Self.plan(until: Invented.date(2021, 3, 31)).notes().last?
        .contains("ended on 31 March 2021, before the account opens") == true)
    #expect(try Self.plan(until: nil).notes().last?.hasPrefix("No statutory override was known") == true)
    var plan = try Self.plan(until: Invented.date(2024, 6, 30))
    plan.replace(try Invented.yearly("deficit", .percentage, from: 2020, [-90, -90]))
    #expect(try plan.notes().last?.hasSuffix(": the account has no deficit then.") == true)
  }

  // MARK: Numbers

  @Test("plans beyond a tenth of the population are said to have no ceiling")
  func ceiling() throws {
    var plan = try InventedPlan.grant()
    #expect(try !plan.notes().contains { $0.contains("ceiling") })
    plan.replace(try Invented.census("people", 6, 30, from: 2017, Array(repeating: 8000, count: 10)))
    #expect(
      try plan.notes().contains(
        "Plans are forecast at more than 10 per cent of \"people\" from 2022/23 and 12.5 per cent in 2024/25, on "
          + "average; nothing in the model knows a ceiling."))
  }
}
