import Indicators
import TimeSeries

extension TrajectoryFile {
  /// The figures that a measure is judged by: those given, or else the series that the file names.
  ///
  /// Figures that are given are the plan's own measure and no proxy. The national average stays that of the series that the
  /// file names where none is given.
  ///
  /// - Parameters:
  ///   - entry: the measure.
  ///   - evidence: the series of the workspace.
  ///   - area: the area that the plan is for.
  ///   - actuals: figures that are given.
  public func figures(
    of entry: Entry, in evidence: Panel, area: String, actuals: TrajectoryActuals? = nil
  ) -> TrajectoryFigures {
    let id = entry.trajectory.id
    let published = entry.series.flatMap { evidence[$0, area: national] }
    if let actuals, let own = actuals.series(id, area: area, isOwn: true) {
      return TrajectoryFigures(
        own: own, national: actuals.series(id, area: national) ?? published,
        comparators: actuals.others(id, than: area))
    }
    guard let name = entry.series else {
      return TrajectoryFigures(
        national: actuals?.series(id, area: national), refusal: actuals?.refusal(of: id))
    }
    return TrajectoryFigures(
      own: evidence[name, area: area], proxy: entry.proxy, national: published,
      comparators: evidence.filter { $0.id == name && $0.area != area }, refusal: actuals?.refusal(of: id))
  }

  /// How measures stand on a day.
  ///
  /// - Parameters:
  ///   - asOf: the day; nothing that was published after it is looked at.
  ///   - evidence: the series of the workspace.
  ///   - area: the area that the plan is for.
  ///   - actuals: figures that no publication holds.
  ///   - isWanted: which measures; all unless given.
  /// - Returns: the report, and a sentence for each measure that could not be judged.
  public func report(
    asOf: CivilDate, evidence: Panel, area: String, actuals: TrajectoryActuals? = nil,
    where isWanted: (Trajectory) -> Bool = { _ in true }
  ) -> (report: TrajectoryReport, refusals: [String]) {
    var outlooks: [TrajectoryOutlook] = []
    var refusals: [String] = []
    for entry in entries where isWanted(entry.trajectory) {
      do throws(IndicatorsError) {
        outlooks.append(
          try TrajectoryOutlook(
            entry.trajectory, figures: figures(of: entry, in: evidence, area: area, actuals: actuals),
            asOf: asOf,
            rules: rules))
      } catch {
        refusals.append("\(error)")
      }
    }
    return (TrajectoryReport(asOf: asOf, rules: rules, trajectories: outlooks), refusals)
  }
}
