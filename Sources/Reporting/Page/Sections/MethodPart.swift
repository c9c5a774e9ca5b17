import Commissioning

/// How the figures come about, and what the chances hold and do not.
struct MethodPart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() -> PageSection {
    let outcome = report.outcome
    var terms: [(term: String, text: String)] = [
      (
        "Evidence and assumption",
        "Every number is either a published series or an assumption with a unit and a reason. Services do arithmetic with "
          + "them and have no numbers of their own. Nothing that was published after \(SummaryWords.day(outcome.asOf)) is used."
      ),
      (
        "Forecasts",
        "A series is carried forward by a combination of a few statistical models, whose ranges are learned from the errors "
          + "they would have made in the past, and with the same measure of other areas where enough of them are held. Series "
          + "that are too short are held as they are, with a spread that is an assumption. The table of evidence names what "
          + "carried each series forward."
      ),
      (
        "Totals",
        "Sums, differences and balances are worked out inside each simulated future and summarised last. The money of an "
          + "account is kept in whole pence, and its averages are rounded so that they add up."
      ),
    ]
    if outcome.draws > 1 {
      let error =
        (outcome.services.map(\.years) + [outcome.total]).joined()
        .compactMap(\.probabilityOverspend?.error).max() ?? 0
      terms.append(
        (
          "What the chances hold",
          "Chances are shares of \(NumberText.whole(outcome.draws)) simulated futures. They hold the doubt about the course of "
            + "every series, about the parameters of its models, and about every assumption that is given as a range. "
            + "Counting futures adds an error of at most "
            + "\(NumberText.fixed(error, decimals: 1, dividedByTenTo: -2)) percentage points (one standard error)."
        ))
      terms.append(
        (
          "What they do not hold",
          "Whether these are the right models and assumptions; changes of law, funding rules or practice that no series and no "
            + "scenario has; errors in what was published. Assumptions given as one number are taken as certain."
        ))
      terms.append(("Words for chances", HedgedWord.legend))
    }
    let models = self.models
    if !models.isEmpty { terms.append(("Models used", models)) }
    terms.append(
      (
        "Small numbers",
        "This report shows series that are published already, and sums and forecasts of them. It is not put through disclosure "
          + "control again: where a figure that was not published is put into a workspace, a count of one to four people could "
          + "tell of somebody. Put such figures through disclosure control before the report leaves the building."
      ))
    var blocks: [PageBlock] = [.terms(terms)]
    if !outcome.notes.isEmpty { blocks.append(.list(outcome.notes.map(ModelName.explaining))) }
    return PageSection("method", "Method", blocks)
  }

  /// What carried series forward, each model once, with what it says about the future.
  private var models: String {
    var names: [String] = []
    for model in report.outcome.evidence.compactMap(\.model) where !names.contains(model) {
      names.append(model)
    }
    return names.isEmpty ? "" : names.map(ModelName.explained).joined(separator: "; ") + "."
  }
}
