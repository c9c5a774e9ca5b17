import Testing
import TimeSeries

@testable import Evidence

struct StoreForecastTests {
  private let manifest = ForecastManifest(
    version: "0.1.0", seed: .max, levels: [0.8, 0.95],
    options: [.init(name: "model", value: "automatic")],
    inputs: [.init(path: "in/plans.csv", sha256: InventedFigures.digest("a"))])

  private func store(_ folder: TemporaryFolder) throws -> Store {
    try Store(at: folder.path + "/evidence.store", mode: .writing)
  }

  private func forecast(_ step: Int, mean: Double = 10, area: String? = "Ynys Môn") throws -> StoredForecast {
    var period = Period.financialYear(2023).advanced(by: step)
    period.style = .hyphen
    return StoredForecast(
      series: "plans", area: area, model: "ets(A,Ad,N)", asOf: try InventedFigures.day("2024-06-30"),
      origin: .financialYear(2023), step: step, period: period, mean: mean,
      quantiles: StoredForecast.quantiles(median: 9.5, levels: [0.8, 0.95], bounds: [5, 15, 1e-300, 1e308]))
  }

  @Test("Forecasts come back as they were saved, with what they were made from")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let bare = StoredForecast(
      series: "waits", model: "naive", origin: .index(7, .other), step: 1, period: .index(8, .other),
      mean: -0.5,
      quantiles: [])
    let forecasts = [try forecast(1), try forecast(2), try forecast(1, area: nil), bare]
    #expect(try store.save(forecasts, manifest: manifest) == StoreSaving(run: 1, isRepeat: false))
    let run = try #require(try Store(at: store.path, mode: .reading).savedForecasts().first)
    #expect(run == SavedForecasts(number: 1, manifest: manifest, forecasts: forecasts))
    #expect(run.forecasts.first?.period.style == .hyphen)
    #expect(run.forecasts.first?.quantiles.map(\.probability) == [0.025, 0.1, 0.5, 0.9, 0.975])
    #expect(try store.check().isEmpty)
  }

  @Test("The very same forecasts are saved once; another seed or another number is another run")
  func repeated() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.save([try forecast(1)], manifest: manifest)
    #expect(try store.save([try forecast(1)], manifest: manifest) == StoreSaving(run: 1, isRepeat: true))
    #expect(
      try store.save([try forecast(1, mean: 11)], manifest: manifest) == StoreSaving(run: 2, isRepeat: false))
    let other = ForecastManifest(version: "0.1.0", seed: 1, levels: [0.8, 0.95], inputs: [])
    #expect(try store.save([try forecast(1)], manifest: other).run == 3)
    #expect(try store.savedForecasts().map(\.number) == [1, 2, 3])
  }

  @Test("A forecast that is no number, or stands twice, is refused, and nothing is saved")
  func refused() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var bad: [(StoredForecast, String)] = []
    bad.append((try forecast(1, mean: .nan), "mean nan is not a finite number"))
    bad.append((try forecast(0), "step 0 is not 1 or more"))
    func with(_ quantiles: [StoredForecast.Quantile]) -> StoredForecast {
      StoredForecast(
        series: "plans", model: "naive", origin: .calendarYear(2020), step: 1, period: .calendarYear(2021),
        mean: 1,
        quantiles: quantiles)
    }
    bad.append((with([.init(probability: 1, value: 1)]), "quantile 1.0 does not lie between 0 and 1"))
    bad.append((with([.init(probability: .nan, value: 1)]), "does not lie between 0 and 1"))
    bad.append((with([.init(probability: 0.5, value: .infinity)]), "quantile 0.5 is not a finite number"))
    bad.append(
      (with([.init(probability: 0.5, value: 1), .init(probability: 0.5, value: 2)]), "stands twice"))
    for (one, reason) in bad {
      let error = #expect(throws: EvidenceError.self) {
        try store.save([try forecast(3), one], manifest: manifest)
      }
      #expect(error?.description.contains(reason) == true, "\(reason)")
    }
    let twice = #expect(throws: EvidenceError.self) {
      try store.save([try forecast(1), try forecast(1, mean: 3)], manifest: manifest)
    }
    #expect(
      twice?.description.contains(
        "the forecast of series \"plans\", Ynys Môn by ets(A,Ad,N), step 1 after 2023/24 stands twice in one run"
      ) == true)
    let levels = ForecastManifest(version: "1", seed: 1, levels: [.nan], inputs: [])
    #expect(throws: EvidenceError.self) { try store.save([], manifest: levels) }
    #expect(try store.savedForecasts().isEmpty)
  }

  @Test("A plan comes back as it was saved, once")
  func plans() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let quantities = [
      PlanQuantity(
        scenario: "central", service: "Téléphone", year: "2024/25", kind: "forecast", quantity: "demand",
        mean: 1e308,
        p2_5: 1, p10: 2, p50: 3, p90: 4, p97_5: 5),
      PlanQuantity(
        scenario: "central", service: "total", year: "2024/25", kind: "outturn", quantity: "spend", mean: -3),
      PlanQuantity(
        scenario: "central", service: "total", year: "2024/25", kind: "outturn", quantity: "closingBalance",
        mean: nil),
    ]
    let text = "{\"seed\": 1}\n"
    #expect(try store.save(quantities, manifest: text) == StoreSaving(run: 1, isRepeat: false))
    #expect(try store.save(quantities, manifest: text) == StoreSaving(run: 1, isRepeat: true))
    #expect(try store.save(Array(quantities.dropLast()), manifest: text).run == 2)
    #expect(try store.savedPlans().first == SavedPlan(number: 1, manifest: text, quantities: quantities))
    let noJSON = #expect(throws: EvidenceError.self) { try store.save(quantities, manifest: "seed: 1") }
    #expect(noJSON?.description.contains("the manifest of a plan to be saved is no JSON") == true)
    var infinite = quantities
    infinite[0].mean = .infinity
    #expect(throws: EvidenceError.self) { try store.save(infinite, manifest: text) }
    #expect(try store.savedPlans().count == 2)
    #expect(try store.savedForecasts().isEmpty)
  }
}
