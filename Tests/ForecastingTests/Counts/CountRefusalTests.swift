import LinearAlgebra
import Testing
import TimeSeries

@testable import Forecasting

@Suite("What regressions of counts refuse")
struct CountRefusalTests {
  private func refusal(_ specification: String, _ series: @autoclosure () throws -> Series) -> String? {
    sentence { _ = try fitted(specification, try series()) }
  }

  @Test("a count that is not whole, negative, or larger than its denominator")
  func counts() {
    #expect(
      refusal("poisson", try counted([5, 6, 7.5, 8], of: [], .count))
        == "series \"plans\": poisson needs whole counts from 0 to 100 million, and the count at 2002/03 is 7.5"
    )
    #expect(
      refusal("poisson", try counted([5, 6, 3e8, 8], of: [], .count))
        == "series \"plans\": poisson needs whole counts from 0 to 100 million, and the count at 2002/03 is 300000000"
    )
    #expect(
      refusal("binomial", try counted([5, 6, 70, 8], of: [50, 50, 50, 50], .count))
        == "series \"plans\": binomial counts 70 out of 50 at 2002/03; check the numerator and the denominator"
    )
    #expect(
      refusal("binomial", try counted([5, 6, 7, 8], of: [50, 50.5, 50, 50], .count))
        == "series \"plans\": binomial needs whole denominators, and the one at 2001/02 is 50.5")
  }

  @Test("a unit that holds no counts, and the wrong family for a unit, with the right one")
  func units() throws {
    #expect(
      refusal("poisson", try annual([5, 6, 7, 8], .pounds))?.contains("choose linear-trend or another model")
        == true)
    #expect(
      refusal("poisson", try counted([5, 6, 7, 8], of: [50, 50, 50, 50], .percentage))
        == "series \"plans\": poisson models counts and rates, and the series is of shares of a whole; choose binomial"
    )
    #expect(
      refusal("binomial", try counted([5, 6, 7, 8], of: [50, 50, 50, 50], .rate(per: 10)))
        == "series \"plans\": binomial models shares of a whole, and the series is of rates; choose poisson")
    let numbers = Sample(
      name: "numbers", positions: [0, 1, 2, 3], observed: [1, 2, 3, 4], labels: ["a", "b", "c", "d"],
      scale: .natural,
      samplingVariances: nil)
    #expect(sentence { _ = try CountRegression(.poisson).fit(numbers) }?.contains("is not known") == true)
  }

  @Test("denominators or numerators that are missing, and a denominator of nothing")
  func denominators() throws {
    #expect(
      refusal("poisson", try annual([5, 6, 7, 8], .rate(per: 1000)))
        == "series \"plans\": poisson needs the count above the line of every observation, and some are not known; "
        + "supply a column of numerators")
    #expect(
      refusal("binomial", try annual([5, 6, 7, 8], .count))
        == "series \"plans\": binomial needs the denominator of every observation; supply a column of denominators"
    )
    #expect(
      refusal("poisson", try counted([5, 6, 7, 8], of: [50, nil, 50, 50], .count))
        == "series \"plans\": poisson needs the denominator of every observation, and the one at 2001/02 is missing; "
        + "supply it")
    #expect(
      refusal("poisson", try counted([5, 6, 7, 8], of: [50, 0, 50, 50], .count))
        == "series \"plans\": poisson needs denominators above zero and up to a thousand million, and the one at 2001/02 "
        + "is 0")
  }

  @Test("a denominator to come that would not do for a past period", arguments: [100.5, 0.4])
  func denominatorsAhead(value: Double) throws {
    let counts: [Double] = [5, 6, 7, 8, 9]
    let denominators: [Double?] = [50, 50, 50, 50, 50, 50, value]
    #expect(
      refusal("binomial", try counted(counts, of: denominators, .percentage))
        == "series \"plans\": binomial needs whole denominators, and the one at 2006/07 is \(value)")
    #expect(refusal("poisson", try counted(counts, of: denominators, .rate(per: 1000))) == nil)
    #expect(
      refusal("poisson", try counted(counts, of: [50, 50, 50, 50, 50, nil, 0], .rate(per: 1000)))
        == "series \"plans\": poisson needs denominators above zero and up to a thousand million, and the one at "
        + "2006/07 is 0")
    #expect(
      refusal("binomial", try counted(counts, of: [50, 50, 50, 50, 50, nil, 60], .percentage)) == nil)
  }

  @Test("counts that are all zero, or all of their trials")
  func allZero() {
    #expect(
      refusal("poisson", try counted([0, 0, 0, 0, 0], of: [], .count))
        == "series \"plans\": poisson needs at least one count above zero: where all are zero the likelihood has no "
        + "maximum, because every lower rate fits better")
    #expect(
      refusal("binomial", try counted([9, 9, 9, 9], of: [9, 9, 9, 9], .proportion))
        == "series \"plans\": binomial needs at least one count below its number of trials: where all succeed the "
        + "likelihood has no maximum")
  }

  @Test("counts without scatter, whose dispersion would be nothing")
  func scatter() throws {
    #expect(
      refusal("quasi-poisson", try counted([7, 7, 7, 7, 7], of: [], .count))
        == "series \"plans\": quasi-poisson estimates how far counts scatter, and the counts are constant, 7 in every "
        + "period; choose poisson")
    #expect(
      refusal("quasi-poisson", try counted([1, 2, 4, 8, 16], of: [], .count))
        == "series \"plans\": quasi-poisson estimates how far counts scatter, and its terms fit the counts exactly; "
        + "choose poisson")
    #expect(refusal("poisson", try counted([7, 7, 7, 7, 7], of: [], .count)) == nil)
  }

  @Test("a column that separates: time, a step, a season, for every family and link")
  func separation() throws {
    let split: [Double] = [0, 0, 0, 0, 9, 9, 9, 9]
    for link in ["", "(link=probit)"] {
      let text = refusal("binomial\(link)", try counted(split, of: split.map { _ in 9 }, .count))
      #expect(text?.contains("cannot estimate the coefficient of slope: it separates") == true)
    }
    // One observation between the two groups does not help: any slope fits it.
    let touching: [Double] = [0, 0, 0, 4, 9, 9, 9, 9]
    #expect(
      refusal("binomial", try counted(touching, of: touching.map { _ in 9 }, .count))?
        .contains("cannot estimate the coefficient of slope") == true)
    let quasi: [Double] = [3, 4, 2, 5, 9, 9, 9, 9]
    #expect(
      refusal("binomial(step(2004/05))", try counted(quasi, of: quasi.map { _ in 9 }, .count))?
        .contains("coefficient of step(2004/05)") == true)
    for family in ["poisson", "quasi-poisson", "negative-binomial"] {
      let zeros: [Double] = [13, 4, 22, 5, 0, 0, 0, 0]
      #expect(
        refusal("\(family)(step(2004/05))", try counted(zeros, of: [], .count))
          == "series \"plans\": \(family)(step(2004/05)) cannot estimate the coefficient of step(2004/05): every "
          + "observation that it tells from the others is zero, so its likelihood has no maximum; leave the term out or "
          + "merge its groups")
    }
  }

  @Test("shares that overlap at all have a maximum, however rare")
  func overlap() throws {
    let rare: [Double] = [0, 0, 1, 0, 0, 1, 0, 0, 0, 2]
    let model = try fitted("binomial", try counted(rare, of: rare.map { _ in 1_000_000 }, .proportion))
    #expect(model.parameters.allSatisfy { $0.value.isFinite && ($0.standardError ?? 0) < 10 })
    let nearly: [Double] = [0, 0, 0, 1, 8, 9, 9, 9]
    let steep = try fitted("binomial", try counted(nearly, of: nearly.map { _ in 9 }, .proportion))
    #expect(steep.parameters[1].value > 2)
  }

  @Test("too few observations, terms that cannot be told apart, another scale, options that are none")
  func options() throws {
    #expect(
      refusal("poisson", try counted([5, 6, 7], of: [], .count))
        == "series \"plans\": poisson needs at least 4 observations and 3 are known; add earlier periods or choose a "
        + "simpler model")
    #expect(
      refusal("quasi-poisson(quadratic)", try counted([5, 6, 7, 8], of: [], .count))?.contains("at least 5")
        == true)
    #expect(
      refusal("poisson(linear,slope(2000/01))", try counted([5, 6, 7, 8, 9], of: [], .count)) != nil)
    #expect(
      refusal("poisson(scale=log)", try counted([5, 6, 7, 8, 9], of: [], .count))
        == "series \"plans\": poisson models the counts themselves and not a transformation of them; leave scale= out"
    )
    #expect(
      refusal("poisson(link=logit)", try counted([5, 6, 7, 8, 9], of: [], .count))?.contains("position 14")
        == true)
    #expect(
      refusal("poisson(constant,linear)", try counted([5, 6, 7, 8, 9], of: [], .count))
        == "the model \"poisson(constant,linear)\" cannot be read at position 18: constant says that there are no terms, "
        + "and linear is one; write either")
    #expect(
      refusal("poisson(linear)(season)", try counted([5, 6, 7, 8, 9], of: [], .count))?
        .contains("poisson has one list of options; write them all between the first parentheses") == true)
    #expect(
      refusal("poisson(season)1", try counted([5, 6, 7, 8, 9], of: [], .count))?
        .contains("1 is not the length of a season; write 2 to 366") == true)
    #expect(refusal("poisson(season)2", try counted([5, 6, 7, 8, 9], of: [], .count)) == nil)
    #expect(
      refusal("poisson(season)", try counted([5, 6, 7, 8, 9], of: [], .count))?.contains("no season") == true)
  }

  @Test("the engine checks what it is given")
  func engine() {
    func refusal(
      _ family: ResponseFamily, _ response: [Double], design: [[Double]] = [[1], [1], [1]],
      trials: [Double]? = nil,
      offset: [Double]? = nil, weights: [Double]? = nil
    ) -> String? {
      sentence {
        _ = try GeneralisedLinearModel(
          design: try Matrix(design), columnNames: design[0].indices.map { "x\($0)" }, family: family
        ).fit(response, trials: trials, offset: offset, weights: weights)
      }
    }
    #expect(refusal(.poisson, [1, 2, 3]) == nil)
    #expect(refusal(.poisson, [1, 2])?.contains("as many responses") == true)
    #expect(refusal(.poisson, [1, 2, 3], trials: [4, 4, 4])?.contains("without a number of trials") == true)
    #expect(refusal(.binomial(.logit), [1, 2, 3])?.contains("needs the number of trials") == true)
    #expect(refusal(.binomial(.logit), [1, 2, 3], trials: [4, 4, 2.5])?.contains("row 3 has 2.5") == true)
    #expect(
      refusal(.binomial(.logit), [1, 2, 3], trials: [4, 4, 2])?.contains("3 successes in 2 trials")
        == true)
    #expect(refusal(.poisson, [1, -2, 3])?.contains("row 2 has -2") == true)
    #expect(refusal(.poisson, [1, .nan, 3])?.contains("row 2 has nan") == true)
    #expect(refusal(.poisson, [1, 2, 3], offset: [0, .infinity, 0])?.contains("row 2 has none") == true)
    #expect(refusal(.poisson, [1, 2, 3], weights: [1, 1, -1])?.contains("row 3 has -1") == true)
    #expect(
      refusal(.poisson, [1, 2, 0], weights: [0, 0, 1])?.contains("at least one count above zero") == true)
    #expect(
      refusal(.negativeBinomial(size: 0), [1, 2, 3])?.contains(
        "needs a size from 0.000001 to 1000000000, and it is 0") == true)
    #expect(
      refusal(.poisson, [1, 2, 3], design: [[1, 2], [1, 2], [1, 2]])?.contains("combination") == true)
  }

  @Test("a prior weight of two is two rows, and one of nothing none")
  func weights() throws {
    let rows: [[Double]] = [[1, 0], [1, 1], [1, 2], [1, 3]]
    let model = GeneralisedLinearModel(
      design: try Matrix(rows), columnNames: ["a", "b"], family: .negativeBinomial(size: 3))
    let weighted = try model.fit([4, 9, 6, 20], weights: [1, 2, 1, 0])
    let repeated = try GeneralisedLinearModel(
      design: try Matrix([rows[0], rows[1], rows[1], rows[2]]), columnNames: ["a", "b"],
      family: .negativeBinomial(size: 3)
    ).fit([4, 9, 9, 6])
    #expect(greatestDifference(weighted.coefficients, repeated.coefficients) < 1e-12)
    #expect(greatestDifference(weighted.standardErrors, repeated.standardErrors) < 1e-12)
    #expect(agree(weighted.deviance, repeated.deviance, relative: 1e-12))
    #expect(agree(weighted.logLikelihood ?? 0, repeated.logLikelihood ?? 1, relative: 1e-12))
    #expect(weighted.degreesOfFreedom == 1 && repeated.degreesOfFreedom == 2)
    #expect(weighted.size == 3 && weighted.sizeStandardError == nil)
  }

  @Test("differences of the digamma and trigamma functions are sums over the whole numbers between")
  func gammaFunctions() {
    for a in [1e-6, 0.3, 1, 7.5, 11.9, 12, 40, 1e5, 1e8] {
      for y in [0.0, 1, 2, 17, 400] {
        var (first, second) = (0.0, 0.0)
        for j in stride(from: 0.0, to: y, by: 1) {
          first += 1 / (a + j)
          second -= 1 / ((a + j) * (a + j))
        }
        let found = NegativeBinomialSize.gammaDifferences(a, plus: y)
        #expect(agree(found.digamma, first, relative: 1e-13))
        #expect(agree(found.trigamma, second, relative: 1e-13))
      }
    }
  }
}
