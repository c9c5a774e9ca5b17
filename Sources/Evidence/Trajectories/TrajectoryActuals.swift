import Indicators
import TimeSeries

/// Figures of performance measures that no publication holds, read from a series file whose series are named after the
/// measures: `series,period,value`, and `area`, `unit` and `published` where they are wanted.
///
/// A figure without a day of publication is taken to be known from the last day of its period, so that no figure enters what
/// is said of a day before it existed.
public struct TrajectoryActuals: Sendable {
  /// The file, as it was named.
  public let file: String
  /// What is wrong; series with something wrong in them are left out.
  public let problems: [Problem]
  /// What the reader should know of the text.
  public let notes: [String]
  /// The series by the measure that they are of, in the order of the file.
  private let series: [String: [Series]]
  /// The measures of which figures were given and left out.
  private let refused: Set<String>

  /// Reads a file for the measures of a plan.
  ///
  /// - Throws: ``EvidenceError`` where the file cannot be read at all.
  public init(reading path: String, for plan: TrajectoryFile) throws(EvidenceError) {
    let read = try SeriesFile.read(path, options: SeriesFileOptions(keepsSoundSeries: true))
    let hasUnits = read.columnNames.contains { $0.lowercased() == "unit" }
    var problems = read.problems
    var series: [String: [Series]] = [:]
    var refused: Set<String> = []
    let trajectories = plan.entries.map(\.trajectory)
    for position in 0..<read.count {
      do {
        guard let one = try read.series(at: position) else { continue }
        let place = one.points.first?.origin?.row
        guard let trajectory = trajectories.first(where: { $0.id == one.id }) else {
          problems.append(
            Problem(
              file: path, row: place,
              message: "there is no measure \"\(one.id)\" in \(plan.file); "
                + NearestName.advice(for: one.id, among: trajectories.map(\.id))))
          continue
        }
        guard !hasUnits || one.measure.unit == trajectory.unit else {
          refused.insert(one.id)
          problems.append(
            Problem(
              file: path, row: place,
              message:
                "\"\(one.id)\" is in \"\(one.measure.unit)\" and the plan's measure in \(trajectory.unit); "
                + "write the figures in \(trajectory.unit)"))
          continue
        }
        if let complaint = StatedFrequency.complaint(about: one, wanted: trajectory.frequency) {
          refused.insert(one.id)
          problems.append(
            Problem(
              file: path, row: place, message: "\(complaint); give figures as often, or change the frequency")
          )
          continue
        }
        series[one.id, default: []].append(try Self.dated(one, as: trajectory))
      } catch {
        problems.append(Problem(file: path, message: "\(error)"))
      }
    }
    file = path
    self.refused = refused.union(read.failed.map(\.id))
    self.problems = problems
    notes = read.notes
    self.series = series
  }

  /// Why there are no figures of a measure although some were given; nil where none were given, or they can be used.
  func refusal(of id: String) -> String? {
    refused.contains(id) && series[id] == nil
      ? "figures were given in \(file) and cannot be used, for the reason that is said of them" : nil
  }

  /// The series of a measure: the first of an area, or without one where the area is the plan's.
  func series(_ id: String, area: String, isOwn: Bool = false) -> Series? {
    series[id]?.first { $0.area == area || isOwn && ($0.area ?? "").isEmpty }
  }

  /// The series of a measure in other areas.
  func others(_ id: String, than area: String) -> [Series] {
    series[id]?.filter { $0.area.map { !$0.isEmpty && $0 != area } ?? false } ?? []
  }

  /// The last day on which a figure became known; nil where there is none.
  public var latestPublication: CivilDate? {
    series.values.flatMap { $0 }.flatMap(\.points).compactMap { $0.publication?.date }.max()
  }

  private static func dated(_ series: Series, as trajectory: Trajectory) throws(TimeSeriesError) -> Series {
    try Series(
      id: series.id, area: series.area,
      measure: Measure(
        id: trajectory.id, name: trajectory.wording, unit: trajectory.unit, polarity: trajectory.polarity),
      points: series.points.map { point in
        DataPoint(
          period: point.period, observation: point.observation, rounding: point.rounding,
          numerator: point.numerator,
          denominator: point.denominator,
          publication: point.publication
            ?? point.period.end.map { Publication(date: $0, isApproximate: true) },
          flags: point.flags, origin: point.origin, note: point.note)
      })
  }
}
