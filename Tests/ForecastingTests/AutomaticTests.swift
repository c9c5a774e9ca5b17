import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("The automatic choice")
struct AutomaticTests {
  /// How often each model is chosen for simulated series.
  private func choices(
    _ count: Int, _ values: (inout RandomStream) -> [Double]
  ) throws -> [String: Int] {
    var chosen: [String: Int] = [:]
    for path in 0..<count {
      var stream = RandomStream(seed: 3, name: "choices", path: UInt64(path))
      chosen[try Automatic().fit(try natural(values(&stream))).specification, default: 0] += 1
    }
    return chosen
  }

  @Test("a clean trend is recognised as one")
  func trend() throws {
    let chosen = try choices(200) { stream in (0..<12).map { 100 + 5 * Double($0) + 2 * stream.normal() } }
    let trending = ["drift", "linear-trend", "holt", "damped-trend", "theta"]
    #expect(trending.reduce(0) { $0 + (chosen[$1] ?? 0) } >= 196, "\(chosen)")
    #expect(chosen["linear-trend", default: 0] >= 100, "\(chosen)")
  }

  @Test("a random walk is mostly left where it stands")
  func walk() throws {
    let chosen = try choices(200) { stream in
      var level = 100.0
      return (0..<12).map { _ in
        level += 3 * stream.normal()
        return level
      }
    }
    // A dozen steps of a walk can look like a line: Granger and Newbold's spurious regressions are the rest.
    #expect((chosen["naive"] ?? 0) + (chosen["simple-smoothing"] ?? 0) >= 125, "\(chosen)")
    #expect(chosen["naive", default: 0] >= 100, "\(chosen)")
  }

  @Test("noise about a level that never moves is not taken for a walk in long series")
  func level() throws {
    let chosen = try choices(100) { stream in (0..<20).map { _ in 100 + 5 * stream.normal() } }
    #expect(chosen["naive", default: 0] <= 25, "\(chosen)")
  }

  @Test("each candidate says what it scored or why it was not tried, in the order of the catalogue")
  func explanation() throws {
    let choice = try Automatic().choose(try Sample(try annual(randomCounts(12, path: 2))))
    #expect(choice.candidates.map(\.specification) == ModelCatalogue.candidates.map(\.specification))
    #expect(choice.forecastsScored >= 3)
    for candidate in choice.candidates {
      #expect((candidate.criterion == nil) == (candidate.refusal != nil))
      if let score = candidate.score { #expect(score.isFinite) }
    }
    let winner = try #require(choice.candidates.first { $0.specification == choice.fitted.specification })
    #expect(winner.score != nil)
    let short = try Automatic().choose(try natural([10, 12, 11]))
    #expect(short.fitted.specification == "naive")
    #expect(short.forecastsScored == 0)
    #expect(short.candidates.filter { $0.refusal != nil }.count == 6)
  }

  @Test("the winner has the greatest evidence of those that were scored")
  func evidence() throws {
    for path in 0..<20 as Range<UInt64> {
      let choice = try Automatic().choose(try Sample(try annual(randomCounts(12, path: path))))
      func evidence(_ candidate: Automatic.Candidate) -> Double {
        -(candidate.criterion ?? .infinity) / 2 + 6 * (candidate.score ?? -.infinity)
      }
      let best = try #require(choice.candidates.max { evidence($0) < evidence($1) })
      #expect(best.specification == choice.fitted.specification)
    }
  }

  @Test("earlier forecasts start where every rival can be fitted, and end with what is known")
  func trials() throws {
    let sample = try natural([1, 2, 4, nil, 3, 5, 4])
    let trials = RollingOrigin.trials(sample: sample, minimum: 3, horizon: 2, origins: 2)
    // From four observations (to 2004/05) one and two years on; from five, one year on.
    #expect(trials == [.init(end: 4, target: 4), .init(end: 4, target: 5), .init(end: 5, target: 5)])
    #expect(RollingOrigin.trials(sample: sample, minimum: 6, horizon: 2, origins: 2).isEmpty)
    #expect(RollingOrigin.trials(sample: sample, minimum: 0, horizon: 9, origins: 99).first?.end == 1)
    #expect(RollingOrigin.scores(Theta(), sample: sample, trials: trials) == nil)
    #expect(RollingOrigin.scores(Naive(), sample: sample, trials: trials)?.count == 3)
  }

  @Test("a refit for scoring forecasts exactly as the fit does")
  func refits() throws {
    let sample = try natural([31, 34, 30, 37, 41, 38, 45, 47, 44, 52])
    var count = 0
    for model in ModelCatalogue.candidates {
      guard let refitted = model as? any RefittedModel else { continue }
      let first = try #require(try model.fit(sample).predictive(step: 3) as? StudentMixture)
      let second = try #require(try refitted.refit(sample).predictive(step: 3) as? StudentMixture)
      #expect(first.components == second.components)
      count += 1
    }
    #expect(count == 4)
  }
}
