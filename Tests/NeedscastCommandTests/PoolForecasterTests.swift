import Needscast
import Testing

@testable import NeedscastCommand

@Suite("The series of a pool, forecast together")
struct PoolForecasterTests {
  /// A model that is a naive forecast of a pool and refuses the series named `odd`; it says in its specification whom
  /// it was fitted with.
  private struct Company: ForecastModel {
    var specification = "company"
    let summary = "names its company"
    let minimumObservations = 1

    func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
      try ModelCatalogue.naiveModel().fit(sample)
    }

    func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
      let names = pool.map(\.name).joined(separator: "+")
      return pool.map { sample in
        if sample.name == "odd" { return .failure(.horizon(horizon)) }
        do throws(ForecastingError) {
          return .success(Spoken(fitted: try fit(sample), company: names))
        } catch {
          return .failure(error)
        }
      }
    }
  }

  private struct Spoken: FittedModel {
    let fitted: any FittedModel
    let company: String
    var specification: String { "company(\(company))" }
    var sample: Sample { fitted.sample }
    var parameters: [FittedParameter] { fitted.parameters }
    var residuals: [Double] { fitted.residuals }
    var parameterCount: Int { fitted.parameterCount }
    var voices: [Voice] { [Voice("naive", weight: 0.75), Voice("drift", weight: 0.25)] }

    func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
      try fitted.predictive(step: step)
    }

    func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
      fitted.draw(path: path, from: &stream)
    }
  }

  private func file(_ text: String) throws -> SeriesFile {
    try SeriesFile(
      FileContents(path: "a.csv", bytes: Array(text.utf8)),
      options: SeriesFileOptions(keepsSoundSeries: true, poolBy: "pool"))
  }

  private func forecaster(jobs: Int = 1) -> PoolForecaster {
    PoolForecaster(model: Company(), horizon: 2, explainsChoice: false, givesAccounts: false, jobs: jobs)
  }

  private static func rows(_ id: String, _ pool: String, _ periods: [String]) -> String {
    periods.enumerated().map { "\(id),\($0.element),\($0.offset + 3),\(pool)\n" }.joined()
  }

  private static let years = ["2019", "2020", "2021"]
  private static let quarters = ["2020-Q1", "2020-Q2", "2020-Q3"]

  @Test("come to the model in the order of their names, and go back to their places")
  func order() throws {
    let file = try file(
      "series,period,value,pool\n" + Self.rows("c", "p", Self.years) + Self.rows("a", "p", Self.years)
        + Self.rows("b", "p", Self.years))
    let outcomes = forecaster().forecast(file.pools[0], of: file)
    #expect(try outcomes.map { try $0.get().series.id } == ["c", "a", "b"])
    #expect(try outcomes.allSatisfy { try $0.get().model == "company(a+b+c)" })
    #expect(try outcomes[0].get().voices.map(\.weight) == [0.75, 0.25])
  }

  @Test("are left alone by one that fails")
  func failing() throws {
    let file = try file(
      "series,period,value,pool\n" + Self.rows("a", "p", Self.years) + Self.rows("odd", "p", Self.years)
        + "empty,2020,c,p\n" + Self.rows("b", "p", Self.years))
    let outcomes = forecaster().forecast(file.pools[0], of: file)
    #expect(outcomes.count == 4)
    #expect(try outcomes[0].get().model == "company(a+b+odd)")
    #expect(try outcomes[3].get().model == "company(a+b+odd)")
    for (place, name) in [(1, "odd"), (2, "empty")] {
      guard case .failure(let refusal) = outcomes[place] else {
        Issue.record("\(name) was forecast")
        continue
      }
      #expect(refusal.failed.name == name && refusal.failed.code == .forecast)
    }
  }

  @Test("are fitted apart where their periods are of different kinds")
  func kinds() throws {
    let file = try file(
      "series,period,value,pool\n" + Self.rows("a", "p", Self.years) + Self.rows("b", "p", Self.quarters)
        + Self.rows("c", "p", Self.years))
    let outcomes = forecaster().forecast(file.pools[0], of: file)
    #expect(
      try outcomes.map { try $0.get().model } == ["company(a+c)", "company(b)", "company(a+c)"])
  }

  @Test("give the same by one thread and by several, however many they are")
  func large() throws {
    let text = "series,period,value,pool\n" + (0..<1300).map { Self.rows("s\($0)", "p", Self.years) }.joined()
    let file = try file(text)
    let one = forecaster().forecast(file.pools[0], of: file)
    let many = forecaster(jobs: 3).forecast(file.pools[0], of: file)
    #expect(try one.map { try $0.get().series.id } == (0..<1300).map { "s\($0)" })
    #expect(try many.map { try $0.get().series.id } == (0..<1300).map { "s\($0)" })
    #expect(try zip(one, many).allSatisfy { try $0.get().model == $1.get().model })
  }

  @Test("Voices are in JSON and in descriptions")
  func voices() throws {
    let file = try file("series,period,value,pool\n" + Self.rows("a", "p", Self.years))
    let forecast = try forecaster().forecast(file.pools[0], of: file)[0].get()
    let json = try ForecastJSON.text([forecast])
    #expect(json.contains("\"specification\"") && json.contains("\"naive\"") && json.contains("0.75"))
    let description = ModelDescription(forecast)
    #expect(description.models.map(\.specification) == ["naive", "drift"])
    let text = description.text()
    #expect(text.contains("75 per cent: naive") && text.contains("25 per cent: drift"))
  }
}

extension ModelCatalogue {
  /// The naive model.
  fileprivate static func naiveModel() throws(ForecastingError) -> any ForecastModel {
    try model(named: "naive")
  }
}
