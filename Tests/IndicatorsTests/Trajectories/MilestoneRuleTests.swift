import Indicators
import Testing
import TimeSeries

@Suite("The rules of milestones, in the words of improvement plans") struct MilestoneRuleTests {
  @Test(
    "Words are read as what they say",
    arguments: [
      ("10%", Unit.percentage, MilestoneRule.level(10)), ("16%.", .percentage, .level(16)),
      ("10 per cent", .percentage, .level(10)), ("12.5 %", .percentage, .level(12.5)),
      ("10%", .proportion, .level(0.1)),
      ("8 weeks", .weeks, .level(8)), ("1 week", .weeks, .level(1)), ("8", .weeks, .level(8)),
      ("-4.10", .score, .level(-4.1)),
      ("3", .count, .level(3)), ("12 per 10,000", .rate(per: 10_000), .level(12)),
      ("National  average", .score, .nationalAverage),
      ("50% or national average whichever is the higher", .percentage, .levelOrNational(50, .higher)),
      ("50% or national average, whichever is the lower", .percentage, .levelOrNational(50, .lower)),
      ("The national average or 18 weeks, whichever is the lower.", .weeks, .levelOrNational(18, .lower)),
      ("baseline plus 10 points", .percentage, .baselinePlus(10, .points)),
      ("baseline plus 10% points", .percentage, .baselinePlus(10, .points)),
      ("baseline plus 10 percentage points", .proportion, .baselinePlus(0.1, .points)),
      ("baseline plus 10% of itself", .percentage, .baselinePlus(10, .perCent)),
      ("baseline minus 2 weeks", .weeks, .baselinePlus(-2, .points)),
      ("baseline minus 10%", .weeks, .baselinePlus(-10, .perCent)),
      ("baseline 50%", .percentage, .statesBaseline(50)),
      ("Establish baseline", .percentage, .establishBaseline), ("NA", .percentage, .none),
      ("to be determined", .count, .toBeDetermined),
    ])
  func words(text: String, unit: Unit, rule: MilestoneRule) throws {
    #expect(try MilestoneRule(parsing: text, unit: unit) == rule)
  }

  @Test("\"Baseline plus 10%\" of a percentage is points or per cent as declared, and is refused undeclared")
  func declared() throws {
    for (unit, points) in [(Unit.percentage, 10.0), (.proportion, 0.1)] {
      #expect(
        try MilestoneRule(parsing: "Baseline plus 10%", unit: unit, plusMeans: .points)
          == .baselinePlus(points, .points))
      #expect(
        try MilestoneRule(parsing: "Baseline plus 10%", unit: unit, plusMeans: .perCent)
          == .baselinePlus(10, .perCent))
    }
    let error = #expect(throws: UnreadableText.self) {
      try MilestoneRule(parsing: "Baseline plus 10%", unit: .percentage)
    }
    #expect(
      error?.description
        == "\"Baseline plus 10%\" can mean points or per cent of the baseline, and the measure is itself in per cent; "
        + "declare baseline-plus: points, or baseline-plus: per cent")
  }

  @Test(
    "What is no rule is refused with what would be one",
    arguments: [
      ("", "is empty"), ("soon", "is not a rule of a milestone"),
      ("8 weeks", "is in \"weeks\" and the measure is in per cent"),
      ("50% or national average", "does not say which of the two counts"),
      ("50% or national average whichever is nicer", "does not say which of the two counts"),
      ("50% or 60% whichever is the higher", "is not a rule of a milestone"),
      ("baseline plus", "does not say how much is added"),
      ("baseline plus lots", "does not say how much is added"),
      ("baseline plus some points", "does not say how much is added"),
      ("1e999", "is not a rule of a milestone"),
      ("nan", "is not a rule of a milestone"), ("baseline", "is not a rule of a milestone"),
    ])
  func refused(text: String, problem: String) {
    let error = #expect(throws: UnreadableText.self) {
      try MilestoneRule(parsing: text, unit: .percentage, plusMeans: .points)
    }
    #expect(error?.problem == problem)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("Per cent of a measure in weeks is refused as a level") func percentOfWeeks() {
    let error = #expect(throws: UnreadableText.self) { try MilestoneRule(parsing: "10%", unit: .weeks) }
    #expect(error?.problem == "is in per cent and the measure is in weeks")
  }

  @Test("The choice keeps the plan's words: the higher is the higher") func choice() {
    #expect(MilestoneRule.Choice.higher.of(50, 56.4) == 56.4)
    #expect(MilestoneRule.Choice.lower.of(50, 56.4) == 50)
  }

  @Test("A rule knows what it needs") func needs() {
    let all: [MilestoneRule] = [
      .level(1), .nationalAverage, .levelOrNational(1, .higher), .baselinePlus(1, .points),
      .statesBaseline(1),
      .establishBaseline, .none, .toBeDetermined,
    ]
    #expect(all.map(\.isLevel) == [true, true, true, true, false, false, false, false])
    #expect(all.map(\.needsNationalAverage) == [false, true, true, false, false, false, false, false])
    #expect(all.map(\.needsBaseline) == [false, false, false, true, false, false, false, false])
  }
}
