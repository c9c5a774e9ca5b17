import Commissioning

/// How the page is to be read, before its first figures.
struct ReadingPart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() -> PageSection {
    let draws = report.outcome.draws
    var terms: [(term: String, text: String)] = [
      (
        "Published, estimate, forecast",
        "A year is published when its spending is. It is an estimate when the year is over and its spending is not yet "
          + "published. It is a forecast when the year was not over on the day of the plan."
      )
    ]
    if draws > 1 {
      terms += [
        (
          "Expected",
          "The average over \(NumberText.whole(draws)) simulated futures. Each future draws its own course for every series "
            + "and its own value for every uncertain assumption, and is added up by itself."
        ),
        (
          "In 4 of 5 futures",
          "The range that holds the figure in 80 of 100 futures: in one of ten it is lower, in one of ten higher. The "
            + "wider range in the charts holds it in 95 of 100, the narrower in 50. Ranges of parts never add up to the "
            + "range of their sum."
        ),
        ("Words for chances", HedgedWord.legend),
      ]
    } else {
      terms.append(
        (
          "One future",
          "This plan was run in a single simulated future, so there are no ranges and no chances."
        ))
    }
    terms += [
      (
        "Balances",
        "Budget less spend. A minus is an overspend, or a deficit where the balance is carried forward."
      ),
      (
        "A dash (\(NumberText.absent))",
        "The figure is neither known nor forecast. It is not nought."
      ),
      (
        "Rounding",
        "Figures are rounded one by one, so that parts may not add up to their sum to the last digit."
      ),
    ]
    return PageSection("reading", "How to read this report", [.terms(terms)])
  }
}
