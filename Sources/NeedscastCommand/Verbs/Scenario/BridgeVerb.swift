import ArgumentParser
import Needscast

/// `needscast scenario bridge`: why one cost is another.
struct BridgeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bridge",
    abstract: "Explain a change of spending by population, prevalence, mix, price and other lines.",
    discussion: """
      Between two years of one scenario (--from, --to), between two scenarios in one year (--scenario twice, --year), \
      or between an earlier plan and this one (--against plan.json, --year). The steps sum to the change to the penny.

      EXAMPLES:
        needscast scenario bridge Datasets/sefton --service high-needs --from 2023/24 --to 2029/30
        needscast scenario bridge Datasets/sefton --service looked-after --from 2024/25 --to 2027/28 --format csv
      """)

  @OptionGroup var plan: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "The scenario, or a file of one (default: base); twice, to bridge from the first to the second.",
      valueName: "name|file.yaml"))
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp("The service (default: the first with a ring-fence, or the first).", valueName: "id"))
  var service: String?

  @Option(
    help: ArgumentHelp("The year to start from (default: the plan's first).", valueName: "2023/24"),
    transform: ArgumentForms.financialYear)
  var from: FinancialYear?

  @Option(
    help: ArgumentHelp("The year to end in (default: the plan's last).", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var to: FinancialYear?

  @Option(
    help: ArgumentHelp(
      "The year of two scenarios or plans (default: the plan's last).", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var year: FinancialYear?

  @Option(help: ArgumentHelp("A plan.json that was written earlier, to bridge from.", valueName: "plan.json"))
  var against: String?

  @Option(help: ArgumentHelp("Whose numbers and prices weigh.", valueName: "bennet|base-weighted"))
  var form = CostBridge.Form.bennet

  func validate() throws {
    if scenario.count > 2 {
      throw ValidationError("Name one scenario, or two to bridge from the first to the second.")
    }
    if against != nil, scenario.count > 1 {
      throw ValidationError("--against bridges one scenario of two plans; name one scenario.")
    }
    let isBetweenYears = against == nil && scenario.count < 2
    if isBetweenYears, year != nil {
      throw ValidationError("--year is for two scenarios or --against; between years write --from and --to.")
    }
    if !isBetweenYears, from != nil || to != nil {
      throw ValidationError("--from and --to bridge two years of one plan; write --year here.")
    }
    if service == PlanCSV.totalService {
      throw ValidationError(
        "A bridge is of one service, because numbers of different children have no mix; name one.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let study = try plan.open(scenarios: scenario)
      let run = BridgeRun(
        study: study, scenarios: scenario, service: service, from: from, to: to, year: year, against: against,
        form: form)
      let report = try run.report()
      switch plan.output.format {
      case .text: try plan.output.write(report.text(width: plan.output.page.width))
      case .csv: try plan.output.write(try report.csv())
      case .json: try plan.output.write(try report.json())
      }
    }
  }
}

extension CostBridge.Form: ExpressibleByArgument {}
