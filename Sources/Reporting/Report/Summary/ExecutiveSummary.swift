import Commissioning
import TimeSeries

/// A plan on one page, in plain English: every number is computed from the plan, every chance has its word and its
/// number.
public struct ExecutiveSummary: Sendable {
  /// What the summary says about one thing.
  public struct Finding: Hashable, Sendable {
    /// What it is about, in a word or two.
    public let topic: String
    /// The sentences.
    public let text: String

    /// A finding.
    public init(_ topic: String, _ text: String) {
      self.topic = topic
      self.text = text
    }
  }

  /// What a reader must know first.
  public let headline: String
  /// What the plan finds, the weightiest first.
  public let findings: [Finding]

  /// Sums up a report.
  public init(_ report: PlanReport) {
    let outcome = report.outcome
    headline = SummaryOfMoney(outcome: outcome).headline
    var findings: [Finding] = []
    func add(_ topic: String, _ texts: [String]) {
      if !texts.isEmpty { findings.append(Finding(topic, texts.joined(separator: " "))) }
    }
    let money = SummaryOfMoney(outcome: outcome)
    add("Balances", money.balances)
    add("Need", SummaryOfNeed(outcome: outcome).sentences)
    add("Overspends", money.overspends)
    add("What moves it", SummaryOfQuestions(report).drivers)
    add("Measures", SummaryOfQuestions(report).measures)
    add("Scenarios", SummaryOfQuestions(report).scenarios)
    add("How sure", money.certainty + report.omissions.prefix(1).map { _ in Self.incomplete(report) })
    self.findings = findings
  }

  private static func incomplete(_ report: PlanReport) -> String {
    let count = report.omissions.count
    return count == 1
      ? "One part could not be worked out; it is named under the method."
      : "\(NumberText.whole(count)) parts could not be worked out; they are named under the method."
  }
}

/// Words that several findings share.
enum SummaryWords {
  /// Names in a sentence: `a`, `a and b`, `a, b and c`.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A day in a sentence: `31 March 2026`.
  static func day(_ date: CivilDate) -> String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    let month = months.indices.contains(date.month - 1) ? months[date.month - 1] : "\(date.month)"
    return "\(date.day) \(month) \(date.year)"
  }

  /// An amount in a sentence, in the unit that suits it alone.
  static func pounds(_ amount: Double) -> String { MoneyUnit(suiting: [amount]).sentence(amount) }

  /// The middle four fifths of an uncertain figure, as a clause: ` (four futures in five: £1m to £2m)`.
  static func range(_ quantity: Quantity, _ text: (Double) -> String) -> String {
    guard let one = quantity.distribution else { return "" }
    return " (four futures in five: \(text(one.p10)) to \(text(one.p90)))"
  }

  /// A sentence's first letter in upper case.
  static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
