import TimeSeries

/// Looks at series for what is more likely a slip than the truth. Nothing is changed: each doubt is a warning with its
/// place, the figure and what to look at.
public enum DataChecks {
  /// The doubts about the series of a panel, in the order of the files.
  ///
  /// - Parameters:
  ///   - panel: the series.
  ///   - gazetteer: knows which areas are authorities, regions and England.
  public static func problems(of panel: Panel, gazetteer: Gazetteer) -> [Problem] {
    var problems: [Problem] = []
    for series in panel {
      problems += ShareCheck.problems(of: series)
      problems += LeapCheck.warnings(of: series)
      problems += JumpCheck.problems(of: series)
    }
    for measure in MeasureAcrossAreas.all(of: panel, gazetteer: gazetteer) {
      problems += UnitCheck.problems(of: measure)
      problems += LevelCheck.problems(of: measure)
      problems += FrequencyCheck.problems(of: measure)
    }
    return problems
  }

  /// Errors in rows that could be read: counts that cannot be where there is no value, so that nobody can work it out.
  ///
  /// - Parameter panel: the series.
  public static func impossibleCounts(in panel: Panel) -> [Problem] {
    panel.flatMap { FigureFaults.problems(of: $0) }
  }

  /// Errors in the column `polarity` of series: words by which no figure can be judged. Each is said once of a series in
  /// all areas, at its first row.
  ///
  /// - Parameter panel: the series.
  public static func unknownPolarities(in panel: Panel) -> [Problem] {
    FigureFaults.unknownPolarities(in: panel)
  }
}

/// The series of one identifier in all areas.
struct MeasureAcrossAreas {
  /// The identifier.
  let id: String
  /// Its series, with the kind of their area.
  let series: [(series: Series, kind: Kind)]

  /// What an area is among the others.
  enum Kind { case authority, region, nation, other }

  /// Groups a panel by identifier, in the order in which they first appear; those of a single area are left out.
  static func all(of panel: Panel, gazetteer: Gazetteer) -> [MeasureAcrossAreas] {
    var positions: [String: Int] = [:]
    var groups: [(id: String, series: [Series])] = []
    for series in panel {
      if let known = positions[series.id] {
        groups[known].series.append(series)
      } else {
        positions[series.id] = groups.count
        groups.append((series.id, [series]))
      }
    }
    var kinds: [String: Kind] = [:]
    return groups.filter { $0.series.count > 1 }.map { group in
      MeasureAcrossAreas(
        id: group.id,
        series: group.series.map { series in
          let area = series.area ?? ""
          let kind = kinds[area] ?? Self.kind(area, gazetteer)
          kinds[area] = kind
          return (series, kind)
        })
    }
  }

  private static func kind(_ area: String, _ gazetteer: Gazetteer) -> Kind {
    switch gazetteer.meanings(of: area).first {
    case .authority, .combined: .authority
    case .region: .region
    case .england: .nation
    case .other, nil: .other
    }
  }
}
