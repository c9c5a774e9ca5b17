import Needscast

extension TrajectoryFile {
  /// What stands above a report of the measures of this file.
  ///
  /// - Parameters:
  ///   - area: the area that is judged.
  ///   - day: the day by whose knowledge it is judged.
  ///   - known: the latest day on which a figure was published; nil where none says.
  ///   - hasOwnFigures: whether figures were given beside those of the workspace.
  func heading(area: String, asOf day: CivilDate, known: CivilDate?, hasOwnFigures: Bool = false)
    -> TrajectoryHeading
  {
    var notes: [String] = []
    if let increase {
      notes.append(
        "\"baseline plus 10%\" of a measure in per cent adds "
          + (increase == .points ? "points" : "per cent of the baseline itself") + ", as the file declares.")
    }
    if let published, published > day {
      notes.append("The plan itself became public on \(published), after the day by which it is judged here.")
    }
    if let known, day < known {
      notes.append(
        "Notes and remarks are as they stand now, and may tell of what came after \(day); figures, levels and statuses do not."
      )
    }
    if hasOwnFigures {
      notes.append(
        "A figure of your own without a day of publication is taken to be known from the end of its period.")
    }
    return TrajectoryHeading(
      plan: plan, area: area, source: source,
      actions: Dictionary(actions.map { ($0.number, $0.title) }, uniquingKeysWith: { first, _ in first }),
      notes: notes)
  }
}
