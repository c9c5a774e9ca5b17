// # How did Sefton's high needs come to overspend, and where does it lead?
//
// A literate script: read it from top to bottom, or run it with `make notebook`. It uses the public library alone, reads
// the workspace that it is given, prints a short story with its numbers, and writes its figures beside itself.

import Needscast

@main
struct HighNeedsOverspend {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let workspacePath = arguments.first ?? "Datasets/sefton"
    let figures = arguments.dropFirst().first ?? "Notebooks-as-scripts/high-needs-overspend/figures"
    let workspace = try Workspace(reading: workspacePath)
    var story = Story()

    // ## 1. What the council said in 2019
    //
    // The report to scrutiny of November 2019 gives four figures: spending up 4.5m, or 17.7 per cent, since 2014/15;
    // funding up 2.392m, or 9.4 per cent; and an overspend of 2.3m in 2018/19. Do they agree?
    let spendingUp = try stated("send-report-high-needs-spending-rise", in: workspace)
    let spendingShare = try stated("send-report-high-needs-spending-rise-percentage", in: workspace) / 100
    let fundingUp = try stated("send-report-high-needs-funding-rise", in: workspace)
    let fundingShare = try stated("send-report-high-needs-funding-rise-percentage", in: workspace) / 100
    let overspend = try stated("send-report-high-needs-overspend", in: workspace)
    let spendingBase = spendingUp / spendingShare
    let fundingBase = fundingUp / fundingShare
    let gap = (spendingBase + spendingUp) - (fundingBase + fundingUp)
    story.heading("What the council said in 2019")
    story.say(
      """
      Spending rose by \(millions(spendingUp)) (\(percent(spendingShare))) and funding by \(millions(fundingUp)) \
      (\(percent(fundingShare))) between 2014/15 and 2018/19. Both imply almost the same start, \
      \(millions(spendingBase)) and \(millions(fundingBase)), so spending stood at \
      \(millions(spendingBase + spendingUp)) and funding at \(millions(fundingBase + fundingUp)): a gap of \
      \(millions(gap)). The report says \(millions(overspend)). The \(millions(overspend - gap)) between them is inside \
      the rounding of the four figures, or a small overspend in 2014/15; nothing here is adjusted.
      """)

    // ## 2. What has been published since
    //
    // The deficit is published as a share of the whole grant; plans are counted each January.
    let area = try workspace.plan().area
    story.heading("What has been published since")
    let deficits = try series("dsg-cumulative-deficit", of: area, in: workspace)
    let grants = try series("dsg-total", of: area, in: workspace)
    for point in deficits.points {
      guard let share = point.value, let grant = grants.point(at: point.period)?.value else { continue }
      story.say(
        "At the end of \(point.period.label) the deficit was \(fixed(share, 2)) per cent of \(millions(grant)): "
          + "\(millions(share / 100 * grant)), all blocks, net.")
    }
    let plans = try series("ehc-plans", of: area, in: workspace)
    guard let first = plans.points.first, let last = plans.latest, let start = first.value,
      let end = last.value,
      let years = first.period.distance(to: last.period)
    else { throw StoryError.nothingKnown("ehc-plans") }
    story.say(
      """
      Plans grew from \(whole(start)) in January \(year(first)) to \(whole(end)) in January \(year(last)): \
      \(fixed(end / start, 1)) times as many in \(years) years.
      """)

    // ## 3. Where plans are going
    //
    // The automatic forecaster combines several models, each weighed by how it has forecast this series.
    let choice = try Automatic().choose(try Sample(plans))
    let forecast = try Forecast(choice.fitted, horizon: 5)
    let fifth = try forecast.interval(0.8, step: 5)
    story.heading("Where plans are going")
    story.say(
      """
      The forecast combines \(choice.fitted.voices.count) models, weighed by their forecasts from earlier ends. It puts \
      January \(last.period.advanced(by: 5).start.map { "\($0.year)" } ?? "") at \
      \(whole(try forecast.median(step: 5))) plans (80 per cent interval \(whole(fifth.lowerBound)) to \
      \(whole(fifth.upperBound))). It knows seven counts and nothing of what the council will do: it is what happens if \
      things go on as they have.
      """)
    let planChart = try FanChart(SeriesForecast(series: plans, forecast: forecast, choice: choice))

    // ## 4. What that means in money
    //
    // The plan joins plans, prices and the grant in each of many simulated futures, with and without the grant that
    // the government has offered.
    guard let asOf = workspace.latestPublication else { throw StoryError.nothingKnown("dates") }
    var outcomes: [ServiceOutcome] = []
    for scenario in ["base", "grant-refused"] {
      let definition = try workspace.plan(scenario: scenario)
      let outcome = try PlanSimulator(definition, evidence: workspace.evidence).run(
        scenario: scenario,
        options: PlanSimulator.Options(asOf: asOf, draws: definition.draws, seed: definition.seed))
      guard let service = outcome.services.first(where: { $0.id == "high-needs" }) else {
        throw StoryError.nothingKnown("high-needs")
      }
      outcomes.append(service)
    }
    story.heading("What that means in money")
    let base = outcomes[0]
    for year in base.years where year.year.start >= 2025 {
      story.say(
        "\(year.year): spend \(range(year.spend)) against \(range(year.budget)); in-year \(range(year.inYearBalance)); "
          + "carried forward \(range(year.closingBalance)).")
    }
    if let with = base.years.last?.closingBalance, let without = outcomes[1].years.last?.closingBalance,
      let final = base.years.last
    {
      story.say(
        """
        If the stability grant is refused, the balance at the end of \(final.year) is \(range(without)) instead of \
        \(range(with)). The grant pays for the past once; the gap of each year stays.
        """)
    }
    let balanceChart = try FanChart(base, figure: .closingBalance)

    // ## 5. What would change this answer
    story.heading("What would change this answer")
    for note in base.notes { story.say(note) }
    story.say(
      "Prices, the grant after 2023/24 and the mix of settings after January 2021 are assumptions of the workspace; "
        + "change one with --set and run the plan again.")

    try FolderOutput.write(
      [
        (name: "plans.svg", text: planChart.svg()), (name: "balance.svg", text: balanceChart.svg()),
        (name: "story.txt", text: story.text),
      ], to: figures, overwrite: true)
    print(story.text, terminator: "")
    print("\nFigures: \(figures)/plans.svg, \(figures)/balance.svg")
  }

  // MARK: Reading

  enum StoryError: Error, CustomStringConvertible {
    case nothingKnown(String)

    var description: String {
      switch self {
      case .nothingKnown(let what): "the workspace does not tell this story: nothing is known of \"\(what)\""
      }
    }
  }

  static func series(_ id: String, of area: String, in workspace: Workspace) throws -> Series {
    guard let series = workspace.evidence[id, area: area], series.latest != nil else {
      throw StoryError.nothingKnown(id)
    }
    return series
  }

  /// A figure that a document states once.
  static func stated(_ id: String, in workspace: Workspace) throws -> Double {
    let area = try workspace.plan().area
    guard let value = try series(id, of: area, in: workspace).latest?.value else {
      throw StoryError.nothingKnown(id)
    }
    return value
  }

  static func year(_ point: DataPoint) -> Int { point.period.start?.year ?? 0 }

  // MARK: Saying

  static func fixed(_ value: Double, _ decimals: Int) -> String {
    NumberText.fixed(value, decimals: decimals)
  }
  static func whole(_ value: Double) -> String { NumberText.whole(value) }
  static func millions(_ pounds: Double) -> String {
    "\(pounds < 0 ? "-" : "")£\(fixed(pounds.magnitude / 1e6, 1))m"
  }
  static func percent(_ share: Double) -> String { "\(fixed(share * 100, 1)) per cent" }

  /// A quantity in millions: the number, or the mean with its 80 per cent interval.
  static func range(_ quantity: Quantity?) -> String {
    switch quantity {
    case nil: "not known"
    case .known(let value): millions(value)
    case .uncertain(let distribution):
      "\(millions(distribution.mean)) (\(millions(distribution.p10)) to \(millions(distribution.p90)))"
    }
  }
}

/// Paragraphs under headings, wrapped to 100 columns.
struct Story {
  private(set) var text = ""

  mutating func heading(_ heading: String) {
    text += (text.isEmpty ? "" : "\n") + heading + "\n" + String(repeating: "-", count: heading.count) + "\n"
  }

  mutating func say(_ paragraph: String) {
    var line = ""
    for word in paragraph.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > 100 {
        text += line + "\n"
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    text += line + "\n"
  }
}
