import Testing
import TimeSeries

@testable import Forecasting

@Suite("The grammar of a model's specification")
struct ModelExpressionTests {
  @Test("a name, groups and a season are taken apart")
  func parts() throws {
    let expression = try ModelExpression("arima( 0,1, 1)(0,1,1)12")
    #expect(expression.name == "arima")
    #expect(expression.groups.map { $0.map(\.word) } == [["0", "1", "1"], ["0", "1", "1"]])
    #expect(expression.season == 12)
    #expect(expression.groups[0].map(\.position) == [8, 10, 13])
  }

  @Test("keys, values within values and quoted words are kept")
  func nested() throws {
    let expression = try ModelExpression(
      #"regression(linear, step(2020-04, until=2021-06), errors=ar1, regressors("rate, per head", price))"#)
    let arguments = expression.groups[0]
    #expect(arguments.map(\.word) == ["linear", "step", "ar1", "regressors"])
    #expect(arguments[1].arguments?.map(\.key) == [nil, "until"])
    #expect(arguments[2].key == "errors")
    #expect(expression.regressorNames == ["rate, per head", "price"])
  }

  @Test(
    "what cannot be read is refused with the position",
    arguments: [
      ("", 1, "it ends where a model's name"), ("ets(A,,N)", 7, "\",\" stands where a value is expected"),
      ("ets(A", 6, "the parenthesis opened at position 4 is not closed"),
      ("ets(A))", 7, "\")\" is not expected after the model"),
      ("theta 12", 7, "write options in parentheses"),
      ("arima(0,1,1)twelve", 13, "only the length of the season"),
      ("ets(A)12 x", 10, "\"x\" is not expected after the length of the season"),
      ("ets(\"A)", 5, "the quotation mark is not closed"), ("ets(alpha=)", 11, "a value for alpha"),
      ("ets(A=B=C)", 8, "\"=\" is not expected here; write , or )"),
      ("a(b(c(d(e(f(g(h(i(j", 18, "too many parentheses"),
    ])
  func refusals(text: String, position: Int, problem: String) throws {
    let error = try #require(throws: ForecastingError.self) { try ModelExpression(text) }
    guard case .specification(let said, let place, let sentence) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(said == text)
    #expect(place == position, "\(error)")
    #expect(sentence.contains(problem), "\(error)")
  }

  @Test("whatever is written is read or refused, and never brings the reader down")
  func anything() {
    let alphabet = Array("ab1(),= \"-é")
    var state: UInt64 = 1
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      do {
        let expression = try ModelExpression(text)
        #expect(!expression.name.isEmpty)
      } catch {
        guard case .specification(_, let position, _) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(position >= 1 && position <= text.count + 1)
      }
    }
  }

  @Test("options are read by key and by place, and what nobody asked for is refused")
  func arguments() throws {
    func read(_ text: String) throws -> (Int, Double?, Bool, Character) {
      let expression = try ModelExpression(text)
      var reader = ArgumentReader(expression)
      let robust = reader.flag("robust")
      let window = try reader.whole("window", in: 2...60, default: 4)
      let kind = try reader.choice("kind", among: [("first", Character("f")), ("second", "s")], default: "f")
      let power = try reader.number("power", in: 0...1, byPlace: false)
      try reader.finish()
      return (window, power, robust, kind)
    }
    #expect(try read("model") == (4, nil, false, "f"))
    #expect(try read("model(7, second, robust, power=0.5)") == (7, 0.5, true, "s"))
    #expect(try read("model(kind=second, 9)") == (9, nil, false, "s"))
    let refusals = [
      ("model(61)", "\"61\" is not a value of window; write a whole number from 2 to 60"),
      ("model(4, third)", "\"third\" is not a value of kind; write first or second"),
      ("model(power=2)", "write a number from 0 to 1"),
      (
        "model(4, first, 3)",
        "\"3\" is not an option of model; its options are robust, window, kind, power and scale"
      ),
      ("model(colour=red)", "\"colour=red\" is not an option of model"),
    ]
    for (text, said) in refusals {
      let error = try #require(sentence { _ = try read(text) })
      #expect(error.contains(said), "\(error)")
    }
    let missing = try #require(
      sentence {
        var reader = ArgumentReader(try ModelExpression("model()"))
        _ = try reader.whole("window", in: 1...9)
      })
    #expect(missing.contains("at position 7: window is missing; model needs it"))
  }

  @Test("every family is listed with an example that is read, and that goes by the family's name")
  func families() throws {
    for family in ModelCatalogue.families {
      let expression = try ModelExpression(family.example)
      #expect(expression.name == family.name)
      #expect(family.usage.hasPrefix(family.name))
      #expect(!family.summary.hasSuffix("."))
      let model = try ModelCatalogue.model(named: family.example)
      #expect(model.minimumObservations >= 1)
    }
    #expect(Set(ModelCatalogue.families.map(\.name)).count == ModelCatalogue.families.count)
  }

  @Test("a scale can be asked for with any family, once")
  func scales() throws {
    let series = try annual([100, 110, 125, 130, 150, 160, 171, 190])
    let scales: [(String, Scale)] = [
      ("drift(scale=natural)", .natural), ("drift(scale=log)", .logarithm(offset: 0)),
      ("drift(scale=unit)", .logarithm(offset: 0)),
      ("drift(scale=box-cox(0.5))", .boxCox(power: 0.5, offset: 0)),
    ]
    for (text, scale) in scales {
      let model = try ModelCatalogue.model(named: text)
      let sample = try model.sample(series)
      #expect(sample.scale == scale)
      #expect(try model.fit(sample).specification == text)
    }
    for (text, said) in [
      ("drift(scale=cube)", "position 13: \"cube\" is not a scale"),
      ("drift(scale=log, scale=log)", "scale is given twice"),
      ("drift(scale=box-cox(9))", "\"9\" is not a value of power"),
      ("drift(fast)", "\"fast\" is not an option of drift; its only option is scale"),
      ("oracle", "there is no model \"oracle\""),
    ] {
      let error = try #require(sentence { _ = try ModelCatalogue.model(named: text) })
      #expect(error.contains(said), "\(error)")
    }
    let share = try ModelCatalogue.model(named: "drift(scale=log-odds)")
    #expect(throws: ForecastingError.self) { try share.sample(series) }
    let logarithms = try ModelCatalogue.model(named: "drift(scale=log)")
    #expect(throws: ForecastingError.self) { try logarithms.sample(try annual([1, -2, 3, 4], .score)) }
  }
}
