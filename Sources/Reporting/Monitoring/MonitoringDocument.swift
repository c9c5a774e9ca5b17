import Commissioning
import TimeSeries

/// A monitoring view as it stands in JSON.
struct MonitoringDocument: Encodable {
  struct Amounts: Encodable {
    let budget: Double
    let actual: Double
    let variance: Double
  }

  struct Year: Encodable {
    let budget: Double
    let actual: Double
    let commitment: Double
    let expectedNew: Double
    let expectedCeasing: Double
    let forecast: Double
    let variance: Double
  }

  struct Cell: Encodable {
    let period: String
    let budget: Double
    let actual: Double?
    let commitment: Double

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(period, forKey: .period)
      try container.encode(budget, forKey: .budget)
      try container.encode(actual, forKey: .actual)
      try container.encode(commitment, forKey: .commitment)
    }

    private enum CodingKeys: String, CodingKey { case period, budget, actual, commitment }
  }

  struct Chance: Encodable {
    let value: Double
    let error: Double
  }

  struct Bridge: Encodable {
    let volume: Double
    let mix: Double
    let price: Double
    let timing: Double
    let other: Double
  }

  struct Reason: Encodable {
    let kind: String
    let text: String
  }

  struct Row: Encodable {
    let id: String
    let name: String
    let periods: [Cell]
    let toDate: Amounts
    let year: Year
    let probabilityOverspend: Chance
    let bridge: Bridge?
    let reason: Reason?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      try container.encode(name, forKey: .name)
      try container.encode(periods, forKey: .periods)
      try container.encode(toDate, forKey: .toDate)
      try container.encode(year, forKey: .year)
      try container.encode(probabilityOverspend, forKey: .probabilityOverspend)
      try container.encode(bridge, forKey: .bridge)
      try container.encode(reason, forKey: .reason)
    }

    private enum CodingKeys: String, CodingKey {
      case id, name, periods, toDate, year, probabilityOverspend, bridge, reason
    }
  }

  let year: String
  let step: String
  let upTo: String?
  let lines: [Row]
  let total: Row
  let notes: [String]

  init(_ view: MonitoringView) {
    year = "\(view.year.year)"
    step = view.year.step.rawValue
    upTo = view.upTo?.label
    lines = view.rows.map(Self.row)
    total = Self.row(view.total)
    notes = view.notes
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(year, forKey: .year)
    try container.encode(step, forKey: .step)
    try container.encode(upTo, forKey: .upTo)
    try container.encode(lines, forKey: .lines)
    try container.encode(total, forKey: .total)
    try container.encode(notes, forKey: .notes)
  }

  private enum CodingKeys: String, CodingKey { case year, step, upTo, lines, total, notes }

  private static func row(_ row: MonitoringRow) -> Row {
    func pounds(_ pence: Int) -> Double { Pence(Int64(pence)).pounds }
    return Row(
      id: row.id, name: row.name,
      periods: row.periods.map {
        Cell(
          period: $0.period.label, budget: pounds($0.budget), actual: $0.actual.map(pounds),
          commitment: pounds($0.commitment))
      },
      toDate: Amounts(
        budget: pounds(row.budgetToDate), actual: pounds(row.actualToDate),
        variance: pounds(row.varianceToDate)),
      year: Year(
        budget: pounds(row.budget), actual: pounds(row.actualToDate), commitment: pounds(row.commitment),
        expectedNew: pounds(row.expectedNew), expectedCeasing: pounds(row.expectedCeasing),
        forecast: pounds(row.forecast), variance: pounds(row.variance)),
      probabilityOverspend: Chance(
        value: row.probabilityOverspend.value, error: row.probabilityOverspend.error),
      bridge: row.bridge.map {
        Bridge(
          volume: pounds($0.volume), mix: pounds($0.mix), price: pounds($0.price), timing: pounds($0.timing),
          other: pounds($0.other))
      },
      reason: row.reason.map { Reason(kind: $0.kind.rawValue, text: $0.text) })
  }
}
