import Testing
import TimeSeries

@testable import Commissioning

/// Places and rules with what a test does not care about filled in.
enum InventedPlaces {
  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  static func horizon() throws -> ClosedRange<CivilDate> { try day("2026-04-01")...day("2031-03-31") }

  static func places(
    _ setting: String, _ starting: Draws, _ changes: [PlaceChange] = [], usable: Draws = Draws(1),
    on start: String = "2026-01-15"
  ) throws -> SettingPlaces {
    SettingPlaces(setting: setting, starting: starting, on: try day(start), changes: changes, usable: usable)
  }

  static func capacity(_ settings: SettingPlaces...) throws -> Capacity {
    try Capacity(service: "high-needs", settings: settings, horizon: horizon())
  }

  static func opening(
    _ places: Draws, _ from: String, _ until: String? = nil, capital: Draws = Draws(0),
    reason: String = "new school"
  ) throws -> PlaceChange {
    .opening(
      places: places, from: try day(from), until: try until.map(day), capitalCostPerPlace: capital,
      reason: reason)
  }

  static func closure(_ places: Draws, _ from: String, _ until: String? = nil) throws -> PlaceChange {
    .closure(places: places, from: try day(from), until: try until.map(day), reason: "unit closes")
  }
}

@Suite("Places by setting over time")
struct CapacityTests {
  private typealias Make = InventedPlaces

  private func refusal(_ places: @autoclosure () throws -> SettingPlaces) -> String {
    let error = #expect(throws: CommissioningError.self) { try Make.capacity(places()) }
    #expect(error?.service == "high-needs")
    return error?.description ?? ""
  }

  // MARK: Places

  @Test("places that open in September are seven twelfths of themselves in their first financial year")
  func september() throws {
    let places = try Make.places("special", Draws(400), [Make.opening(Draws(60), "2027-09-01")])
    #expect(places.places(over: FinancialYear(2026).days).knownValue == 400)
    #expect(places.places(over: FinancialYear(2027).days).knownValue == 435)
    #expect(places.places(over: FinancialYear(2028).days).knownValue == 460)
  }

  @Test("a census counts the places of its day")
  func census() throws {
    let places = try Make.places(
      "special", Draws(400), [Make.opening(Draws(60), "2027-09-01"), Make.closure(Draws(15), "2028-01-20")])
    for (day, expected) in [
      ("2027-08-31", 400.0), ("2027-09-01", 460), ("2028-01-19", 460), ("2028-01-20", 445),
    ] {
      #expect(places.places(on: try Make.day(day)).knownValue == expected)
    }
  }

  @Test("places that open for a while, or close for one, are there by the days")
  func temporary() throws {
    let places = try Make.places(
      "special", Draws(100),
      [
        Make.opening(Draws(24), "2026-09-01", "2027-08-31"),
        Make.closure(Draws(12), "2027-04-16", "2027-05-15"),
      ])
    #expect(places.places(over: FinancialYear(2026).days).knownValue == 114)
    // Five months of the opening; of the closure half of April and fifteen days of May's 31.
    let expected = 100 + 24 * 5.0 / 12 - 12 * (0.5 + 15.0 / 31) / 12
    #expect(abs(try #require(places.places(over: FinancialYear(2027).days).knownValue) - expected) < 1e-9)
    #expect(places.places(on: try Make.day("2027-09-01")).knownValue == 100)
  }

  @Test("uncertain places stay one number for each future")
  func uncertain() throws {
    let places = try Make.places("special", Draws([10, 20]), [Make.opening(Draws([4, 6]), "2026-10-01")])
    let average = places.places(over: FinancialYear(2026).days)
    #expect(average[0] == 12 && average[1] == 23)
  }

  @Test("capital is spent in the financial year in which the places open")
  func capital() throws {
    let capacity = try Make.capacity(
      Make.places(
        "special", Draws(400),
        [
          Make.opening(Draws(60), "2027-09-01", capital: Draws([80_000, 90_000])),
          Make.opening(Draws(10), "2028-04-01", capital: Draws(1_000)), Make.closure(Draws(5), "2027-10-01"),
        ]), Make.places("units", Draws(40), [Make.opening(Draws(8), "2028-03-31", capital: Draws(20_000))]))
    #expect(capacity.capitalCost(in: FinancialYear(2026)).knownValue == 0)
    #expect(capacity.capitalCost(in: FinancialYear(2027))[0] == 4_960_000)
    #expect(capacity.capitalCost(in: FinancialYear(2027))[1] == 5_560_000)
    #expect(capacity.capitalCost(in: FinancialYear(2028)).knownValue == 10_000)
    #expect(capacity["units"]?.setting == "units" && capacity["independent"] == nil)
  }

  // MARK: Refusals

  @Test("places that close before they open are refused with both days")
  func order() throws {
    #expect(
      refusal(try Make.places("special", Draws(1), [Make.opening(Draws(6), "2027-09-01", "2027-08-31")]))
        .contains(
          "the places of \"special\": the opening of 1 September 2027 ends on 31 August 2027, before it begins"
        ))
  }

  @Test(
    "a number of places that is negative or no number is refused",
    arguments: [-1, .nan, .infinity] as [Double])
  func negative(_ value: Double) throws {
    #expect(refusal(try Make.places("special", Draws([1, value]))).contains("0 or more are needed"))
    #expect(
      refusal(try Make.places("special", Draws(1), [Make.opening(Draws(value), "2027-09-01")])).contains(
        "0 or more are needed"))
    #expect(
      refusal(
        try Make.places("special", Draws(1), [Make.opening(Draws(1), "2027-09-01", capital: Draws(value))])
      ).contains("pounds of capital"))
  }

  @Test("a usable part outside 0 to 1 is refused", arguments: [-0.1, 1.05, .nan])
  func usable(_ value: Double) throws {
    #expect(refusal(try Make.places("special", Draws(1), usable: Draws(value))).contains("0% to 100%"))
  }

  @Test("more closures than places are refused, with the day, in whichever future they are")
  func closures() throws {
    let text = refusal(
      try Make.places(
        "special", Draws([50, 20]),
        [Make.opening(Draws(20), "2026-09-01", "2028-08-31"), Make.closure(Draws(30), "2027-09-01")]))
    #expect(text.contains("-10 would be left on 1 September 2028"))
  }

  @Test("days outside the horizon, and changes that the starting number holds already, are refused")
  func horizon() throws {
    #expect(
      refusal(try Make.places("special", Draws(1), on: "2026-04-02")).contains(
        "the plan begins on 1 April 2026"))
    #expect(
      refusal(try Make.places("special", Draws(1), [Make.opening(Draws(1), "2026-01-15")])).contains(
        "on or before 15 January 2026"))
    #expect(
      refusal(try Make.places("special", Draws(1), [Make.opening(Draws(1), "2031-04-01")])).contains(
        "which ends on 31 March 2031"))
    #expect(throws: Never.self) {
      try Make.capacity(
        Make.places("special", Draws(1), [Make.opening(Draws(1), "2026-02-01", "2040-08-31")]))
    }
  }

  @Test("a change without a reason, and a setting stated twice, are refused")
  func others() throws {
    #expect(
      refusal(try Make.places("special", Draws(1), [Make.opening(Draws(1), "2027-09-01", reason: " ")]))
        .contains(
          "has no reason"))
    let error = #expect(throws: CommissioningError.self) {
      try Make.capacity(Make.places("special", Draws(1)), Make.places("special", Draws(1)))
    }
    #expect(error?.description.contains("\"special\" are stated twice") == true)
  }

  @Test("numbers of different runs, or of none, do not belong together")
  func futures() throws {
    #expect(
      refusal(try Make.places("special", Draws([1, 2]), usable: Draws([1, 1, 1]))).contains("of 2 and 3"))
    #expect(refusal(try Make.places("special", Draws([]))).contains("no simulated futures"))
  }
}
