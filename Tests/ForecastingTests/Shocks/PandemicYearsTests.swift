import Testing
import TimeSeries

@testable import Forecasting

@Suite("The pandemic years")
struct PandemicYearsTests {
  @Test("are found in any calendar by their dates")
  func shares() throws {
    #expect(PandemicYears.share(of: .calendarYear(2019)) == 0)
    #expect(agree(try #require(PandemicYears.share(of: .calendarYear(2020))), 306.0 / 366, relative: 1e-12))
    #expect(agree(try #require(PandemicYears.share(of: .calendarYear(2021))), 243.0 / 365, relative: 1e-12))
    // March alone is no financial year, but 2020/21 is one whole.
    #expect(try #require(PandemicYears.share(of: .financialYear(2019))) < PandemicYears.leastShare)
    #expect(PandemicYears.share(of: .financialYear(2020)) == 1)
    #expect(try #require(PandemicYears.share(of: .financialYear(2021))) > PandemicYears.leastShare)
    #expect(PandemicYears.share(of: .academicYear(2020)) == 1)
    #expect(PandemicYears.share(of: .academicYear(2021)) == 0)
    let quarter = try #require(Period.quarter(1, ofYear: 2020, .calendar))
    #expect(agree(try #require(PandemicYears.share(of: quarter)), 31.0 / 91, relative: 1e-12))
    let march = try #require(Period.month(year: 2020, month: 3))
    #expect((0..<18).allSatisfy { PandemicYears.share(of: march.advanced(by: $0)) == 1 })
    #expect(PandemicYears.share(of: march.advanced(by: -1)) == 0)
    #expect(PandemicYears.share(of: march.advanced(by: 18)) == 0)
    let census = Period.censusDate(try #require(CivilDate(year: 2021, month: 3, day: 31)))
    #expect(PandemicYears.share(of: census) == 1)
    #expect(PandemicYears.share(of: .index(2020, .yearly)) == nil)
  }

  @Test("have no part in samples without dates, before them or after them")
  func elsewhere() {
    #expect(PandemicYears.shares(first: nil, positions: [0, 1, 2]) == nil)
    #expect(PandemicYears.shares(first: .calendarYear(2000), positions: [0, 1, 2]) == nil)
    #expect(PandemicYears.shares(first: .calendarYear(2022), positions: [0, 1, 2]) == nil)
    #expect(PandemicYears.shares(first: .calendarYear(2018), positions: [0, 1, 4, 5]) == nil)
    #expect(PandemicYears.shares(first: .index(2018, .yearly), positions: [0, 1, 2]) == nil)
    #expect(PandemicYears.shares(first: .financialYear(2019), positions: [0, 1, 2])?[1] == 1)
  }

  private let before = [50.0, 51, 51.6, 52.9, 53.5, 54.8]

  @Test("are taken out where they stand out, and said")
  func single() throws {
    let values = before + [36.2, 57.1, 57.9, 59.3, 60]
    let sample = try dated(values, from: .financialYear(2014), unit: .pounds)
    let treated = ShockTreatment(searches: [.pandemic]).treat(sample)
    #expect(treated.shocks.contains { $0.reason == .pandemic && $0.label == "2020/21" })
    let remark = try #require(treated.remarks.first { $0.contains("2020/21") })
    #expect(
      remark.contains("35 % below the path of the other years; treated as an additive outlier"), "\(remark)")
    #expect(abs(treated.sample.values[6] - 56) < 1)
    // Every other year stays about where it was.
    for index in values.indices where index != 6 {
      #expect(abs(treated.sample.values[index] - values[index]) < 1.5)
    }
    #expect(treated.readings.count == 1)
  }

  @Test("are likelier to have been disturbed than other years")
  func prior() throws {
    let treatment = ShockTreatment()
    var (pandemic, earlier) = (0, 0)
    for path in 0..<300 {
      let values = planted(walk(9, path: UInt64(path)), kind: 0, at: 4, size: 5)
      if !treatment.treat(try dated(values, from: .financialYear(2016))).shocks.isEmpty { pandemic += 1 }
      if !treatment.treat(try dated(values, from: .financialYear(2001))).shocks.isEmpty { earlier += 1 }
    }
    #expect(pandemic > earlier)
  }

  @Test("that end a series leave open whether the level has changed")
  func atTheEnd() throws {
    let sample = try dated(before + [30, 28.5], from: .financialYear(2014))
    let treated = ShockTreatment().treat(sample)
    #expect(treated.readings.count >= 2)
    #expect(abs(treated.readings.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
    #expect(treated.readings.contains { $0.kind == .levelShift })
    #expect(treated.readings.contains { $0.kind != .levelShift })
    #expect(treated.remarks.contains { $0.contains("2020/21") })
  }

  @Test("are treated in months with a season")
  func months() throws {
    let season = (0..<12).map { [0.0, 3, 5, 2, -1, -4][$0 % 6] }
    var values = walk(84, path: 2, season: season).map { $0 + 200 }
    for index in 26..<44 { values[index] -= 25 }
    let sample = try dated(values, from: try #require(.month(year: 2018, month: 1)))
    let treated = ShockTreatment().treat(sample)
    #expect(treated.shocks.contains { $0.reason == .pandemic } || treated.shocks.count >= 2)
    let back = (30..<40).map { treated.sample.values[$0] - values[$0] }
    #expect(back.allSatisfy { $0 > 15 && $0 < 35 }, "\(back)")
  }

  @Test("that have no observations, as where tests were not held, leave nothing to take out")
  func notHeld() throws {
    let values: [Double?] = [61, 62.5, 63, 64.2, nil, nil, 59, 60.1, 60.7, 61.2]
    let sample = try dated(values, from: .academicYear(2015))
    let treated = ShockTreatment().treat(sample)
    #expect(treated.shocks.allSatisfy { $0.reason != .pandemic })
    #expect(treated.original.positions == [0, 1, 2, 3, 6, 7, 8, 9])
  }
}
