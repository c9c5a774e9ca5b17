import ArgumentParser
import Needscast

/// How the values of options are written. What is not written so is refused with the form that is accepted.
enum ArgumentForms {
  /// Refuses standard input where a workspace is asked for.
  static func requireFolder(_ workspace: String) throws {
    guard workspace == "-" else { return }
    throw ValidationError(
      "A workspace is a folder and cannot come from standard input; name the folder that holds workspace.yaml."
    )
  }

  /// A day, `2021-09-01`.
  static func day(_ text: String) throws -> CivilDate {
    guard let day = CivilDate(text) else {
      throw ValidationError("write a day of the calendar as yyyy-mm-dd, such as 2021-09-01.")
    }
    return day
  }

  /// A financial year, `2029/30`.
  static func financialYear(_ text: String) throws -> FinancialYear {
    guard let year = FinancialYear(text) else {
      throw ValidationError("write a financial year with both its years, such as 2029/30.")
    }
    return year
  }

  /// A figure of a plan, under the name that programs read.
  static func figure(_ text: String) throws -> PlanFigure {
    guard let figure = PlanFigure(rawValue: text) else { throw ValidationError("write one of \(figures).") }
    return figure
  }

  /// The figures of a plan.
  static let figures = PlanFigure.allCases.map(\.rawValue).joined(separator: ", ")

  /// A change to the workspace, `path=value`.
  static func change(_ text: String) throws -> Override {
    guard let change = Override(text) else {
      throw ValidationError("write path=value, such as assumptions.plan-approved.value=0.")
    }
    return change
  }

  /// Levels of intervals in per cent, `80,95`.
  static func levels(_ text: String) throws -> IntervalLevels {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Double(String($0)) }
    let numbers = parts.compactMap { $0 }
    guard numbers.count == parts.count, let levels = try? IntervalLevels(numbers) else {
      throw ValidationError(
        "write percentages above 0 and below 100 with commas between them, such as 80,95.")
    }
    return levels
  }

  /// The start of all chance: a whole number that is not negative.
  static func seed(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw ValidationError("write a whole number from 0 to \(UInt64.max), such as 1.")
    }
    return seed
  }

  /// The number of simulated futures.
  static func draws(_ text: String) throws -> Int { try whole(text, from: 1, to: 10_000_000, such: "10000") }

  /// The number of threads.
  static func jobs(_ text: String) throws -> Int { try whole(text, from: 1, to: 1024, such: "4") }

  /// The number of periods to forecast.
  static func horizon(_ text: String) throws -> Int {
    try whole(text, from: 1, to: Forecast.longestHorizon, such: "3")
  }

  /// The number of origins of a backtest.
  static func origins(_ text: String) throws -> Int {
    try whole(text, from: 1, to: Backtest.mostOrigins, such: "3")
  }

  /// The number of periods that a sliding window holds.
  static func window(_ text: String) throws -> Int { try whole(text, from: 1, to: 1_000_000, such: "10") }

  private static func whole(_ text: String, from least: Int, to greatest: Int, such example: String) throws
    -> Int
  {
    guard let number = Int(text), number >= least, number <= greatest else {
      throw ValidationError(
        "write a whole number from \(least) to \(NumberText.whole(greatest)), such as \(example).")
    }
    return number
  }
}

extension Frequency: ExpressibleByArgument {}
extension YearType: ExpressibleByArgument {}
