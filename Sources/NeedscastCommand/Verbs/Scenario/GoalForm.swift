import ArgumentParser
import Needscast

/// A target as it is written: `probability-overspend high-needs 2029/30 <= 50%`.
///
/// ```
/// target   := what service year relation value
/// what     := "probability-overspend" | "probability-deficit" | figure [ ":p" percent ]
/// relation := "<=" | ">="
/// ```
struct GoalForm: Sendable {
  let figure: PlanFigure
  let service: String
  let year: FinancialYear
  let goal: Goal

  /// The probabilities that can be asked for: of a year's spending above what there is, and of a balance below nought.
  static let probabilities = "probability-overspend, probability-deficit, or a figure"
  private static let form =
    "write FIGURE SERVICE YEAR <= VALUE, such as \"probability-overspend high-needs 2029/30 <= 50%\" or "
    + "\"closing-balance:p10 high-needs 2029/30 >= -20m\"."

  init(reading text: String) throws {
    // A relation may stand without spaces around it.
    var words: [String] = []
    for relation in [Goal.Relation.atMost, .atLeast] where text.contains(relation.rawValue) {
      let parts = text.split(separator: relation.rawValue, omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw ValidationError(Self.form) }
      words = parts[0].split(separator: " ").map(String.init) + [relation.rawValue]
      words += parts[1].split(separator: " ").map(String.init)
    }
    guard words.count == 5, let relation = Goal.Relation(rawValue: words[3]) else {
      throw ValidationError(Self.form)
    }
    guard let year = FinancialYear(words[2]) else {
      throw ValidationError("\"\(words[2])\" is no financial year; write one such as 2029/30. " + Self.form)
    }
    guard let value = ArgumentForms.amount(words[4]) else {
      throw ValidationError("\"\(words[4])\" is no number; write one such as 50%, 1250, -20m or 500k.")
    }
    let statistic: Goal.Statistic
    switch words[0] {
    case "probability-overspend": (figure, statistic) = (.inYearBalance, .probabilityBelowZero)
    case "probability-deficit": (figure, statistic) = (.closingBalance, .probabilityBelowZero)
    default:
      let parts = words[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard let named = ArgumentForms.figure(named: parts[0]) else {
        throw ValidationError(
          "\"\(parts[0])\" is no figure; write probability-overspend, probability-deficit, or one of "
            + "\(ArgumentForms.figureWords).")
      }
      figure = named
      statistic = try Self.statistic(Array(parts.dropFirst()))
    }
    do {
      goal = try Goal(statistic, relation, value)
    } catch {
      throw ValidationError("\(error)")
    }
    service = words[1]
    self.year = year
  }

  private static func statistic(_ suffix: [String]) throws -> Goal.Statistic {
    guard let last = suffix.first else { return .mean }
    if suffix == ["mean"] { return .mean }
    guard suffix.count == 1, last.hasPrefix("p"), let percent = Double(last.dropFirst()), percent > 0,
      percent < 100
    else {
      throw ValidationError(
        "\":\(suffix.joined(separator: ":"))\" is no quantile; write :p10, :p50 or :p97.5.")
    }
    return .quantile(percent / 100)
  }
}
