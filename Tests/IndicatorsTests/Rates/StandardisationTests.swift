import Indicators
import Testing
import TimeSeries

@Suite("Standardised rates") struct StandardisationTests {
  private struct Reference: Decodable {
    struct Example: Decodable {
      struct Band: Decodable {
        let band: String
        let count: Double
        let population: Double
        let esp2013: Double
      }
      let name: String
      let multiplier: Double
      let dsr: Double
      let variance: Double
      let byarLower95, byarUpper95, exactLower95, exactUpper95: Double
      let byarLower998, byarUpper998, exactLower998, exactUpper998: Double
      let bands: [Band]

      enum CodingKeys: String, CodingKey {
        case name, multiplier, dsr, bands
        case variance = "variance_of_dsr_unscaled"
        case byarLower95 = "dobson_byar_lo_95"
        case byarUpper95 = "dobson_byar_hi_95"
        case exactLower95 = "dobson_exact_lo_95"
        case exactUpper95 = "dobson_exact_hi_95"
        case byarLower998 = "dobson_byar_lo_998"
        case byarUpper998 = "dobson_byar_hi_998"
        case exactLower998 = "dobson_exact_lo_998"
        case exactUpper998 = "dobson_exact_hi_998"
      }
    }
    let examples: [Example]
  }

  private typealias Band = DirectStandardisation.Band

  private func direct(
    _ bands: [Band], standard: StandardPopulation = .european2013
  ) throws -> DirectStandardisation {
    try DirectStandardisation(bands, standard: standard, series: "admissions, Sefton", period: "2023/24")
  }

  @Test("Rate, variance and Dobson's limits agree with the reference, by Byar and exactly, at both levels")
  func reference() throws {
    let examples = try PublicHealthFixture.document("dsr", as: Reference.self).examples
    #expect(examples.count == 2)
    for example in examples {
      let rates = try direct(
        example.bands.map { Band(name: $0.band, count: $0.count, population: $0.population) })
      #expect(agree(rates.variance, example.variance, within: 1e-10 * 1e-3))
      #expect(agree(rates.variance / example.variance, 1, within: 1e-10))
      #expect(rates.coverage == 1)
      for band in example.bands {
        #expect(StandardPopulation.european2013.weight(of: band.band) == band.esp2013)
      }
      let byar = try rates.estimate(per: example.multiplier)
      let exact = try rates.estimate(per: example.multiplier, limits: .exact)
      #expect(agree(byar.value, example.dsr, within: 1e-10))
      #expect(byar.method == "Dobson, Byar")
      #expect(byar.remark == nil)
      for (estimate, level, lower, upper) in [
        (byar, Confidence.p95, example.byarLower95, example.byarUpper95),
        (byar, .p998, example.byarLower998, example.byarUpper998),
        (exact, .p95, example.exactLower95, example.exactUpper95),
        (exact, .p998, example.exactLower998, example.exactUpper998),
      ] {
        let limits = try #require(estimate.limits(level))
        #expect(agree(limits.lower, lower, within: 1e-9))
        #expect(agree(limits.upper, upper, within: 1e-9))
      }
    }
  }

  @Test("People who have the ages of the standard have their crude rate") func sameAges() throws {
    let bands = StandardPopulation.european2013.bands.enumerated().map { position, band in
      Band(name: band.name, count: Double(position + 1), population: band.weight)
    }
    let estimate = try direct(bands).estimate(per: 100_000)
    #expect(agree(estimate.value, 190, within: 1e-12))
  }

  @Test("Ages of children alone are standardised over those ages, and said") func children() throws {
    let bands = [
      Band(name: "0-9", count: 20, population: 4_000),
      Band(name: "aged 10 to 19", count: 30, population: 5_000),
    ]
    let rates = try direct(bands)
    // 10,500 of the standard are under 10 and 11,000 from 10 to 19.
    let expected = (10_500 * 20.0 / 4_000 + 11_000 * 30.0 / 5_000) / 21_500
    #expect(agree(rates.rate, expected, within: 1e-14))
    #expect(rates.coverage == 0.215)
    #expect(
      try rates.estimate(per: 1_000).remark
        == "standardised over the ages given, 21.5% of the European Standard Population 2013")
  }

  @Test("Fewer than ten events have no standardised rate, and it says so") func tooFew() throws {
    let rates = try direct([
      Band(name: "0-4", count: 4, population: 900), Band(name: "5-9", count: 5, population: 900),
    ])
    #expect(rates.count == 9)
    do throws(IndicatorsError) {
      _ = try rates.estimate(per: 1_000)
      Issue.record("nine events were standardised")
    } catch {
      #expect(error.description.contains("only 9 events at 2023/24 and it needs 10"))
    }
  }

  @Test("Bands that are cut, twice there, empty or unknown are refused") func refusals() throws {
    #expect(throws: IndicatorsError.self) { try direct([]) }
    #expect(throws: IndicatorsError.self) { try direct([Band(name: "0-17", count: 20, population: 100)]) }
    #expect(throws: IndicatorsError.self) { try direct([Band(name: "children", count: 20, population: 100)]) }
    #expect(throws: IndicatorsError.self) {
      try direct([Band(name: "0-4", count: 2, population: 10), Band(name: "0-9", count: 2, population: 10)])
    }
    #expect(
      throws: IndicatorsError.noPopulation(
        series: "admissions, Sefton", period: "2023/24, ages 0-4", denominator: 0)
    ) { try direct([Band(name: "0-4", count: 2, population: 0)]) }
    #expect(throws: IndicatorsError.self) {
      try direct([Band(name: "0-4", count: 20, population: 100)]).estimate(per: 0)
    }
  }

  @Test("A standard of one's own is matched by name, and must make sense") func ownStandard() throws {
    let own = try StandardPopulation(
      name: "deprivation", bands: [.init(name: "Most deprived", weight: 3), .init(name: "Others", weight: 7)])
    let rates = try direct(
      [
        Band(name: "most deprived", count: 20, population: 100),
        Band(name: "Others", count: 10, population: 200),
      ], standard: own)
    #expect(agree(rates.rate, 0.3 * 0.2 + 0.7 * 0.05, within: 1e-14))
    #expect(throws: IndicatorsError.self) { try StandardPopulation(name: "none", bands: []) }
    #expect(throws: IndicatorsError.self) {
      try StandardPopulation(name: "zero", bands: [.init(name: "0-4", weight: 0)])
    }
    #expect(throws: IndicatorsError.self) {
      try StandardPopulation(
        name: "twice", bands: [.init(name: "0-4", weight: 1), .init(name: "3-9", weight: 1)])
    }
    #expect(throws: IndicatorsError.self) {
      try StandardPopulation(
        name: "twice", bands: [.init(name: "A", weight: 1), .init(name: "a", weight: 1)])
    }
  }

  @Test("The open band is made of open bands; a gap or a cut is none") func weights() {
    let standard = StandardPopulation.european2013
    #expect(standard.weight(of: "85+") == 2_500)
    #expect(standard.weight(of: "90 and over") == 1_000)
    #expect(standard.weight(of: "0-92") == nil)
    #expect(standard.weight(of: "1-4") == nil)
    #expect(standard.weight(of: "0-12") == nil)
    #expect(standard.weight(of: "0+") == 100_000)
    #expect(standard.total == 100_000)
  }

  @Test("Ages are read as people write them") func ages() {
    for (text, band) in [
      ("0-4", AgeBand(0, 4)), ("Aged 10 to 14", AgeBand(10, 14)), ("5–9 years", AgeBand(5, 9)),
      ("90+", AgeBand(90, nil)), ("90 and over", AgeBand(90, nil)), ("age 7", AgeBand(7, 7)),
      ("under 1", AgeBand(0, 0)), ("<5", AgeBand(0, 4)), ("0 - 4", AgeBand(0, 4)),
      ("16 plus", AgeBand(16, nil)),
    ] {
      #expect(AgeBand(text) == band, "\(text)")
      #expect(band != nil)
    }
    for text in ["", "all", "4-0", "under 0", "1-2-3", "-", "99999", "5-", "+"] {
      #expect(AgeBand(text) == nil, "\(text)")
    }
    #expect(AgeBand("7")?.description == "7")
    #expect(
      [AgeBand("90+"), AgeBand("0-4")].compactMap { $0 }.sorted().map(\.description) == ["0-4", "90+"])
  }

  @Test("Indirectly, observed events stand beside those that the rates of the reference make") func indirect()
    throws
  {
    let own = [
      Band(name: "0-4", count: 8, population: 1_000), Band(name: "5-9", count: 12, population: 2_000),
    ]
    let england = [
      Band(name: "0-4", count: 500, population: 100_000),
      Band(name: "5 to 9", count: 200, population: 100_000),
    ]
    let both = try IndirectStandardisation(own, reference: england, series: "s", period: "2024")
    #expect(agree(both.expected, 5 + 4, within: 1e-14))
    let ratio = try both.ratio()
    #expect(agree(ratio.value, 20.0 / 9, within: 1e-14))
    #expect(ratio.method == "Byar")
    let counted = try PoissonLimits.published.limits(of: 20, at: .p95)
    #expect(agree(try #require(ratio.limits(.p95)).lower, counted.lower / 9, within: 1e-14))
    let rate = try both.rate(per: 1_000)
    #expect(agree(rate.value, 20.0 / 9 * 3.5, within: 1e-12))
    #expect(rate.statistic == "indirectly standardised rate")
    // The reference itself is as expected.
    let self1 = try IndirectStandardisation(england, reference: england, series: "s", period: "2024")
    #expect(agree(try self1.ratio().value, 1, within: 1e-12))
    #expect(throws: IndicatorsError.self) { try both.rate(per: -1) }
    #expect(throws: IndicatorsError.self) {
      try IndirectStandardisation(own, reference: [england[0]], series: "s", period: "2024")
    }
    #expect(throws: IndicatorsError.self) {
      try IndirectStandardisation(
        [own[0]], reference: [Band(name: "0-4", count: 0, population: 10)], series: "s", period: "2024")
    }
  }
}
