import ArgumentParser

/// The command `needscast`: arguments in, exit code out.
@main
struct NeedscastTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "needscast",
    abstract: "Plan children's services from published series, and say how likely the plan is to overspend.",
    discussion: """
      Reads the published series of a needs assessment, forecasts need with its uncertainty, turns need into demand, \
      supply, unmet need and money, and says how likely a commissioning plan is to stay inside its budget.

      EXAMPLES:
        needscast init exampleshire
        needscast plan Datasets/sefton
        needscast plan Datasets/sefton --as-of 2021-09-01 --compare-outturn
        needscast forecast Datasets/sefton/series/population.csv --horizon 3
        needscast backtest Datasets/sefton/series/population.csv --horizon 2 --origins 3
        needscast check Datasets/sefton
        needscast import lait.csv.gz --dictionary lait_measures.csv --area Sefton --output sefton.csv
        needscast scenario list Datasets/sefton
        needscast chart Datasets/sefton --service high-needs --output balance.svg
        needscast monitor Datasets/invented/monitoring.csv
        needscast rates Datasets/invented/rates.csv --latest
        needscast serve Datasets/sefton

      Exit codes: 0 done; 64 wrong arguments; 65 the data are wrong; 66 no such input; 70 internal; 73 cannot write.
      """,
    version: Version.text,
    subcommands: [
      PlanVerb.self, ForecastVerb.self, BacktestVerb.self, InitVerb.self, CheckVerb.self, ImportVerb.self,
      ReviewVerb.self, ScenarioVerb.self, MonitorVerb.self, RatesVerb.self, SPCVerb.self, WaitsVerb.self,
      ScorecardVerb.self, KPIVerb.self, ChartVerb.self, ReportVerb.self, ServeVerb.self,
    ])
}
