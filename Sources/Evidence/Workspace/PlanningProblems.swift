import Commissioning
import TimeSeries

extension Workspace {
  /// Everything for which a plan of any scenario would be refused on the workspace's own date, each at the figure, the
  /// assumption or the service that must be mended; none when every plan can be made.
  ///
  /// Where no row says when it was published there is no such date; that is a warning, because a plan can still be made
  /// as of a date that is named.
  public func planningProblems() -> [Problem] {
    guard let date = latestPublication else {
      return [
        root.remark(
          "no row says when it was published, so there is no date to plan from, and whether a plan can be made is not "
            + "checked; add a column \"published\"", severity: .warning)
      ]
    }
    var problems: [Problem] = []
    var known: [CommissioningError] = []
    for scenario in [Self.baseScenario] + scenarios {
      let definition: PlanDefinition
      do throws(EvidenceError) {
        definition = try plan(scenario: scenario)
      } catch {
        problems += error.problems
        continue
      }
      let found = PlanSimulator(definition, evidence: evidence).preconditions(asOf: date)
      for error in found where !known.contains(error) {
        known.append(error)
        let place = scenario == Self.baseScenario ? "" : "scenario \(scenario): "
        problems.append(problem(error, after: place))
      }
    }
    return problems
  }

  /// A refusal at the place where it can be mended.
  private func problem(_ error: CommissioningError, after prefix: String) -> Problem {
    let message = prefix + error.description
    if case .implausible(_, let series, let area, let period, _, _) = error,
      let origin = evidence[series, area: area]?.point(at: period)?.origin
    {
      return Problem(file: origin.file, row: origin.row, message: message)
    }
    let node =
      if let id = error.assumption {
        root.value(of: "assumptions")?.value(of: id)?.value(of: "value")
      } else if let id = error.service {
        root.value(of: "services")?.value(of: id)
      } else {
        root.value(of: "plan")
      }
    return (node ?? root).remark(message)
  }
}
