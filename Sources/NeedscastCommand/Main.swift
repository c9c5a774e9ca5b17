import Needscast
@main struct Main { static func main() {
  do {
    let w = try Workspace(reading: CommandLine.arguments[1])
    let asOf = CommandLine.arguments.count > 2 ? CivilDate(CommandLine.arguments[2])! : w.latestPublication!
    print("asof", asOf, w.warnings.count, w.notes)
    let p = try w.plan()
    let o = try PlanSimulator(p, evidence: w.evidence).run(scenario: "base", options: .init(asOf: asOf, draws: p.draws, seed: p.seed, jobs: 2, comparesOutturn: true))
    func q(_ x: Quantity?, _ d: Double = 1) -> String { guard let x else { return "-" }
      switch x { case .known(let v): return "\((v/d*10).rounded()/10)"; case .uncertain(let u): return "\((u.mean/d*10).rounded()/10)[\((u.p10/d*10).rounded()/10),\((u.p90/d*10).rounded()/10)]" } }
    for s in o.services { print("##", s.name); for y in s.years { print(y.year, y.kind, q(y.need), q(y.demand), q(y.supply), q(y.unmetNeed), "|", q(y.spend,1e6), q(y.budget,1e6), q(y.inYearBalance,1e6), q(y.closingBalance,1e6), y.probabilityOverspend?.value ?? -1, (y.spendOnAssumption ?? 0)/1e6) }
      for n in s.notes { print("  *", n) } }
    print("## total"); for y in o.total { print(y.year, q(y.spend,1e6), q(y.budget,1e6), q(y.inYearBalance,1e6), y.probabilityOverspend!.value) }
    for r in o.refusals { print("refused", r) }
    for e in o.evidence where e.model != nil { print(e.series.id, e.model!) }
    for c in o.comparisons { print(c.service, c.name, c.period.label, q(c.forecast), c.actual, c.isInside80, c.isInside95) }
  } catch { print(error) } } }
