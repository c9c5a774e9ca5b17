import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("The shocks of a pool")
struct PooledShockTests {
  /// Areas that share a path, with what happens to all of them in one year.
  private func pool(
    _ areas: Int, _ count: Int, shock: Double, at index: Int, kind: Int = 0, noise: Double = 1,
    first: Int = 2014,
    path: UInt64 = 0
  ) throws -> [Sample] {
    var stream = RandomStream(seed: 5, name: "pool", path: path)
    var shared = [0.0]
    for _ in 1..<count { shared.append(shared[shared.count - 1] + 0.5 + 0.5 * stream.normal()) }
    shared = planted(shared, kind: kind, at: index, size: shock)
    return try (0..<areas).map { area in
      var level = 60 + 5 * stream.normal()
      let values = shared.map { (move) -> Double in
        level += noise * stream.normal()
        return level + move
      }
      return try dated(values, from: .financialYear(first), area: "area \(area)")
    }
  }

  @Test("is found though no area could tell, has the pool's size in each, and is said")
  func shared() throws {
    let samples = try pool(40, 10, shock: -6, at: 6, noise: 2)
    let treatment = ShockTreatment()
    let alone = samples.count { !treatment.treat($0).shocks.isEmpty }
    #expect(alone < 25)
    let treated = treatment.treat(pool: samples)
    for one in treated {
      let shock = try #require(one.shocks.first { $0.label == "2020/21" })
      #expect(shock.reason == .pandemic)
      #expect(shock.size > -9.5 && shock.size < -2.5, "\(shock.size)")
      #expect(one.remarks.contains { $0.contains("2020/21") && $0.contains("as in the pool of 40 series") })
    }
    let sizes = treated.compactMap { $0.shocks.first { $0.label == "2020/21" }?.size }
    let own = samples.map { $0.values[6] - ($0.values[5] + $0.values[7]) / 2 }
    let spread = { (list: [Double]) in (list.max() ?? 0) - (list.min() ?? 0) }
    #expect(spread(sizes) < 0.7 * spread(own))
  }

  @Test("is found outside the pandemic years too, and may be a shift")
  func elsewhere() throws {
    let treated = ShockTreatment().treat(pool: try pool(30, 12, shock: 15, at: 5, kind: 2, first: 2001))
    for one in treated {
      let shock = try #require(one.shocks.first { $0.position == 5 })
      #expect(shock.reason == .pool)
      #expect(shock.kind == .levelShift)
      #expect(abs(shock.size - 15) < 6)
      #expect(one.sample.values[0] > one.original.values[0] + 9)
    }
  }

  @Test("is not what areas share in ordinary years")
  func ordinary() throws {
    let treatment = ShockTreatment()
    var found = 0
    for path in 0..<40 {
      let treated = treatment.treat(pool: try pool(20, 10, shock: 0, at: 0, first: 2001, path: UInt64(path)))
      if treated.contains(where: { $0.shocks.contains { $0.reason == .pool } }) { found += 1 }
    }
    #expect(found <= 3)
  }

  @Test("leaves a shock of one area to that area")
  func individual() throws {
    var samples = try pool(20, 12, shock: 0, at: 0, first: 2001)
    samples[3] = try dated(
      planted(samples[3].values, kind: 0, at: 5, size: 25).map(Optional.some), from: .financialYear(2001),
      area: "odd")
    let treated = ShockTreatment().treat(pool: samples)
    #expect(treated[3].shocks.contains { $0.position == 5 && $0.reason == .values })
    #expect(treated.enumerated().count { $0.offset != 3 && !$0.element.shocks.isEmpty } <= 2)
  }

  @Test("does not depend on the order of its samples")
  func order() throws {
    let samples = try pool(12, 10, shock: -8, at: 6)
    let (forward, backward) = (
      ShockTreatment().treat(pool: samples), ShockTreatment().treat(pool: samples.reversed())
    )
    for (one, other) in zip(forward, backward.reversed()) {
      #expect(one.shocks == other.shocks)
      #expect(one.sample.values == other.sample.values)
      #expect(one.remarks == other.remarks)
    }
  }

  @Test("that ends with its shock mixes what passes and what stays, in every area")
  func open() throws {
    let treated = ShockTreatment().treat(pool: try pool(30, 10, shock: -12, at: 9, first: 2001))
    for one in treated {
      #expect(one.shocks.contains { $0.position == 9 && $0.reason == .pool })
      #expect(one.readings.contains { $0.kind == .levelShift })
      #expect(one.readings.contains { $0.kind == .additiveOutlier })
    }
  }

  @Test("lends nothing where areas have no dates in common, or are few: each is treated by itself")
  func apart() throws {
    let values = planted(walk(12, path: 1), kind: 0, at: 5, size: 15)
    let alone = ShockTreatment().treat(try dated(values, from: .financialYear(2001)))
    let few = ShockTreatment().treat(pool: [try dated(values, from: .financialYear(2001))])
    #expect(few[0].shocks == alone.shocks)
    let scattered = try (0..<6).map { try dated(values, from: .financialYear(1950 + 20 * $0)) }
    #expect(
      ShockTreatment().treat(pool: scattered).allSatisfy { $0.shocks == $0.shocks && $0.shocks.count == 1 })
    let mixed = try (0..<5).map { try dated(values, from: .financialYear(2001 + $0)) } + [try counted(values)]
    #expect(ShockTreatment().treat(pool: mixed).count == 6)
    #expect(ShockTreatment().treat(pool: []).isEmpty)
    let constant = try (0..<6).map { _ in try dated([3, 3, 3, 3, 3, 3], from: .financialYear(2001)) }
    #expect(ShockTreatment().treat(pool: constant).allSatisfy { $0.isUntouched })
  }

  @Test("takes samples of different lengths, with gaps, breaks and sizes")
  func uneven() throws {
    var samples = try pool(20, 10, shock: -10, at: 6)
    samples[2] = samples[2].prefix(8)
    samples[4] = samples[4].dropping(first: 3)
    let held = samples[5].values
    samples[5] = try dated(
      held.enumerated().map { $0.offset == 6 || $0.offset == 3 ? nil : $0.element },
      from: .financialYear(2014))
    samples[7] = try dated(
      held.enumerated().map { $0.offset < 4 ? $0.element + 30 : $0.element }, from: .financialYear(2014),
      flags: [4: .definitionBreak])
    samples[8] = try dated([held[0], held[1], held[2]], from: .financialYear(2014))
    let treated = ShockTreatment().treat(pool: samples)
    #expect(treated.count == 20)
    #expect(treated[2].shocks.contains { $0.label == "2020/21" })
    #expect(treated[4].shocks.contains { $0.label == "2020/21" })
    #expect(!treated[5].shocks.contains { $0.label == "2020/21" })
    #expect(treated[7].shocks.contains { $0.reason == .flaggedBreak && abs($0.size + 30) < 6 })
    #expect(treated[8].isUntouched)
    for one in treated { #expect(one.sample.values.allSatisfy { $0.isFinite }) }
  }

  @Test("in proportion to their size where areas move so")
  func proportional() throws {
    var stream = RandomStream(seed: 5, name: "proportional")
    let shape = [1.0, 1.05, 1.1, 1.16, 1.2, 1.26, 0.8, 1.36, 1.41, 1.46]
    let samples = try (0..<20).map { area in
      let size = 10 * Double(area + 1) * Double(area + 1)
      return try dated(
        shape.map { size * $0 * (1 + 0.01 * stream.normal()) }, from: .financialYear(2014), area: "\(area)")
    }
    let treated = ShockTreatment().treat(pool: samples)
    for (sample, one) in zip(samples, treated) {
      let shock = try #require(one.shocks.first { $0.label == "2020/21" })
      #expect(abs(shock.size / (sample.values[0] * 0.5) + 1) < 0.2, "\(shock.size) of \(sample.values[0])")
    }
  }

  @Test("fits any model to the adjusted pool, as many as there are readings")
  func model() throws {
    let samples = try pool(12, 10, shock: -12, at: 9, first: 2001)
    let fits = ShockAdjusted(Drift()).fit(pool: samples, horizon: 2)
    #expect(fits.count == 12)
    for fit in fits {
      let fitted = try fit.get()
      #expect(fitted.remarks.contains { $0.contains("as in the pool of 12 series") })
      #expect(try Forecast(fitted, horizon: 2).quantile(0.5, step: 2).isFinite)
    }
    let short = ShockAdjusted(Drift()).fit(pool: [samples[0], samples[1].prefix(2)], horizon: 2)
    #expect(throws: Never.self) { try short[0].get() }
    #expect(throws: ForecastingError.self) { try short[1].get() }
  }
}
