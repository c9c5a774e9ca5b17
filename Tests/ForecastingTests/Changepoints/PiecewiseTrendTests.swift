import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Trends that change")
struct PiecewiseTrendTests {
  /// 24 years: a rise of 2 a year, from the thirteenth year on a fall of 1, with noise.
  static func bent(noise: Double, leap: Double = 0, path: UInt64 = 0) -> [Double?] {
    var stream = RandomStream(seed: 9, name: "bent", path: path)
    return (0..<24).map { year in
      let trend = year < 12 ? 50 + 2 * Double(year) : 74 + leap - Double(year - 12)
      return trend + noise * stream.normal()
    }
  }

  @Test("a bend without noise is found where it is, and goes on exactly")
  func exactBend() throws {
    var values = Self.bent(noise: 0)
    values[5] = nil
    let fitted = try PiecewiseTrend().fit(try natural(values))
    #expect(fitted.parameters.map(\.name) == ["level", "slope", "slope from 2012/13", "sigma"])
    #expect(abs(fitted.parameters[1].value - 2) < 1e-10 && abs(fitted.parameters[2].value + 1) < 1e-10)
    #expect(abs(try fitted.predictive(step: 3).mean - 60) < 1e-8)
    #expect(fitted.remarks == ["the trend changes at 2012/13, which the forecast takes as known"])
  }

  @Test("a leap is found where it is; each piece keeps its own line")
  func leap() throws {
    let fitted = try PiecewiseTrend(changes: .count(1), joint: .broken)
      .fit(try natural(Self.bent(noise: 0.3, leap: 20)))
    #expect(
      fitted.parameters.map(\.name)
        == ["level", "slope", "leap at 2012/13", "slope from 2012/13", "sigma"])
    #expect(abs(fitted.parameters[2].value - 20) < 0.5)
    #expect(abs(fitted.parameters[3].value + 1) < 0.2)
    #expect(fitted.likelihood?.parameters == 6 && fitted.parameterCount == 6)
  }

  @Test("a straight line is left straight, and a series that never changes as well")
  func straight() throws {
    for joint in PiecewiseTrend.Joint.allCases {
      let line = try PiecewiseTrend(joint: joint).fit(try natural(wavy(20, slope: 3, size: 0.25)))
      #expect(line.remarks == ["no change of trend was found"])
      let constant = try PiecewiseTrend(joint: joint).fit(try natural(Array(repeating: 5, count: 12)))
      #expect(constant.remarks == ["no change of trend was found"])
      #expect(try constant.predictive(step: 2).quantile(0.9).isFinite)
    }
    let plain = try PiecewiseTrend(changes: .count(0)).fit(try natural([3, 5, 4, 6, 7, 9]))
    let regression = try TrendRegression([.trend(degree: 1)]).fit(try natural([3, 5, 4, 6, 7, 9]))
    for probability in [0.1, 0.5, 0.9] {
      #expect(
        agree(
          try plain.predictive(step: 4).quantile(probability),
          try regression.predictive(step: 4).quantile(probability), relative: 1e-10))
    }
  }

  static let models: [PiecewiseTrend] = [
    PiecewiseTrend(), PiecewiseTrend(changes: .count(2), joint: .broken),
    PiecewiseTrend(changes: .prior(ChangePrior())),
    PiecewiseTrend(
      changes: .prior(
        ChangePrior(perPeriod: 0.1, named: [ChangePrior.NamedProbability("2012/13", 0.6)]))),
  ]

  @Test("joint paths agree with the predictive distributions", arguments: models)
  func simulation(model: PiecewiseTrend) throws {
    let fitted = try model.fit(try natural(Self.bent(noise: 2, leap: 6)))
    let count = 20_000
    let drawn = paths(of: fitted, count, horizon: 6)
    for step in [1, 3, 6] {
      let predictive = try fitted.predictive(step: step)
      for probability in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let quantile = try predictive.quantile(probability)
        let below = Double(drawn.count { $0[step - 1] <= quantile }) / Double(count)
        #expect(abs(below - probability) < 0.012, "\(model.specification) step \(step)")
      }
      #expect(abs(predictive.cumulative(try predictive.quantile(0.3)) - 0.3) < 1e-6)
    }
  }

  @Test("the parts add up to the series, at every observation", arguments: models)
  func components(model: PiecewiseTrend) throws {
    var values = Self.bent(noise: 2)
    values[7] = nil
    let sample = try natural(values)
    let parts = try model.fit(sample).components
    #expect(parts.map(\.name) == ["trend", "remainder"])
    for (index, position) in sample.positions.enumerated() {
      #expect(
        agree(parts[0].values[position] + parts[1].values[position], sample.values[index], relative: 1e-10))
    }
    #expect(parts.allSatisfy { $0.values.count == 24 })
    #expect(parts[0].standardErrors?.allSatisfy { $0 > 0 && $0 < 4 } == true)
  }

  @Test("a change of the unit changes nothing but the unit", arguments: models)
  func units(model: PiecewiseTrend) throws {
    let values = Self.bent(noise: 2, leap: 5).map { $0.map { ($0 * 100).rounded() } }
    let small = try model.fit(try natural(values))
    let large = try model.fit(try natural(values.map { $0.map { $0 * 1000 } }))
    for step in [1, 5] {
      for probability in [0.1, 0.5, 0.9] {
        #expect(
          agree(
            try small.predictive(step: step).quantile(probability) * 1000,
            try large.predictive(step: step).quantile(probability), relative: 1e-6))
      }
    }
  }

  @Test("a specification is read, and written back as it was")
  func reading() throws {
    let texts = [
      "piecewise", "piecewise(changepoints=2)", "piecewise(broken)",
      "piecewise(changepoints=1,broken,minimum=6)",
      "piecewise(prior)", "piecewise(prior(0.05))", "piecewise(prior(0.05,2012/13=0.5),minimum=3)",
      "piecewise(prior(\"Apr 2012\"=0.5))",
    ]
    for text in texts { #expect(try ModelCatalogue.model(named: text).specification == text) }
    #expect(
      try ModelCatalogue.model(named: "piecewise(changepoints=auto, continuous)").specification == "piecewise"
    )
    #expect(try ModelCatalogue.model(named: "piecewise(prior,broken)").specification == "piecewise(prior)")
  }

  static let misspelt: [(String, String)] = [
    ("piecewise(changepoints=many)", "position 24: \"many\" is not a number of changes; write auto"),
    ("piecewise(bent)", "\"bent\" is not an option of piecewise; write changepoints=K"),
    ("piecewise(prior,bent)", "\"bent\" is not an option of piecewise"),
    ("piecewise(broken,continuous)", "a trend is continuous or broken; write one of the two"),
    ("piecewise(prior(0.1),changepoints=1)", "leave changepoints= out, or the prior"),
    ("piecewise(prior(0.1),continuous)", "leave continuous out, or the prior"),
    ("piecewise(prior(1.5))", "\"1.5\" is not a probability of change; write a number between 0 and 1"),
    ("piecewise(prior(0.1,0.2))", "a prior has one probability for all periods"),
    ("piecewise(minimum=1)", "\"1\" is not a value of minimum"),
    ("piecewise(depth=1)", "\"depth=1\" is not an option of piecewise"),
    ("piecewise()12", "piecewise takes no length of a season after its options; leave 12 out"),
  ]

  @Test("what cannot be read is refused at its position", arguments: misspelt)
  func misspelling(text: String, expected: String) {
    let said = sentence { _ = try ModelCatalogue.model(named: text) }
    #expect(said?.contains(expected) == true, "\(said ?? "accepted")")
  }

  @Test("too few observations for the pieces, and a change expected where none can be, are refused")
  func refusals() throws {
    let short = try natural([1, 3, 2, 4, 5])
    for model in [
      PiecewiseTrend(), PiecewiseTrend(changes: .count(2)), PiecewiseTrend(changes: .prior(ChangePrior())),
    ] {
      #expect(sentence { _ = try model.fit(short) }?.contains("needs at least") == true)
      #expect(!model.summary.isEmpty)
    }
    let endless = try natural((0..<1001).map { Double($0 % 7) })
    for model in [PiecewiseTrend(joint: .broken), PiecewiseTrend(changes: .prior(ChangePrior()))] {
      #expect(
        sentence { _ = try model.fit(endless) }?
          .contains("takes at most 1000 observations, and there are 1001; begin the series later") == true)
    }
    let enough = try natural(Self.bent(noise: 1))
    let first = ChangePrior(named: [ChangePrior.NamedProbability("2000/01", 0.5)])
    #expect(
      sentence { _ = try PiecewiseTrend(changes: .prior(first)).fit(enough) }?
        .contains("expects a change at 2000/01, the first observation, before which nothing is known") == true
    )
    let unknown = ChangePrior(named: [ChangePrior.NamedProbability("May", 0.5)])
    #expect(
      sentence { _ = try PiecewiseTrend(changes: .prior(unknown)).fit(enough) }?.contains("May") == true)
  }

  @Test(
    "the criterion leaves most straight series straight, and sees most bends",
    arguments: PiecewiseTrend.Joint.allCases)
  func number(joint: PiecewiseTrend.Joint) throws {
    var (straight, bent) = (0, 0)
    for path in 0..<100 as Range<UInt64> {
      var stream = RandomStream(seed: 12, name: "number", path: path)
      let line = (0..<30).map { 5 + 0.5 * Double($0) + stream.normal() }
      if PiecewiseTrend(joint: joint).places(try natural(line)).isEmpty { straight += 1 }
      let leap: Double = joint == .broken ? 6 : 0
      let changing = try natural(Self.bent(noise: 1, leap: leap, path: path))
      let places = PiecewiseTrend(joint: joint).places(changing)
      if places.count == 1, abs(places[0] - 12) <= 2 { bent += 1 }
    }
    #expect(straight >= (joint == .continuous ? 88 : 76), "\(straight)")
    #expect(bent >= 72, "\(bent)")
  }
}
