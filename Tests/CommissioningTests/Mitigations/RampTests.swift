import Testing
import TimeSeries

@testable import Commissioning

@Suite("Ramps and part years")
struct RampTests {
  private func strength(_ ramp: Ramp, _ start: String, _ end: String? = nil, _ year: Int) throws -> Double {
    try InventedMeasures.measure("x", [InventedMeasures.times(0.9)], start: start, end: end, ramp: ramp)
      .strength(in: FinancialYear(year))
  }

  @Test(
    "a measure that starts in September has seven twelfths of its effect in its first year, and all of it after"
  )
  func september() throws {
    #expect(try strength(.immediate, "2026-09-01", nil, 2026) == 7.0 / 12)
    #expect(try strength(.immediate, "2026-09-01", nil, 2027) == 1)
    #expect(try strength(.immediate, "2026-09-01", nil, 2025) == 0)
    #expect(try strength(.immediate, "2026-04-01", nil, 2026) == 1)
  }

  @Test("within a month its days count: 16 September leaves half of it")
  func days() throws {
    #expect(abs(try strength(.immediate, "2026-09-16", nil, 2026) - 6.5 / 12) < 1e-12)
    // One day of February in a leap year, one of 29.
    #expect(abs(try strength(.immediate, "2028-02-29", "2028-02-29", 2027) - 1.0 / 29 / 12) < 1e-12)
  }

  @Test("a measure that ends works up to the end of its last day")
  func end() throws {
    #expect(try strength(.immediate, "2026-04-01", "2027-08-31", 2027) == 5.0 / 12)
    #expect(try strength(.immediate, "2026-04-01", "2027-08-31", 2028) == 0)
    #expect(try strength(.immediate, "2026-04-01", "2030-03-31", 2029) == 1)
  }

  @Test("a ramp in months is the mean of a straight line, as adding it up in small steps finds")
  func straight() throws {
    #expect(abs(try strength(.months(12), "2026-09-01", nil, 2026) - 49.0 / 288) < 1e-12)
    for (months, start) in [(18.0, "2026-09-01"), (30, "2027-01-16"), (1, "2026-06-10"), (0, "2026-06-10")] {
      for year in 2026...2030 {
        let first = FinancialYear(year).span.start
        let begin = try InventedMeasures.day(start).inMonths
        let steps = 24_000
        var sum = 0.0
        for step in 0..<steps {
          let age = first + (Double(step) + 0.5) * 12 / Double(steps) - begin
          sum += age < 0 ? 0 : months == 0 ? 1 : min(1, age / months)
        }
        // A jump inside a step of 1/24,000 of the year is all that the steps can miss.
        #expect(abs(try strength(.months(months), start, nil, year) - sum / Double(steps)) < 5e-5)
      }
    }
  }

  @Test("a ramp by years changes on the anniversary of the first day, and its last share stays")
  func years() throws {
    let ramp = Ramp.years([0.25, 0.6, 1])
    #expect(abs(try strength(ramp, "2026-09-01", nil, 2026) - 7 * 0.25 / 12) < 1e-12)
    #expect(abs(try strength(ramp, "2026-09-01", nil, 2027) - (5 * 0.25 + 7 * 0.6) / 12) < 1e-12)
    #expect(abs(try strength(ramp, "2026-09-01", nil, 2028) - (5 * 0.6 + 7) / 12) < 1e-12)
    #expect(try strength(ramp, "2026-09-01", nil, 2030) == 1)
    #expect(abs(try strength(.years([1, 0.5]), "2026-04-01", nil, 2029) - 0.5) < 1e-12)
  }

  @Test(
    "a ramp that cannot be is refused",
    arguments: [
      (.months(-1), "0 or more"), (.months(.nan), "0 or more"), (.months(.infinity), "0 or more"),
      (.years([]), "no years"), (.years([0.5, 1.2]), "1.2"), (.years([.nan]), "0 to 1"),
    ] as [(Ramp, String)])
  func refused(_ ramp: Ramp, _ text: String) throws {
    let measure = try InventedMeasures.measure("x", [InventedMeasures.times(0.9)], ramp: ramp)
    let error = #expect(throws: CommissioningError.self) { try InventedMeasures.register([measure]) }
    #expect(error?.description.contains(text) == true)
  }
}
