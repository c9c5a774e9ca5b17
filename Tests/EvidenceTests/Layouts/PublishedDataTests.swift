import Testing
import TimeSeries

@testable import Evidence

/// Real files, read whole and reconciled with counts that were taken independently of this reader.
@Suite(
  .enabled(if: SharedData.isPresent, "the published files beside the package (../shared/data) are not there"))
struct PublishedDataTests {
  private static func read(_ file: String, _ options: LayoutInput.Options = .init()) throws
    -> PublishedFigures
  {
    let input = LayoutInput(SharedData.path(file), options: options)
    let figures = try Layouts.read(input, as: LayoutChoice(recognising: input).layout)
    figures.expectFooting()
    return figures
  }

  /// The sum of all values of a measure, with what each addition loses added at the end (Neumaier, 1974).
  private static func total(_ figures: PublishedFigures, _ measure: String? = nil) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for series in figures.series where measure == nil || series.key.measure == measure {
      for value in series.figures.compactMap(\.observation.value) {
        let next = sum + value
        lost += abs(sum) >= abs(value) ? sum - next + value : value - next + sum
        sum = next
      }
    }
    return sum + lost
  }

  @Test(
    "each file is known by the one layout that it has",
    arguments: [
      ("ees_looked_after_rates.csv", "ees"), ("ees_children_in_need.csv", "ees"), ("ees_sen2.csv", "ees"),
      ("population_0_17.csv", "ees"), ("lait.csv.gz", "lait"), ("lait_eval.csv.gz", ""),
      ("lait_measures.csv", ""),
      ("m3.csv.gz", ""), ("dsg_allocations.csv", ""), ("dsg_cumulative_deficit.csv", ""),
      ("high_needs_benchmarking_2021_22.csv", ""), ("nhs_community_waits.csv", ""),
      ("statistical_neighbours.csv", ""),
    ])
  func recognised(file: String, layout: String) throws {
    let sample = try LayoutInput(SharedData.path(file)).reading { table throws(EvidenceError) in
      TableSample(file: table.file, columns: table.columns)
    }
    let these: [any PublishedLayout.Type] = [
      ExploreEducationLayout.self, FingertipsLayout.self, InteractiveToolLayout.self,
    ]
    let known = these.filter { $0.recognise(sample) != nil }.map { $0.name }
    #expect(known == (layout.isEmpty ? [] : [layout]))
    if !layout.isEmpty {
      let choice = try LayoutChoice(recognising: LayoutInput(SharedData.path(file)))
      #expect(choice.layout.name == layout && choice.recognition.certainty == .certain)
    }
  }

  @Test("the tool's long file: every row is a figure but those of period 0")
  func interactiveTool() throws {
    let figures = try Self.read("lait.csv.gz", .init(dictionary: SharedData.path("lait_measures.csv")))
    let tally = figures.tally
    #expect(tally.rows == 365_787 && tally.values == 312_307 && tally.notAvailable == 53_383)
    #expect(tally.unreadableRows == 97 && tally.unreadable == 0 && tally.blankRows == 0)
    #expect(figures.series.count == 42_098)
    #expect(figures.problems.count == 1 && figures.problems.first?.message.contains("period \"0\"") == true)
    #expect(abs(Self.total(figures) - 595_381_854_267.9387) < 0.001)
    #expect(!figures.notes("several kinds"))
    // No series has periods that cannot be compared, and none has two figures for one.
    for series in figures.series {
      let kinds = Set(series.figures.map(\.period.kind))
      #expect(kinds.count == 1 && Set(series.figures.map(\.period)).count == series.figures.count)
    }
  }

  @Test("children looked after: the counts are the numerators of the rates")
  func lookedAfter() throws {
    let figures = try Self.read("ees_looked_after_rates.csv")
    let tally = figures.tally
    #expect(tally.rows == 1425 && tally.cells == 4275 && figures.problems.isEmpty)
    #expect(tally.values == 1401 + 1386 + 1386 && tally.notAvailable == 24)
    #expect(tally.notApplicable == 76 && tally.suppressed == 2)
    #expect(Self.total(figures, "children_count") == 1_966_535)
    #expect(figures.notes("rate_per_10000 is 10000 × children_count / population_estimate"))
    let rate = figures.series.filter { $0.key.measure == "rate_per_10000" }.flatMap(\.figures)
    #expect(
      rate.filter { $0.observation.value != nil }.allSatisfy { $0.numerator != nil && $0.denominator != nil })
    let march = try #require(CivilDate("2025-03-31"))
    let england = try figures.only(
      "children_count", "England", ["Children looked after on 31 March each year"])
    #expect(england.first { $0.period == .censusDate(march) }?.observation == .value(81_770))
  }

  @Test("children in need: codes by reason, and the rounding of the regions")
  func childrenInNeed() throws {
    let figures = try Self.read("ees_children_in_need.csv")
    #expect(figures.tally.rows == 1218 && figures.tally.cells == 9744 && figures.problems.isEmpty)
    #expect(
      figures.tally.values == 9660 && figures.tally.suppressed == 36 && figures.tally.notAvailable == 48)
    #expect(Self.total(figures, "At31_episodes") == 14_069_368)
    #expect(figures.series.flatMap(\.figures).count { $0.note == "low reliability" } == 10)
    #expect(figures.notes("level Regional"))
  }

  @Test("plans: every measure of a wide file, and the counts behind each percentage")
  func plans() throws {
    let figures = try Self.read("ees_sen2.csv")
    #expect(figures.tally.rows == 824 && figures.tally.cells == 824 * 73 && figures.problems.isEmpty)
    #expect(
      figures.tally.values == 32_717 && figures.tally.notApplicable == 27_431
        && figures.tally.notAvailable == 4)
    #expect(Self.total(figures, "new_all_ehc") == 1_019_343)
    #expect(figures.notes.count { $0.contains("they are its numerator and denominator") } == 6)
    #expect(try figures.key("inc_exc_20week_rate").unit == .percentage)
  }

  @Test("population: calendar years, and the children of all authorities")
  func population() throws {
    let figures = try Self.read("population_0_17.csv")
    #expect(figures.tally.rows == 1218 && figures.tally.values == 1204 && figures.tally.notAvailable == 14)
    #expect(Self.total(figures) == 416_215_325 && figures.problems.isEmpty)
    let england = try figures.only("population_estimate", "England")
    #expect(england.first { $0.period == .calendarYear(2024) }?.observation == .value(12_183_016))
  }
}
