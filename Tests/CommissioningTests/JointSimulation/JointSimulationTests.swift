import Commissioning
import Foundation
import LinearAlgebra
import Statistics
import Testing

@Suite("One joint simulation of many lines")
struct JointSimulationTests {
  private let growing = RandomWalk(drift: 0.03, volatility: 0.08)
  private let reverting = RandomWalk(drift: 0.01, volatility: 0.1, reversion: 0.4)
  private let plain = RandomWalk(form: .normal, drift: 0.02, volatility: 0.05)

  private func run(
    _ model: JointModel, draws: Int = 20_000, seed: UInt64 = 5, jobs: Int = 2,
    quantiles: [Double] = [0.1, 0.5, 0.9], sampling: JointSimulation.Sampling = .stratified
  ) throws -> JointOutcome {
    try JointSimulation(model).run(
      .init(draws: draws, seed: seed, jobs: jobs, quantiles: quantiles, sampling: sampling))
  }

  private func equicorrelated(_ count: Int, _ value: Double) -> Matrix {
    Matrix(rows: count, columns: count) { $0 == $1 ? 1 : value }
  }

  private var full: JointModel {
    JointModel(
      lines: [
        UncertainLine(name: "independent places", level: 4_000_000, walk: growing, price: "inflation"),
        UncertainLine(name: "special schools", level: 9_000_000, walk: reverting, price: "inflation"),
        UncertainLine(name: "therapies", level: 700_000, walk: plain),
      ],
      prices: [UncertainPrice(name: "inflation", walk: RandomWalk(drift: 0.025, volatility: 0.015))],
      mitigations: [
        UncertainMitigation(
          name: "new unit", line: "independent places", effect: .amounts([0, 300_000, 600_000]),
          probability: 0.7,
          delivery: (0.4, 0.9, 1.1)),
        UncertainMitigation(
          name: "framework", line: "independent places", effect: .shares([0.02]), probability: 0.5),
      ],
      correlations: equicorrelated(4, 0.4), years: 4,
      thresholds: [
        Threshold(.total, year: 3, value: 15_500_000), Threshold(.cumulative, year: 4, value: 60_000_000),
        Threshold(.line("therapies"), year: 2, value: 750_000),
      ])
  }

  @Test(
    "The same seed gives the same bytes on 1, 2 and 16 threads",
    arguments: [JointSimulation.Sampling.independent, .stratified])
  func reproducible(sampling: JointSimulation.Sampling) throws {
    let one = try run(full, draws: 3000, jobs: 1, sampling: sampling)
    #expect(one == (try run(full, draws: 3000, jobs: 2, sampling: sampling)))
    #expect(one == (try run(full, draws: 3000, jobs: 16, sampling: sampling)))
    #expect(one != (try run(full, draws: 3000, seed: 6, jobs: 1, sampling: sampling)))
  }

  @Test("Stratified quantiles of log-normal lines are those of theory within 0.1 per cent")
  func logNormalQuantiles() throws {
    let model = JointModel(
      lines: [
        UncertainLine(name: "a", level: 100, walk: growing),
        UncertainLine(name: "b", level: 50, walk: reverting),
      ], correlations: equicorrelated(2, 0.6), years: 3)
    let outcome = try run(model)
    for (name, level, walk) in [("a", 100.0, growing), ("b", 50.0, reverting)] {
      let years = try #require(outcome.line(name))
      var variance = 0.0
      for (index, year) in years.enumerated() {
        variance =
          (1 - walk.reversion) * (1 - walk.reversion) * variance + walk.volatility[0] * walk.volatility[0]
        for quantile in year.quantiles {
          let z = StandardNormal.quantile(quantile.probability)
          let theory = level * exp(walk.drift[0] * Double(index + 1) + variance.squareRoot() * z)
          #expect(abs(quantile.value / theory - 1) < 1e-3)
        }
      }
    }
  }

  @Test("A total of normal lines has the mean and the quantiles of their covariance")
  func normalTotal() throws {
    let lines = (0..<4).map {
      UncertainLine(
        name: "line \($0)", level: 100 * Double($0 + 1),
        walk: RandomWalk(form: .normal, drift: 0.02, volatility: 0.03 + 0.01 * Double($0)))
    }
    let outcome = try run(JointModel(lines: lines, correlations: equicorrelated(4, 0.3), years: 2))
    let sizes = lines.map { $0.level * $0.walk.volatility[0] }
    var yearly = 0.0
    for i in 0..<4 { for j in 0..<4 { yearly += sizes[i] * sizes[j] * (i == j ? 1 : 0.3) } }
    for year in 1...2 {
      let total = outcome.total[year - 1]
      let mean = 1000 * (1 + 0.02 * Double(year))
      #expect(abs(total.mean / mean - 1) < 1e-3)
      for quantile in total.quantiles {
        let z = StandardNormal.quantile(quantile.probability)
        #expect(abs(quantile.value / (mean + z * (yearly * Double(year)).squareRoot()) - 1) < 1e-3)
      }
    }
    // D₁ counts in both years, the second shock in one: var = (2² + 1²) of a year's.
    let cumulative = outcome.cumulative[1]
    for quantile in cumulative.quantiles {
      let theory = 2060 + StandardNormal.quantile(quantile.probability) * (5 * yearly).squareRoot()
      #expect(abs(quantile.value / theory - 1) < 3e-3)
    }
  }

  @Test("Independent draws agree with theory within their stated errors, and stratified ones more closely")
  func statedErrors() throws {
    let model = JointModel(
      lines: [
        UncertainLine(name: "a", level: 100, walk: growing),
        UncertainLine(name: "b", level: 80, walk: growing),
      ], correlations: equicorrelated(2, 0.5), years: 1)
    let theory = 100 * exp(0.03 + 0.08 * StandardNormal.quantile(0.9))
    var (independent, stratified, stated) = (0.0, 0.0, 0.0)
    for seed in 1...20 as ClosedRange<UInt64> {
      let loose = try run(model, draws: 2000, seed: seed, sampling: .independent).lines[0][0].quantiles[2]
      let spread = try run(model, draws: 2000, seed: seed).lines[0][0].quantiles[2]
      independent += (loose.value - theory) * (loose.value - theory)
      stratified += (spread.value - theory) * (spread.value - theory)
      stated += loose.error * loose.error
    }
    // 20 squares: their sum is within 0.4 to 1.9 of what is expected, 998 times in a thousand.
    #expect(independent / stated > 0.3 && independent / stated < 2.3)
    #expect(stratified < independent / 4)
    let exact = 0.08 * 0.08
    let moments = try run(model, draws: 20_000, sampling: .independent).lines[0][0]
    let mean = 100 * exp(0.03 + exact / 2)
    #expect(abs(moments.mean - mean) < 4 * moments.meanError)
    #expect(
      abs(moments.meanError / (mean * (exp(exact) - 1).squareRoot() / 20_000.0.squareRoot()) - 1) < 0.05)
  }

  @Test("A shared price adds its variance to both lines and makes them go together")
  func sharedPrice() throws {
    let quiet = RandomWalk(drift: 0, volatility: 0)
    let model = JointModel(
      lines: [
        UncertainLine(name: "a", level: 100, walk: quiet, price: "p"),
        UncertainLine(name: "b", level: 300, walk: quiet, price: "p"),
      ], prices: [UncertainPrice(name: "p", walk: growing)], years: 1)
    let outcome = try run(model)
    for (index, probability) in [0.1, 0.5, 0.9].enumerated() {
      let factor = exp(0.03 + 0.08 * StandardNormal.quantile(probability))
      #expect(abs(outcome.lines[0][0].quantiles[index].value / (100 * factor) - 1) < 1e-3)
      #expect(abs(outcome.total[0].quantiles[index].value / (400 * factor) - 1) < 1e-3)
    }
  }

  @Test("A mitigation takes off its probability times its mean, and its share of what stands")
  func mitigations() throws {
    let still = RandomWalk(form: .normal, drift: 0, volatility: 0)
    let model = JointModel(
      lines: [UncertainLine(name: "a", level: 1000, walk: still)],
      mitigations: [
        UncertainMitigation(
          name: "pounds", line: "a", effect: .amounts([0, 200]), probability: 0.6, delivery: (0.5, 0.8, 1.2)),
        UncertainMitigation(name: "share", line: "a", effect: .shares([0.1]), probability: 1),
      ], years: 3,
      thresholds: [Threshold(.line("a"), year: 2, value: 899), Threshold(.line("a"), year: 1, value: 2000)])
    let outcome = try run(model)
    #expect(abs(outcome.lines[0][0].mean - 900) < 1e-9)
    let pert = (0.5 + 4 * 0.8 + 1.2) / 6
    for year in 1...2 {
      let summary = outcome.lines[0][year]
      #expect(abs(summary.mean - (900 - 0.6 * 200 * pert)) < 5 * summary.meanError)
      #expect(summary.meanError > 0)
    }
    // It is passed where the measure is not taken up.
    #expect(abs(outcome.exceedances[0].value - 0.4) < 5 * outcome.exceedances[0].error)
    #expect(outcome.exceedances[1].value == 0 && outcome.exceedances[1].error > 0)
    #expect(outcome.lines[0][1] == outcome.lines[0][2])
  }

  @Test("Probabilities of passing are those of theory, each with its Monte Carlo error")
  func thresholds() throws {
    let level = 100 * exp(0.06 + 0.08 * 2.0.squareRoot() * 1.2)
    let model = JointModel(
      lines: [UncertainLine(name: "a", level: 100, walk: growing)], years: 2,
      thresholds: [Threshold(.line("a"), year: 2, value: level), Threshold(.total, year: 2, value: level)])
    let outcome = try run(model)
    let theory = StandardNormal.complement(1.2)
    for estimate in outcome.exceedances {
      #expect(abs(estimate.value - theory) < estimate.error)
      #expect(estimate.trials == 20_000)
      #expect(abs(estimate.error - (theory * (1 - theory) / 20_000).squareRoot()) < 1e-4)
    }
  }

  @Test("A year of its own drift and volatility, and the ends of the sample")
  func yearByYear() throws {
    let walk = RandomWalk(drift: [0.1, 0], volatility: [0, 0.05])
    let outcome = try run(
      JointModel(lines: [UncertainLine(name: "a", level: 10, walk: walk)], years: 3), quantiles: [1, 0, 0.5])
    let first = outcome.lines[0][0]
    #expect(first.quantiles.allSatisfy { abs($0.value - 10 * exp(0.1)) < 1e-12 && $0.error == 0 })
    let last = outcome.lines[0][2]
    #expect(
      last.quantiles[0].value > last.quantiles[2].value && last.quantiles[2].value > last.quantiles[1].value)
    #expect(last.quantiles[0].error > 0)
    #expect(abs(last.quantiles[2].value / (10 * exp(0.1)) - 1) < 1e-3)
    #expect(outcome.line("b") == nil)
  }

  @Test("Few draws are not stratified and still give numbers")
  func fewDraws() throws {
    let model = JointModel(lines: [UncertainLine(name: "a", level: 10, walk: growing)], years: 2)
    let few = try run(model, draws: 2)
    #expect(few == (try run(model, draws: 2, sampling: .independent)))
    #expect(few.total[1].quantiles.allSatisfy { $0.value.isFinite && $0.error.isFinite })
  }

  @Test("What cannot be simulated is refused, by name")
  func refusals() throws {
    let line = UncertainLine(name: "a", level: 10, walk: growing)
    func refused(_ model: JointModel, _ words: String, sourceLocation: SourceLocation = #_sourceLocation) {
      do {
        _ = try JointSimulation(model)
        Issue.record("it was accepted", sourceLocation: sourceLocation)
      } catch {
        #expect("\(error)".contains(words), sourceLocation: sourceLocation)
      }
    }
    func walked(_ walk: RandomWalk) -> JointModel {
      JointModel(lines: [UncertainLine(name: "a", level: 10, walk: walk)], years: 5)
    }
    func measured(_ measure: UncertainMitigation) -> JointModel {
      JointModel(lines: [line], mitigations: [measure], years: 1)
    }
    refused(JointModel(lines: [], years: 1), "at least one")
    refused(JointModel(lines: [line], years: 0), "1 to 100")
    refused(JointModel(lines: [line, line], years: 1), "this name")
    refused(
      JointModel(lines: [UncertainLine(name: "a", level: .nan, walk: growing)], years: 1), "level is nan")
    refused(
      JointModel(lines: [UncertainLine(name: "a", level: 1, walk: growing, price: "p")], years: 1),
      "no price \"p\"")
    refused(walked(RandomWalk(drift: [], volatility: [0.1])), "no value")
    refused(walked(RandomWalk(drift: .nan, volatility: 0.1)), "drift")
    refused(walked(RandomWalk(drift: 0.1, volatility: -0.1)), "volatility")
    refused(walked(RandomWalk(drift: 0.1, volatility: 0.1, reversion: 1.5)), "reversion is 1.5")
    let fast = UncertainLine(name: "a", level: 1, walk: RandomWalk(drift: 5, volatility: 5))
    refused(JointModel(lines: [fast], years: 60), "range of numbers")
    refused(JointModel(lines: [line], correlations: equicorrelated(2, 0), years: 1), "1 of each are needed")
    refused(
      JointModel(lines: [line], correlations: Matrix(rows: 1, columns: 1, repeating: 2), years: 1),
      "must be 1")
    let three = ["a", "b", "c"].map { UncertainLine(name: $0, level: 1, walk: growing) }
    refused(JointModel(lines: three, correlations: equicorrelated(3, -0.9), years: 1), "cannot all hold")
    refused(measured(UncertainMitigation(name: "m", line: "z", effect: .amounts([1]))), "no line \"z\"")
    refused(measured(UncertainMitigation(name: "m", line: "a", effect: .amounts([]))), "effect")
    refused(measured(UncertainMitigation(name: "m", line: "a", effect: .shares([1.5]))), "0 to 1")
    refused(
      measured(UncertainMitigation(name: "m", line: "a", effect: .amounts([1]), probability: 1.1)), "is 1.1")
    refused(
      measured(UncertainMitigation(name: "m", line: "a", effect: .amounts([1]), delivery: (0.5, 0.2, 1))),
      "mode")
    refused(
      measured(UncertainMitigation(name: "m", line: "a", effect: .amounts([1]), delivery: (-1, 0.2, 1))),
      "delivers")
    refused(
      JointModel(lines: [line], years: 1, thresholds: [Threshold(.line("z"), year: 1, value: 1)]),
      "no such line")
    refused(JointModel(lines: [line], years: 1, thresholds: [Threshold(.total, year: 2, value: 1)]), "year 2")
    let measure = UncertainMitigation(name: "m", line: "a", effect: .amounts([1]))
    refused(JointModel(lines: [line], mitigations: [measure, measure], years: 1), "share their chance")
    let simulation = try JointSimulation(JointModel(lines: [line], years: 1))
    #expect(throws: CommissioningError.self) { try simulation.run(.init(draws: 1, seed: 1)) }
    #expect(throws: CommissioningError.self) { try simulation.run(.init(draws: .max, seed: 1)) }
    #expect(throws: CommissioningError.self) {
      try simulation.run(.init(draws: 10, seed: 1, quantiles: [1.5]))
    }
  }
}
