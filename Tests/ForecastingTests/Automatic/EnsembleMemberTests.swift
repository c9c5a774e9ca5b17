import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("The members of the automatic forecaster")
struct EnsembleMemberTests {
  private func forecasts(
    _ values: [Double], horizon: Int = 3, from first: Int? = nil,
    _ member: (UnsafeBufferPointer<Double>) -> any EnsembleMember
  ) -> [Double] {
    let first = first ?? values.count - 1
    var result = [Double](repeating: .nan, count: (values.count - first) * horizon)
    values.withUnsafeBufferPointer { buffer in
      let member = member(buffer)
      result.withUnsafeMutableBufferPointer {
        member.forecast(buffer, from: first, horizon: horizon, into: $0)
      }
    }
    return result
  }

  private func near(_ found: [Double], _ wanted: [Double], _ tolerance: Double = 1e-6) -> Bool {
    found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) <= tolerance }
  }

  private let line = (0..<20).map { 7 + 2 * Double($0) }

  @Test("a straight line is continued by those that know one")
  func lines() {
    #expect(near(forecasts(line) { _ in WalkMember(name: "drift", drift: 2) }, [47, 49, 51]))
    #expect(near(forecasts(line) { DifferencedMember($0, drift: 2) }, [47, 49, 51]))
    // The caution about a first trend costs less than a tenth.
    #expect(near(forecasts(line) { TrendMember($0, damped: false, isSeasonal: false) }, [47, 49, 51], 0.1))
    #expect(near(forecasts(line) { DynamicThetaMember($0) }, [47, 49, 51], 0.5))
    let damped = forecasts(line) { TrendMember($0, damped: true, isSeasonal: false) }
    #expect(damped[0] > 46 && damped[0] <= 47.1 && damped[2] - damped[1] < 2)
  }

  @Test("Theta adds half the slope to the level of simple smoothing")
  func theta() {
    // With the level following at once, the level is the last value and each step adds half of two.
    let found = forecasts(line) { LevelDriftMember($0) }
    #expect(near([found[1] - found[0], found[2] - found[1]], [1, 1], 1e-9))
    #expect(abs(found[0] - 46) < 0.1)
  }

  @Test("forecasts from an earlier end use nothing that came after it")
  func ends() throws {
    var stream = RandomStream(seed: 4, name: "ends")
    let values: [Double] = (0..<40).map { _ in 50 + 5 * stream.normal() }
    let pattern = try #require(
      ShrunkSeason(values.indices.map { values[$0] + 30 * Double($0 % 4) }, season: 4, isMultiplied: true))
    let members: [(UnsafeBufferPointer<Double>) -> any EnsembleMember] = [
      { TrendMember($0, damped: true, isSeasonal: false) }, { LevelDriftMember($0) },
      { DynamicThetaMember($0) },
      { DifferencedMember($0, drift: 0) }, { AirlineMember($0, season: 4) },
      { SeasonMember($0, season: pattern, start: TrendMember($0, damped: true, isSeasonal: true)) },
    ]
    for make in members {
      values.withUnsafeBufferPointer { all in
        let member = make(all)
        var whole = [Double](repeating: 0, count: 10 * 3)
        whole.withUnsafeMutableBufferPointer { member.forecast(all, from: 30, horizon: 3, into: $0) }
        var part = [Double](repeating: 0, count: 3)
        let prefix = UnsafeBufferPointer(rebasing: all[..<31])
        part.withUnsafeMutableBufferPointer { member.forecast(prefix, from: 30, horizon: 3, into: $0) }
        #expect(Array(whole.prefix(3)) == part, "\(member.name)")
        let isFinite = whole.allSatisfy(\.isFinite)
        #expect(isFinite)
      }
    }
  }

  @Test("a fading change fades")
  func autoregression() {
    // Changes of 1, 0.8, 0.64 ...: an autoregression of 0.8 without noise.
    var values = [0.0]
    for index in 0..<30 { values.append(values[index] + Double.pow(0.8, index)) }
    let found = forecasts(values) { DifferencedMember($0, drift: 0) }
    let change = Double.pow(0.8, 30)
    #expect(near(found, [values[30] + change, values[30] + 1.8 * change, values[30] + 2.44 * change], 1e-3))
  }

  @Test("the airline model repeats a season on a trend, and before a season has passed the last value stands")
  func airline() {
    let shape = [10.0, 0, -5, -5]
    let values = (0..<24).map { (index: Int) -> Double in Double(index) + shape[index % 4] }
    let found = forecasts(values, horizon: 6) { AirlineMember($0, season: 4) }
    #expect(near(found, (24..<30).map { (index: Int) -> Double in Double(index) + shape[index % 4] }, 1e-9))
    let early = forecasts(values, horizon: 2, from: 0) { AirlineMember($0, season: 4) }
    #expect(Array(early[..<4]) == [values[0], values[0], values[1], values[1]])
  }

  @Test("a season that the test sees is kept whole, and one that it does not in part")
  func seasons() throws {
    let shape = [1.2, 0.9, 1.0, 0.9]
    let season = try #require(
      ShrunkSeason((0..<24).map { 50 * shape[$0 % 4] }, season: 4, isMultiplied: true))
    #expect(near(season.indices, shape, 1e-12))
    #expect(season.test?.isSeasonal == true)
    #expect(season.removed(from: 60, at: 4) == 50)
    #expect(abs(season.restored(to: 50, at: 8) - 60) < 1e-9)
    let added = try #require(
      ShrunkSeason((0..<24).map { [3.0, -1, 0, -2][$0 % 4] }, season: 4, isMultiplied: false))
    #expect(near(added.indices, [3, -1, 0, -2], 1e-12))
    #expect(added.removed(from: 10, at: 0) == 7 && added.restored(to: 7, at: 0) == 10)
    var stream = RandomStream(seed: 2, name: "noise")
    let noise: [Double] = (0..<40).map { _ in 100 + stream.normal() }
    let unseen = try #require(ShrunkSeason(noise, season: 4, isMultiplied: true))
    if unseen.test?.isSeasonal == false {
      #expect(unseen.indices.allSatisfy { abs($0 - 1) < 0.01 })
    }
    #expect(ShrunkSeason(noise, season: 21, isMultiplied: true) == nil)
    #expect(ShrunkSeason(noise, season: 1, isMultiplied: true) == nil)
    #expect(ShrunkSeason([0, 0, 0, 0, 0, 0, 0, 0], season: 4, isMultiplied: true) == nil)
  }

  @Test("the yearly level moves nothing where months and years agree, and only so far where they do not")
  func yearly() throws {
    #expect(YearlyLevel([1, 2, 3, 4, 5, 6, 7, 8], season: 4) == nil)
    #expect(YearlyLevel(Array(repeating: 5, count: 35), season: 12) == nil)
    let level = try #require(YearlyLevel(Array(repeating: 5, count: 48), season: 12))
    #expect(level.whole(12) == 24 && level.whole(13) == 36)
    var same = [Double](repeating: 5, count: 24)
    level.move(&same)
    #expect(near(same, Array(repeating: 5, count: 24), 1e-9))
    var apart = [Double](repeating: 10, count: 24)
    level.move(&apart)
    // Three tenths of ten is as far as a year is listened to, and a quarter of that is what it says.
    #expect(near(apart, Array(repeating: 9.25, count: 24), 1e-9))
  }

  @Test("a search finds the bottom of a bowl inside its box, and its edge outside")
  func search() {
    let search = PatternSearch(
      lower: [0, 0, 0, 0], upper: [1, 1, 0, 0], step: [0.3, 0.3, 0, 0], dimensions: 2, halvings: 12)
    let inside = search.minimise(from: [0.9, 0.1, 0, 0]) { point in
      (point[0] - 0.37) * (point[0] - 0.37) + 2 * (point[1] - 0.62) * (point[1] - 0.62)
    }
    #expect(abs(inside.point[0] - 0.37) < 1e-3 && abs(inside.point[1] - 0.62) < 1e-3)
    let edge = search.minimise(from: [0.5, 0.5, 0, 0]) { -$0[0] - $0[1] }
    #expect(edge.point[0] == 1 && edge.point[1] == 1 && edge.value == -2)
  }

  @Test("errors of one size give that size, and none give what is assumed")
  func spread() {
    // One step ahead only, errors of two from twenty ends of a series of a hundred.
    let spread = ErrorSpread(
      errors: Array(repeating: [2.0], count: 20).flatMap { $0 }, reach: 1, count: 100, isSeasonal: false,
      priorVariance: 4)
    let doubt = ((1 + 2.0 / 100) * (1 + 0.12 * 0.12)).squareRoot()
    #expect(abs(spread.scale(step: 1) - 0.87 * 2 * doubt) < 1e-9)
    #expect(spread.errors == 20 && spread.degreesOfFreedom == 5)
    let assumed = ErrorSpread(assumed: 9)
    #expect(abs(assumed.scale(step: 1) - 3) < 1e-12 && assumed.scale(step: 4) > assumed.scale(step: 2))
    let none = ErrorSpread(errors: [.nan, .nan], reach: 1, count: 5, isSeasonal: false, priorVariance: 1)
    #expect(none.errors == 0 && none.scale(step: 1) > 0)
    // Errors that grow with the step, and go together.
    let growing = ErrorSpread(
      errors: (0..<40).flatMap { $0 % 2 == 0 ? [1.0, 2, 3, 4] : [-1, -2, -3, -4] }, reach: 4, count: 60,
      isSeasonal: true, priorVariance: 1)
    #expect(growing.growth > 0.5 && growing.correlation > 0.4)
  }
}
