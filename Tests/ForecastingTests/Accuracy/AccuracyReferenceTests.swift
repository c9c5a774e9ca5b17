import Foundation
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Scores and tests agree with independent computations")
struct AccuracyReferenceTests {
  struct Fixture: Decodable {
    struct Score: Decodable {
      let kind: String
      let nu: Double
      let location: Double
      let scale: Double
      let actual: Double
      let value: Double
    }
    struct Comparison: Decodable {
      let name: String
      let differences: [Double]
      let horizon: Int
      let statistic: Double
      let p: Double
      let bartlett: Bool
    }
    let crps: [Score]
    let dm: [Comparison]
  }

  static func fixture() throws -> Fixture {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/accuracy/references.json", withExtension: nil))
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
  }

  /// A sample whose values matter only for its bounds: the largest is 100.
  static func sample(_ scale: Scale, unit: TimeSeries.Unit?) -> Sample {
    Sample(
      name: "s", positions: [0, 1], observed: [90, 100], labels: ["1", "2"], scale: scale,
      samplingVariances: nil, unit: unit)
  }

  /// The distribution of a case, the sample that carries it back, and how near the score must come, in units of the scale.
  static func distribution(
    _ score: Fixture.Score
  ) throws -> (any PredictiveDistribution, Sample, tolerance: Double) {
    func student(_ parts: [(Double, Double, Double)]) throws -> StudentMixture {
      try #require(
        StudentMixture(
          parts.map { .init(weight: $0, location: $1, scale: $2) }, degreesOfFreedom: score.nu))
    }
    let one = [(1.0, score.location, score.scale)]
    switch score.kind {
    case "student", "normal": return (try student(one), sample(.natural, unit: nil), 1e-7)
    case "log": return (try student(one), sample(.logarithm(offset: 0), unit: .count), 1e-5 * 100)
    case "log-odds":
      return (
        try student(one), sample(.logOdds(lower: 0, upper: 100, offset: 0), unit: .percentage), 1e-5 * 100
      )
    case "floor": return (try student(one), sample(.natural, unit: .count), 1e-5)
    case "mixture": return (try student([(0.3, 0, 1), (0.7, 4, 0.4)]), sample(.natural, unit: nil), 1e-5)
    default:
      let counts = try #require(CountMixture([(1, try Poisson(mean: score.nu))], unitPerCount: 1))
      return (counts, sample(.natural, unit: .count), 1e-7)
    }
  }

  @Test("The ranked probability score is the integral that defines it") func rankedProbability() throws {
    let scores = try Self.fixture().crps
    #expect(scores.count == 71)
    for score in scores {
      let (distribution, sample, tolerance) = try Self.distribution(score)
      let found = try RankedProbabilityScore.of(distribution, sample: sample, actual: score.actual)
      expectReference(
        "accuracy", "\(score.kind) \(score.nu) at \(score.actual)", "ranked probability score", found,
        score.value, .absolute(tolerance))
    }
  }

  @Test("What knows nothing but quantiles comes near the same score") func overQuantiles() throws {
    for score in try Self.fixture().crps where score.kind != "poisson" {
      let (distribution, sample, _) = try Self.distribution(score)
      let found = try RankedProbabilityScore.overQuantiles(distribution, sample: sample, actual: score.actual)
      #expect(
        abs(found - score.value) < 4e-3 * score.value,
        "\(score.kind) \(score.nu) at \(score.actual): \(found) for \(score.value)")
    }
  }

  @Test("Diebold and Mariano's test, with the correction for few forecasts") func dieboldMariano() throws {
    let cases = try Self.fixture().dm
    #expect(cases.contains { $0.bartlett } && cases.contains { !$0.bartlett })
    for one in cases {
      let test = try #require(
        DieboldMariano.compare(differences: one.differences, horizon: one.horizon).test, "\(one.name)")
      expectReference(
        "accuracy", one.name, "Diebold-Mariano statistic", test.statistic, one.statistic, .relative(1e-10))
      expectReference("accuracy", one.name, "Diebold-Mariano p", test.pValue, one.p, .relative(1e-10))
      #expect(test.usesBartlettWeights == one.bartlett)
      #expect(test.degreesOfFreedom == one.differences.count - 1)
    }
  }
}
