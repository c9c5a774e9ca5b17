import Commissioning

/// Where a service's figures stand on its sheet, and what they come to, so that other sheets can point to them.
struct ServiceCells {
  let service: ServiceOutcome
  let sheet: Sheet
  private var cells: [String: [FinancialYear: (place: CellPlace, value: Double)]] = [:]

  init(_ service: ServiceOutcome, sheet: Sheet) {
    self.service = service
    self.sheet = sheet
  }

  var years: [FinancialYear] { service.years.map(\.year) }

  mutating func set(_ key: String, _ year: FinancialYear, _ place: CellPlace, _ value: Double) {
    cells[key, default: [:]][year] = (place, value)
  }

  /// The address of a figure for formulae of other sheets, and what it comes to; nil where the service has none.
  func cell(_ key: String, _ year: FinancialYear) -> (reference: String, value: Double)? {
    cells[key]?[year].map { (sheet.reference($0.place), $0.value) }
  }

  /// The address of a figure for formulae of the same sheet.
  func own(_ key: String, _ year: FinancialYear) -> (name: String, value: Double)? {
    cells[key]?[year].map { ($0.place.name, $0.value) }
  }

  /// Where a figure stands; nil where the service has none.
  func place(_ key: String, _ year: FinancialYear) -> CellPlace? { cells[key]?[year]?.place }

  /// The row of a figure; nil where no year has it.
  func row(_ key: String) -> Int? { cells[key]?.values.first?.place.row }

  /// The place of a year among the service's.
  func index(of year: FinancialYear) -> Int? { service.years.firstIndex { $0.year == year } }

  /// The lines of a part, in the order in which they first stand in a year.
  func lines(_ part: String) -> [YearOutcome.Line] {
    var found: [YearOutcome.Line] = []
    for line in service.years.flatMap(\.lines)
    where line.part == part && !found.contains(where: { $0.id == line.id }) {
      found.append(line)
    }
    return found
  }

  static func line(_ part: String, _ id: String) -> String { "line:\(part)/\(id)" }
  static func units(_ id: String) -> String { "units:\(id)" }
}
