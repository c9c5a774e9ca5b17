import Commissioning
import TimeSeries

/// A plan on one page, in plain English: every number is computed from the plan, every chance has its word and its
/// number.
public struct ExecutiveSummary: Sendable {
  /// What the summary says about one thing.
  public struct Finding: Hashable, Sendable {
    /// What it is about, in a word or two.
    public let topic: String
    /// The sentences, each complete.
    public let sentences: [String]
    /// The sentences as one paragraph.
    public var text: String { sentences.joined(separator: " ") }

    /// A finding.
    public init(_ topic: String, _ sentences: [String]) {
      self.topic = topic
      self.sentences = sentences
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
      if !texts.isEmpty { findings.append(Finding(topic, texts)) }
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

  /// An amount in a sentence, to about three digits: more than that a forecast does not bear.
  static func pounds(_ amount: Double) -> String {
    if amount.magnitude >= 99.95e6 {
      let number = NumberText.fixed(amount, decimals: 0, dividedByTenTo: 6)
      return number.hasPrefix("-") ? "-£\(number.dropFirst())m" : "£\(number)m"
    }
    return MoneyUnit(suiting: [amount]).sentence(amount)
  }

  /// Whether an amount is nothing once it is written.
  static func isNothing(_ amount: Double) -> Bool { pounds(amount.magnitude) == pounds(0) }

  /// Where a balance that is carried forward stands: `a deficit of £4.2m`.
  static func position(_ amount: Double) -> String {
    if isNothing(amount) { return "nothing" }
    return "a \(amount < 0 ? "deficit" : "surplus") of \(pounds(amount.magnitude))"
  }

  /// The middle four fifths of a balance that is carried forward, as a clause.
  static func positions(_ quantity: Quantity) -> String {
    guard let one = quantity.distribution, one.p10 < one.p90 else { return "" }
    // The lesser amount first, whatever its sign.
    let text =
      one.p90 < 0
      ? "a deficit of \(pounds(-one.p90)) to \(pounds(-one.p10))"
      : one.p10 > 0
        ? "a surplus of \(pounds(one.p10)) to \(pounds(one.p90))"
        : "\(position(one.p10)) to \(position(one.p90))"
    return " (four futures in five: \(text))"
  }

  /// A year's budget less its spending: `£4.2m too little`.
  static func gap(_ amount: Double) -> String {
    "\(pounds(amount.magnitude)) \(amount < 0 ? "too little" : "to spare")"
  }

  /// The middle four fifths of an uncertain figure, as a clause: ` (four futures in five: £1m to £2m)`.
  static func range(_ quantity: Quantity, _ text: (Double) -> String) -> String {
    guard let one = quantity.distribution, one.p10 < one.p90 else { return "" }
    return " (four futures in five: \(text(one.p10)) to \(text(one.p90)))"
  }

  /// A figure that a question is about, as a sentence has it: `balance carried forward of High needs in 2029/30`.
  static func figure(_ question: PlanQuestion, of outcome: PlanOutcome) -> String {
    let service = outcome.services.first { $0.id == question.service }
    let name = service?.name ?? question.service ?? "all services"
    return
      "\(figure(question.figure, isRingFenced: service?.isRingFenced ?? false)) of \(name) in \(question.year)"
  }

  /// A figure within a sentence.
  static func figure(_ figure: PlanFigure, isRingFenced: Bool) -> String {
    switch figure {
    case .closingBalance: "balance carried forward"
    case .inYearBalance: isRingFenced ? "in-year balance" : "budget less spend"
    default: figure.words
    }
  }

  /// A number that an assumption is set to, as its author writes it.
  static func setting(_ value: Double, of id: String, in outcome: PlanOutcome) -> String {
    outcome.assumptions.first { $0.id == id }?.isPercentage == true
      ? "\(shortest(value * 100))%" : shortest(value)
  }

  /// Three digits are enough for a number that somebody has assumed.
  private static func shortest(_ value: Double) -> String {
    let decimals = value.magnitude >= 100 ? 0 : value.magnitude >= 10 ? 1 : value.magnitude >= 1 ? 2 : 3
    let text = NumberText.fixed(value, decimals: decimals)
    guard text.contains("."), text != "0.000" || value == 0 else {
      return text == "0.000" ? NumberText.significant(value) : text
    }
    let bare = text.reversed().drop { $0 == "0" }
    return String((bare.first == "." ? bare.dropFirst() : bare).reversed())
  }

  /// A sentence's first letter in upper case.
  static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
