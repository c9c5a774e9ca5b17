import Commissioning
import Testing
import TimeSeries

/// Series of a place that does not exist, with round figures.
enum Invented {
  static let area = "Ambridge"

  static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
  }

  /// A series by financial year; each year is published so many days after it ends, or always known.
  static func yearly(
    _ id: String, _ unit: TimeSeries.Unit, from year: Int, _ values: [Double], publishedAfter lag: Int? = nil
  ) throws -> Series {
    try series(
      id, unit, values.enumerated().map { (Period.financialYear(year + $0.offset), $0.element) }, lag)
  }

  /// A count on one day of every year.
  static func census(
    _ id: String, _ month: Int, _ day: Int, from year: Int, _ values: [Double],
    unit: TimeSeries.Unit = .count, publishedAfter lag: Int? = nil
  ) throws -> Series {
    try series(
      id, unit,
      values.enumerated().map { (Period.censusDate(date(year + $0.offset, month, day)), $0.element) }, lag)
  }

  static func series(
    _ id: String, _ unit: TimeSeries.Unit, _ values: [(Period, Double)], _ lag: Int? = nil,
    area: String = area
  ) throws -> Series {
    try Series(
      id: id, area: area, measure: Measure(id: id, unit: unit),
      points: values.map { period, value in
        DataPoint(
          period: period, observation: .value(value),
          publication: lag.flatMap { lag in
            period.end.map { Publication(date: $0.adding(days: lag)) }
          })
      })
  }

  static let meaning = ServiceMeaning(need: "need", demand: "demand", supply: "supply", unmetNeed: "unmet")

  static let noPolicies = Policies(
    blockTransferLimit: [], statutoryOverride: [], afterOverride: .held, stabilityGrant: [],
    fundingBreaks: [])

  static func rule<Content>(
    _ content: Content, effective: CivilDate, known: CivilDate
  ) -> DatedRule<Content> {
    DatedRule(content: content, effective: effective, known: known, source: "an invented order")
  }
}

/// A plan to be run: services, evidence, assumptions and rules that a test changes one by one.
struct InventedPlan {
  var services: [any ServiceDefinition]
  var series: [Series]
  var assumptions: [String: Assumption.Value]
  var policies = Invented.noPolicies
  var populationBeyondEstimates: String?
  var years = FinancialYear(2020)...FinancialYear(2024)
  var asOf = Invented.date(2022, 12, 31)
  var draws = 64
  var seed: UInt64 = 1
  var jobs = 1
  var comparesOutturn = false
  var levers: [Lever] = []
  var mitigations: MitigationRegister?
  var mitigationMode = MitigationMode.none

  func outcome() throws -> PlanOutcome { try PlanOutcome(try paths()) }

  /// Every simulated future of the plan.
  func paths() throws -> PlanPaths {
    let definition = PlanDefinition(
      area: Invented.area, name: "An invented plan", years: years, draws: draws, seed: seed,
      policies: policies,
      assumptions: try assumptions.sorted { $0.key < $1.key }.map {
        try Assumption(id: $0.key, value: $0.value, unit: "a unit", reason: "invented")
      }, populationBeyondEstimates: populationBeyondEstimates, services: services, levers: levers,
      mitigations: mitigations, mitigationMode: mitigationMode)
    return try PlanSimulator(definition, evidence: try Panel(series)).paths(
      scenario: "base",
      options: PlanSimulator.Options(
        asOf: asOf, draws: draws, seed: seed, jobs: jobs, comparesOutturn: comparesOutturn))
  }

  /// The only service of the plan, year by year.
  func byYear() throws -> [FinancialYear: YearOutcome] {
    let outcome = try outcome()
    let service = try #require(outcome.services.first, "\(outcome.refusals)")
    return Dictionary(uniqueKeysWithValues: service.years.map { ($0.year, $0) })
  }

  /// Why the only service was refused.
  func refusal() throws -> String {
    try #require(try outcome().refusals.first?.reason)
  }

  func notes() throws -> [String] {
    let outcome = try outcome()
    return try #require(outcome.services.first, "\(outcome.refusals)").notes
  }

  mutating func replace(_ one: Series) {
    series.removeAll { $0.id == one.id && $0.area == one.area }
    series.append(one)
  }

  mutating func remove(_ id: String) { series.removeAll { $0.id == id } }
}

extension Quantity {
  /// The number, where it is known.
  var known: Double? {
    if case .known(let value) = self { value } else { nil }
  }

  /// The distribution, where it is not.
  var distribution: Distribution? {
    if case .uncertain(let distribution) = self { distribution } else { nil }
  }
}

extension Probability {
  /// Whether nothing had to be simulated to know that it is so.
  var isCertain: Bool { value == 1 && error == 0 }
}

/// Whether two amounts agree to a part in a thousand million, and pounds to the penny that they are rounded to.
func agree(_ left: Double?, _ right: Double, within relative: Double = 1e-9) -> Bool {
  guard let left else { return false }
  return abs(left - right) <= relative * max(1, abs(right)) + (abs(right) >= 1000 ? 0.0101 : 0)
}
