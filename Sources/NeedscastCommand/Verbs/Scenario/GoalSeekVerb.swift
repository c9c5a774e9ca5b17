import ArgumentParser
import Needscast

/// `needscast scenario goal-seek`: the value of one or more levers at which a figure meets a goal.
struct GoalSeekVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "goal-seek",
    abstract: "Find the value of one or more levers at which a figure of the plan meets a target.",
    discussion: """
      A target is FIGURE SERVICE YEAR <= VALUE, or with >=. FIGURE is \(GoalForm.probabilities), of which the mean or, \
      with :p10, the 10% quantile is taken: \(ArgumentForms.figureWords). SERVICE is a service, or total. VALUE is a \
      number, 50%, -£20m or 500k.

      The levers move together from the first value given to the second. Ends with 65 and the best that can be reached \
      when the target is met nowhere on the way.

      EXAMPLES:
        needscast scenario goal-seek Datasets/sefton --lever high-needs.grant.growth=0%..10% --target "closing-balance high-needs 2029/30 >= -60m"
        needscast scenario goal-seek Datasets/sefton --lever assumptions.high-needs-price-growth.value=5%..0% --target "spend:p90 high-needs 2027/28 <= 90m"
      """)

  /// How several levers share the way.
  enum Rule: String, ExpressibleByArgument, CaseIterable {
    case equalFractions = "equal-fractions"
    case leastChange = "least-change"
  }

  @OptionGroup var plan: ScenarioOptions

  @Option(help: ArgumentHelp("The scenario, or a file of one (default: base).", valueName: "name|file.yaml"))
  var scenario = Workspace.baseScenario

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A value or a flow that may move, from where to where; may be repeated.", valueName: "path=from..to"),
    transform: ArgumentForms.lever)
  var lever: [LeverArgument] = []

  @Option(
    help: ArgumentHelp("What is to be reached.", valueName: "target"), transform: GoalForm.init(reading:))
  var target: GoalForm

  @Option(
    help: ArgumentHelp(
      "How several levers move: the same share of each one's way, or the least change that does it.",
      valueName: "equal-fractions|least-change"))
  var by = Rule.equalFractions

  func validate() throws {
    if lever.isEmpty {
      throw ValidationError("Name a lever, such as --lever high-needs.grant.growth=0%..10%.")
    }
    if Set(lever.map(\.path)).count < lever.count {
      throw ValidationError("A lever is named twice; give each value one pair of ends.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let study = try plan.open(scenarios: [scenario])
      let question = try study.question(
        scenario: scenario, service: target.service, figure: target.figure, year: target.year)
      for one in lever {
        for end in [one.start, one.end] {
          _ = try study.definition(of: scenario, overrides: [Override(path: one.path, value: "\(end)")])
        }
      }
      let run = try Progress.during("planning", quiet: plan.output.quiet) { _ in
        try QuestionRun(study, scenario: scenario, question: question)
      }
      let levers = try lever.map { try GoalSeek.Lever(path: $0.path, start: $0.start, end: $0.end) }
      let seek = try Progress.during("seeking", unit: "plans", quiet: plan.output.quiet) { progress in
        by == .leastChange
          ? try GoalSeek.leastChange(target.goal, by: levers, evaluate: run.counting(on: progress))
          : try GoalSeek(target.goal, by: levers, evaluate: run.counting(on: progress))
      }
      let report = GoalSeekReport(heading: try run.heading, question: question, seek: seek)
      switch plan.output.format {
      case .text: try plan.output.write(report.text(width: plan.output.page.width))
      case .csv: try plan.output.write(report.csv())
      case .json: try plan.output.write(try report.json())
      }
      if let refusal = report.refusal {
        // The text says it itself.
        guard plan.output.format == .text, plan.output.output == nil else {
          throw Failure(refusal, code: Failure.wrongData)
        }
        throw ExitCode(Failure.wrongData)
      }
    }
  }
}
