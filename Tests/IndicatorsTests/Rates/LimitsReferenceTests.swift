import Indicators
import Testing
import TimeSeries

@Suite("Limits of counts and shares agree with independent results") struct LimitsReferenceTests {
  /// The limits of every case at both levels, beside the reference.
  private func compare(
    _ columns: String, within tolerance: Double, scale: (Double) -> Double = { _ in 1 },
    limits: (_ count: Double, _ denominator: Double, Confidence) throws -> (lower: Double, upper: Double)
  ) throws {
    let rows = try PublicHealthFixture.table("confidence_intervals")
    #expect(rows.count == 15)
    for row in rows {
      let (count, denominator) = (try #require(row["count"]), try #require(row["denominator"]))
      for level in Confidence.published {
        let found = try limits(count, denominator, level)
        let lower = try #require(row["\(columns)_lo_\(level.suffix)"])
        let upper = try #require(row["\(columns)_hi_\(level.suffix)"])
        #expect(
          agree(found.lower, lower, within: tolerance), "\(columns) \(count)/\(denominator) \(level.label)")
        #expect(
          agree(found.upper, upper, within: tolerance), "\(columns) \(count)/\(denominator) \(level.label)")
      }
    }
  }

  @Test("Wilson") func wilson() throws {
    try compare("wilson", within: 1e-10) { try BinomialLimits.wilson.limits(of: $0, among: $1, at: $2) }
  }

  @Test("Clopper and Pearson") func clopperPearson() throws {
    try compare("clopper_pearson", within: 1e-9) {
      try BinomialLimits.clopperPearson.limits(of: $0, among: $1, at: $2)
    }
  }

  @Test("Byar") func byar() throws {
    try compare("byar", within: 1e-10) { count, _, level in
      try PoissonLimits.byar.limits(of: count, at: level)
    }
  }

  @Test("Exact Poisson") func exact() throws {
    try compare("poisson_exact", within: 1e-9) { count, _, level in
      try PoissonLimits.exact.limits(of: count, at: level)
    }
  }

  @Test("A crude rate per 100,000 as Fingertips publishes it: exact below ten, Byar's from ten on")
  func published() throws {
    try compare("fingertips_rate", within: 1e-9) { count, denominator, level in
      let pair = try CountPair(count, of: denominator, series: "s", period: "2024")
      let estimate = try pair.crudeRate(per: 100_000, confidence: [level])
      #expect(estimate.method == (count < 10 ? "exact Poisson (Garwood)" : "Byar"))
      let limits = try #require(estimate.limits(level))
      return (limits.lower, limits.upper)
    }
  }

  @Test("65 events have Byar limits of 50.16 and 82.85; 65 of 100 have Wilson limits of 55.25% and 73.64%")
  func workedChecks() throws {
    let byar = try PoissonLimits.published.limits(of: 65, at: .p95)
    #expect((byar.lower * 100).rounded() == 5016)
    #expect((byar.upper * 100).rounded() == 8285)
    let share = try CountPair(65, of: 100, series: "s", period: "2024").proportion(in: .percentage)
    let limits = try #require(share.limits(.p95))
    #expect((limits.lower * 100).rounded() == 5525)
    #expect((limits.upper * 100).rounded() == 7364)
  }
}
