import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("Exponential smoothing against R and an independent search")
struct ETSReferenceTests {
  @Test("finds the best known likelihood or a better one", arguments: SmoothingReference.cases)
  func likelihood(reference: SmoothingReference.Case) throws {
    let sample = try SmoothingReference.sample(reference.series)
    let form = try SmoothingReference.form(reference.code)
    let expected = try SmoothingReference.refined(reference)
    let fitted = try ETS(error: form.error, trend: form.trend, season: form.season).fit(sample)
    let found = try #require(fitted.likelihood)
    expectReference(
      "ets_refined", reference.testDescription, "log-likelihood", found.value, expected.bestLoglik,
      .noWorse(form.season == .none ? 1e-3 : 0.05))
    #expect(found.parameters == expected.nPar)
    // That R's parameters give R's likelihood is another test's; with it this shows what R's search has missed.
    expectReference(
      "ets", reference.testDescription, "log-likelihood, R's optimum", found.value,
      try SmoothingReference.published(reference).loglik, .noWorse(form.season == .none ? 1e-3 : 0.05))
    // A likelihood that is far better than the best of many searches would be that of another model.
    #expect(found.value <= expected.bestLoglik + 1)
  }

  @Test("weights are those of the best known likelihood, where it lies well inside their region")
  func weights() throws {
    var compared = 0
    for reference in SmoothingReference.cases {
      let expected = try SmoothingReference.refined(reference)
      let best = expected.bestParams
      let alpha = best.alpha
      let (beta, gamma, phi) = (best.beta ?? alpha / 2, best.gamma ?? (1 - alpha) / 2, best.phi ?? 0.9)
      let isInside =
        alpha > 0.01 && alpha < 0.99 && beta > 0.01 && beta < 0.98 * alpha && gamma > 0.01
        && gamma < 0.98 * (1 - alpha) && phi > 0.81 && phi < 0.97
      guard isInside else { continue }
      let form = try SmoothingReference.form(reference.code)
      let fitted = try ETS(error: form.error, trend: form.trend, season: form.season)
        .fit(try SmoothingReference.sample(reference.series))
      for (name, value) in [
        ("alpha", best.alpha), ("beta", best.beta), ("gamma", best.gamma), ("phi", best.phi),
      ] {
        guard let value else { continue }
        let own = try #require(fitted.parameters.first { $0.name == name })
        expectReference(
          "ets_refined", reference.testDescription, "weights", own.value, value, .absolute(1e-2))
        compared += 1
      }
    }
    #expect(compared > 0)
  }

  @Test("what was found is as likely as it says, by the recursion alone", arguments: SmoothingReference.cases)
  func reproducible(reference: SmoothingReference.Case) throws {
    let sample = try SmoothingReference.sample(reference.series)
    let form = try SmoothingReference.form(reference.code)
    let fitted = try #require(
      try ETS(error: form.error, trend: form.trend, season: form.season).fit(sample) as? FittedETS)
    let again = PlainRecursion(form, fitted.estimate.weights, fitted.estimate.start, sample.values)
    #expect(abs(again.logLikelihood - fitted.estimate.logLikelihood) <= 1e-8)
  }

  @Test("at R's parameters and states the likelihood is R's", arguments: SmoothingReference.cases)
  func likelihoodOfR(reference: SmoothingReference.Case) throws {
    let published = try SmoothingReference.published(reference)
    let estimate = try SmoothingReference.estimate(reference, published)
    expectReference(
      "ets", reference.testDescription, "log-likelihood at R's parameters", estimate.logLikelihood,
      published.loglik, .absolute(1e-8))
    let sample = try SmoothingReference.sample(reference.series)
    let variance = estimate.sumOfSquares / Double(sample.count - estimate.degreesUsed)
    expectReference(
      "ets", reference.testDescription, "error variance at R's parameters", variance, published.sigma2,
      .relative(1e-10))
  }

  @Test(
    "at R's parameters the plain recursion forecasts as an independent one",
    arguments: SmoothingReference.cases)
  func plainForecast(reference: SmoothingReference.Case) throws {
    let estimate = try SmoothingReference.estimate(
      reference, try SmoothingReference.published(reference))
    let expected = try SmoothingReference.refined(reference).plainRecursionForecastAtRParams
    let path = PlainRecursion.path(
      estimate.form, estimate.weights, estimate.final, errors: expected.map { _ in 0 })
    for (own, other) in zip(path, expected) {
      expectReference(
        "ets_refined", reference.testDescription, "plain forecast at R's parameters", own, other,
        .relative(1e-8))
    }
  }

  @Test("at R's parameters means and limits are R's", arguments: SmoothingReference.cases)
  func moments(reference: SmoothingReference.Case) throws {
    let published = try SmoothingReference.published(reference)
    let estimate = try Self.asInR(try SmoothingReference.estimate(reference, published))
    let forecast = published.forecast
    let moments = try #require(
      ETSMoments(estimate, variance: published.sigma2, horizon: forecast.mean.count))
    for step in forecast.mean.indices {
      let (mean, deviation) = (moments.means[step], moments.variances[step].squareRoot())
      expectReference(
        "ets", reference.testDescription, "mean at R's parameters", mean, forecast.mean[step], .relative(1e-8)
      )
      for (probability, limit) in [
        (0.9, forecast.hi80[step]), (0.1, forecast.lo80[step]), (0.975, forecast.hi95[step]),
        (0.025, forecast.lo95[step]),
      ] {
        let own = mean + deviation * StandardNormal.quantile(probability)
        // Of the mean's size: a limit may be near zero.
        expectReference(
          "ets", reference.testDescription, "limits at R's parameters, over the mean", own / mean,
          limit / mean,
          .absolute(1e-6))
      }
    }
  }

  /// In forms with a damped trend and errors and seasons that multiply, R adds the latest growth to its forecast
  /// undamped, where its own recursion damps it (``fault(reference:)``). With growth counted in units of phi that is the
  /// recursion of another fit, whose growth, and what it takes up of an error, are larger by 1/phi.
  static func asInR(_ estimate: ETSEstimate) throws -> ETSEstimate {
    guard estimate.form.trend == .damped, estimate.form.season == .multiplicative else { return estimate }
    var other = estimate
    other.final.growth /= estimate.weights.phi
    other.weights.beta /= estimate.weights.phi
    return other
  }

  @Test(
    "the first forecast is the expectation of the recursion itself, which R misses where a damped trend meets seasons that multiply",
    arguments: SmoothingReference.cases.filter { $0.code == "MAdM" })
  func fault(reference: SmoothingReference.Case) throws {
    let published = try SmoothingReference.published(reference)
    let estimate = try SmoothingReference.estimate(reference, published)
    let moments = try #require(ETSMoments(estimate, variance: published.sigma2, horizon: 1))
    let plain = try SmoothingReference.refined(reference).plainRecursionForecastAtRParams[0]
    #expect(agree(moments.means[0], plain, relative: 1e-9))
    #expect(!agree(published.forecast.mean[0], plain, relative: 1e-5))
  }
}

/// The recursions of the thirty forms as tables 2.2 and 2.3 of Hyndman, Koehler, Ord and Snyder (2008) print them, error
/// by error: slow, and independent of the code that is tested.
struct PlainRecursion {
  var sumOfSquares = 0.0
  var logs = 0.0
  var expectations: [Double] = []
  var final: ETSState

  init(_ form: ETSForm, _ weights: SmoothingWeights, _ start: ETSState, _ values: [Double]) {
    final = start
    for value in values {
      let expected = Self.expectation(form, weights, final)
      let error = form.error == .additive ? value - expected : (value - expected) / expected
      sumOfSquares += error * error
      if form.error == .multiplicative { logs += Double.log(abs(expected)) }
      expectations.append(expected)
      final = Self.next(form, weights, final, error: error)
    }
  }

  var logLikelihood: Double {
    -0.5 * Double(expectations.count) * Double.log(sumOfSquares) - logs
  }

  static func expectation(_ form: ETSForm, _ weights: SmoothingWeights, _ state: ETSState) -> Double {
    let base = trend(form, weights, state)
    switch form.season {
    case .none: return base
    case .additive: return base + state.season[0]
    case .multiplicative: return base * state.season[0]
    }
  }

  private static func trend(_ form: ETSForm, _ weights: SmoothingWeights, _ state: ETSState) -> Double {
    switch form.trend {
    case .none: state.level
    case .additive, .damped: state.level + weights.phi * state.growth
    case .multiplicative, .dampedMultiplicative: state.level * Double.pow(state.growth, weights.phi)
    }
  }

  /// The states after an error, which is a share where errors multiply.
  static func next(
    _ form: ETSForm, _ weights: SmoothingWeights, _ state: ETSState, error: Double
  ) -> ETSState {
    let expected = expectation(form, weights, state)
    let base = trend(form, weights, state)
    let raw = form.error == .additive ? error : expected * error
    let effect = form.season == .multiplicative ? raw / state.season[0] : raw
    var next = state
    next.level = base + weights.alpha * effect
    switch form.trend {
    case .none: break
    case .additive, .damped: next.growth = weights.phi * state.growth + weights.beta * effect
    case .multiplicative, .dampedMultiplicative:
      next.growth = Double.pow(state.growth, weights.phi) + weights.beta * effect / state.level
    }
    switch form.season {
    case .none: break
    case .additive: next.season = state.season.dropFirst() + [state.season[0] + weights.gamma * raw]
    case .multiplicative:
      next.season = state.season.dropFirst() + [state.season[0] + weights.gamma * raw / base]
    }
    return next
  }

  /// The values that given errors lead to.
  static func path(
    _ form: ETSForm, _ weights: SmoothingWeights, _ start: ETSState, errors: [Double]
  ) -> [Double] {
    var state = start
    return errors.map { error in
      let expected = expectation(form, weights, state)
      state = next(form, weights, state, error: error)
      return form.error == .additive ? expected + error : expected * (1 + error)
    }
  }
}
