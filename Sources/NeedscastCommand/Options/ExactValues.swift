import ArgumentParser
import Needscast

/// A day on the command line.
struct DayArgument: ExpressibleByArgument {
  let date: CivilDate

  init?(argument: String) {
    guard let date = CivilDate(argument) else { return nil }
    self.date = date
  }
}

/// A financial year on the command line.
struct FinancialYearArgument: ExpressibleByArgument {
  let year: FinancialYear

  init?(argument: String) {
    guard let year = FinancialYear(argument) else { return nil }
    self.year = year
  }
}

extension Override: ExpressibleByArgument {
  /// Reads `path=value`.
  public init?(argument: String) { self.init(argument) }
}

extension Frequency: ExpressibleByArgument {}
extension YearType: ExpressibleByArgument {}

/// Interval levels on the command line, in per cent: `80,95`.
struct LevelsArgument: ExpressibleByArgument {
  let levels: IntervalLevels

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double(String($0)) }
    let numbers = parts.compactMap { $0 }
    guard numbers.count == parts.count, let levels = try? IntervalLevels(numbers) else { return nil }
    self.levels = levels
  }

  /// 80 and 95 per cent.
  init() { levels = .standard }
}
