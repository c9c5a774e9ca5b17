import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("The recursions of exponential smoothing")
struct ETSRecursionTests {
  @Test("are those that the book prints", arguments: ETSForm.all)
  func book(form: ETSForm) throws {
    let sample = SeriesMaker.sample(path: 1)
    let (weights, start) = SeriesMaker.states(of: form)
    let own = try SmoothingReference.estimate(form, sample: sample, weights: weights, start: start)
    let plain = PlainRecursion(form, weights, start, sample.values)
    #expect(abs(own.logLikelihood - plain.logLikelihood) <= 1e-9)
    #expect(agree(own.final.level, plain.final.level, relative: 1e-12))
    if form.trend != .none { #expect(agree(own.final.growth, plain.final.growth, relative: 1e-10)) }
    for (first, second) in zip(own.final.season, plain.final.season) {
      #expect(agree(first, second, relative: 1e-10))
    }
  }

  @Test("have the derivatives that differences show", arguments: ETSForm.all)
  func derivatives(form: ETSForm) throws {
    let sample = SeriesMaker.sample(path: 2)
    let (weights, start) = SeriesMaker.states(of: form)
    let trace = SmoothingTrace(count: sample.count, period: form.season == .none ? 0 : 4)
    defer { trace.deallocate() }
    for (t, value) in sample.values.enumerated() { trace.values[t] = value }
    start.place(in: trace)
    var joint = JointLikelihood(
      form: form, region: UsualRegion(form, fixed: ETS.Fixed()), trace: trace,
      likelihood: InnovationsLikelihood(error: form.error, sample: sample), movesStates: true)
    defer { joint.deallocate() }
    let search = BoundedSearch(capacity: joint.dimensions)
    joint.begin(search, at: weights)
    var gradient = [Double](repeating: .nan, count: joint.dimensions)
    #expect(joint.value(at: search.point).isFinite)
    gradient.withUnsafeMutableBufferPointer { if let first = $0.baseAddress { joint.gradient(into: first) } }
    for index in 0..<joint.dimensions {
      let place = search.point[index]
      let step = 1e-6 * max(1, abs(place))
      search.point[index] = place + step
      let above = joint.value(at: search.point)
      search.point[index] = place - step
      let below = joint.value(at: search.point)
      search.point[index] = place
      let slope = (above - below) / (2 * step)
      #expect(abs(gradient[index] - slope) <= 1e-5 * max(1, abs(slope)), "coordinate \(index)")
    }
  }

  @Test(
    "of linear forms have the least sum of squares at the solved states",
    arguments: ETSForm.all.filter { $0.isLinear && $0.error == .additive })
  func solved(form: ETSForm) throws {
    let sample = SeriesMaker.sample(path: 3)
    let (weights, _) = SeriesMaker.states(of: form)
    let trace = SmoothingTrace(count: sample.count, period: form.season == .none ? 0 : 4)
    defer { trace.deallocate() }
    for (t, value) in sample.values.enumerated() { trace.values[t] = value }
    let likelihood = InnovationsLikelihood(error: .additive, sample: sample)
    var states = SolvedStates(
      form: form, region: UsualRegion(form, fixed: ETS.Fixed()), trace: trace, likelihood: likelihood)
    defer { states.deallocate() }
    let value = states.value(at: weights)
    let best = states.state
    let plain = PlainRecursion(form, weights, best, sample.values)
    #expect(abs(value + plain.logLikelihood) <= 1e-8)
    #expect(abs(best.season.reduce(0, +)) <= 1e-9)
    func sum(_ change: (inout ETSState) -> Void) -> Double {
      var other = best
      change(&other)
      return PlainRecursion(form, weights, other, sample.values).sumOfSquares
    }
    for step in [-1.0, 1.0] {
      #expect(sum { $0.level += step } > plain.sumOfSquares)
      if form.trend != .none { #expect(sum { $0.growth += step } > plain.sumOfSquares) }
      for index in best.season.indices { #expect(sum { $0.season[index] += step } > plain.sumOfSquares) }
    }
  }

  @Test("forget their start exactly where the admissible region says so")
  func admissible() throws {
    var stream = RandomStream(seed: 9, name: "weights")
    var (inside, outside) = (0, 0)
    for form in ETSForm.all where form.isLinear && form.error == .additive {
      for _ in 0..<60 {
        let weights = SmoothingWeights(
          alpha: -0.2 + 2.4 * stream.uniform(), beta: form.trend == .none ? 0 : -0.1 + stream.uniform(),
          gamma: form.season == .none ? 0 : 1.5 * stream.uniform(),
          phi: form.trend.isDamped ? 0.8 + 0.18 * stream.uniform() : 1)
        let isInside = AdmissibleRegion(form: form, period: 4).contains(weights)
        // What is left of a start after eight hundred periods without anything to learn: deviations follow the states.
        let values = [Double](repeating: 0, count: 1600)
        let start = ETSState(
          level: 1, growth: 0.7, season: form.season == .none ? [] : [0.5, -0.2, 0.4, -0.7])
        let expectations = PlainRecursion(form, weights, start, values).expectations
        let early = expectations[400..<800].reduce(0) { max($0, abs($1)) }
        let late = expectations[1200..<1600].reduce(0) { max($0, abs($1)) }
        // Roots within a hair of the circle neither grow nor fade in any time one could wait.
        if early < 1e-290 || late / early < 0.5 {
          #expect(isInside, "\(form) \(weights)")
          inside += 1
        } else if !(late / early < 2) {
          #expect(!isInside, "\(form) \(weights)")
          outside += 1
        }
      }
    }
    #expect(inside > 40 && outside > 40)
  }

  @Test("are forgetful over all of the usual region, without a season")
  func usual() {
    var stream = RandomStream(seed: 10, name: "weights")
    for form in ETSForm.all where form.isLinear && form.error == .additive && form.season == .none {
      for _ in 0..<200 {
        let alpha = 0.001 + 0.998 * stream.uniform()
        let weights = SmoothingWeights(
          alpha: alpha, beta: form.trend == .none ? 0 : alpha * (0.001 + 0.998 * stream.uniform()), gamma: 0,
          phi: form.trend.isDamped ? 0.8 + 0.18 * stream.uniform() : 1)
        #expect(AdmissibleRegion(form: form, period: 1).contains(weights), "\(form) \(weights)")
      }
    }
  }

  @Test("are at least as likely over the admissible region", arguments: ["AAN", "AAdN", "ANA", "AAA", "MAN"])
  func wider(code: String) throws {
    let form = try SmoothingReference.form(code)
    let sample = SeriesMaker.sample(path: 4)
    let usual = try ETS(form).fit(sample)
    let wide = try ETS(form, region: .admissible).fit(sample)
    let (first, second) = (try #require(usual.likelihood), try #require(wide.likelihood))
    #expect(second.value >= first.value - 1e-4)
    #expect(second.parameters == first.parameters)
    let fitted = try #require(wide as? FittedETS)
    #expect(AdmissibleRegion(form: form, period: 4).contains(fitted.estimate.weights))
    #expect(fitted.specification.contains("region=admissible"))
    #expect(try fitted.predictive(step: 2).mean.isFinite)
  }

  @Test("reach a likelihood beyond the usual region where the series asks for it")
  func beyond() throws {
    // A series that overshoots: each value undoes more than the last error.
    var stream = RandomStream(seed: 5, name: "overshoot")
    let (weights, start) = (SmoothingWeights(alpha: 1.5), ETSState(level: 100, growth: 0, season: []))
    let form = ETSForm(error: .additive, trend: .none, season: .none)
    let values = PlainRecursion.path(form, weights, start, errors: (0..<60).map { _ in stream.normal() })
    let sample = SmoothingReference.seasonal(values, period: 1)
    let wide = try #require(try ETS(form, region: .admissible).fit(sample) as? FittedETS)
    let usual = try #require(try ETS(form).fit(sample) as? FittedETS)
    #expect(wide.estimate.weights.alpha > 1.2)
    #expect(wide.estimate.logLikelihood > usual.estimate.logLikelihood + 2)
  }
}
