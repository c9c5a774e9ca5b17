import Testing
import TimeSeries

@testable import Forecasting

@Suite("Flagged breaks and provisional figures")
struct FlaggedBreakTests {
  @Test("reach the sample, wait for a value, and stay with a prefix")
  func sample() throws {
    let values: [Double?] = [10, 11, nil, 12, 13, 14, 15, nil]
    let sample = try dated(
      values, from: .academicYear(2010),
      flags: [
        0: .definitionBreak, 2: .reportingBreak, 5: .definitionBreak, 6: .provisional, 7: .definitionBreak,
      ])
    #expect(sample.breaks == [3, 5])
    #expect(sample.provisional == [6])
    #expect(sample.prefix(4).breaks == [3])
    #expect(sample.prefix(2).breaks.isEmpty)
    #expect(sample.prefix(4).provisional.isEmpty)
    let rest = sample.dropping(first: 2)
    #expect(rest.breaks == [2])
    #expect(rest.positions == [0, 1, 2, 3])
    #expect(rest.provisional == [3])
    #expect(rest.firstPeriod == .academicYear(2013))
    #expect(rest.values == [12, 13, 14, 15])
    #expect(sample.dropping(first: 0).count == 6)
    #expect(sample.dropping(first: 6).count == 6)
  }

  @Test("leave variables beside the series at their periods when the start is dropped")
  func droppedRegressors() {
    let sample = Sample(
      name: "s", positions: [0, 2, 3], observed: [1, 2, 3], labels: ["a", "b", "c"], scale: .natural,
      samplingVariances: [1, 2, 3], counts: [4, 5, 6],
      exposure: Regressor(name: "d", values: [7, 8, 9, 10, 11]),
      regressors: [Regressor(name: "r", values: [1, 2, 3, 4])])
    let rest = sample.dropping(first: 1)
    #expect(rest.exposure?.values == [9, 10, 11])
    #expect(rest.regressors[0].values == [3, 4])
    #expect(rest.counts == [5, 6])
    #expect(rest.samplingVariances == [2, 3])
  }

  @Test("are bridged: the earlier part moves to the present level, and changes stay")
  func bridged() throws {
    let values = [10.0, 11.2, 11.9, 13.1, 14, 55.2, 55.9, 57.1, 58.2]
    let sample = try dated(values, from: .financialYear(2003), flags: [5: .definitionBreak])
    let treated = ShockTreatment().treat(sample)
    let shock = try #require(treated.shocks.first)
    #expect(treated.shocks.count == 1)
    #expect(shock.reason == .flaggedBreak)
    #expect(shock.kind == .levelShift)
    #expect(abs(shock.size - 40.1) < 0.4)
    #expect(shock.odds == .infinity)
    for index in 1..<5 {
      let change = treated.sample.values[index] - treated.sample.values[index - 1]
      #expect(abs(change - (values[index] - values[index - 1])) < 1e-9)
    }
    for index in 5..<9 { #expect(treated.sample.values[index] == values[index]) }
    #expect(abs(treated.sample.values[4] - 54) < 0.6)
    #expect(treated.sample.breaks.isEmpty)
    #expect(treated.readings[0].parameterCount == 1)
    #expect(
      treated.remarks[0].contains("the series breaks before 2008/09: 5 earlier and 4 later observations"))
  }

  @Test("tell the step even where one observation stands on one side", arguments: [1, 7])
  func oneSide(at index: Int) throws {
    var values = [20.0, 20.4, 20.7, 21.4, 21.6, 22.3, 22.5, 23.1]
    for place in index..<8 { values[place] -= 12 }
    let treated = ShockTreatment().treat(
      try dated(values, from: .financialYear(2003), flags: [index: .reportingBreak]))
    #expect(treated.shocks.map(\.position) == [index])
    #expect(abs(treated.shocks[0].size + 12) < 1)
    // What follows the break is left as it is; what goes before tells only of changes.
    #expect(treated.sample.values[7] == values[7])
    let drift = try ShockAdjusted(Drift()).fit(
      try dated(values, from: .financialYear(2003), flags: [index: .reportingBreak]))
    #expect(abs(try drift.predictive(step: 1).mean - (values[7] + 0.45)) < 0.3)
  }

  @Test("are bridged by the usual change in series too short to search, or cut off where none is usual")
  func short() throws {
    let four = try dated([10, 11, 50, 51.2], from: .financialYear(2003), flags: [2: .definitionBreak])
    let treated = ShockTreatment().treat(four)
    #expect(treated.shocks.count == 1)
    #expect(abs(treated.sample.values[0] - 47.9) < 1e-9)
    #expect(abs(treated.sample.values[1] - 48.9) < 1e-9)
    #expect(treated.sample.values[3] == 51.2)
    let three = try dated([10, 50, 51], from: .financialYear(2003), flags: [1: .definitionBreak])
    let cut = ShockTreatment().treat(three)
    #expect(cut.sample.values == [50, 51])
    #expect(cut.shocks.isEmpty && !cut.isUntouched)
    #expect(cut.remarks[0].contains("only the 2 observations since then are used"))
    #expect(sentence { _ = try ShockAdjusted(Naive()).fit(three) }?.contains("needs at least 3") == true)
    let last = ShockTreatment().treat(
      try dated([10, 50], from: .financialYear(2003), flags: [1: .reportingBreak]))
    #expect(last.remarks[0].contains("only the 1 observation since then is used"))
  }

  @Test("that come one after another leave nothing to search, and are bridged all the same")
  func many() throws {
    let flags = Dictionary(uniqueKeysWithValues: (1..<5).map { ($0, DataFlags.definitionBreak) })
    let treated = ShockTreatment().treat(
      try dated([10, 50, 20, 90, 30, 31, 32, 33.5], from: .financialYear(2003), flags: flags))
    #expect(treated.shocks.filter { $0.reason == .flaggedBreak }.count == 4)
    #expect(treated.sample.values.suffix(4) == [30, 31, 32, 33.5])
    #expect(treated.sample.values.allSatisfy { $0 > 20 && $0 < 40 }, "\(treated.sample.values)")
  }

  @Test("in a series of one value are bridged too")
  func constant() throws {
    let treated = ShockTreatment().treat(
      try dated([5, 5, 5, 5, 9, 9, 9, 9], from: .financialYear(2003), flags: [4: .definitionBreak]))
    #expect(treated.sample.values.allSatisfy { abs($0 - 9) < 1e-6 }, "\(treated.sample.values)")
  }

  @Test("before the part of a long series that is searched are bridged by the usual change")
  func beforeTheWindow() throws {
    var values = walk(300, path: 4)
    for index in 0..<50 { values[index] += 500 }
    let sample = try Sample(
      try Series(
        id: "s", measure: Measure(id: "m", unit: .score),
        points: values.enumerated().map {
          DataPoint(
            period: .index($0, .other), observation: .value($1),
            flags: $0 == 50 || $0 == 280 ? .definitionBreak : [])
        }), scale: .natural)
    let treated = ShockTreatment().treat(sample)
    #expect(abs(treated.sample.values[49] - treated.sample.values[50]) < 5)
    #expect(treated.shocks.contains { $0.reason == .flaggedBreak && $0.position == 280 })
    #expect(treated.remarks.contains { $0.contains("breaks before 50") })
  }

  @Test("that are provisional widen the forecast and say by what")
  func provisional() throws {
    let values = [10.0, 11, 10.4, 11.3, 12.1, 11.8]
    let plain = try dated(values, from: .financialYear(2003))
    let sample = try dated(values, from: .financialYear(2003), flags: [5: .provisional])
    let treated = ShockTreatment().treat(sample)
    #expect(!treated.isUntouched && treated.shocks.isEmpty)
    let squares = zip(values.dropFirst(), values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(agree(treated.revisionVariance, squares / 5 / 16, relative: 1e-12))
    #expect(treated.remarks[0].contains("2008/09 is provisional"))
    #expect(treated.remarks[0].contains("25 % of the usual change"))
    #expect(treated.remarks[0].contains("an assumption"))
    let (wide, narrow) = (try ShockAdjusted(Naive()).fit(sample), try Naive().fit(plain))
    let ratio =
      (try Forecast(wide, horizon: 1).interval(0.8, step: 1).width)
      / (try Forecast(narrow, horizon: 1).interval(0.8, step: 1).width)
    #expect(agree(ratio, (1 + 1.0 / 16).squareRoot(), relative: 1e-6))
    let known = ShockTreatment().treat(sample, revisions: [0.3, -0.1, 0.2, .nan])
    #expect(agree(known.revisionVariance, 0.14 / 3, relative: 1e-12))
    #expect(known.remarks[0].contains("its 3 known revisions"))
    // An earlier figure that is still provisional is not the level that a forecast starts from.
    let earlier = try dated(values, from: .financialYear(2003), flags: [3: .provisional])
    #expect(ShockTreatment().treat(earlier).isUntouched)
    #expect(
      ShockTreatment().treat(try dated([4], from: .financialYear(2003), flags: [0: .provisional])).isUntouched
    )
  }
}

extension ClosedRange<Double> {
  /// The distance between the ends.
  fileprivate var width: Double { upperBound - lowerBound }
}
