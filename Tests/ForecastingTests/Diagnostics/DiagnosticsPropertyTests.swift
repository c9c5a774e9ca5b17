import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("What residual diagnostics notice, and what they leave alone")
struct DiagnosticsPropertyTests {
  static func errors(_ count: Int, path: UInt64, persistence: Double = 0, seed: UInt64 = 3) -> [Double] {
    var stream = RandomStream(seed: seed, name: "errors", path: path)
    var last = 0.0
    return (0..<count).map { _ in
      last = persistence * last + stream.normal()
      return last
    }
  }

  /// How often each test fails among sequences of errors.
  static func failures(_ paths: Int, _ errors: (UInt64) -> [Double]) -> [String: Double] {
    var counts: [String: Double] = [:]
    for path in 0..<paths {
      for test in DiagnosticsReferenceTests.diagnostics(errors(UInt64(path))).tests where test.isFailed {
        counts[test.name, default: 0] += 1 / Double(paths)
      }
    }
    return counts
  }

  @Test("of good models one test in twenty fails; Jarque and Bera's fails too seldom, as is said of it")
  func size() {
    let share = Self.failures(2000) { Self.errors(30, path: $0) }
    // Four standard errors of a share of 2000 are 0.02; the other tests are exact only for long series.
    #expect(abs((share["Shapiro-Wilk"] ?? 0) - 0.05) < 0.02)
    #expect(abs((share["variance ratio"] ?? 0) - 0.05) < 0.02)
    #expect((0.03...0.085).contains(share["Ljung-Box"] ?? 0))
    #expect((0.005...0.06).contains(share["ARCH-LM"] ?? 0))
    #expect((0.01...0.045).contains(share["Jarque-Bera"] ?? 0))
  }

  @Test("errors that persist, grow, come in runs or are skewed are noticed by the test made for them")
  func power() {
    let persistent = Self.failures(150) { Self.errors(60, path: $0, persistence: 0.6) }
    #expect((persistent["Ljung-Box"] ?? 0) > 0.9)
    let growing = Self.failures(150) { path in
      Self.errors(60, path: path).enumerated().map { $1 * (0.2 + Double($0) / 30) }
    }
    #expect((growing["variance ratio"] ?? 0) > 0.9)
    let skewed = Self.failures(150) { path in Self.errors(40, path: path).map { $0 * $0 } }
    #expect((skewed["Shapiro-Wilk"] ?? 0) > 0.95)
    let restless = Self.failures(150) { path in
      var last = 0.0
      return Self.errors(200, path: path).map { z in
        last = z * (0.3 + 0.8 * last * last).squareRoot()
        return last
      }
    }
    #expect((restless["ARCH-LM"] ?? 0) > 0.8)
  }

  @Test("the unit of the errors changes nothing, however small or large")
  func scale() {
    let errors = Self.errors(50, path: 1)
    let plain = DiagnosticsReferenceTests.diagnostics(errors)
    for factor in [1e-150, 0.125, 1e140] {
      let scaled = DiagnosticsReferenceTests.diagnostics(errors.map { $0 * factor })
      #expect(scaled.tests.count == 5)
      for (first, second) in zip(plain.tests, scaled.tests) {
        #expect(agree(first.statistic, second.statistic, relative: 1e-11))
        #expect(agree(first.pValue, second.pValue, relative: 1e-10))
      }
    }
  }

  @Test("a fitted model is examined at its own periods, and loses a degree for each weight it estimated")
  func fitted() throws {
    let values = randomCounts(40, path: 8)
    let smoothed = try ExponentialSmoothing(trend: .none).fit(try natural(values))
    let found = ResidualDiagnostics(fitted: smoothed)
    #expect(found.count == 39 && found.autocorrelations.count == 7)
    #expect(found.ljungBox.test?.degreesOfFreedom == [6])
    #expect(
      found.outcomes.map(\.name) == ["Ljung-Box", "Shapiro-Wilk", "Jarque-Bera", "ARCH-LM", "variance ratio"])
    #expect(
      ResidualDiagnostics(fitted: smoothed, dynamicParameters: 40).ljungBox.test?.degreesOfFreedom == [1])
    var holed: [Double?] = values
    holed[20] = nil
    let walk = try Naive().fit(try natural(holed))
    #expect(ErrorSequence(walk).positions == Array(1...19) + Array(21...39))
  }

  @Test("weights, coefficients and ratios of variances count as dynamic; levels and slopes do not")
  func dynamicParameters() {
    let names = [
      "alpha", "phi", "ar1", "ma2", "sar1", "level", "slope", "sigma", "level variance", "irregular variance",
    ]
    #expect(DynamicParameters.count(in: names.map { FittedParameter($0, 1) }) == 6)
    #expect(DynamicParameters.count(in: [FittedParameter("level variance", 1)]) == 0)
  }

  @Test("a dispersion, a given weight or a regressor by the name of a weight is not dynamic")
  func notDynamic() throws {
    let counts = try ForecastingTests.fitted(
      "negative-binomial", try counted([2, 9, 25, 11, 3, 40, 8, 17], of: [], .count))
    #expect(counts.parameters.contains { $0.name == "alpha" })
    #expect(DynamicParameters.count(of: counts) == 0)
    let values = randomCounts(30, path: 8)
    let sample = try natural(values)
    let free = try ModelCatalogue.model(named: "ets(A,N,N)").fit(sample)
    let given = try ModelCatalogue.model(named: "ets(A,N,N,alpha=0.4)").fit(sample)
    #expect(DynamicParameters.count(of: free) == 1 && DynamicParameters.count(of: given) == 0)
    let regressed = try counted(
      values, of: [], .count,
      regressors: [
        ("alpha", values.indices.map { Double($0 * $0 % 7) }), ("rho", values.indices.map { Double($0 % 3) }),
      ])
    let independent = try ForecastingTests.fitted("regression(linear,regressors(alpha,rho))", regressed)
    #expect(independent.parameters.contains { $0.name == "alpha" })
    #expect(DynamicParameters.count(of: independent) == 0)
    let correlated = try ForecastingTests.fitted(
      "regression(linear,regressors(alpha,rho),errors=ar1)", regressed)
    #expect(DynamicParameters.count(of: correlated) == 1)
  }

  @Test("the outcome is a sentence that a commissioner can use")
  func meanings() throws {
    let persistent = DiagnosticsReferenceTests.diagnostics(Self.errors(60, path: 2, persistence: 0.9))
    #expect(
      persistent.ljungBox.test?.meaning
        == "the errors still follow one another: the model misses something that persists")
    let calm = DiagnosticsReferenceTests.diagnostics(Self.errors(60, path: 4))
    #expect(calm.ljungBox.test?.meaning == "nothing shows that the errors follow one another")
    #expect(calm.jarqueBera.test?.meaning.contains("fewer than 100 errors") == true)
    let growing = Self.errors(60, path: 5).enumerated().map { $1 * Double($0 + 1) }
    #expect(
      DiagnosticsReferenceTests.diagnostics(growing).varianceRatio.test?.meaning.contains("too narrow")
        == true)
    #expect(
      DiagnosticsReferenceTests.diagnostics(growing.reversed()).varianceRatio.test?.meaning.contains(
        "too wide")
        == true)
  }

  @Test("too few errors, or errors without a difference, have no test and a reason")
  func absence() throws {
    let few = DiagnosticsReferenceTests.diagnostics([0.1, -0.2, 0.4, 0.1])
    #expect(few.tests.map(\.name) == ["Shapiro-Wilk"] && few.autocorrelations.isEmpty)
    #expect(few.ljungBox.reason == "it needs at least 8 errors and there are 4")
    let one = DiagnosticsReferenceTests.diagnostics([0.1])
    #expect(one.tests.isEmpty && one.shapiroWilk.reason == "it needs at least 3 errors and there is 1")
    #expect(DiagnosticsReferenceTests.diagnostics([]).tests.isEmpty)
    let line = try Drift().fit(try natural((0..<20).map { 3 + 0.7 * Double($0) }))
    #expect(ResidualDiagnostics(fitted: line).tests.isEmpty)
    #expect(ResidualDiagnostics(fitted: line).varianceRatio.reason?.contains("all alike") == true)
    let signs = DiagnosticsReferenceTests.diagnostics((0..<40).map { $0 % 2 == 0 ? 1 : -1 })
    #expect(signs.conditionalVariance.reason == "the squared errors are too much alike to be told apart")
    #expect(signs.ljungBox.test?.isFailed == true)
    let late = DiagnosticsReferenceTests.diagnostics([0, 0, 0, 0, 0, 1, 2, -1, 1])
    #expect(late.varianceRatio.reason == "the first third of the errors is zero")
    let scattered = ErrorSequence(Self.errors(12, path: 1), positions: (0..<12).map { 2 * $0 })
    let found = ResidualDiagnostics(scattered, season: 1, dynamicParameters: 0)
    #expect(found.conditionalVariance.reason == "it needs 5 runs of 3 consecutive periods and there are 0")
    #expect(found.autocorrelations[0] == 0)
    let many = DiagnosticsReferenceTests.diagnostics(Self.errors(5001, path: 1))
    #expect(many.shapiroWilk.reason?.contains("up to 5000 errors and there are 5001") == true)
    #expect(DiagnosticsReferenceTests.diagnostics([1, .nan, 2]).tests.isEmpty)
  }
}
