import Indicators
import Testing
import TimeSeries

@Suite("A scorecard as it is defined") struct ScorecardDefinitionTests {
  private typealias Fixture = ScorecardFixture

  @Test("A sound card has no problems") func sound() {
    let card = Fixture.card(
      [Fixture.indicator(), Fixture.indicator("D-1", theme: "heard", priority: 2)],
      statedTargets: [.init(id: "T-1", text: "more", indicator: "1.1")])
    #expect(card.problems().isEmpty)
  }

  @Test("Whatever does not fit together is named, all at once") func problems() {
    let card = Scorecard(
      name: "Card", source: "a paper", themes: [.init(id: "healthy", name: "Healthy")],
      priorities: [
        .init(number: 1, theme: "healthy", text: "Be well"),
        .init(number: 2, theme: "heard", text: "Be heard"),
      ],
      indicators: [
        Fixture.indicator(), Fixture.indicator(), Fixture.indicator("2", theme: "wealthy", priority: 1),
        Fixture.indicator("3", priority: 9),
      ], statedTargets: [.init(id: "T-1", text: "more", indicator: "7.7")])
    let sentences = card.problems().map(\.description)
    #expect(
      sentences == [
        "priority 2: there is no theme \"heard\"", "1.1: the id stands twice; give each indicator its own",
        "2: there is no theme \"wealthy\"", "2: priority 1 is of the theme healthy, not of wealthy",
        "3: there is no priority 9", "T-1: there is no indicator \"7.7\"",
      ])
  }

  @Test("One theme alone keeps its priorities, indicators and targets") func theme() throws {
    let card = Fixture.card(
      [Fixture.indicator(), Fixture.indicator("D-1", theme: "heard", priority: 2)],
      statedTargets: [
        .init(id: "T-1", text: "more", indicator: "1.1"), .init(id: "T-2", text: "better", indicator: "D-1"),
        .init(id: "T-3", text: "nobody measures it", indicator: nil, reason: "no figure"),
      ])
    let heard = try #require(card.only(theme: "HEARD"))
    #expect(heard.indicators.map(\.id) == ["D-1"])
    #expect(heard.priorities.map(\.number) == [2])
    #expect(heard.statedTargets.map(\.id) == ["T-2"])
    #expect(card.only(theme: "wealthy") == nil)
  }

  @Test("A reader may judge an indicator the other way, and changes nothing else") func override() {
    let card = Fixture.card([Fixture.indicator(), Fixture.indicator("2")]).judging(by: [
      "2": .neutral, "9": .neutral,
    ])
    #expect(card.indicators.map(\.polarity) == [.higherIsBetter, .neutral])
    #expect(card.indicators[1].name == "Indicator 2")
  }

  @Test("A target reads as a level or a direction by a day") func targets() throws {
    #expect(try Fixture.target(74, by: 2025).levelText == "at least 74 by 2025-12-31")
    #expect(try Fixture.target(3.5, by: 2025, side: .atMost).levelText == "at most 3.5 by 2025-12-31")
    let lower = ScorecardTarget(aim: .direction(.decreasing), date: try Fixture.day(2025), source: "plan")
    #expect(lower.levelText == "lower by 2025-12-31, without a figure")
    #expect(lower.measurable == nil)
    #expect(lower.amberWithin == nil)
    #expect(try Fixture.target(80, by: 2025).amberWithin == 4)
    #expect(try Fixture.target(-0.5, by: 2025, tolerance: 0.1).amberWithin == 0.1)
  }

  @Test("Evidence says what it is") func evidence() {
    let proxy = ScorecardIndicator.Evidence.proxy("weight", reason: "overweight too")
    #expect(proxy.isProxy)
    #expect(proxy.series == "weight")
    #expect(proxy.kind == "proxy")
    #expect(ScorecardIndicator.Evidence.series("a").kind == "series")
    let none = ScorecardIndicator.Evidence.none(reason: "local")
    #expect(none.series == nil)
    #expect(none.kind == "none")
    #expect(!none.isProxy)
  }

  @Test("Every rule explains itself") func rules() {
    for rule in RatingRule.allCases { #expect(rule.statement.hasPrefix("\(rule.rawValue): ")) }
    #expect(RatingColour.allCases.map(\.label) == ["green", "amber", "red", "not judged"])
  }
}
