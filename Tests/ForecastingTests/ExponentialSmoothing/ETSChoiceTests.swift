import Testing

@testable import Forecasting

@Suite("The choice among the forms of exponential smoothing")
struct ETSChoiceTests {
  @Test("ranks every stable form by its corrected criterion and fits the first")
  func ranking() throws {
    let sample = SeriesMaker.sample(path: 20)
    let choice = try ETS().choose(sample)
    #expect(choice.ranking.count == 15)
    #expect(choice.ranking.allSatisfy { !$0.form.isUnstable && !$0.form.trend.isMultiplicative })
    let criteria = choice.ranking.compactMap(\.correctedAkaike)
    #expect(criteria.count == 15 && criteria == criteria.sorted())
    let best = try #require(choice.ranking.first)
    #expect(choice.fitted.specification == best.form.specification)
    #expect(choice.fitted.likelihood?.correctedAkaike == best.correctedAkaike)
    // A season in proportion, which the series has, beats those that it has not.
    #expect(best.form.season == .multiplicative)
    for candidate in choice.ranking {
      let alone = try ETS(candidate.form).fit(sample)
      let criterion = try #require(alone.likelihood).correctedAkaike
      #expect(abs(criterion - (candidate.correctedAkaike ?? .nan)) <= 1e-6, "\(candidate.form)")
    }
    #expect(try ETS().fit(sample).specification == choice.fitted.specification)
  }

  @Test("says why a form was left out, and chooses among the rest")
  func refusals() throws {
    var values = SeriesMaker.seasonal(path: 21)
    values[5] = 0
    let choice = try ETS().choose(SmoothingReference.seasonal(values, period: 4))
    let refused = choice.ranking.filter { $0.correctedAkaike == nil }
    #expect(refused.count == 9)
    #expect(
      refused.allSatisfy { $0.form.needsPositiveValues && ($0.refusal?.contains("above zero") ?? false) })
    #expect(choice.ranking.suffix(9).map(\.form) == refused.map(\.form))
    let fitted = try #require(choice.fitted as? FittedETS)
    #expect(!fitted.form.needsPositiveValues)
  }

  @Test("says that smoothing parameters outside the usual region are taken as known")
  func admissible() throws {
    let sample = SeriesMaker.sample(path: 20)
    let words = "the smoothing parameters are taken as known in the forecast"
    #expect(
      try ModelCatalogue.model(named: "ets(A,N,N,region=admissible)").fit(sample).remarks.contains(words))
    #expect(try !ModelCatalogue.model(named: "ets(A,N,N)").fit(sample).remarks.contains(words))
  }

  @Test("considers what was asked for and nothing else")
  func asked() {
    #expect(ETS().candidates(period: 1).count == 6)
    #expect(ETS().candidates(period: 52).allSatisfy { $0.season == .none })
    #expect(ETS(trend: .multiplicative).candidates(period: 1).map(\.specification) == ["ets(M,M,N)"])
    #expect(ETS(trend: ETSForm.Trend.none, season: .additive).candidates(period: 4).count == 2)
    // Where only unstable forms remain they are taken after all.
    #expect(
      ETS(error: .additive, season: .multiplicative).candidates(period: 4).map(\.specification)
        == ["ets(A,N,M)", "ets(A,A,M)", "ets(A,Ad,M)"])
  }

  @Test("fits all thirty forms when each is asked for", arguments: ETSForm.all)
  func all(form: ETSForm) throws {
    let fitted = try ETS(form).fit(SeriesMaker.sample(path: 22))
    #expect(fitted.specification == form.specification)
    #expect(fitted.remarks.isEmpty != form.isUnstable)
    #expect(try fitted.predictive(step: 4).quantile(0.5) > 100)
  }

  @Test("is as likely with a search from the heuristic start as that start allows, and no more")
  func heuristic() throws {
    let sample = SeriesMaker.sample(path: 23)
    for code in ["AAdA", "MAM", "MNN"] {
      let form = try SmoothingReference.form(code)
      let best = try #require(try ETS(form).fit(sample) as? FittedETS)
      let read = try #require(try ETS(form, start: .heuristic).fit(sample) as? FittedETS)
      #expect(read.estimate.logLikelihood <= best.estimate.logLikelihood + 1e-6)
      #expect(read.estimate.start == HeuristicStart(form: form, values: sample.values, period: 4).state)
      #expect(read.parameterCount == best.parameterCount)
      #expect(try read.predictive(step: 2).mean.isFinite)
    }
  }

  @Test("keeps parameters that are given and does not count them")
  func given() throws {
    let sample = SeriesMaker.sample(path: 24)
    let fixed = ETS.Fixed(alpha: 0.4, beta: 0.1, gamma: 0.2, phi: 0.9)
    for code in ["AAdA", "MAdM"] {
      let form = try SmoothingReference.form(code)
      let fitted = try #require(try ETS(form, fixed: fixed).fit(sample) as? FittedETS)
      #expect(fitted.estimate.weights == SmoothingWeights(alpha: 0.4, beta: 0.1, gamma: 0.2, phi: 0.9))
      #expect(fitted.parameterCount == 6)
      #expect(fitted.parameters[0].standardError == nil)
      for one in [
        ETS.Fixed(alpha: 0.4), ETS.Fixed(beta: 0.1), ETS.Fixed(gamma: 0.2), ETS.Fixed(phi: 0.9),
        ETS.Fixed(alpha: 0.4, gamma: 0.2),
      ] {
        let part = try #require(try ETS(form, fixed: one).fit(sample) as? FittedETS)
        #expect(part.parameterCount == 10 - one.count)
        if let alpha = one.alpha { #expect(part.estimate.weights.alpha == alpha) }
        if let beta = one.beta { #expect(part.estimate.weights.beta == beta) }
        if let gamma = one.gamma { #expect(part.estimate.weights.gamma == gamma) }
        if let phi = one.phi { #expect(part.estimate.weights.phi == phi) }
        let weights = part.estimate.weights
        #expect(weights.beta <= weights.alpha && weights.gamma <= 1 - weights.alpha + 1e-12)
        #expect(part.estimate.logLikelihood >= fitted.estimate.logLikelihood - 1e-6)
      }
    }
    let wide = try #require(
      try ETS(
        ETSForm(error: .additive, trend: .none, season: .none), fixed: ETS.Fixed(alpha: 1.2),
        region: .admissible
      ).fit(sample) as? FittedETS)
    #expect(wide.estimate.weights.alpha == 1.2)
    #expect(wide.parameterCount == 2)
    #expect(try wide.predictive(step: 3).mean.isFinite)
  }

  @Test("the season of the specification counts, not that of the sample")
  func period() throws {
    let sample = SmoothingReference.seasonal(SeriesMaker.seasonal(path: 25), period: 12)
    let fitted = try ModelCatalogue.model(named: "ets(M,A,M)4").fit(sample)
    #expect(fitted.specification == "ets(M,A,M)4")
    #expect(fitted.components.contains { $0.name == "season" })
    #expect(fitted.parameterCount == 9)
  }

  @Test(
    "reads what it writes",
    arguments: [
      "ets(A,Ad,N)", "ets(M,A,M)12", "ets(Z,Z,Z)", "ets(A,A,A,alpha=0.2,gamma=0.1)4",
      "ets(M,Md,N,phi=0.9,start=heuristic)", "ets(A,N,N,region=admissible)", "holt-winters(additive)12",
      "holt-winters(none,trend=no)", "holt-winters(multiplicative,alpha=0.3,beta=0.1,gamma=0.2)4",
    ])
  func specification(text: String) throws {
    #expect(try ModelCatalogue.model(named: text).specification == text)
  }

  @Test("a plain name is the automatic choice")
  func plain() throws {
    let model = try #require(try ModelCatalogue.model(named: "ets") as? ETS)
    #expect(model.form == nil)
    #expect(model.specification == "ets(Z,Z,Z)")
    #expect(model.scaleChoice == .natural)
    #expect(model.summary.contains("suits"))
    #expect(ETS(ETSForm(error: .additive, trend: .damped, season: .none)).scaleChoice == .unit)
    #expect(ETS(ETSForm(error: .multiplicative, trend: .none, season: .none)).scaleChoice == .natural)
    #expect(Set(ETSForm.all.map { ETS($0).summary }).count == 15)
  }
}
