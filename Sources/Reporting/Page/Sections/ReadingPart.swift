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
            + "and its own value for every uncertain assumption, and is added up by itself. The line in a chart is the median, "
            + "which half of the futures exceed; it may differ from the average."
        ),
        (
          "Range",
          "In tables and sentences a range holds the figure in four futures of five: in one of ten it is lower, in one of "
            + "ten higher. The bands of the charts hold it in 50, 80 and 95 futures of 100. Ranges of parts never add up to "
            + "the range of their sum."
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
