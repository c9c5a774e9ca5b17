import ArgumentParser
import Needscast

/// What a chart of a series file may choose.
struct SeriesChartOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Draw only the series of this name.", valueName: "name"))
  var series: String?

  @Option(help: ArgumentHelp("Draw only the series of this area.", valueName: "name"))
  var area: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of periods to forecast, 1 to 1,000 (default: 3).", valueName: "h"),
    transform: ArgumentForms.horizon)
  var horizon: Int?

  @Option(
    help: ArgumentHelp(
      "A model's specification, such as drift or \"ets(A,Ad,N)\" (default: automatic).", valueName: "model"))
  var model: String?

  @OptionGroup var input: SeriesInputOptions

  func validate() throws {
    guard let model else { return }
    do {
      _ = try ModelCatalogue.model(named: model)
    } catch {
      throw ValidationError("\(error).")
    }
  }

  /// The options that were given.
  var given: [String] {
    [
      ("--series", series != nil), ("--area", area != nil), ("--horizon", horizon != nil),
      ("--model", model != nil), ("--frequency", input.frequency != nil),
      ("--calendar", input.calendar != nil),
    ].filter(\.1).map(\.0)
  }
}

/// What a chart of a workspace may choose.
struct PlanChartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The service; total is all services together (default: the first with a ring-fence, or the first).",
      valueName: "id"))
  var service: String?

  @Option(
    help: ArgumentHelp(
      "The figure, one of \(ArgumentForms.figureWords) (default: closing-balance, or in-year-balance without a ring-fence).",
      valueName: "figure"), transform: ArgumentForms.figureOrWords)
  var figure: PlanFigure?

  @Option(
    help: ArgumentHelp("The financial year (default: the plan's last).", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var year: FinancialYear?

  @Option(
    help: ArgumentHelp(
      "The year that a bridge starts from (default: the plan's first).", valueName: "2023/24"),
    transform: ArgumentForms.financialYear)
  var from: FinancialYear?

  @Option(
    help: ArgumentHelp("The year that a bridge ends in; otherwise, plan to this year.", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var to: FinancialYear?

  @Option(
    help: ArgumentHelp(
      "A scenario, or a file of one (default: base). A bridge may name two, and scenarios several (default: all).",
      valueName: "name|file.yaml"))
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp("What a stack is of (default: spend).", valueName: "spend|units|general-fund"))
  var part: StackedPart?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most bars of a tornado (default: 12).", valueName: "n"),
    transform: ArgumentForms.bars)
  var most: Int?

  @Option(help: ArgumentHelp("The indicator of the scorecard, by its id.", valueName: "id"))
  var indicator: String?

  @Flag(help: "Draw on a fan what has been published since --as-of.")
  var compareOutturn = false

  @OptionGroup var simulation: SimulationOptions

  /// The options that were given.
  var given: [String] {
    [
      ("--service", service != nil), ("--figure", figure != nil), ("--year", year != nil),
      ("--from", from != nil), ("--to", to != nil), ("--scenario", !scenario.isEmpty),
      ("--part", part != nil), ("--most", most != nil), ("--indicator", indicator != nil),
      ("--compare-outturn", compareOutturn), ("--as-of", simulation.asOf != nil),
      ("--set", !simulation.set.isEmpty),
      ("--draws", simulation.draws != nil), ("--seed", simulation.seed != nil),
    ].filter(\.1).map(\.0)
  }
}
