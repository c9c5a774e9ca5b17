import TimeSeries

/// How a performance measure stands against each of its milestones, by what was published on a day.
public struct TrajectoryOutlook: Hashable, Sendable {
  /// A baseline that is known.
  public struct KnownBaseline: Hashable, Sendable {
    /// The value, in the unit of the measure.
    public let value: Double
    /// The day that it describes.
    public let date: CivilDate
    /// Where it comes from, such as `the baseline of 2019-04-30`.
    public let basis: String
  }

  /// A figure and its period.
  public struct Latest: Hashable, Sendable {
    /// The period.
    public let period: Period
    /// The value.
    public let value: Double
  }

  /// The definition.
  public let trajectory: Trajectory
  /// The baseline that milestones build on; nil where it is not known.
  public let baseline: KnownBaseline?
  /// The last figure that was published; nil where there is none.
  public let latest: Latest?
  /// Why the figures are not quite the plan's measure; nil where they are, and where there are none.
  public let proxy: String?
  /// The milestones, in the order of the definition.
  public let milestones: [MilestoneOutlook]

  /// Judges a trajectory.
  ///
  /// - Parameters:
  ///   - trajectory: the definition, without ``Trajectory/faults``.
  ///   - figures: what it is judged by; what was published after the day is not looked at.
  ///   - asOf: the day.
  ///   - rules: when a milestone whose figure is to come is on track.
  /// - Throws: the first of the trajectory's faults.
  public init(
    _ trajectory: Trajectory, figures: TrajectoryFigures, asOf: CivilDate, rules: TrajectoryRules = .standard
  ) throws(IndicatorsError) {
    if let fault = trajectory.faults.first { throw fault.error }
    let judge = TrajectoryJudge(trajectory, figures: figures.known(asOf: asOf), asOf: asOf, rules: rules)
    self.trajectory = trajectory
    baseline = judge.baseline
    latest = judge.figures.own?.latest.flatMap { point in
      point.value.map { Latest(period: point.period, value: $0) }
    }
    proxy = judge.figures.own == nil ? nil : figures.proxy
    milestones = trajectory.milestones.indices.map { judge.outlook(at: $0) }
  }

  /// The number of milestones with a status.
  public func count(of status: MilestoneStatus) -> Int { milestones.count { $0.status == status } }
}

/// How the performance measures of a plan stand on a day.
public struct TrajectoryReport: Hashable, Sendable {
  /// The day: nothing that was published after it is looked at.
  public let asOf: CivilDate
  /// The rules by which a status is given.
  public let rules: TrajectoryRules
  /// The measures, in the order of the plan.
  public let trajectories: [TrajectoryOutlook]

  /// A report of measures that were judged on one day by the same rules.
  public init(asOf: CivilDate, rules: TrajectoryRules, trajectories: [TrajectoryOutlook]) {
    self.asOf = asOf
    self.rules = rules
    self.trajectories = trajectories
  }

  /// The number of milestones.
  public var milestoneCount: Int { trajectories.reduce(0) { $0 + $1.milestones.count } }

  /// The number of milestones with a status.
  public func count(of status: MilestoneStatus) -> Int {
    trajectories.reduce(0) { $0 + $1.count(of: status) }
  }
}
