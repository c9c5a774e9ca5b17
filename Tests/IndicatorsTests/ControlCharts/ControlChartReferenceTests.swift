import Foundation
import Indicators
import Testing
import TimeSeries

/// Charts that were worked out with independent software: Tests/IndicatorsTests/Fixtures/spc.
struct ControlChartReference: Decodable, Sendable, CustomTestStringConvertible {
  struct Rules: Decodable, Sendable {
    let upperLimit: Double
    let lowerLimit: Double
    let upper2Sigma: Double
    let lower2Sigma: Double
    let outsideLimits: [Int]
    let run7OneSide: [Int]
    let trend7Up: [Int]
    let trend7Down: [Int]
    let twoOfThreeWesternElectric: [Int]
    let twoOfThreeNhsPlotTheDots: [Int]
  }

  let n: Int
  let values: [Double]
  let mean: Double
  let meanMovingRange: Double
  let meanMovingRangeScreened: Double
  let nMrRemoved: Int
  let rulesDefault: Rules
  let rulesScreenedMovingRange: Rules
  var name = ""

  private enum CodingKeys: String, CodingKey {
    case n, values, mean, meanMovingRange, meanMovingRangeScreened, nMrRemoved, rulesDefault
    case rulesScreenedMovingRange
  }

  var testDescription: String { name }

  static let all: [ControlChartReference] = {
    struct File: Decodable { let series: [String: ControlChartReference] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard
      let url = Bundle.module.url(forResource: "Fixtures/spc/xmr", withExtension: "json"),
      let data = try? Data(contentsOf: url), let file = try? decoder.decode(File.self, from: data)
    else { return [] }
    return file.series.sorted { $0.key < $1.key }.map { name, one in
      var named = one
      named.name = name
      return named
    }
  }()
}

/// A monthly series from January 2021.
func monthly(
  _ values: [Double?], unit: TimeSeries.Unit = .score, polarity: Polarity = .neutral,
  flags: [Int: DataFlags] = [:]
) throws -> Series {
  try Series(
    id: "seen-in-time", measure: Measure(id: "seen-in-time", unit: unit, polarity: polarity),
    points: values.enumerated().map { index, value in
      DataPoint(
        period: try #require(Period.month(year: 2021, month: 1)).advanced(by: index),
        observation: value.map { .value($0) } ?? .notAvailable, flags: flags[index] ?? [])
    })
}

@Suite("Control charts agree with independent software") struct ControlChartReferenceTests {
  @Test("Every reference case is read") func cases() {
    #expect(ControlChartReference.all.count == 5)
    #expect(ControlChartReference.all.allSatisfy { $0.values.count == $0.n && $0.n >= 24 })
  }

  @Test(
    "Limits to 1e-10 and flagged points exactly, screened and not, with both versions of two of three",
    arguments: ControlChartReference.all, [true, false])
  func agrees(_ reference: ControlChartReference, screens: Bool) throws {
    let rules = screens ? reference.rulesScreenedMovingRange : reference.rulesDefault
    for version in TwoOfThreeVersion.allCases {
      let chart = try ControlChart(
        of: monthly(reference.values),
        settings: ControlChartSettings(screensMovingRanges: screens, twoOfThree: version))
      let segment = try #require(chart.segments.first)
      let limits = try #require(segment.limits)
      #expect(chart.segments.count == 1)
      expect(segment.mean, reference.mean)
      expect(
        segment.meanMovingRange, screens ? reference.meanMovingRangeScreened : reference.meanMovingRange)
      #expect(segment.screenedCount == (screens ? reference.nMrRemoved : 0))
      expect(limits.centre, reference.mean)
      expect(limits.upper, rules.upperLimit)
      expect(limits.lower, rules.lowerLimit)
      expect(limits.nearUpper, rules.upper2Sigma)
      expect(limits.nearLower, rules.lower2Sigma)
      #expect(flagged(chart) { $0.contains(.aboveLimit) || $0.contains(.belowLimit) } == rules.outsideLimits)
      #expect(flagged(chart) { $0.contains(ControlRule.shift) } == rules.run7OneSide)
      #expect(flagged(chart) { $0.contains(.rising) } == rules.trend7Up)
      #expect(flagged(chart) { $0.contains(.falling) } == rules.trend7Down)
      #expect(
        flagged(chart) { $0.contains(ControlRule.twoOfThree) }
          == (version == .makingDataCount
            ? rules.twoOfThreeNhsPlotTheDots : rules.twoOfThreeWesternElectric))
    }
  }

  private func expect(_ value: Double?, _ reference: Double, _ place: SourceLocation = #_sourceLocation) {
    guard let value else {
      Issue.record("there is no such number", sourceLocation: place)
      return
    }
    #expect(abs(value - reference) <= 1e-10 * max(1, abs(reference)), sourceLocation: place)
  }

  /// The numbers, from 1, of points with certain causes.
  private func flagged(_ chart: ControlChart, _ isFlagged: (SpecialCauses) -> Bool) -> [Int] {
    chart.points.enumerated().filter { isFlagged($0.element.signal.causes) }.map { $0.offset + 1 }
  }
}

@Suite("The published check of screening") struct ScreeningTests {
  /// The example of NHSRplotthedots' guide to deviations from its published method.
  private let values: [Double] = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]

  @Test("One extreme point widens limits that are not screened, on both of its sides") func screening() throws
  {
    let screened = try #require(try ControlChart(of: monthly(values)).segments[0].limits)
    let plain = try #require(
      try ControlChart(of: monthly(values), settings: .init(screensMovingRanges: false)).segments[0].limits)
    for (value, published) in [
      (plain.centre, 1.94), (plain.upper, 6.95), (plain.lower, -3.06), (screened.upper, 4.60),
      (screened.lower, -0.72),
    ] {
      // Published to two decimals.
      #expect(abs(value - published) <= 0.005)
    }
  }
}
